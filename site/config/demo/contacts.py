"""How the offices of the demonstration can be reached: one invented number, invented accounts, and who leads them."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from home.models import User
from opd_pages.forms.pledges import USUAL
from opd_pages.models import (
    Channel,
    Contact,
    Fault,
    Leader,
    Level,
    PosterScans,
    Standing,
    Unit,
    UnreachableReport,
)
from opd_pages.services.contacts import confirm
from opd_pages.services.leaders import usual_office
from opd_pages.services.pledges import record_pledge
from opd_pages.services.portraits import show_portrait

from .drawings import portrait
from .people import usernames
from .units import KAPAS_CODE, ROOT, VILLAGE_CODE

PHONE = "+62812345678"
SHOWN_LEVELS = (Level.ROOT, Level.DISTRICT, Level.AGENCY, Level.INSPECTORATE, Level.HOSPITAL, Level.COMPANY)
VILLAGES = (VILLAGE_CODE, "35.22.14.2007", "35.22.06.2001")
VACANT = ("35.22.03", f"{ROOT}.DISPERPUSARSIP")
ACTING = ("35.22.26", f"{ROOT}.DISNAKKAN")
PICTURED = (ROOT, KAPAS_CODE, VILLAGE_CODE, "35.22.06", f"{ROOT}.DPUBMPR", f"{ROOT}.DINKES")
# Confirmed so long ago that somebody should look again.
STALE = ("35.22.17", "35.22.21", f"{ROOT}.DINPORA")


@transaction.atomic
def make_contacts() -> int:
    """Contacts, leaders and a confirmation for every unit shown that has none. Returns how many units got them."""
    demo = Unit.objects.filter(is_demo=True)
    shown = (demo.at(*SHOWN_LEVELS) | demo.filter(code__in=VILLAGES)).filter(contacts=None)
    units = list(shown.select_related("kind", "page__collection").order_by("code"))
    Contact.objects.bulk_create(contact for unit in units for contact in _contacts(unit))
    leaders = Leader.objects.bulk_create(leader for unit in units for leader in _leaders(unit))
    admin = User.objects.get(username=usernames()["admin"])
    for number, leader in enumerate(leaders):
        if leader.unit.code in PICTURED:
            show_portrait(leader, portrait(number), by=admin)
    for number, unit in enumerate(units):
        confirm(unit, admin, _confirmed_at(unit, number))
    _make_trust(units, leaders, admin)
    return len(units)


def _make_trust(units: list[Unit], leaders: list[Leader], admin: User) -> None:
    """Some heads have signed their commitment; posters are scanned; one unit's telephone is never answered."""
    today = timezone.localdate()
    for leader in leaders:
        if leader.unit.code in PICTURED and leader.rank == 1 and not leader.is_vacant:
            words = USUAL % {"unit": leader.unit.full_name}
            record_pledge(leader, by=admin, signed_on=today - timedelta(days=60), text=words)
    PosterScans.objects.bulk_create(
        PosterScans(
            unit=unit, day=today - timedelta(days=ago), scans=1 + (ago * 5) % 7, of_old_prints=ago % 3 == 0
        )
        for unit in units
        if unit.code in PICTURED
        for ago in range(14)
    )
    UnreachableReport.objects.bulk_create(
        UnreachableReport(unit=unit, contact=unit.contacts.first(), fault=fault, reported_on=today)
        for unit in units
        if unit.code == STALE[0]
        for fault in (Fault.SILENT, Fault.SILENT, Fault.DEAD)
    )


def _contacts(unit: Unit) -> Iterator[Contact]:
    account = slugify("kabupaten" if unit.kind.level == Level.ROOT else unit.short_code).replace("-", ".")
    ways = [
        (Channel.WHATSAPP, PHONE, "Pengaduan", "Senin sampai Jumat, jam kantor"),
        (Channel.PHONE, PHONE, "Kantor", ""),
        (Channel.EMAIL, f"{account}@contoh.test", "", ""),
        (Channel.WEBSITE, f"https://{account}.contoh.test", "", ""),
        (Channel.INSTAGRAM, f"contoh.{account}", "", ""),
    ]
    for order, (channel, value, label, hours) in enumerate(ways, start=1):
        yield Contact(unit=unit, channel=channel, value=value, label=label, hours=hours, order=order * 10)


def _leaders(unit: Unit) -> Iterator[Leader]:
    """Nobody real: a name that says whose place it holds. One post is vacant, another is held for the time being."""
    for rank in (1, 2) if unit.kind.level == Level.ROOT else (1,):
        office = usual_office(unit, rank)
        yield Leader(
            unit=unit,
            rank=rank,
            office=office,
            name="" if unit.code in VACANT else f"Nama {office} (contoh)",
            standing=Standing.PLT if unit.code in ACTING else Standing.DEFINITIVE,
        )


def _confirmed_at(unit: Unit, number: int) -> datetime:
    days = 250 if unit.code in STALE else 3 + number % 50
    return timezone.now() - timedelta(days=days)
