"""What a change of a unit's contacts touches: the one place that every such change goes through."""

from functools import partial

from django.db import transaction

from home.freshness import public_content_changed

from ..models import Unit
from .poster_files import discard_drawn


def contact_changed(unit: Unit) -> None:
    """What the public reads of the unit's contacts or leaders is another: every copy of it is let go.

    Wants the transaction of the change. `selectors.contacts.touched_by_contacts` names the addresses.
    """
    public_content_changed()
    # Robust: what was withdrawn is not undone because a file could not be.
    transaction.on_commit(partial(discard_drawn, unit.short_code), robust=True)
