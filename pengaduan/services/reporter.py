"""What the reporter does with number and code, or says to an officer who writes it down."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actors import Actor, Staff, Voice
from cases.models import Case, IdentityMode
from cases.services.changes import CaseChange, CaseRefusal, change
from cases.services.clockwork import clockwork
from cases.services.outbox import is_waiting
from home.languages import in_indonesian
from opd_pages.models import Level, Role, Unit

from ..guards import latest_answer, not_the_answerer, open_promise
from ..models import Satisfaction
from ..workflow import THE_REPORTER
from .answers import wait_for_reporter
from .desk import take_copy_back


def reply(
    case: Case, *, by: Actor, seen: int | None = None, words: str, images=(), at: datetime | None = None
) -> None:
    """Add words and photos. Where the office had asked, its clocks go on from here."""
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(*THE_REPORTER)
        if changing.case.closed_at:
            raise CaseRefusal(_("Laporan ini sudah ditutup. Anda dapat meminta dibuka kembali."))
        if changing.case.status == "needs_clarification":
            asked = (
                changing.case.events.filter(kind="moved", data__to="needs_clarification")
                .order_by("-seq")
                .first()
            )
            changing.end_clocks("complete")
            event = changing.move(asked.data["from"], text=words)
        else:
            event = changing.record("reporter_replied", text=words, internal=False)
        changing.attach(event, images, by_reporter=True)
        if changing.case.status == "answered" and changing.due_of("confirm"):
            # Whoever replies is not silent: their silence counts from here.
            changing.end_clocks("confirm")
            wait_for_reporter(changing)
        tell_the_desk(changing, "desk_reply")


def tell_the_desk(changing: CaseChange, template: str) -> None:
    """Once for all that the reporter does before the message goes out."""
    if not is_waiting(changing.case, template):
        changing.notify(template, role=Role.HEAD if changing.case.is_secret else Role.OPERATOR)


def rate(
    case: Case,
    *,
    by: Actor,
    seen: int | None = None,
    satisfaction: int,
    is_solved: bool,
    words: str = "",
    at: datetime | None = None,
) -> None:
    """Say whether the answer helped. "Yes" resolves the case, unless a promise in it is still open.

    "No" is a request to look again, which somebody else than who answered decides; while a promise is open, what was
    promised is still to come.
    """
    with change(case, by=by, seen=seen, at=at) as changing:
        answer = latest_answer(changing.case)
        if answer is None or changing.case.status != "answered":
            raise CaseRefusal(_("Belum ada jawaban yang dapat dinilai."))
        changing.only_for(*THE_REPORTER)
        if reason := not_the_answerer(changing.case, changing):
            raise CaseRefusal(reason)
        answer.satisfaction, answer.rated_at = satisfaction, changing.at
        answer.save(update_fields=["satisfaction", "rated_at"])
        with in_indonesian():  # it is kept
            label = str(Satisfaction(satisfaction).label)
        if open_promise(changing.case):
            changing.record("rated", text=words, internal=False, satisfaction=label)
        elif is_solved:
            changing.move("resolved", text=words, satisfaction=label)
            return
        else:
            changing.record("rated", internal=False, satisfaction=label)
            _request_reopening(changing, words or "Menurut pelapor masalahnya belum selesai.")
        tell_the_desk(changing, "desk_reply")


def withdraw(
    case: Case, *, by: Actor, seen: int | None = None, reason: str, at: datetime | None = None
) -> None:
    """Give the report up. By voice only where the reporter is known, who is told and can take it back."""
    with change(case, by=by, seen=seen, at=at) as changing:
        if isinstance(by, Voice) and not may_withdraw_for_reporter(by.staff, changing.case):
            raise CaseRefusal(
                _(
                    "Pencabutan lisan dicatat oleh operator atau pimpinan unit, dan hanya dari pelapor yang dikenal."
                )
            )
        changing.move("withdrawn", text=reason)
        take_copy_back(changing)
        if isinstance(by, Voice):
            changing.notify_reporter("complaint_withdrawn")
        else:
            tell_the_desk(changing, "desk_withdrawn")


def may_withdraw_for_reporter(staff: Staff, case: Case) -> bool:
    """Whether this officer can know who speaks, and has the report."""
    is_known = case.identity_mode == IdentityMode.NAMED
    return is_known and bool(staff.roles_on(case) & {Role.OPERATOR, Role.HEAD})


def ask_to_reopen(
    case: Case, *, by: Actor, seen: int | None = None, reason: str, at: datetime | None = None
) -> None:
    """Say that it is not settled. The unit above decides, not the one that answered."""
    with change(case, by=by, seen=seen, at=at) as changing:
        _request_reopening(changing, reason)


def _request_reopening(changing: CaseChange, reason: str) -> None:
    changing.end_clocks("confirm")
    changing.move("reopen_requested", text=reason)
    above = changing.case.responsible_unit.parent
    if above and above.parent_id is not None:
        unit, role = above, Role.HEAD
    else:
        unit, role = Unit.objects.filter(parent=None, kind__level=Level.ROOT).first(), Role.COORDINATOR
    if unit is None:
        return
    answer = latest_answer(changing.case)
    rule = clockwork().rule("complaint", "decide_reopening", timezone.localdate(changing.at))
    task = changing.open_task(
        "decide_reopening",
        role=role,
        unit=unit,
        rule=rule,
        not_by=[answer.drafted_by_id, answer.approved_by_id] if answer else [],
    )
    changing.notify("desk_task", role=task.role, unit=task.unit, section=task.section)
