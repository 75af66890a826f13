"""A desk at Kecamatan Kapas with somebody in every role, for tests of the complaint's procedure."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from cases.actors import Reporter, Staff
from cases.models import Case, IdentityMode
from cases.services.receipt import Identity
from home.models import User
from opd_pages.models import Role
from pengaduan.models import DeskSettings
from pengaduan.procedures import KAPAS
from pengaduan.services.receiving import Report, receive_report
from tests.factories import Office, member
from tests.made_once import made_once

JAKARTA = ZoneInfo("Asia/Jakarta")
# A Tuesday morning without holidays near it.
TUESDAY = datetime(2026, 11, 24, 9, 0, tzinfo=JAKARTA)


@dataclass
class Desk:
    office: Office
    operator: User
    head: User
    builder: User
    order_keeper: User
    drafter: User
    coordinator: User

    @classmethod
    def at_kapas(cls, office: Office) -> "Desk":
        if User.objects.exists():
            return cls._made(office)
        desk = made_once((cls, office.kapas.pk, office.regency.pk), partial(cls._made, office))
        desk.office = office
        return desk

    @classmethod
    def _made(cls, office: Office) -> "Desk":
        DeskSettings.objects.create(unit=office.kapas, procedure_code=KAPAS)
        return cls(
            office=office,
            operator=member("operator", office.kapas, Role.OPERATOR),
            head=member("camat", office.kapas, Role.HEAD),
            builder=member("pembangunan", office.kapas, Role.SECTION_HEAD, section=office.building_section),
            order_keeper=member("trantib", office.kapas, Role.SECTION_HEAD, section=office.order_section),
            drafter=member("ppid", office.kapas, Role.PPID_ASSISTANT),
            coordinator=member("koordinator", office.regency, Role.COORDINATOR),
        )

    def staff(self, name: str) -> Staff:
        return Staff.of(getattr(self, name))

    def receive(self, *, at: datetime = TUESDAY, **report) -> Case:
        report.setdefault("words", "Jembatan kayu dusun lapuk, papan hilang empat.")
        report.setdefault(
            "identity", Identity(IdentityMode.NAMED, "Warga Uji", "+6281234567890", "warga@contoh.test")
        )
        report.setdefault("district", self.office.kapas)
        case, _is_new = receive_report(Report(**report), by=Reporter(), at=at)
        return case
