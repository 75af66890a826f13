"""Two people at once, on two connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from opd_pages.services.importing import import_units


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
