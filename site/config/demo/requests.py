"""Requests for information in the demonstration, in every state: told like the reports, through the desk's own services."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from cases.actors import Reporter, Staff
from cases.models import Case, IdentityMode
from cases.services.receipt import Identity
from opd_pages.models import Role
from pengaduan.models import ReportClass
from pengaduan.services import desk as reports
from pengaduan.services.receiving import Report, receive_report
from ppid.models import Delivery, ExclusionGround, Obtaining
from ppid.models.notice import GIVING, REFUSING
from ppid.services import applicant, desk, notices
from ppid.services.receiving import Request, receive_request

from .contacts import PHONE
from .tale import Moments, Stage
from .units import DATA

# One request among so many cases, and never more than there are words for.
CASES_TO_A_REQUEST = 9
WAITING = ("received", "overdue")
HANDED_OVER = "handed_over"


def wishes(count: int) -> list[Mapping]:
    """What is asked for in a demonstration of so many cases."""
    told = json.loads((DATA / "requests.json").read_text(encoding="utf-8"))
    return told[: count // CASES_TO_A_REQUEST]


def cases_of(told: Sequence[Mapping]) -> int:
    """How many cases they make: what comes as a report and is handed over is two."""
    return len(told) + sum(wish["ends"] == HANDED_OVER for wish in told)


@dataclass
class Inquiry:
    """One request from its receipt to the state in which it `ends`."""

    stage: Stage
    dice: Random
    wish: Mapping
    number: int
    at: datetime = field(init=False)
    case: Case = field(init=False)

    def __post_init__(self) -> None:
        day = (self.stage.now - timedelta(days=self.wish["age"])).date()
        begin = self.stage.now - timedelta(days=self.wish["age"])
        self.at = begin if self.wish["age"] < 1 else self.stage.office.daytime(day, self.dice)

    def told(self) -> Moments:
        ends = self.wish["ends"]
        yield self.at
        if ends == HANDED_OVER:
            yield from self._come_as_report()
            return
        self._receive()
        if ends in WAITING:
            return
        yield self._later(1, 6)
        if ends == "incomplete":
            desk.ask_to_complete(
                self.case, by=self._looking, seen=None, missing=self.wish["missing"], at=self.at
            )
            return
        if ends == "withdrawn":
            applicant.withdraw(self.case, by=Reporter(), reason=self.wish["reason"], at=self.at)
            return
        desk.assign(self.case, by=self._looking, seen=None, at=self.at)
        if ends == "assigned":
            return
        yield self._later(4, 24)
        if ends == "extended":
            desk.extend(self.case, by=self._answering, seen=None, reason=self.wish["reason"], at=self.at)
            return
        self._draft()
        if ends == "drafting":
            return
        yield self._later(2, 20)
        self._issue()
        if ends == "closed":
            yield self._later(3, 20)
            how = "Salinan dikirim ke alamat surel pemohon."
            notices.hand_over_information(
                self.case, by=self._owing("deliver"), seen=None, how=how, at=self.at
            )
            yield self._later(20, 60)
            applicant.say_enough(self.case, by=Reporter(), words="Terima kasih.", at=self.at)

    def _come_as_report(self) -> Moments:
        report = Report(
            words=self.wish["words"],
            identity=self._identity,
            report_class=ReportClass.INFORMATION,
            addressed_to=self.stage.units[self.wish["unit"]],
        )
        self.case, _is_new = receive_report(report, by=Reporter(), at=self.at, is_demo=True)
        yield self._later(1, 6)
        reports.hand_to_ppid(self.case, by=self._looking, seen=None, at=self.at)

    @property
    def _identity(self) -> Identity:
        name, mail = f"Pemohon Contoh {self.number}", f"pemohon{self.number}@contoh.test"
        return Identity(IdentityMode.NAMED, name, PHONE, mail)

    def _receive(self) -> None:
        request = Request(
            words=self.wish["words"],
            identity=self._identity,
            id_number=f"35220000000{self.number:05}",
            address="Jalan Contoh 1, Bojonegoro",
            purpose=self.wish["purpose"],
            obtaining=Obtaining.SOFT_COPY,
            delivery=Delivery.EMAIL,
            body=self.stage.units[self.wish["unit"]],
        )
        self.case, _is_new = receive_request(request, by=Reporter(), at=self.at, is_demo=True)

    def _draft(self) -> None:
        ends = "granted" if self.wish["ends"] in ("closed", "drafting") else self.wish["ends"]
        test = self._weigh() if ends in REFUSING else None
        parts = {
            name: self.wish[name]
            for name in ("material", "redactions", "held_by", "reason")
            if name in self.wish
        }
        medium = "Berkas PDF melalui surel" if ends in GIVING else ""
        notices.draft_notice(
            self.case,
            by=self._answering,
            seen=None,
            decision=ends,
            consequence_test=test,
            medium=medium,
            at=self.at,
            **parts,
        )

    def _weigh(self):
        return notices.record_consequence_test(
            self.case,
            by=self._answering,
            seen=None,
            number=f"UK/{self.number}/{self.at.year}",
            information=self.wish["words"],
            ground=ExclusionGround.objects.get(letter="h"),
            legal_basis="UU 27/2022 tentang Pelindungan Data Pribadi",
            if_opened="Warga yang disebut dapat diganggu atau ditipu.",
            if_closed="Data pribadi warga terlindungi; yang umum tetap diberikan.",
            decided_by="Ketua PPID (contoh)",
            decided_on=timezone.localdate(self.at),
            at=self.at,
        )

    def _issue(self) -> None:
        notices.issue_notice(
            self.case,
            by=self._answering,
            seen=None,
            letter_number=f"480/{self.number}/CONTOH/{self.at.year}",
            signer="Nama Contoh, S.Sos.",
            signer_office="Ketua PPID",
            at=self.at,
        )

    def _later(self, low: float, high: float) -> datetime:
        later = self.at + timedelta(hours=self.dice.uniform(low, high))
        self.at = self.stage.office.next(later, self.dice)
        return self.at

    def _owing(self, step: str) -> Staff:
        task = self.case.tasks.get(step=step, done_at=None)
        return self.stage.cast.at(task.unit_id, task.role)

    @property
    def _looking(self) -> Staff:
        return self.stage.cast.at(self.case.responsible_unit_id, Role.OPERATOR)

    @property
    def _answering(self) -> Staff:
        return self._owing("draft")


def inquiries(stage: Stage, count: int, dice: Random) -> Iterator[Moments]:
    for number, wish in enumerate(wishes(count), start=1):
        yield Inquiry(stage, dice, wish, number).told()
