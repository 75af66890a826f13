"""When units merge, their open requests for information follow, each as it stands and within the same term."""

from cases.actors import System
from cases.models import Case
from cases.services.changes import change
from cases.services.places import follow_to
from opd_pages.models import Unit

from ..workflow import KIND


def requests_follow(old: Unit, new: Unit, by) -> None:
    for case in Case.objects.filter(kind=KIND, responsible_unit=old, closed_at=None).order_by("pk"):
        with change(case, by=System()) as changing:
            follow_to(changing, new)
