"""A report that waits, ends without an answer, or is taken up again."""

from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actors import Staff, System
from cases.calendar import Due, day_words
from cases.due import day_on_screen
from cases.models import Case
from cases.services.changes import CaseRefusal, change
from cases.services.clockwork import clockwork

from ...guards import open_promise
from ...models import Complaint
from ..receiving import answer_due, law_due
from ..routing import desk_of
from .orders import ask_for_draft, asks_for_order
from .public_copy import NOT_SHOWN, take_copy_back


def ask_reporter(
    case: Case, *, by: Staff, seen: int | None, question: str, at: datetime | None = None
) -> None:
    """Ask for what is missing. The clocks stand still until the reporter answers, or UU 25/2009 Ps 44(3) ends it."""
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.move("needs_clarification", text=question)
        rule = clockwork().rule("complaint", "complete", timezone.localdate(changing.at))
        changing.start_clock("complete", rule=rule)
        changing.notify_reporter("complaint_clarify")


def end_without_answer(
    case: Case, *, by: Staff, seen: int | None, target: str, reason: str, at: datetime | None = None
) -> None:
    """Close a report that is not ours, is another's double, or cannot be handled; the reporter reads why."""
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.move(target, text=reason)
        if target in NOT_SHOWN:
            take_copy_back(changing)
        changing.notify_reporter("complaint_status")


def postpone(
    case: Case, *, by: Staff, seen: int | None, reason: str, until: date, at: datetime | None = None
) -> None:
    """Put the report off until a day, when it is taken up again by itself. The law's clock runs on meanwhile."""
    with change(case, by=by, seen=seen, at=at) as changing:
        today, law = timezone.localdate(changing.at), changing.due_of("law")
        if until <= today:
            raise CaseRefusal(_("Pilih tanggal sesudah hari ini."))
        if law and until > timezone.localdate(law.at):
            raise CaseRefusal(
                _("Batas menurut peraturan jatuh pada %s; penundaan tidak boleh melewatinya.")
                % day_on_screen(timezone.localdate(law.at))
            )
        end = datetime.combine(until, time.min, settings.OFFICE_ZONE)
        changing.start_clock("postponement", due=Due(end, f"ditunda sampai {day_words(until)}"))
        changing.move("postponed", text=reason, until=until.isoformat())
        changing.notify_reporter("complaint_status")


def take_up_again(
    case: Case, *, by: Staff | System, seen: int | None = None, at: datetime | None = None
) -> None:
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.move("in_progress")
        changing.end_clocks("postponement")
        if not changing.case.tasks.filter(done_at=None).exists():
            ask_for_draft(changing, changing.case.complaint.desk_procedure)


def decide_reopening(
    case: Case, *, by: Staff, seen: int | None, is_granted: bool, reason: str = "", at: datetime | None = None
) -> None:
    """Somebody other than the desk that answered decides whether the case is opened again."""
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.finish_tasks("decide_reopening")
        if not is_granted:
            # A promise that nobody has checked yet stays open, whoever refuses what.
            has_promise = open_promise(changing.case) is not None
            changing.move("answered" if has_promise else "upheld", text=reason)
            changing.notify_reporter("complaint_status")
            return
        changing.move("reopened", text=reason)
        works, desk = clockwork(), desk_of(changing.case.responsible_unit)
        law_rule, law = law_due(
            changing.case.complaint.report_class, changing.case.is_supervisory, changing.at, works
        )
        changing.start_clock("law", rule=law_rule, due=law)
        rule, due = answer_due(desk, changing.at, law, works)
        changing.start_clock("answer", rule=rule, due=due, outer="law")
        Complaint.objects.filter(case=changing.case).update(procedure=desk.procedure_code)
        if not asks_for_order(changing, desk.procedure):
            ask_for_draft(changing, desk.procedure)
        changing.notify_reporter("complaint_status")
