"""One case of each kind that somebody must not see, somebody of each kind, and words that stand in one place of one case.

What there is of a case: its number (#), its Words, its reporter's Identity, an internal Note, its File, the public
Copy with its Photo and the answer as worded for anyone (G), the Answer itself or the written notice, and what is
Enclosed with it.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from cases.actors import Reporter, Staff, System
from cases.intake import AcceptedDocument, accept_image
from cases.models import Case, CaseFile, Erasure, IdentityMode, OutboxMessage, Task
from cases.services.changes import change
from cases.services.public_photos import cover
from cases.services.receipt import Identity
from home.models import User
from home.services.site import open_site
from opd_pages.models import Role, Unit
from opd_pages.services.administrators import open_administrators
from opd_pages.services.unit_pages import open_unit_page
from pengaduan.services import answers
from pengaduan.services import desk as desk_services
from pengaduan.services import reporter as reporter_services
from pengaduan.services.receiving import Report, receive_report
from ppid.services import notices
from tests.browsers import browser, photo, reporters_browser
from tests.factories import Office, join, make_unit, member
from tests.pengaduan import steps
from tests.pengaduan.desk import Desk
from tests.ppid import desk as ppid_desk

REQUESTS = ("request", "noticed")
CASES = (
    "plain",
    "published",
    "answered",
    "secret",
    "secret-with-a-task",
    "anonymous",
    "accusing",
    "passed-on",
    "accusing-the-parent",
    "accusing-the-kabupaten",
    "withdrawn",
    "desa",
    "demo",
    *REQUESTS,
)
LETTERS = "WINCGA"


def mark(letter: str, name: str) -> str:
    """A word that stands in one place of one case. No mark begins another."""
    return f"{letter}{name.replace('-', '')}unik"


@dataclass
class World:
    people: dict[str, Client]
    cases: dict[str, Case]
    # By key, whose file it is and its letter.
    files: dict[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def make(cls, office: Office) -> "World":
        open_site()
        open_administrators()
        open_unit_page(office.kapas)
        desk = Desk.at_kapas(office)
        members = {
            "editor": (office.kapas, Role.EDITOR),
            "neighbour": (office.dander, Role.OPERATOR),
            "partner": (make_unit("MITRA.1", "RADIO", "Radio Contoh", "mitra"), Role.PARTNER),
            "administrator": (office.regency, Role.ADMINISTRATOR),
            "monitor": (office.regency, Role.MONITOR),
            "observer": (office.regency, Role.OBSERVER),
            "head of the desa": (office.bakalan, Role.HEAD),
            "with a side task": (office.works, Role.OPERATOR),
            "inspector": (office.inspectorate, Role.INSPECTOR),
            "regent": (office.regency, Role.REGENT),
        }
        people = {name: member(name.replace(" ", "-"), *where) for name, where in members.items()}
        cases = {name: _received(desk, name) for name in CASES}
        _live(desk, cases, people)
        people |= {
            "operator": desk.operator,
            "section head": desk.builder,
            "head": desk.head,
            "coordinator": desk.coordinator,
            "former head": _moved_up(office, cases),
        }
        clients = {name: browser(user) for name, user in people.items()}
        clients |= {
            "anyone": browser(),
            "reporter": reporters_browser(cases["plain"]),
            "reporter of the answered": reporters_browser(cases["answered"]),
            "applicant": reporters_browser(cases["noticed"]),
        }
        return cls(clients, cases, dict(_files(cases)))

    @property
    def numbers(self) -> dict[str, str]:
        return {name: case.number for name, case in self.cases.items()}


def _moved_up(office: Office, cases: dict[str, Case]) -> User:
    """The head of Kapas until yesterday, of whose time all complaints about Kapas are; now another coordinator."""
    today = timezone.localdate()
    user = member("former-head", office.kapas, Role.HEAD, valid_until=today - timedelta(days=1))
    join(user, office.regency, Role.COORDINATOR)
    about = Case.objects.filter(concerns_unit=office.kapas)
    about.update(received_at=timezone.now() - timedelta(days=2))
    return user


def _received(desk: Desk, name: str) -> Case:
    identity = Identity(
        IdentityMode.ANONYMOUS if name == "anonymous" else IdentityMode.NAMED,
        mark("I", name),
        "+6281234567890",
    )
    images = [accept_image(photo())]
    if name in REQUESTS:
        return ppid_desk.Desk.with_the_people_of(desk).receive(
            at=timezone.now(),
            words=f"{mark('W', name)} dan rencana kerja tahun 2026.",
            identity=identity,
            images=images,
        )
    office = desk.office
    report = Report(
        words=f"{mark('W', name)} dan jembatan yang lapuk di dusun.",
        identity=identity,
        images=images,
        is_secret=name.startswith("secret"),
        accused=_accused(office, name),
        district=office.kapas,
        village=office.bakalan if name in ("desa", "accusing-the-parent") else None,
    )
    case, _is_new = receive_report(report, by=Reporter(), is_demo=name == "demo")
    return case


def _accused(office: Office, name: str) -> Unit | None:
    accused = {
        "accusing": office.kapas,
        "passed-on": office.kapas,
        "accusing-the-kabupaten": office.regency,
    }
    return accused.get(name)


def _live(desk: Desk, cases: dict[str, Case], people: dict[str, User]) -> None:
    """What happens to them, so that each is what its name says and holds a note."""
    now = timezone.now()
    office = desk.office
    for name, case in cases.items():
        with change(case, by=System()) as changing:
            changing.record("note", text=mark("N", name))
    steps.verified(desk, cases["published"], now)
    desk_services.change_public_copy(
        cases["published"], by=desk.staff("operator"), seen=None, public_text=mark("C", "published")
    )
    _answer(desk, cases["answered"])
    _give_notice(desk, cases["noticed"])
    desk_services.pass_on(
        cases["passed-on"],
        by=desk.staff("coordinator"),
        seen=None,
        unit=office.inspectorate,
        reason="Untuk diperiksa.",
    )
    desk_services.keep_from(
        cases["accusing-the-parent"],
        by=Staff.of(people["head of the desa"]),
        seen=None,
        unit=office.kapas,
        reason="Tentang pegawai kecamatan.",
    )
    reporter_services.withdraw(cases["withdrawn"], by=Reporter(), reason="Sudah selesai.")
    for name in ("plain", "secret-with-a-task"):
        Task.objects.create(
            case=cases[name], step="coordinate", unit=office.works, role=Role.OPERATOR, opened_at=now
        )
    # Of each case a message that does not go out and a trace of something erased: registers in /admin/ show them.
    OutboxMessage.objects.update(tries=50)
    Erasure.objects.bulk_create(
        Erasure(case=case, subject="identity", at=now, basis="Permintaan", rows=1) for case in cases.values()
    )


def _answer(desk: Desk, case: Case) -> None:
    now = timezone.now()
    steps.in_progress(desk, case, now)
    answers.draft_answer(
        case,
        by=desk.staff("drafter"),
        seen=None,
        text=mark("A", "answered"),
        outcome="done",
        documents=[_document()],
    )
    answers.publish_answer(case, by=desk.staff("head"), seen=None)
    desk_services.change_public_copy(
        case,
        by=desk.staff("operator"),
        seen=None,
        public_text=mark("C", "answered"),
        public_answer=mark("G", "answered"),
        public_photos=[cover(case.files.get(by_reporter=True))],
    )


def _give_notice(desk: Desk, case: Case) -> None:
    at_ppid = ppid_desk.Desk.with_the_people_of(desk)
    ppid_desk.desk_services.assign(case, by=at_ppid.staff("operator"), seen=None)
    notices.draft_notice(
        case,
        by=at_ppid.staff("assistant"),
        seen=None,
        **ppid_desk.parts(at_ppid, "partially_granted") | {"material": mark("A", "noticed")},
        documents=[_document()],
    )
    notices.issue_notice(case, by=at_ppid.staff("assistant"), seen=None, **ppid_desk.SIGNED)


def _document() -> AcceptedDocument:
    return AcceptedDocument.of(b"%PDF-1.4", ".pdf")


def _files(cases: dict[str, Case]):
    for name, case in cases.items():
        for file in CaseFile.objects.filter(case=case):
            yield file.key, (name, "F" if file.by_reporter else "E")
        for picture in case.public_photos.all():
            yield picture.key, (name, "P")
