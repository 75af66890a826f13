"""A case goes on under another procedure: as a case of another kind, with a number of its own and the receipt it had."""

from ..kinds import kind_named
from ..models import Case
from .changes import CaseChange


def hand_over(changing: CaseChange, *, to: str) -> Case:
    """Have the kind `to` take the case over, and note where it goes on. Whoever asks ends the case itself.

    Raises KeyError for a kind that no room entered.
    """
    later = kind_named(to).takes_over(changing.case, changing.actor, changing.at)
    changing.case.goes_on_as = later
    return later
