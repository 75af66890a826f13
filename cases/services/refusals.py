"""Why a change of a case is not possible, in words for whoever wanted it."""

from django.utils.translation import gettext as _

from ..kinds import kind_of
from ..models import Case, Event

# Written down, but no change: whoever has the case before them sees it as it still is.
LOOKED = "identity_revealed"


class CaseRefusal(Exception):
    """The change is not possible; str() is what the person may read."""


class CaseChanged(CaseRefusal):
    """Somebody else was first. `since` holds what they did."""

    def __init__(self, case: Case, since: list[Event]) -> None:
        super().__init__(
            _("Petugas lain baru saja memperbarui %s ini. Periksa dulu perubahannya.") % kind_of(case).noun
        )
        self.case, self.since = case, since

    @classmethod
    def of(cls, case: Case, seen: int) -> "CaseChanged":
        """What happened to the case since the version that somebody saw, newest first; never nothing."""
        since, moments = [], set()
        for event in case.events.exclude(kind=LOOKED).select_related("actor", "words").order_by("-seq"):
            moments.add(event.at)  # the events of one change share their moment
            if len(moments) > max(1, case.version - seen):
                break
            since.append(event)
        return cls(case, since)


class CaseBusy(CaseRefusal):
    """The case stayed locked by somebody else for too long."""


class MoveRefused(CaseRefusal):
    """The workflow does not allow this move to this person, now."""


class CannotBeCounted(CaseRefusal):
    """A clock that the change starts has no rule in force, or no working day to end on."""


class WordsMissing(CaseRefusal):
    """The move needs words that were not given."""
