"""The people of the demonstration: a role each, never a person. One password for all of them, since it is printed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from textwrap import fill

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from home.models import User
from opd_pages.models import Level, Membership, Role, Section, Unit

from .factors import set_up_factors
from .units import KAPAS_CODE, ROOT, VILLAGE_CODE, DemoRefused

PASSWORD = "pendopo-contoh"  # noqa: S105
IN_OFFICE_FOR = timedelta(days=400)
# Behind a name that somebody real has already: often "admin".
ELSE = ".contoh"


@dataclass(frozen=True)
class Seat:
    role: Role
    unit: str
    section: str = ""


@dataclass(frozen=True)
class Account:
    username: str
    name: str
    seats: tuple[Seat, ...]


def _one(username: str, name: str, role: Role, unit: str, section: str = "") -> Account:
    return Account(username, name, (Seat(role, unit, section),))


DPUBMPR, INSPECTORATE, RADIO = f"{ROOT}.DPUBMPR", f"{ROOT}.INSPEKTORAT", f"{ROOT}.RADIO-CONTOH"
# One for every role; these are the ones that are printed.
MAIN = (
    _one("operator.kapas", "Operator Kapas", Role.OPERATOR, KAPAS_CODE),
    _one("camat.kapas", "Camat Kapas", Role.HEAD, KAPAS_CODE),
    _one(
        "seksi.pembangunan",
        "Kepala Seksi Pembangunan Kapas",
        Role.SECTION_HEAD,
        KAPAS_CODE,
        "Seksi Pembangunan",
    ),
    _one(
        "seksi.trantib",
        "Kepala Seksi Trantib Kapas",
        Role.SECTION_HEAD,
        KAPAS_CODE,
        "Seksi Ketenteraman dan Ketertiban",
    ),
    _one("ppid.kapas", "Ketua PPID Pembantu Kapas", Role.PPID_ASSISTANT, KAPAS_CODE),
    _one("penyunting.kapas", "Penyunting Halaman Kapas", Role.EDITOR, KAPAS_CODE),
    Account(
        "desa.bakalan",
        "Serba Bisa Desa Bakalan",
        tuple(
            Seat(role, VILLAGE_CODE) for role in (Role.HEAD, Role.OPERATOR, Role.PPID_ASSISTANT, Role.EDITOR)
        ),
    ),
    _one("operator.dpubmpr", "Operator Bina Marga", Role.OPERATOR, DPUBMPR),
    _one("kepala.dpubmpr", "Kepala Dinas Bina Marga", Role.HEAD, DPUBMPR),
    _one("operator.kabupaten", "Operator Kabupaten", Role.OPERATOR, ROOT),
    _one("sekda", "Sekretaris Daerah", Role.HEAD, ROOT),
    _one("koordinator", "Koordinator Pengaduan", Role.COORDINATOR, ROOT),
    Account("inspektorat", "Inspektur", (Seat(Role.INSPECTOR, INSPECTORATE), Seat(Role.HEAD, INSPECTORATE))),
    _one("operator.inspektorat", "Operator Inspektorat", Role.OPERATOR, INSPECTORATE),
    _one("bupati", "Bupati (contoh)", Role.REGENT, ROOT),
    _one("pemantau", "Tim Pemantau", Role.MONITOR, ROOT),
    _one("pengamat", "Pengamat", Role.OBSERVER, ROOT),
    _one("mitra", "Radio Mitra", Role.PARTNER, RADIO),
    _one("siaga", "Petugas Siaga Bencana", Role.EMERGENCY_PUBLISHER, ROOT),
    _one("admin", "Administrator Portal", Role.ADMINISTRATOR, ROOT),
)
OTHER_SECTIONS = (
    _one(
        "seksi.pemerintahan",
        "Kepala Seksi Tata Pemerintahan Kapas",
        Role.SECTION_HEAD,
        KAPAS_CODE,
        "Seksi Tata Pemerintahan",
    ),
    _one(
        "seksi.kesejahteraan",
        "Kepala Seksi Kesejahteraan Sosial Kapas",
        Role.SECTION_HEAD,
        KAPAS_CODE,
        "Seksi Kesejahteraan Sosial",
    ),
    _one(
        "seksi.pemberdayaan",
        "Kepala Seksi Pemberdayaan Kapas",
        Role.SECTION_HEAD,
        KAPAS_CODE,
        "Seksi Pemberdayaan Masyarakat",
    ),
)
# Offices with an operator and a head of their own, so that reports are answered all over the kabupaten.
OTHER_DISTRICTS = ("35.22.06", "35.22.10", "35.22.12", "35.22.13", "35.22.16", "35.22.19")
OTHER_AGENCIES = (
    *(
        "BPBD",
        "DISHUB",
        "DPUSDA",
        "BUMD-PDAM",
        "DLH",
        "DUKCAPIL",
        "DINKES",
        "RSUD-SOSODORO",
        "DISDIK",
        "DINSOS",
    ),
    *("DKPP", "DISNAKKAN", "SATPOLPP", "DPMPTSP", "DISDAGKOPUM", "DINKOMINFO", "DISPERINAKER", "DINPORA"),
    *("DISBUDPAR", "DPKPCK", "BKPP", "BAPENDA", "DP3AKB"),
)


def accounts() -> Iterator[Account]:
    """Everybody, the printed ones first. One query."""
    yield from MAIN
    yield from OTHER_SECTIONS
    codes = [*OTHER_DISTRICTS, *(f"{ROOT}.{agency}" for agency in OTHER_AGENCIES)]
    for unit in Unit.objects.filter(code__in=codes).select_related("kind").order_by("code"):
        word = _username_of(unit)
        yield _one(f"operator.{word}", f"Operator {unit.full_name}", Role.OPERATOR, unit.code)
        head = "camat" if unit.kind.level == Level.DISTRICT else "kepala"
        yield _one(f"{head}.{word}", f"{unit.kind.head_office} {unit.name}", Role.HEAD, unit.code)


def _username_of(unit: Unit) -> str:
    return (unit.name if unit.kind.level == Level.DISTRICT else unit.short_code).lower()


def usernames() -> dict[str, str]:
    """The names under which the accounts that exist log in, by the name they were to have. One query."""
    names = User.objects.filter(is_demo=True).values_list("username", flat=True)
    return {name.removesuffix(ELSE): name for name in names}


@transaction.atomic
def make_people() -> int:
    """Make the accounts that are missing, with memberships and second factors. Returns how many were made."""
    known = usernames()
    wanted = [account for account in accounts() if account.username not in known]
    taken = set(User.objects.values_list("username", flat=True))
    # Hashing is slow on purpose, so the one password is hashed once.
    hashed = make_password(PASSWORD)
    users = User.objects.bulk_create(
        User(
            username=account.username + (ELSE if account.username in taken else ""),
            first_name=account.name,
            email=f"{account.username}@contoh.test",
            password=hashed,
            is_demo=True,
        )
        for account in wanted
    )
    units = Unit.objects.in_bulk(
        {seat.unit for account in wanted for seat in account.seats}, field_name="code"
    )
    sections = {section.name: section for section in Section.objects.filter(unit__code=KAPAS_CODE)}
    since = timezone.localdate() - IN_OFFICE_FOR
    for user, account in zip(users, wanted, strict=True):
        for seat in account.seats:
            Membership(
                user=user,
                unit=units[seat.unit],
                role=seat.role,
                section=sections.get(seat.section),
                valid_from=since,
            ).save()
    set_up_factors()
    return len(users)


def describe_accounts() -> str:
    """Who may log in where, as a table for a terminal. Raises DemoRefused where there is no demonstration."""
    names = usernames()
    if not names:
        raise DemoRefused(_("Belum ada data contoh. Buat dengan manage.py demo."))
    units = Unit.objects.filter(is_demo=True).select_related("kind").in_bulk(field_name="code")
    table = [(_("Nama"), _("Kata sandi"), _("Unit"), _("Peran"))]
    for account in MAIN:
        unit = units.get(account.seats[0].unit)
        roles = ", ".join(str(seat.role.label) for seat in account.seats)
        table.append((names.get(account.username, "-"), PASSWORD, str(unit or "-"), roles))
    widths = [max(len(line[column]) for line in table) for column in range(3)]
    main = {account.username for account in MAIN}
    others = sorted(
        name.partition(".")[2] for name in names if name.startswith("operator.") and name not in main
    )
    return "\n".join(
        [
            _("Akun contoh masuk di %s/masuk/") % settings.PUBLIC_URL,
            "",
            *("  ".join([*map(str.ljust, line, widths), line[3]]) for line in table),
            "",
            _("Kantor lain, dengan operator.NAMA dan camat.NAMA atau kepala.NAMA:"),
            fill(", ".join(others), width=110, break_on_hyphens=False),
            "",
            _("Kode masuk: .venv/bin/python manage.py demo_code NAMA"),
        ]
    )
