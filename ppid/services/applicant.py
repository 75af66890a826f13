"""What the applicant does with number and code, or says to an officer who writes it down."""

from datetime import datetime

from django.utils.translation import gettext as _

from cases.actors import Actor, Staff, Voice
from cases.models import Case, IdentityMode, Party
from cases.services.changes import CaseChange, CaseRefusal, change
from opd_pages.models import Role

from ..models import InformationRequest
from ..models.notice import GIVING
from ..workflow import DESK, THE_APPLICANT
from .desk import look_first

PARTY_FIELDS = ("name", "phone", "email")


def writes_down(staff: Staff, case: Case) -> bool:
    """Whether this officer is one whom an applicant meets: at the desk, or the PPID, of the unit that has the request."""
    return bool(staff.roles_on(case) & set(DESK))


def _check_voice(changing: CaseChange) -> None:
    by = changing.actor
    if isinstance(by, Voice) and not writes_down(by.staff, changing.case):
        raise CaseRefusal(_("Yang dikatakan pemohon dicatat petugas kantor yang memegang permohonan ini."))


def complete(
    case: Case,
    *,
    by: Actor,
    seen: int | None = None,
    words: str = "",
    at: datetime | None = None,
    **told: str,
) -> None:
    """Add what the request lacked. `told` holds fields of the request and of the party; empty ones change nothing."""
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(*THE_APPLICANT)
        _check_voice(changing)
        if changing.case.status != "incomplete":
            raise CaseRefusal(_("Permohonan ini tidak sedang menunggu kelengkapan."))
        given = {name: value for name, value in told.items() if value}
        _write_party(changing.case, {name: given.pop(name) for name in PARTY_FIELDS if name in given})
        if given:
            details = changing.case.information_request
            for name, value in given.items():
                setattr(details, name, value)
            details.save(update_fields=list(given))
        changing.end_clocks("complete")
        changing.move("received", text=words, completed=sorted(given))
        look_first(changing)
        changing.notify("desk_completed", role=Role.OPERATOR)


def _write_party(case: Case, told: dict[str, str]) -> None:
    """Who says their name is known by it from now on, however the request came."""
    if not told:
        return
    party = Party.objects.filter(case=case).first() or Party(case=case)
    for name, value in told.items():
        setattr(party, name, value)
    party.save()
    if told.get("name"):
        case.identity_mode = IdentityMode.NAMED


def withdraw(
    case: Case, *, by: Actor, seen: int | None = None, reason: str, at: datetime | None = None
) -> None:
    """The applicant gives the request up. Whoever owes it an answer is not the voice that says so."""
    with change(case, by=by, seen=seen, at=at) as changing:
        _check_voice(changing)
        owed = list(
            changing.case.tasks.filter(step__in=("assign", "draft"), done_at=None).select_related("unit")
        )
        if isinstance(by, Voice) and any(by.staff.may_do(task) for task in owed if task.step == "draft"):
            raise CaseRefusal(
                _("Pencabutan dicatat oleh petugas lain, atau oleh pemohon sendiri dengan nomor dan kode.")
            )
        changing.move("withdrawn", text=reason)
        if isinstance(by, Voice):
            changing.notify_reporter("request_status")
        for task in owed:
            changing.notify("desk_request_withdrawn", role=task.role, unit=task.unit)


def say_enough(
    case: Case, *, by: Actor, seen: int | None = None, words: str = "", at: datetime | None = None
) -> None:
    """The applicant has what was asked for, or takes no for an answer, and gives up the time that is left for an
    objection."""
    with change(case, by=by, seen=seen, at=at) as changing:
        _check_voice(changing)
        was_given = changing.case.status in GIVING
        changing.move("closed", text=words)
        if was_given:
            details = InformationRequest.objects.filter(case=changing.case, delivered_at=None)
            details.update(delivered_at=changing.at)
