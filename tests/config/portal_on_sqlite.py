"""A whole portal on SQLite: `python -m tests.config.portal_on_sqlite`.

In a process of its own, since a portal has one kind of database; DATA_DIR and IDENTITY_KEYS come from the environment.
"""

import sys
from datetime import datetime, timedelta
from pathlib import Path

import django
from django.core.management import call_command
from django.test import override_settings


def write_pages(office) -> None:
    """Every type of page, pictures and documents, contacts that are confirmed, and who edits them."""
    from home.services.site import open_site
    from opd_pages.models import Channel, Contact, Role, Unit, UnitPage
    from opd_pages.services.administrators import open_administrators
    from opd_pages.services.contacts import confirm
    from opd_pages.services.unit_pages import open_unit_pages
    from ppid.services.site import open_ppid_page
    from tests.factories import member
    from tests.opd_pages.one_of_each import write_one_of_each, write_with_files

    open_ppid_page(open_site())
    open_unit_pages(Unit.objects.all())
    open_administrators()
    member("penyunting", office.kapas, Role.EDITOR)
    head = member("kepala", office.dander, Role.HEAD)
    Contact.objects.create(unit=office.dander, channel=Channel.PHONE, value="0353881000", label="Kantor")
    confirm(office.dander, by=head)
    page = UnitPage.objects.get(unit=office.kapas)
    write_one_of_each(page)
    page.refresh_from_db()
    write_with_files(page)
    page.save_revision().publish()


def write_history(office) -> None:
    """Five cases with words, replies and numbers of all kinds, one with a notice issued, one that stood still, two daily
    roots, and erased words."""
    from cases.actors import Reporter, System
    from cases.models import Erasable
    from cases.services import daily_root
    from cases.services.changes import change
    from cases.services.erasure import erase
    from tests.pengaduan.desk import JAKARTA, Desk
    from tests.ppid.desk import Desk as PpidDesk
    from tests.second_factor import set_up

    daily_root.BLOCK = 2
    at = datetime(2026, 11, 24, 9, 0, 0, 123_456, tzinfo=JAKARTA)
    desk = Desk.at_kapas(office)
    set_up(desk.operator)
    cases = [desk.receive(at=at + timedelta(milliseconds=n)) for n in range(3)]
    PpidDesk.with_the_people_of(desk).decided(decision="partially_granted", at=at)
    desk.receive(at=at)
    daily_root.publish_root(at + timedelta(days=1))
    with change(cases[0], by=desk.staff("operator"), at=at) as changing:
        changing.move("verified")
        changing.record("note", text="Ditelepon: “sudah”, 100 %, àéî", distance=1.5, ok=True, nothing=None)
    for hours, target in ((0, "in_progress"), (12, "postponed"), (24, "in_progress")):
        with change(cases[0], by=desk.staff("head"), at=at + timedelta(hours=hours)) as changing:
            changing.move(target, text="Menunggu anggaran.")
    with change(cases[1], by=Reporter(), at=at) as changing:
        changing.record("reporter_replied", text="Terima kasih.")
    daily_root.publish_root(at + timedelta(days=2))
    with change(cases[1], by=System(), at=at) as changing:
        for subject in (Erasable.WORDS, Erasable.IDENTITY):
            erase(changing, subject, basis="permintaan")


def write_portal() -> None:
    from tests.factories import Office

    office = Office.make()
    write_history(office)
    write_pages(office)


if __name__ == "__main__":
    sys.path.append(str(Path(__file__).resolve().parents[2] / "site"))
    django.setup()
    # As the process of the tests has it, where people log in.
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(PASSWORD_HASHERS=hashers, PUBLIC_URL="http://testserver"):
        call_command("migrate", verbosity=0)
        write_portal()
