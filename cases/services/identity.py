"""Looking at who a reporter is: always written into the history, and with a reason unless it is one's own case."""

from django.utils.translation import gettext as _

from opd_pages.models import Level, Role

from ..actors import Staff
from ..history import clean_words
from ..kinds import kind_of
from ..models import Case, IdentityMode, Party
from ..workflow import PARENT
from .changes import change
from .refusals import LOOKED, CaseRefusal, WordsMissing
from .staffing import CALL_REPORTER

FREE, WITH_REASON, CLOSED = "free", "with_reason", "closed"
SHORTEST_REASON = 10


def identity_access(staff: Staff, case: Case) -> str:
    """FREE for the handler and the head of a named reporter's case and for whoever owes a step that needs it, such as
    calling the reporter; WITH_REASON for those above, else CLOSED.

    Who asked to stay anonymous is known to the kabupaten's coordinator alone, with a reason.
    """
    if case.identity_mode == IdentityMode.NONE:
        return CLOSED
    roles = staff.roles_on(case)
    if case.identity_mode == IdentityMode.ANONYMOUS:
        return WITH_REASON if roles and _coordinates_the_kabupaten(staff) else CLOSED
    if Role.HEAD in roles or (roles and case.handler_id == staff.user.pk):
        return FREE
    owed = case.tasks.filter(step__in={CALL_REPORTER, *kind_of(case).identity_steps}, done_at=None)
    if roles and any(staff.may_do(task) for task in owed):
        return FREE
    return WITH_REASON if roles & {PARENT, Role.COORDINATOR, Role.INSPECTOR, Role.REGENT} else CLOSED


def _coordinates_the_kabupaten(staff: Staff) -> bool:
    return any(unit.kind.level == Level.ROOT for unit in staff.units({Role.COORDINATOR}))


def reveal_identity(case: Case, *, by: Staff, reason: str = "") -> Party:
    """Show who the reporter is, and write down that it was shown.

    Raises CaseRefusal for whom it is closed, WordsMissing where a reason is due and none is given.
    """
    with change(case, by=by) as changing:
        access = identity_access(by, changing.case)
        party = Party.objects.filter(case=changing.case).first()
        if access == CLOSED or party is None:
            raise CaseRefusal(
                _("Identitas %(person)s tidak terbuka untuk Anda.") % {"person": kind_of(case).person}
            )
        if access == WITH_REASON and len(clean_words(reason)) < SHORTEST_REASON:
            raise WordsMissing(_("Tuliskan alasannya dengan jelas; alasan ini dicatat dalam riwayat."))
        changing.record(LOOKED, text=reason)
    return party


def names_person(case: Case, *, by: Staff) -> bool:
    """Whether what is handed to this officer now may name the reporter: where that is free, and then it is written down."""
    if identity_access(by, case) != FREE:
        return False
    try:
        reveal_identity(case, by=by)
    except CaseRefusal:
        return False
    return True


def masked(text: str) -> str:
    """Enough to recognise what one knows already: B••••, +62•••••••678."""
    if not text:
        return ""
    if text.startswith("+"):
        return f"{text[:3]}{'•' * max(len(text) - 6, 1)}{text[-3:]}"
    return text[0] + "•" * min(max(len(text) - 1, 1), 8)
