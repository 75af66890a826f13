"""Two people at once, on two connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError

from django.db import connection

from opd_pages.models import UnreachableReport
from opd_pages.selectors.contacts import public_sheet
from opd_pages.services import unreachable
from opd_pages.services.contacts import confirm
from opd_pages.services.importing import import_units
from tests.opd_pages.conftest import add_contact
from tests.threads import at_once


def test_two_imports_at_once_make_every_unit_once(committed):
    rows = [{"kode": "35.22", "nama": "Kabupaten Bojonegoro", "jenis": "kabupaten"}]
    together = Barrier(2)

    def click() -> int:
        try:
            together.wait()
            return len(import_units(rows).created)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        attempts = [pool.submit(click), pool.submit(click)]
    assert sorted(attempt.result() for attempt in attempts) == [0, 1]


def test_two_who_tell_of_one_contact_at_once_do_not_pass_the_most_of_a_day(
    committed, office, operator, monkeypatch
):
    monkeypatch.setattr(unreachable, "MOST_OF_A_CONTACT", 1)
    mark_today, both_counted = unreachable.mark_today, Barrier(2)

    def mark_once_both_have_counted(*args, **options) -> None:
        try:
            both_counted.wait(1)
        except BrokenBarrierError:
            pass  # The other one waits for this one.
        mark_today(*args, **options)

    monkeypatch.setattr(unreachable, "mark_today", mark_once_both_have_counted)
    add_contact(office.kapas, "phone", "0353 881 826")
    confirm(office.kapas, operator)
    (shown,) = public_sheet(office.kapas).contacts.all()
    noted = at_once(
        *(
            lambda network=network: unreachable.tell_unreachable(
                shown, "silent", network=network, device="Telepon"
            )
            for network in ("203.0.113.7", "198.51.100.7")
        )
    )
    assert (sorted(noted), UnreachableReport.objects.count()) == ([False, True], 1)
