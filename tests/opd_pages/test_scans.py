"""Scans of posters are counted by the day; nothing is kept of who scanned."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from opd_pages.models import PosterScans
from opd_pages.selectors.scans import recent_scans
from opd_pages.services import scans
from opd_pages.services.scans import count_scan
from tests.factories import LONG_AGO


def counted(unit) -> tuple[int, int]:
    lately = recent_scans(unit)
    return lately.scans, lately.of_old_prints


def test_a_scan_is_counted_and_one_of_an_old_print_too(client, kapas, personal):
    client.get("/k/KPS?v=2")
    client.get("/k/KPS?v=2")
    client.get("/k/KPS?v=1")
    assert counted(kapas) == (3, 1)


@pytest.mark.parametrize("address", ["/k/KPS", "/k/KPS?v=0", "/k/KPS?v=x", "/k/TIDAKADA?v=1"])
def test_what_no_poster_says_is_no_scan(client, kapas, address):
    client.get(address)
    assert not PosterScans.objects.exists()


def test_a_scan_leaves_no_cookie_and_is_kept_in_no_shared_cache(client, kapas):
    response = client.get("/k/KPS?v=1")
    assert (response.cookies, response["Cache-Control"]) == ({}, "private, no-cache")


def test_a_print_of_a_merged_unit_is_an_old_one_of_its_successor(client, office, kapas):
    kapas.valid_until, kapas.successor = LONG_AGO, office.dander
    kapas.save()
    client.get("/k/KPS?v=1")
    assert counted(office.dander) == (1, 1)


def test_a_scan_that_cannot_be_counted_shows_the_contacts_all_the_same(client, kapas, monkeypatch):
    def fail(*_args):
        raise DatabaseError

    monkeypatch.setattr(scans, "_add", fail)
    assert "0353 881 826" in client.get("/k/KPS?v=1").content.decode()


def test_what_was_scanned_long_ago_is_not_lately(kapas):
    today = timezone.localdate()
    count_scan(kapas, is_old_print=False, today=today - timedelta(days=30))
    count_scan(kapas, is_old_print=False, today=today - timedelta(days=29))
    assert counted(kapas) == (1, 0)


def test_the_keeper_reads_how_often_the_poster_was_scanned(client, kapas, personal, operator):
    client.get("/k/KPS?v=1")
    client.force_login(operator)
    page = client.get("/meja/kontak/KPS/").content.decode()
    assert "Kode QR poster dipindai 1 kali dalam 30 hari terakhir." in page
    assert "1 kali dari cetakan lama: ganti poster yang masih tergantung." in page
