"""What the desk does with a report before it is answered: verify, dispose, investigate, pass on, set aside."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actors import DESK_ROLES, OVERSIGHT_ROLES, Staff, System
from cases.calendar import Due, day_words
from cases.models import Case, CaseFile
from cases.services.changes import CaseChange, CaseRefusal, change, place
from cases.services.clockwork import clockwork
from cases.services.outbox import CALL_REPORTER
from cases.workflow import PARENT
from opd_pages.models import Role, Section, Unit

from ..guards import latest_answer, open_promise
from ..models import Complaint, Disposition
from ..procedures import KAPAS, Procedure
from .receiving import answer_due, first_look, law_due
from .routing import desk_of, route

REPORTER_STATUS = "complaint_status"
# What was no report of its own has no public copy either.
NOT_SHOWN = frozenset({"duplicate", "archived", "withdrawn"})
HANDED_OVER_IN = frozenset({"received", "verified", "in_progress", "reopened"})
# The unit above may take a report to itself, where the office has nobody left.
PASSING_ON = frozenset({Role.OPERATOR, Role.HEAD, Role.COORDINATOR, PARENT})


def verify(
    case: Case,
    *,
    by: Staff,
    seen: int | None,
    told_head: str = "",
    public_text: str = "",
    public_photos: Iterable[CaseFile] = (),
    is_urgent: bool = False,
    at: datetime | None = None,
) -> None:
    """The desk has read the report and told the head; a reviewed public copy goes out with it, if one was written.

    Kapas, step 1: telling the head directly is a step of its own and recorded with how it was done.
    """
    with change(case, by=by, seen=seen, at=at) as changing:
        procedure = changing.case.complaint.desk_procedure
        if changing.case.handler_id is None:
            changing.case.handler = by.user
        if is_urgent:
            changing.case.urgency = "urgent"
        changing.move("verified")
        changing.finish_tasks("verify")
        changing.end_clocks("verify")
        if told_head:
            changing.record("head_told", how=told_head)
        if public_text and not changing.case.is_secret:
            publish_copy(changing, public_text, public_photos)
        if not _asks_for_order(changing, procedure):
            changing.move("in_progress")
            ask_for_draft(changing, procedure)


def _asks_for_order(changing: CaseChange, procedure: Procedure) -> bool:
    """Have the head order a section, where the procedure wants it and the section's people could see the report."""
    if not procedure.is_disposed or changing.case.is_secret:
        return False
    changing.open_task("dispose", role=Role.HEAD, deadline=_answer_clock(changing))
    changing.notify("desk_task", role=Role.HEAD)
    return True


def publish_copy(
    changing: CaseChange,
    public_text: str,
    public_photos: Iterable[CaseFile] = (),
    public_answer: str = "",
) -> None:
    """Show the reviewed copy, the photos that were looked at and the answer as worded for anyone; take all back where
    the text is empty.

    Raises CaseRefusal for a secret report: it has no public copy.
    """
    case = changing.case
    if case.is_secret:
        raise CaseRefusal(_("Laporan rahasia tidak ditampilkan kepada umum."))
    if not public_text:
        take_copy_back(changing)
        return
    case.complaint.public_text = public_text
    case.complaint.save(update_fields=["public_text"])
    shown = [file.pk for file in public_photos]
    case.files.update(is_public=False)
    case.files.filter(pk__in=shown).update(is_public=True)
    if answer := latest_answer(case):
        answer.public_text = public_answer
        answer.save(update_fields=["public_text"])
    case.published_at = case.published_at or changing.at
    changing.finish_tasks("public_answer")
    changing.record(
        "copy_published", text="\n\n".join(filter(None, [public_text, public_answer])), photos=len(shown)
    )


def take_copy_back(changing: CaseChange) -> None:
    """Nobody outside reads anything of the report any more."""
    case = changing.case
    if case.published_at is None:
        return
    case.complaint.public_text = ""
    case.complaint.save(update_fields=["public_text"])
    case.files.update(is_public=False)
    case.answers.update(public_text="")
    case.published_at = None
    changing.finish_tasks("public_answer")
    changing.record("copy_withdrawn")


def change_public_copy(
    case: Case,
    *,
    by: Staff,
    seen: int | None,
    public_text: str = "",
    public_photos: Iterable[CaseFile] = (),
    public_answer: str = "",
    at: datetime | None = None,
) -> None:
    """Word the public copy and its answer anew, or take them back, at any time."""
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(Role.OPERATOR, Role.HEAD)
        if public_text and changing.case.status in NOT_SHOWN:
            raise CaseRefusal(
                _("Laporan yang dicabut, diarsipkan, atau sama dengan yang lain tidak ditampilkan.")
            )
        publish_copy(changing, public_text, public_photos, public_answer)


def dispose(
    case: Case,
    *,
    by: Staff,
    seen: int | None,
    section: Section,
    instruction: str = "",
    is_spoken: bool = False,
    at: datetime | None = None,
) -> None:
    """The head orders a section to look into it; an operator may write down an order the head gave aloud.

    Kapas, step 2: findings are due the next day, holidays included, inside the promise to the reporter.
    """
    with change(case, by=by, seen=seen, at=at) as changing:
        if section.unit_id != changing.case.responsible_unit_id:
            raise CaseRefusal(_("Pilih seksi pada unit ini."))
        changing.only_for(Role.HEAD, *([Role.OPERATOR] if is_spoken else []))
        if changing.case.is_secret:
            raise CaseRefusal(
                _("Laporan rahasia tidak diteruskan kepada seksi: isinya tidak dapat mereka lihat.")
            )
        if changing.case.status != "in_progress":
            changing.move("in_progress")
        event = changing.record("disposed", text=instruction, section=section.name, spoken=is_spoken)
        Disposition.objects.create(
            case=changing.case,
            event=event,
            unit=changing.case.responsible_unit,
            section=section,
            ordered_by=None if is_spoken else by.user,
            recorded_by=by.user,
            is_spoken=is_spoken,
            parent=changing.case.dispositions.order_by("-pk").first(),
        )
        changing.finish_tasks("dispose")
        rule = clockwork().rule(KAPAS, "investigate", timezone.localdate(changing.at))
        changing.open_task("investigate", role=Role.SECTION_HEAD, section=section, rule=rule, outer="answer")
        changing.notify("desk_task", role=Role.SECTION_HEAD, section=section)


def report_findings(
    case: Case, *, by: Staff, seen: int | None, findings: str, images=(), at: datetime | None = None
) -> None:
    """The section tells what it found. When every section has, the head studies while an answer is worded.

    Kapas, steps 3 and 4: both run at once, and both inside the promise.
    """
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(Role.HEAD, Role.SECTION_HEAD)
        mine = [
            task for task in _open(changing, "investigate") if by.may_do(task) or Role.HEAD in changing.roles
        ]
        if not mine:
            raise CaseRefusal(_("Tidak ada pemeriksaan yang menunggu Anda pada laporan ini."))
        for task in mine:
            changing.finish_tasks("investigate", section=task.section)
        event = changing.record("findings_reported", text=findings)
        changing.attach(event, images, by_reporter=False)
        if _open(changing, "investigate"):
            return
        rule = clockwork().rule(KAPAS, "study", timezone.localdate(changing.at))
        changing.open_task("study", role=Role.HEAD, rule=rule, outer="answer")
        ask_for_draft(changing, changing.case.complaint.desk_procedure)
        changing.notify("desk_task", role=Role.HEAD)


def return_disposition(
    case: Case, *, by: Staff, seen: int | None, reason: str, at: datetime | None = None
) -> None:
    """The section gives the order back to the head, saying why."""
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(Role.HEAD, Role.SECTION_HEAD)
        mine = [task for task in _open(changing, "investigate") if by.may_do(task)]
        if not mine:
            raise CaseRefusal(_("Tidak ada perintah yang dapat Anda kembalikan."))
        for task in mine:
            changing.finish_tasks("investigate", section=task.section)
            orders = changing.case.dispositions.filter(section=task.section, returned_at=None)
            orders.update(returned_at=changing.at)
        changing.record("disposition_returned", text=reason)
        changing.open_task("dispose", role=Role.HEAD, deadline=_answer_clock(changing))
        changing.notify("desk_task", role=Role.HEAD)


def decide_follow_up(
    case: Case, *, by: Staff, seen: int | None, decision: str, at: datetime | None = None
) -> None:
    """The head has studied the findings and says what will be done, within the office's authority."""
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(Role.HEAD)
        if not changing.finish_tasks("study"):
            raise CaseRefusal(_("Belum ada temuan yang perlu dipelajari."))
        changing.record("follow_up_decided", text=decision)


def ask_for_draft(changing: CaseChange, procedure: Procedure) -> None:
    """Have an answer worded, unless one is being worded already. A secret report's answer is the head's own work."""
    if _open(changing, "draft") or _open(changing, "approve"):
        return
    role = Role.HEAD if changing.case.is_secret else procedure.drafted_by
    changing.open_task("draft", role=role, deadline=_answer_clock(changing))
    changing.notify("desk_task", role=role)


def ask_reporter(
    case: Case, *, by: Staff, seen: int | None, question: str, at: datetime | None = None
) -> None:
    """Ask for what is missing. The clocks stand still until the reporter answers, or UU 25/2009 Ps 44(3) ends it."""
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.move("needs_clarification", text=question)
        rule = clockwork().rule("complaint", "complete", timezone.localdate(changing.at))
        changing.start_clock("complete", rule=rule)
        changing.notify_reporter("complaint_clarify")


def pass_on(
    case: Case, *, by: Staff, seen: int | None, unit: Unit, reason: str, at: datetime | None = None
) -> None:
    """Give the report to the unit that has the authority. It starts there afresh, inside the same law's bound."""
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(*PASSING_ON)
        hand_over(changing, unit, reason)


def hand_over(changing: CaseChange, unit: Unit, reason: str) -> None:
    """Move the report with its clocks to another unit, where the desk looks at it first.

    Raises CaseRefusal for the unit that has it already, and for the one it accuses.
    """
    case = changing.case
    if unit.pk in (case.responsible_unit_id, case.concerns_unit_id):
        raise CaseRefusal(_("Pilih unit lain."))
    promised = changing.due_of("answer")
    if case.status != "received":
        changing.move("received")
    changing.record(
        "passed_on",
        text=reason,
        internal=False,
        **{"from": case.responsible_unit.full_name, "to": unit.full_name},
    )
    place(case, unit)
    case.handler = None
    case.tasks.filter(done_at=None).update(done_at=changing.at)
    changing.end_clocks("answer", "verify", "investigate", "study")
    case.answers.filter(approved_at=None, returned_at=None).update(returned_at=changing.at)
    desk = desk_of(unit)
    Complaint.objects.filter(case=case).update(procedure=desk.procedure_code)
    works = clockwork()
    rule, due = answer_due(desk, changing.at, changing.due_of("law"), works)
    changing.start_clock("answer", rule=rule, due=due, outer="law")
    if promised:
        if promised.at < changing.at:
            changing.record("overdue", step="answer")
        changing.record_shift("answer", promised, due)
    look = first_look(desk, changing.at, due, works)
    clock = changing.start_clock("verify", rule=look.rule, due=look.due, outer="answer")
    role = Role.HEAD if case.is_secret else Role.OPERATOR
    changing.open_task("verify", role=role, deadline=clock)
    changing.notify("desk_new_complaint", role=role)
    changing.notify_reporter(REPORTER_STATUS)


def keep_from(
    case: Case, *, by: Staff, seen: int | None, unit: Unit, reason: str, at: datetime | None = None
) -> None:
    """The report turns out to be about an office or its people: from now on it does not exist for them.

    Whoever has it hands it to the office that watches over the accused, and with it goes what was published of it.
    """
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(*PASSING_ON, Role.INSPECTOR)
        if changing.case.status not in HANDED_OVER_IN:
            raise CaseRefusal(_("Laporan ini sudah dijawab atau ditutup."))
        way = route(
            addressed_to=changing.case.responsible_unit,
            accused=unit,
            report_class=changing.case.complaint.report_class,
            is_secret=changing.case.is_secret,
        )
        changing.case.concerns_unit, changing.case.is_supervisory = unit, True
        if changing.case.published_at:
            publish_copy(changing, "")
        changing.record("kept_from", text=reason, unit=unit.full_name)
        if way.unit.pk != changing.case.responsible_unit_id:
            hand_over(changing, way.unit, reason)


def clear_accused(
    case: Case, *, by: Staff, seen: int | None, reason: str, at: datetime | None = None
) -> None:
    """The report is not about that office after all. Only who looks over the whole kabupaten may say so."""
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(Role.COORDINATOR)
        if changing.case.concerns_unit_id is None:
            raise CaseRefusal(_("Laporan ini tidak menyebut kantor yang dilaporkan."))
        changing.record("accused_cleared", text=reason, unit=changing.case.concerns_unit.full_name)
        changing.case.concerns_unit = None


def end_without_answer(
    case: Case, *, by: Staff, seen: int | None, target: str, reason: str, at: datetime | None = None
) -> None:
    """Close a report that is not ours, is another's double, or cannot be handled; the reporter reads why."""
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.move(target, text=reason)
        if target in NOT_SHOWN:
            take_copy_back(changing)
        changing.notify_reporter(REPORTER_STATUS)


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
                % day_words(timezone.localdate(law.at))
            )
        end = datetime.combine(until, time.min, settings.OFFICE_ZONE)
        changing.start_clock("postponement", due=Due(end, _("ditunda sampai %s") % day_words(until)))
        changing.move("postponed", text=reason, until=until.isoformat())
        changing.notify_reporter(REPORTER_STATUS)


def take_up_again(
    case: Case, *, by: Staff | System, seen: int | None = None, at: datetime | None = None
) -> None:
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.move("in_progress")
        changing.end_clocks("postponement")
        if not changing.case.tasks.filter(done_at=None).exists():
            ask_for_draft(changing, changing.case.complaint.desk_procedure)


def add_note(case: Case, *, by: Staff, seen: int | None, note: str, at: datetime | None = None) -> None:
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(*DESK_ROLES, *OVERSIGHT_ROLES, Role.INSPECTOR, PARENT)
        changing.record("note", text=note)


def reporter_called(
    case: Case, *, by: Staff, seen: int | None, note: str, at: datetime | None = None
) -> None:
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(Role.OPERATOR, Role.HEAD, Role.COORDINATOR)
        # An anonymous reporter is called by the coordinator, and nobody else says that it was done.
        is_the_units = any(
            task.unit_id == changing.case.responsible_unit_id for task in _open(changing, CALL_REPORTER)
        )
        if not changing.owes(CALL_REPORTER) and not (is_the_units and Role.HEAD in changing.roles):
            raise CaseRefusal(_("Tidak ada telepon kepada pelapor yang menunggu Anda."))
        changing.finish_tasks(CALL_REPORTER)
        changing.record("reporter_called", text=note)


def take_over(case: Case, *, by: Staff, seen: int | None, at: datetime | None = None) -> None:
    """Be the one who handles the report from now on, such as where the one before has left."""
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(Role.OPERATOR, Role.HEAD)
        if changing.case.closed_at:
            raise CaseRefusal(_("Laporan ini sudah ditutup."))
        changing.case.handler = by.user
        changing.record("taken_over")


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
            changing.notify_reporter(REPORTER_STATUS)
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
        if not _asks_for_order(changing, desk.procedure):
            ask_for_draft(changing, desk.procedure)
        changing.notify_reporter(REPORTER_STATUS)


def _open(changing: CaseChange, step: str) -> list:
    return list(changing.case.tasks.filter(step=step, done_at=None).select_related("section"))


def _answer_clock(changing: CaseChange):
    return changing.case.deadlines.filter(step="answer", ended_at=None).first()
