"""Takes invented complaints away again: exactly those, with all that hangs on them."""

from django.db import transaction

from cases.models import Case, NumberSeries
from cases.services.bulk import delete_rows
from home.models import User

from .drafts import generated
from .making import OFFICER, Progress

BATCH = 2_000


def clear_generated(progress: Progress = lambda done, total: None) -> int:
    """Delete them, some thousand in a transaction. Returns how many there were."""
    done, total = 0, generated().count()
    while keys := list(generated().order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            delete_rows(Case, keys)
        done += len(keys)
        progress(done, total)
    if not Case.objects.filter(is_demo=True).exists():
        NumberSeries.objects.filter(is_demo=True).delete()
    User.objects.filter(username=OFFICER, is_demo=True).delete()
    return total
