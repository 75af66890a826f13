"""What must be true before a request moves. Each guard returns the reason why not, or None."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from cases.actors import Voice
from cases.models import Case
from cases.services.staffing import CALL_REPORTER
from cases.workflow import SYSTEM


def owes_the_answer(case: Case, changing) -> str | None:
    """The answer is owed by whoever makes the move: the unit's PPID, or who stands in."""
    if not changing.owes("draft"):
        return _("Jawaban permohonan ini disusun oleh PPID yang ditugasi.")
    return None


def issued_as(decision: str) -> Callable[[Case, object], str | None]:
    """The notice with this decision is issued in the same change."""

    def guard(case: Case, changing) -> str | None:
        """Whoever owes the answer has just issued the notice with this decision; a refusal names its consequence test"""
        if reason := owes_the_answer(case, changing):
            return reason
        notice = case.notices.first()
        if notice is None or notice.decision != decision or notice.issued_at != changing.at:
            return _("Pemberitahuan tertulis dengan keputusan ini belum diterbitkan.")
        return None

    return guard


def may_be_closed(case: Case, changing) -> str | None:
    """Silence closes no request whose applicant is still to be told or given something. Nobody is the voice of an applicant whom
    they answered.
    """
    if SYSTEM in changing.roles and is_waited_for(case):
        return _("Pemohon belum diberi tahu, atau informasinya belum diserahkan.")
    if isinstance(changing.actor, Voice) and was_answered_by(case, changing.actor.user):
        return _("Yang dikatakan pemohon dicatat oleh petugas lain, bukan oleh yang menjawab.")
    return None


def is_waited_for(case: Case) -> bool:
    """Whether the applicant is still to be told of the notice, or given what it grants."""
    return case.tasks.filter(step__in=("deliver", CALL_REPORTER), done_at=None).exists()


def was_answered_by(case: Case, user) -> bool:
    notice = case.notices.first()
    return notice is not None and user.pk in (notice.drafted_by_id, notice.issued_by_id)
