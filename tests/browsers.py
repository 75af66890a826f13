"""Browsers for tests: one for each person, and what they send and read with it."""

import secrets
from io import BytesIO

from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from cases.access_codes import access_code, shown
from cases.models import Case
from home.models import User
from tests.factories import Office

BOJONEGORO = {1: "S", 2: (7.0, 9.0, 3.6), 3: "E", 4: (111.0, 52.0, 55.2)}


def browser(user: User | None = None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


def reporters_browser(case: Case) -> Client:
    """A browser that has opened the case with its code."""
    client = Client()
    response = client.post(reverse("track"), {"number": case.number, "code": code_of(case)})
    assert response.status_code == 302
    return client


def code_of(case: Case) -> str:
    return shown(access_code(case.number, case.code_version))


def act(client: Client, case: Case, name: str, *, seen: int | None = None, **fields):
    """Press a button of the desk, having seen the case as it is now, or in an earlier version."""
    version = Case.objects.get(pk=case.pk).version if seen is None else seen
    typed = {f"{name}-{field}": value for field, value in fields.items()}
    return client.post(reverse("desk_act", args=[case.number, name]), {"versi": version, **typed})


def act_as_reporter(client: Client, name: str, **fields):
    typed = {f"{name}-{field}": value for field, value in fields.items()}
    return client.post(reverse("act_as_reporter", args=[name]), typed)


def report_form(office: Office, **changes) -> dict:
    """What a citizen of Bakalan sends from /lapor/."""
    return {
        "submission_key": secrets.token_urlsafe(24),
        "addressed_to": "",
        "words": "Lampu jalan depan balai desa padam sejak Senin.",
        "district": str(office.kapas.pk),
        "village": str(office.bakalan.pk),
        "landmark": "depan balai desa",
        "category": "",
        "report_class": "complaint",
        "is_about_officer": "no",
        "accused": "",
        "identity_mode": "named",
        "name": "Warga Uji",
        "phone": "081234567890",
        "email": "",
    } | changes


def photo(*, place: bool = False, format: str = "JPEG", size: tuple[int, int] = (64, 48)) -> bytes:
    """A small photo whose file tells who took it, and where."""
    exif = Image.Exif()
    exif[0x010E] = "Bapak Rahasia, Jalan Mawar 7"
    if place:
        exif.get_ifd(0x8825).update(BOJONEGORO)
    stream = BytesIO()
    Image.new("RGB", size, "brown").save(stream, format, exif=exif)
    return stream.getvalue()


def received_now(desk, **report) -> Case:
    """A case that came in at this moment, for tests in which people act now."""
    return desk.receive(at=timezone.now(), **report)


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def words(response) -> str:
    """Everything a person reads on the page, on one line."""
    return " ".join(soup(response).get_text(" ").split())


def queries_of(client: Client, address: str) -> int:
    """How many queries a page takes, once what is asked only once was asked."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    return len(captured)
