"""A small portal whose public pages are kept, for tests of what may be kept and what ends it."""

import gzip
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from wagtail.models import Page

from home.models import PlainPage
from home.services.site import open_site
from opd_pages.channels import normalise
from opd_pages.models import Contact, Leader, Role
from opd_pages.services.contacts import confirm, record_consent
from opd_pages.services.unit_pages import open_unit_page
from tests.factories import Office, member

KAPAS = "/kecamatan-kapas/"
ABOUT = "/tentang/"


@pytest.fixture
def kept(office, settings, django_capture_on_commit_callbacks):
    settings.PAGE_CACHE_SECONDS = 60
    return KeptPortal(office, django_capture_on_commit_callbacks)


class KeptPortal:
    """Kecamatan Kapas with a page, an office number and a personal one; and a page of words."""

    def __init__(self, office: Office, capture) -> None:
        self.office, self._capture = office, capture
        self.operator = member("pengelola", office.kapas, Role.OPERATOR)
        with self.writing():
            open_unit_page(office.kapas)
            self.about = open_site().add_child(
                instance=PlainPage(title="Tentang", slug="tentang", body="<p>Kata-kata lama.</p>")
            )
            self.phone = self._contact("phone", "0353 881826", 10)
            self.personal = self._contact("whatsapp", "0812 3456 7890", 20, is_personal=True)
            record_consent(self.personal, "Pak Karto", date(2026, 1, 5), self.operator)
            self.head = Leader.objects.create(unit=office.kapas, office="Camat Kapas", name="Siti Rahmawati")
            confirm(office.kapas, self.operator)

    def _contact(self, channel: str, value: str, order: int, **fields) -> Contact:
        value = normalise(channel, value)
        return Contact.objects.create(
            unit=self.office.kapas, channel=channel, value=value, order=order, **fields
        )

    @contextmanager
    def writing(self):
        """What is written here is committed at the end, as in a transaction of its own."""
        connection.run_on_commit.clear()
        with self._capture(execute=True):
            yield

    def page(self, slug: str) -> Page:
        return Page.objects.get(slug=slug).specific

    def read(self, address: str, **headers: str):
        """As anyone reads it."""
        return Client().get(address, headers=headers)

    def text(self, address: str) -> str:
        return self.read(address).content.decode()


def unpacked(file: Path) -> bytes:
    """What somebody who reads the disk sees."""
    head, _, body = file.read_bytes().partition(b"\n")
    return head + (gzip.decompress(body) if b'"Content-Encoding": "gzip"' in head else body)


def files() -> list[Path]:
    return [entry for entry in Path(settings.PAGE_CACHE_ROOT).glob("*/*") if entry.is_file()]
