"""The life of one report, step by step. Every step goes through the service that the desk's buttons call.

A step is a generator: it yields the moment at which it will act, and acts when it is asked to go on. So many tales
can be told at once in the order of time, and one that reaches into the future just stays where it is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from cases.actors import Reporter, Staff, System, Voice
from cases.intake import AcceptedImage
from cases.models import Case
from cases.services.changes import change
from cases.services.public_photos import cover
from cases.services.staffing import CALL_REPORTER
from opd_pages.models import Role, Section, Unit
from pengaduan.models import Channel, Outcome, SectionDuty
from pengaduan.services import answers, desk, reporter
from pengaduan.services.receiving import Report, receive_report

from .cast import Cast
from .office_time import OfficeTime
from .texts import Text, phrases
from .units import ROOT

Moments = Iterator[datetime]
PUBLIC_SHARE = 0.7
PHOTO_SHARE = 0.6


@dataclass(frozen=True)
class Stage:
    """What all tales share."""

    cast: Cast
    office: OfficeTime
    pictures: Mapping[str, AcceptedImage]
    units: Mapping[str, Unit]
    now: datetime


@dataclass
class Tale:
    """One report from its receipt on. `at` is when the last step was taken.

    `pace` stretches the office's steps. `until`: they hurry, so that all are taken before that moment.
    """

    stage: Stage
    dice: Random
    at: datetime
    text: Text
    report: Report
    pace: float = 1.0
    until: datetime | None = None
    by_day_and_night: bool = False
    # Words for what does not happen every day: a question, a reason.
    occasion: Mapping[str, str] = field(default_factory=dict)
    case: Case = field(init=False)
    section: Section = field(init=False)

    # --- Time and people ---------------------------------------------------------------------------------------------

    def _office_hours(self, low: float, high: float) -> Moments:
        """Some hours later, when an office is open."""
        if self.until:
            self.at += (self.until - self.at) * self.dice.uniform(0.12, 0.25)
        else:
            later = self.at + timedelta(hours=self.dice.uniform(low, high) * self.pace)
            self.at = later if self.by_day_and_night else self.stage.office.next(later, self.dice)
        yield self.at

    def days(self, low: float, high: float) -> Moments:
        """Some days later, at a time when people write."""
        day = (self.at + timedelta(days=self.dice.uniform(low, high))).date()
        self.at = max(self.stage.office.daytime(day, self.dice), self.at + timedelta(minutes=20))
        yield self.at

    def staff(self, role: str, section: Section | None = None) -> Staff:
        return self.stage.cast.at(self.case.responsible_unit_id, role, section.pk if section else None)

    @property
    def desk(self) -> Staff:
        """Whoever works at the desk; a secret report is the head's alone."""
        return self.staff(Role.HEAD if self.case.is_secret else Role.OPERATOR)

    @property
    def is_disposed(self) -> bool:
        return self.case.complaint.desk_procedure.is_disposed and not self.case.is_secret

    def _photos(self, name: str) -> list[AcceptedImage]:
        return [self.stage.pictures[name]] if name else []

    # --- The desk ----------------------------------------------------------------------------------------------------

    def received(self) -> Moments:
        yield self.at
        by = Reporter()
        if self.report.channel != Channel.WEB:
            role = Role.HEAD if self.report.channel == Channel.HEAD else Role.OPERATOR
            by = self.stage.cast.at(self.report.addressed_to.pk, role)
        self.case, _is_new = receive_report(self.report, by=by, at=self.at, is_demo=True)

    def verified(self) -> Moments:
        yield from self._office_hours(0.5, 6)
        shown = not self.case.is_supervisory and self.dice.random() < PUBLIC_SHARE
        opens_twice = self.case.complaint.desk_procedure.opens_twice
        desk.verify(
            self.case,
            by=self.desk,
            seen=None,
            told_head=self.dice.choice(["langsung", "telepon", "pesan"]) if opens_twice else "",
            public_text=self.text.copy if shown and not self.case.is_secret else "",
            public_photos=[cover(photo) for photo in self.case.files.all()] if shown else [],
            is_urgent=self.text.is_urgent,
            at=self.at,
        )

    def disposed(self, *, is_spoken: bool = False, section: Section | None = None) -> Moments:
        yield from self._office_hours(0.3, 3)
        self.section = section or self._usual_section()
        desk.dispose(
            self.case,
            by=self.staff(Role.OPERATOR if is_spoken else Role.HEAD),
            seen=None,
            section=self.section,
            instruction=self.dice.choice(phrases("orders")),
            is_spoken=is_spoken,
            at=self.at,
        )

    def _usual_section(self) -> Section:
        duties = SectionDuty.objects.filter(
            section__unit=self.case.responsible_unit_id, category=self.report.category
        )
        if duty := duties.select_related("section").first():
            return duty.section
        return Section.objects.filter(unit=self.case.responsible_unit_id).order_by("order").last()

    def order_returned(self) -> Moments:
        yield from self._office_hours(0.5, 3)
        desk.return_disposition(
            self.case,
            by=self.staff(Role.SECTION_HEAD, self.section),
            seen=None,
            reason=phrases("order_returned")[0],
            at=self.at,
        )

    def investigated(self) -> Moments:
        yield from self._office_hours(3, 20)
        desk.report_findings(
            self.case,
            by=self.staff(Role.SECTION_HEAD, self.section),
            seen=None,
            findings=self.text.findings,
            images=self._photos(self.text.photo) if self.dice.random() < PHOTO_SHARE else [],
            at=self.at,
        )

    def drafted(self, outcome: str, *, promise_days: tuple[int, int] = (10, 40)) -> Moments:
        yield from self._office_hours(*((0.5, 3) if self.is_disposed else (4, 24)))
        until = None
        if outcome == Outcome.PROMISED:
            until = timezone.localdate(self.at) + timedelta(days=self.dice.randint(*promise_days))
        procedure = self.case.complaint.desk_procedure
        answers.draft_answer(
            self.case,
            by=self.staff(Role.HEAD if self.case.is_secret else procedure.drafted_by),
            seen=None,
            text=self.text.answer(outcome, until),
            outcome=outcome,
            promised_until=until,
            passed_to=self.stage.units[f"{ROOT}.{self.text.to}"] if outcome == Outcome.PASSED_ON else None,
            at=self.at,
        )

    def draft_returned(self) -> Moments:
        yield from self._office_hours(0.5, 3)
        answers.return_draft(
            self.case, by=self.staff(Role.HEAD), seen=None, reason=phrases("draft_returned")[0], at=self.at
        )

    def decided(self) -> Moments:
        yield from self._office_hours(0.3, 2)
        desk.decide_follow_up(
            self.case, by=self.staff(Role.HEAD), seen=None, decision=self.text.decision, at=self.at
        )

    def published(self) -> Moments:
        yield from self._office_hours(0.3, 3)
        answer = answers.publish_answer(self.case, by=self.staff(Role.HEAD), seen=None, at=self.at)
        self.case.refresh_from_db()
        if self.case.published_at and self.case.status == "answered":
            desk.change_public_copy(
                self.case,
                by=self.desk,
                seen=None,
                public_text=self.text.copy,
                public_photos=[
                    cover(shown.photo) for shown in self.case.public_photos.select_related("photo")
                ],
                public_answer=answer.text,
                at=self.at,
            )

    def answered(self, outcome: str = Outcome.DONE, **draft) -> Moments:
        """From the desk's first look to the published answer, by the unit's own procedure."""
        yield from self.verified()
        yield from self.worked_out(outcome, **draft)

    def worked_out(self, outcome: str = Outcome.DONE, **draft) -> Moments:
        if self.is_disposed:
            yield from self.disposed(is_spoken=self.dice.random() < 0.15)
            yield from self.investigated()
        yield from self.drafted(outcome, **draft)
        if self.is_disposed and self.text.decision:
            yield from self.decided()
        yield from self.published()

    # --- Beside the straight way -------------------------------------------------------------------------------------

    def asked(self, question: str) -> Moments:
        yield from self._office_hours(0.5, 5)
        desk.ask_reporter(self.case, by=self.desk, seen=None, question=question, at=self.at)

    def handed_over(self, code: str) -> Moments:
        yield from self._office_hours(0.5, 5)
        desk.pass_on(
            self.case,
            by=self.desk,
            seen=None,
            unit=self.stage.units[code],
            reason=phrases("passed_on")[0],
            at=self.at,
        )
        self.case.refresh_from_db()

    def ended(self, target: str, reason: str) -> Moments:
        yield from self._office_hours(0.5, 5)
        desk.end_without_answer(self.case, by=self.desk, seen=None, target=target, reason=reason, at=self.at)

    def postponed(self) -> Moments:
        yield from self._office_hours(4, 20)
        reason = self.dice.choice(phrases("postponed"))
        until = timezone.localdate(self.at) + timedelta(days=self.dice.randint(5, 9))
        desk.postpone(self.case, by=self.desk, seen=None, reason=reason, until=until, at=self.at)

    def taken_up_again(self) -> Moments:
        yield from self._office_hours(100, 200)
        desk.take_up_again(self.case, by=self.desk, seen=None, at=self.at)

    def noted(self) -> Moments:
        yield from self._office_hours(0.2, 2)
        note = self.dice.choice(phrases("notes"))
        desk.add_note(self.case, by=self.desk, seen=None, note=note, at=self.at)

    def to_be_called(self) -> Moments:
        """The reporter has no e-mail, so that the desk is to call."""
        yield from self._office_hours(0.1, 0.3)
        with change(self.case, by=System(), at=self.at) as changing:
            changing.open_task(CALL_REPORTER, role=Role.OPERATOR)

    def called(self) -> Moments:
        yield from self._office_hours(1, 6)
        note = phrases("kept")[1]
        desk.reporter_called(self.case, by=self.desk, seen=None, note=note, at=self.at)

    def promise_checked(self, *, by: Staff | None = None) -> Moments:
        yield from self._office_hours(24 * 5, 24 * 9)
        answers.check_promise(
            self.case,
            by=by or self.desk,
            seen=None,
            findings=self.dice.choice(phrases("kept")),
            images=self._photos(self.text.after),
            at=self.at,
        )

    def reopening_decided(self, *, is_granted: bool) -> Moments:
        """By whom it was addressed to: the kabupaten's coordinator, or for a desa the camat."""
        yield from self._office_hours(4, 20)
        owed = self.case.tasks.get(step="decide_reopening", done_at=None)
        desk.decide_reopening(
            self.case,
            by=self.stage.cast.at(owed.unit_id, owed.role),
            seen=None,
            is_granted=is_granted,
            reason=phrases("reopening_granted" if is_granted else "reopening_denied")[0],
            at=self.at,
        )

    # --- The reporter ------------------------------------------------------------------------------------------------

    def replied(self, words: str) -> Moments:
        yield from self.days(0.5, 3)
        reporter.reply(
            self.case, by=Reporter(), words=words, images=self._photos(self.text.photo), at=self.at
        )

    def rated(self, satisfaction: int, *, is_solved: bool, by_voice: bool = False) -> Moments:
        yield from self.days(0.3, 5)
        words = phrases("thanks" if satisfaction > 2 else "complaints_about_answer")
        reporter.rate(
            self.case,
            by=Voice(self.staff(Role.OPERATOR)) if by_voice else Reporter(),
            satisfaction=satisfaction,
            is_solved=is_solved,
            words=self.dice.choice(words),
            at=self.at,
        )

    def withdrawn(self) -> Moments:
        yield from self.days(0.2, 1)
        reporter.withdraw(self.case, by=Reporter(), reason=self.dice.choice(phrases("withdrawn")), at=self.at)

    def reopening_asked(self) -> Moments:
        yield from self.days(2, 6)
        reporter.ask_to_reopen(
            self.case, by=Reporter(), reason=self.dice.choice(phrases("asks_to_reopen")), at=self.at
        )
