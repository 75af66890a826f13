"""From the first look to the findings: verify, have the head order a section, study what it found."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actors import Staff
from cases.models import Case
from cases.services.changes import CaseChange, CaseRefusal, change
from cases.services.clockwork import clockwork
from cases.services.public_photos import Shown
from opd_pages.models import Role, Section

from ...models import Disposition
from ...procedures import KAPAS, Procedure
from .public_copy import publish_copy


def verify(
    case: Case,
    *,
    by: Staff,
    seen: int | None,
    told_head: str = "",
    public_text: str = "",
    public_photos: Iterable[Shown] = (),
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
        if not changing.case.is_secret and (public_text or changing.case.published_at):
            publish_copy(changing, public_text, public_photos)
        if not asks_for_order(changing, procedure):
            changing.move("in_progress")
            ask_for_draft(changing, procedure)


def asks_for_order(changing: CaseChange, procedure: Procedure) -> bool:
    """Have the head order a section, where the procedure wants it and the section's people could see the report."""
    if not procedure.is_disposed or changing.case.is_secret:
        return False
    changing.open_task("dispose", role=Role.HEAD, deadline=_answer_clock(changing))
    changing.notify("desk_task", role=Role.HEAD)
    return True


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
    case: Case,
    *,
    by: Staff,
    seen: int | None,
    findings: str,
    images=(),
    documents=(),
    at: datetime | None = None,
) -> None:
    """The section tells what it found. When every section has, the head studies while an answer is worded.

    Kapas, steps 3 and 4: both run at once, and both inside the promise.
    """
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(Role.HEAD, Role.SECTION_HEAD)
        mine = [
            task
            for task in open_tasks(changing, "investigate")
            if by.may_do(task) or Role.HEAD in changing.roles
        ]
        if not mine:
            raise CaseRefusal(_("Tidak ada pemeriksaan yang menunggu Anda pada laporan ini."))
        for task in mine:
            changing.finish_tasks("investigate", section=task.section)
        event = changing.record("findings_reported", text=findings)
        changing.attach(event, [*images, *documents], by_reporter=False)
        if open_tasks(changing, "investigate"):
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
        mine = [task for task in open_tasks(changing, "investigate") if by.may_do(task)]
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
    if changing.case.tasks.filter(step__in=("draft", "approve"), done_at=None).exists():
        return
    role = Role.HEAD if changing.case.is_secret else procedure.drafted_by
    changing.open_task("draft", role=role, deadline=_answer_clock(changing))
    changing.notify("desk_task", role=role)


def open_tasks(changing: CaseChange, step: str) -> list:
    return list(changing.case.tasks.filter(step=step, done_at=None).select_related("section"))


def _answer_clock(changing: CaseChange):
    return changing.case.deadlines.filter(step="answer", ended_at=None).first()
