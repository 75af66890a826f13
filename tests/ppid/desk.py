"""A desk at Kecamatan Kapas whose PPID pembantu answers requests for information."""

from dataclasses import dataclass
from datetime import date, datetime

from cases.actors import Reporter, Staff
from cases.models import Case, IdentityMode
from cases.services.receipt import Identity
from home.models import User
from opd_pages.models import Role
from ppid.models import ConsequenceTest, ExclusionGround
from ppid.services import desk as desk_services
from ppid.services import notices
from ppid.services.receiving import Request, receive_request
from tests.factories import Office, member
from tests.pengaduan.desk import JAKARTA

# Day 0 of the worked example: ten working days later is 7 April 2026, with joint leave off.
MONDAY = datetime(2026, 3, 16, 10, 15, tzinfo=JAKARTA)
APPLICANT = Identity(IdentityMode.NAMED, "Siti Aminah", "+6281234567890", "siti@contoh.test")


@dataclass
class Desk:
    office: Office
    operator: User
    head: User
    assistant: User

    @classmethod
    def at_kapas(cls, office: Office) -> "Desk":
        return cls(
            office=office,
            operator=member("operator", office.kapas, Role.OPERATOR),
            head=member("camat", office.kapas, Role.HEAD),
            assistant=member("ppid", office.kapas, Role.PPID_ASSISTANT),
        )

    @classmethod
    def with_the_people_of(cls, desk) -> "Desk":
        """The same office, where somebody receives reports too."""
        return cls(desk.office, desk.operator, desk.head, desk.drafter)

    def staff(self, name: str) -> Staff:
        return Staff.of(getattr(self, name))

    def receive(self, *, at: datetime = MONDAY, by=None, **request) -> Case:
        told = {
            "words": "Salinan rencana kerja kecamatan tahun 2026.",
            "identity": APPLICANT,
            "id_number": "3522140101900001",
            "address": "Jalan Mawar 7, Bakalan",
            "purpose": "Bahan musyawarah dusun.",
            "obtaining": "soft_copy",
            "delivery": "email",
            "body": self.office.kapas,
        } | request
        case, _is_new = receive_request(Request(**told), by=by or Reporter(), at=at)
        return case

    # --- A request brought some way along -----------------------------------------------------------------------------

    def assigned(self, *, at: datetime = MONDAY, **request) -> Case:
        case = self.receive(at=at, **request)
        desk_services.assign(case, by=self.staff("operator"), seen=None, at=at)
        return fresh(case)

    def drafted(self, *, decision: str = "granted", at: datetime = MONDAY) -> Case:
        case = self.assigned(at=at)
        notices.draft_notice(case, by=self.staff("assistant"), seen=None, at=at, **parts(self, decision))
        return fresh(case)

    def decided(self, *, decision: str = "granted", at: datetime = MONDAY) -> Case:
        case = self.drafted(decision=decision, at=at)
        notices.issue_notice(case, by=self.staff("assistant"), seen=None, at=at, **SIGNED)
        return fresh(case)


SIGNED = {
    "letter_number": "480/12/35.22.14/2026",
    "signer": "Dra. Wiwik",
    "signer_office": "Ketua PPID Pembantu",
}


def weighed(desk: Desk) -> ConsequenceTest:
    return ConsequenceTest.objects.create(
        number="180/3/UK/2026",
        unit=desk.office.kapas,
        information="Alamat penerima bantuan.",
        ground=ExclusionGround.objects.get(letter="h"),
        legal_basis="UU 27/2022",
        if_opened="Penerima bantuan dapat diganggu.",
        if_closed="Data pribadi terlindungi.",
        decided_by="Dra. Wiwik, Ketua PPID Pembantu",
        decided_on=date(2026, 3, 10),
    )


def parts(desk: Desk, decision: str) -> dict:
    """The seven parts of a notice with this decision."""
    given = {"material": "Rencana kerja 2026, 14 halaman.", "medium": "Berkas PDF melalui surel"}
    return {
        "granted": {"decision": decision, **given},
        "partially_granted": {
            "decision": decision,
            "consequence_test": weighed(desk) if decision == "partially_granted" else None,
            "redactions": "Alamat penerima bantuan.",
            **given,
        },
        "refused": {
            "decision": decision,
            "consequence_test": weighed(desk) if decision == "refused" else None,
            "reason": "Memuat alamat pribadi.",
        },
        "not_held": {"decision": decision, "held_by": "Dinas Sosial"},
    }[decision]


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def open_steps(case: Case) -> list[str]:
    return sorted(case.tasks.filter(done_at=None).values_list("step", flat=True))


def running_clocks(case: Case) -> list[str]:
    return sorted(case.deadlines.filter(ended_at=None, paused_at=None).values_list("step", flat=True))


def messages_of(case: Case) -> list[str]:
    return list(case.messages.filter(to_reporter=True).order_by("pk").values_list("template", flat=True))
