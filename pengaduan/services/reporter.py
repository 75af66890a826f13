"""What the reporter does with number and code, or says to an officer who writes it down."""

from datetime import datetime

from django.utils.translation import gettext as _

from cases.actors import Actor
from cases.models import Case
from cases.services.changes import CaseRefusal, change
from opd_pages.models import Level, Role, Unit

from ..guards import latest_answer, not_the_answerer
from ..models import Satisfaction
from ..workflow import THE_REPORTER


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
        role = Role.HEAD if changing.case.is_secret else Role.OPERATOR
        changing.notify("desk_reply", role=role)


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
    """Say whether the answer helped. With "yes" the case is resolved, unless a promise in it is still open."""
    with change(case, by=by, seen=seen, at=at) as changing:
        answer = latest_answer(changing.case)
        if answer is None or changing.case.status != "answered":
            raise CaseRefusal(_("Belum ada jawaban yang dapat dinilai."))
        changing.only_for(*THE_REPORTER)
        if reason := not_the_answerer(changing.case, changing):
            raise CaseRefusal(reason)
        answer.satisfaction, answer.rated_at = satisfaction, changing.at
        answer.save(update_fields=["satisfaction", "rated_at"])
        label = str(Satisfaction(satisfaction).label)
        if is_solved and not answer.is_open_promise:
            changing.move("resolved", text=words, satisfaction=label)
        else:
            changing.record("rated", text=words, internal=False, satisfaction=label)


def withdraw(
    case: Case, *, by: Actor, seen: int | None = None, reason: str, at: datetime | None = None
) -> None:
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.move("withdrawn", text=reason)


def ask_to_reopen(
    case: Case, *, by: Actor, seen: int | None = None, reason: str, at: datetime | None = None
) -> None:
    """Say that it is not settled. The unit above decides, not the one that answered."""
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.end_clocks("confirm")
        changing.move("reopen_requested", text=reason)
        above = changing.case.responsible_unit.parent
        root = Unit.objects.filter(parent=None, kind__level=Level.ROOT).first()
        if above and above.parent_id is not None:
            changing.open_task("decide_reopening", role=Role.HEAD, unit=above)
            changing.notify("desk_task", role=Role.HEAD, unit=above)
        elif root:
            changing.open_task("decide_reopening", role=Role.COORDINATOR, unit=root)
            changing.notify("desk_task", role=Role.COORDINATOR, unit=root)
