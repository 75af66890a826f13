"""From the first wording of an answer to its publication, and to the promise that somebody else has checked."""

from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actors import Staff
from cases.calendar import Due, day_words
from cases.due import day_on_screen
from cases.history import clean_words
from cases.models import Case
from cases.services.changes import CaseChange, CaseRefusal, change
from cases.services.clockwork import clockwork
from cases.workflow import PARENT
from opd_pages.models import Role, Unit

from ..guards import open_promise, pending_answer
from ..models import Answer, Outcome
from .desk import ask_for_draft, hand_over


def draft_answer(
    case: Case,
    *,
    by: Staff,
    seen: int | None,
    text: str,
    outcome: str,
    promised_until: date | None = None,
    passed_to: Unit | None = None,
    documents=(),
    at: datetime | None = None,
) -> Answer:
    """Word an answer for the head to approve. A newer wording, with its documents, replaces one that still waits."""
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(Role.OPERATOR, Role.HEAD, Role.PPID_ASSISTANT)
        if changing.case.status in ("verified", "reopened"):
            changing.move("in_progress")
        if changing.case.status != "in_progress":
            raise CaseRefusal(_("Laporan ini belum sampai pada perumusan jawaban."))
        if outcome == Outcome.PROMISED:
            _check_promised_day(promised_until, changing.at)
        if outcome == Outcome.PASSED_ON and passed_to is None:
            raise CaseRefusal(_("Pilih kepada siapa laporan diteruskan."))
        changing.case.answers.filter(approved_at=None, returned_at=None).update(returned_at=changing.at)
        answer = Answer.objects.create(
            case=changing.case,
            text=clean_words(text),
            outcome=outcome,
            promised_until=promised_until if outcome == Outcome.PROMISED else None,
            passed_to=passed_to if outcome == Outcome.PASSED_ON else None,
            drafted_by=by.user,
            drafted_at=changing.at,
        )
        event = changing.record("answer_drafted", text=text, outcome=outcome)
        changing.attach(event, documents, by_reporter=False)
        changing.finish_tasks("draft")
        clock = changing.case.deadlines.filter(step="answer", ended_at=None).first()
        changing.open_task("approve", role=Role.HEAD, deadline=clock)
        changing.notify("desk_task", role=Role.HEAD)
        return answer


def return_draft(case: Case, *, by: Staff, seen: int | None, reason: str, at: datetime | None = None) -> None:
    with change(case, by=by, seen=seen, at=at) as changing:
        if not changing.owes("approve"):
            changing.only_for(Role.HEAD)
        if not changing.case.answers.filter(approved_at=None, returned_at=None).update(
            returned_at=changing.at
        ):
            raise CaseRefusal(_("Tidak ada rumusan jawaban yang menunggu."))
        changing.record("draft_returned", text=reason)
        changing.finish_tasks("approve")
        ask_for_draft(changing, changing.case.complaint.desk_procedure)


def publish_answer(case: Case, *, by: Staff, seen: int | None, at: datetime | None = None) -> Answer:
    """The head approves: the reporter can read the answer from now on.

    An answer that passes the report on takes it to the other unit, which has yet to answer.
    """
    with change(case, by=by, seen=seen, at=at) as changing:
        answer = pending_answer(changing.case)
        if answer is None:
            raise CaseRefusal(_("Belum ada rumusan jawaban yang menunggu persetujuan."))
        if answer.outcome == Outcome.PROMISED:
            _check_promised_day(answer.promised_until, changing.at)
        answer.approved_by, answer.approved_at = by.user, changing.at
        answer.save(update_fields=["approved_by", "approved_at"])
        if answer.outcome == Outcome.PASSED_ON:
            if not changing.owes("approve"):
                changing.only_for(Role.HEAD)
            hand_over(changing, answer.passed_to, answer.text)
            return answer
        earlier = open_promise(changing.case) if answer.outcome != Outcome.PROMISED else None
        event = changing.move("answered", text=answer.text, outcome=answer.outcome)
        drafted = changing.case.events.filter(kind="answer_drafted").order_by("-seq").first()
        # What was attached to the wording goes out with it.
        changing.case.files.filter(event=drafted).update(event=event)
        _end_all_but_promises(changing)
        if answer.outcome == Outcome.PROMISED:
            _start_promise(changing, answer)
        elif earlier is None:
            wait_for_reporter(changing)
        if changing.case.published_at:
            # Who reads the copy reads of the answer only what somebody has worded for everyone.
            changing.open_task("public_answer", role=Role.OPERATOR)
        changing.notify_reporter("complaint_answered")
        return answer


def _check_promised_day(day: date | None, at: datetime) -> None:
    """Raises CaseRefusal for a day that is past, or farther off than the office lets anybody promise."""
    today = timezone.localdate(at)
    if day is None or day <= today:
        raise CaseRefusal(_("Janji memerlukan tanggal sesudah hari ini."))
    works = clockwork()
    latest = timezone.localdate(works.due(works.rule("complaint", "longest_promise", today), at).at)
    if day > latest:
        raise CaseRefusal(_("Janji paling lama sampai %s.") % day_on_screen(latest))


def _end_all_but_promises(changing: CaseChange) -> None:
    """What is still open was for this answer, but a promise stays open until somebody has checked it."""
    changing.case.tasks.filter(done_at=None).exclude(step="check_promise").update(done_at=changing.at)
    changing.case.deadlines.filter(ended_at=None).exclude(step="promise").update(ended_at=changing.at)


def _start_promise(changing: CaseChange, answer: Answer) -> None:
    until = datetime.combine(answer.promised_until, time(23, 59, 59), settings.OFFICE_ZONE)
    because = f"dijanjikan sampai {day_words(answer.promised_until)}"
    clock = changing.start_clock("promise", due=Due(until, because))
    changing.open_task("check_promise", role=Role.OPERATOR, deadline=clock)


def wait_for_reporter(changing: CaseChange) -> None:
    """From here on the reporter's silence counts (SP4N-LAPOR!: 10 working days, then closed by the system)."""
    rule = clockwork().rule("complaint", "confirm", timezone.localdate(changing.at))
    changing.start_clock("confirm", rule=rule)


def check_promise(
    case: Case,
    *,
    by: Staff,
    seen: int | None,
    findings: str,
    is_kept: bool = True,
    images=(),
    at: datetime | None = None,
) -> None:
    """Somebody other than who answered has looked, or called, and found the promise kept, or not yet.

    One that is not kept stays open, and the step of looking again with it.
    """
    with change(case, by=by, seen=seen, at=at) as changing:
        answer = open_promise(changing.case)
        if answer is None or changing.case.status != "answered":
            raise CaseRefusal(_("Tidak ada janji terbuka pada laporan ini."))
        changing.only_for(Role.OPERATOR, Role.HEAD, Role.SECTION_HEAD, Role.COORDINATOR, PARENT)
        if answer.was_given_by(by.user):
            raise CaseRefusal(_("Janji diperiksa oleh orang lain, bukan oleh yang menjanjikan."))
        event = changing.record(
            "promise_kept" if is_kept else "promise_not_kept", text=findings, internal=False
        )
        changing.attach(event, images, by_reporter=False)
        if is_kept:
            answer.checked_by, answer.checked_at = by.user, changing.at
            answer.save(update_fields=["checked_by", "checked_at"])
        else:
            changing.notify("desk_promise_not_kept", role=Role.HEAD)
        if open_promise(changing.case) is None:
            changing.finish_tasks("check_promise")
            changing.end_clocks("promise")
            wait_for_reporter(changing)
        changing.notify_reporter("complaint_status")
