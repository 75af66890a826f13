"""Receiving a report: where it goes, what is promised, who looks first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from cases.actors import Actor
from cases.calendar import Due, moment_words, within
from cases.intake import AcceptedImage
from cases.models import Case, Rule, Urgency
from cases.services.clockwork import Clockwork, clockwork
from cases.services.receipt import Clock, FirstTask, Identity, NewCase, receive
from opd_pages.models import Unit

from ..models import Category, Channel, Complaint, DeskSettings, ReportClass
from ..procedures import BY_LAW
from ..workflow import KIND
from .routing import desk_of, route

LAW_STEPS = {
    ReportClass.ASPIRATION: ("law_aspiration",),
    ReportClass.INFORMATION: ("law_information",),
    ReportClass.COMPLAINT: ("law_complaint",),
    # The sources contradict each other (60 working days, 60 days): the stricter date counts.
    ReportClass.WHISTLEBLOWING: ("law_supervisory", "law_supervisory_days"),
}


@dataclass(frozen=True)
class Report:
    """What a reporter, or an officer for them, has told; every field checked by the form."""

    words: str
    identity: Identity
    report_class: str = ReportClass.COMPLAINT
    addressed_to: Unit | None = None
    accused: Unit | None = None
    category: Category | None = None
    district: Unit | None = None
    village: Unit | None = None
    landmark: str = ""
    location: tuple[float, float] | None = None
    images: Sequence[AcceptedImage] = ()
    channel: str = Channel.WEB
    is_secret: bool = False
    is_vulnerable: bool = False
    # As said at the counter; None: now.
    received_at: datetime | None = None
    submission_key: str | None = None


def receive_report(
    report: Report, *, by: Actor, at: datetime | None = None, is_demo: bool = False
) -> tuple[Case, bool]:
    """Receive a report; (case, False) where the same submission was received before. Raises NoDesk, NoRule.

    Its clocks run from the receipt, also of one that was told before it is written down.
    """
    at = at or timezone.now()
    received_at = report.received_at or at
    way = route(
        addressed_to=report.addressed_to or report.village or report.district,
        accused=report.accused,
        report_class=report.report_class,
        is_secret=report.is_secret,
    )
    desk = desk_of(way.unit)
    new = NewCase(
        kind=KIND,
        unit=way.unit,
        words=report.words,
        identity=report.identity,
        clocks=first_clocks(report.report_class, way.is_supervisory, desk, received_at),
        tasks=[FirstTask("verify", way.first_role, clock="verify")],
        images=report.images,
        place=_place(report),
        concerns_unit=way.concerns_unit,
        is_secret=report.is_secret,
        is_supervisory=way.is_supervisory,
        is_vulnerable=report.is_vulnerable,
        urgency=Urgency.URGENT if report.is_vulnerable else Urgency.NORMAL,
        submission_key=report.submission_key,
        received_at=received_at,
        is_demo=is_demo,
        reporter_message="complaint_received",
        desk_message="desk_new_complaint",
        data={"channel": report.channel, "class": report.report_class},
    )

    def complaint_of(case: Case) -> Iterator[Complaint]:
        latitude, longitude = report.location or (None, None)
        yield Complaint(
            case=case,
            report_class=report.report_class,
            category=report.category,
            channel=report.channel,
            procedure=desk.procedure_code,
            district=report.district,
            village=report.village,
            landmark=report.landmark,
            latitude=None if latitude is None else round(Decimal(latitude), 5),
            longitude=None if longitude is None else round(Decimal(longitude), 5),
        )

    return receive(new, by=by, at=at, details=complaint_of)


def first_clocks(report_class: str, is_supervisory: bool, desk: DeskSettings, at: datetime) -> list[Clock]:
    """The law's outer bound, the promise within it, and the first look within that."""
    works = clockwork()
    law_rule, law = law_due(report_class, is_supervisory, at, works)
    answer_rule, answer = answer_due(desk, at, law, works)
    return [
        Clock("law", law, rule=law_rule),
        Clock("answer", answer, rule=answer_rule, outer_step="law"),
        first_look(desk, at, answer, works),
    ]


def answer_due(desk: DeskSettings, at: datetime, law: Due | None, works: Clockwork) -> tuple[Rule, Due]:
    """What the unit's own procedure promises, never later than the law."""
    rule = works.rule(desk.procedure_code, "answer", timezone.localdate(at))
    return rule, works.due(rule, at, outer=law)


def law_due(report_class: str, is_supervisory: bool, at: datetime, works: Clockwork) -> tuple[Rule, Due]:
    """The rule and date of the law for a class of report; of two sources the stricter."""
    steps = LAW_STEPS[ReportClass.WHISTLEBLOWING if is_supervisory else ReportClass(report_class)]
    return works.strictest(BY_LAW, steps, at)


def first_look(desk: DeskSettings, at: datetime, answer: Due, works: Clockwork) -> Clock:
    """When the desk looks: at its next opening where the procedure has fixed hours, else by the rule."""
    if desk.procedure.opens_twice and works.hours:
        before_closing = timedelta(minutes=desk.minutes_before_closing)
        opening = works.hours.next_opening(at, works.calendar, desk.first_opening, before_closing)
        words = f"buka meja berikutnya: {moment_words(works.calendar.local(opening))}"
        return Clock("verify", within(answer, opening, words, works.calendar), outer_step="answer")
    rule = works.rule(BY_LAW, "verify", timezone.localdate(at))
    return Clock("verify", works.due(rule, at, outer=answer), rule=rule, outer_step="answer")


def _place(report: Report) -> str:
    if report.village:
        return report.village.place_name
    return report.district.full_name if report.district else ""
