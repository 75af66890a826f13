from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from home.freshness import generation, next_change
from home.models import PlainPage, PortalSettings
from opd_pages.models import Alert, Role
from opd_pages.selectors.alerts import next_alert_turns
from opd_pages.services.alerts import end_alert, publish_alert
from tests.browsers import browser, queries_of, soup, words
from tests.factories import member

HOUR = timedelta(hours=1)


@pytest.fixture
def publisher(portal):
    """Publishes alerts for Kecamatan Kapas and its desa."""
    return member("siaga", portal.kapas, Role.EMERGENCY_PUBLISHER)


def alert(unit, by, *, title="Jembatan Kapas ditutup", begins=-HOUR, ends=HOUR, **fields) -> Alert:
    now = timezone.now()
    made = Alert(unit=unit, title=title, starts_at=now + begins, ends_at=now + ends, **fields)
    return publish_alert(made, by=by)


def typed(unit, **changes) -> dict:
    return {
        "unit": unit.pk,
        "level": "danger",
        "title": "Banjir di Kapas",
        "text": "Menuju posko kecamatan.",
        "link": "",
        "starts_at": f"{timezone.localtime():%Y-%m-%dT%H:%M}",
        "ends_at": f"{timezone.localtime() + HOUR:%Y-%m-%dT%H:%M}",
    } | changes


@pytest.fixture
def january(monkeypatch):
    """It is the morning of the first day of 2026."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    moment = datetime(2026, 1, 1, 8, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
    monkeypatch.setattr(timezone, "now", lambda: moment)
    return moment


# --- Where it stands --------------------------------------------------------------------------------------------------


def shows(address: str, title: str = "Jembatan Kapas ditutup") -> bool:
    return any(title in banner.get_text() for banner in soup(browser().get(address)).select(".banner"))


def test_an_alert_of_a_kecamatan_stands_on_its_pages_and_those_of_its_desa_and_on_no_others(
    portal, publisher
):
    page = portal.kapas.page.add_child(instance=PlainPage(title="Kabar", slug="kabar", body="<p>Isi.</p>"))
    page.save_revision().publish()
    alert(portal.kapas, publisher)
    reach = [
        "/kecamatan-kapas/",
        "/kecamatan-kapas/kabar/",
        "/kecamatan-kapas/desa-bakalan/",
        "/k/KPS",
        "/k/KPS-2001",
    ]
    beyond = ["/", "/kecamatan-dander/", "/k/DDR", "/unit/", "/lapor/", "/kabupaten-bojonegoro/"]
    assert {address: shows(address) for address in reach + beyond} == dict.fromkeys(
        reach, True
    ) | dict.fromkeys(beyond, False)


@pytest.mark.parametrize(
    "address", ["/", "/kecamatan-dander/", "/unit/", "/lapor/", "/lacak/", "/tidak-ada/", "/masuk/"]
)
def test_an_alert_of_the_kabupaten_stands_everywhere(portal, publisher, address):
    alert(portal.regency, publisher)
    assert shows(address)


@pytest.mark.parametrize(("begins", "ends"), [(HOUR, 2 * HOUR), (-2 * HOUR, -HOUR)])
def test_an_alert_is_not_shown_before_its_start_nor_after_its_end(portal, publisher, begins, ends):
    alert(portal.regency, publisher, begins=begins, ends=ends)
    alert(portal.kapas, publisher, title="Yang lain")  # pages do ask
    assert not shows("/kecamatan-kapas/")


def test_the_gravest_alert_stands_first(portal, publisher):
    for level in ("info", "danger", "warning"):
        alert(portal.regency, publisher, title=f"Judul {level}", level=level)
    read = [banner.b.get_text() for banner in soup(browser().get("/")).select(".banner")]
    assert read == ["Bahaya: Judul danger", "Waspada: Judul warning", "Pengumuman: Judul info"]


def test_each_alert_is_a_region_with_a_name_before_the_page_and_tells_until_when(portal, publisher):
    for title in ("Satu", "Dua"):
        alert(portal.regency, publisher, title=title)
    page = soup(browser().get("/"))
    regions = page.select("body > aside.banner")
    assert {page.find(id=region["aria-labelledby"]).get_text() for region in regions} == {
        "Waspada: Satu",
        "Waspada: Dua",
    }
    assert [region.find_next("main") is not None for region in regions] == [True, True]
    assert all("Sampai " in region.get_text() and "WIB" in region.get_text() for region in regions)


def test_what_an_alert_says_is_never_markup(portal, publisher):
    alert(portal.regency, publisher, title="<script>alert(1)</script>", text="<b>x</b>")
    assert b"<script>alert" not in browser().get("/").content


# --- What it costs ----------------------------------------------------------------------------------------------------


def test_a_page_asks_nothing_while_there_is_no_alert_and_once_while_there_is(portal, publisher):
    client = browser()
    before = queries_of(client, "/kecamatan-kapas/")
    made = alert(portal.kapas, publisher)
    alert(portal.kapas, publisher, title="Yang lain")
    assert queries_of(client, "/kecamatan-kapas/") == before + 1 <= 12
    for shown in Alert.objects.all():
        end_alert(shown, by=publisher)
    assert queries_of(client, "/kecamatan-kapas/") == before
    assert made.title not in words(client.get("/kecamatan-kapas/"))


def test_saving_the_portals_name_from_an_old_form_hides_no_alert(portal, publisher):
    opened = PortalSettings.load()
    alert(portal.regency, publisher)
    opened.region_name = "Kabupaten Baru"
    opened.save()
    assert shows("/")


def test_copies_of_pages_end_when_an_alert_is_published_and_when_the_clock_begins_or_ends_one(
    portal, publisher, settings, django_capture_on_commit_callbacks
):
    now = timezone.now()
    settings.PAGE_CACHE_SECONDS = 60
    before = generation()
    assert next_alert_turns(now) is None
    with django_capture_on_commit_callbacks(execute=True):
        first = alert(portal.kapas, publisher, begins=-HOUR, ends=3 * HOUR)
        second = alert(portal.dander, publisher, begins=2 * HOUR, ends=4 * HOUR)
    assert generation() != before
    assert next_change(now) <= second.starts_at
    moments = [second.starts_at, first.ends_at, second.ends_at, None]
    assert [next_alert_turns(moment) for moment in (now, *moments[:3])] == moments


# --- Always an end ----------------------------------------------------------------------------------------------------


def test_the_database_takes_no_alert_without_an_end_after_its_start(portal, publisher):
    now = timezone.now()
    for ends in (None, now, now - HOUR):
        with pytest.raises(IntegrityError), transaction.atomic():
            Alert.objects.create(
                unit=portal.kapas, title="x", starts_at=now, ends_at=ends, published_by=publisher
            )


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("ends_at", "", "Isi tanggal dan jamnya."),
        ("ends_at", "2026-01-01T07:00", "Waktu ini sudah lewat."),
        ("starts_at", "2026-01-03T08:00", "Waktu berakhir harus sesudah waktu mulai."),
        ("ends_at", "2026-02-02T08:00", "Paling lama 31 hari."),
        ("ends_at", "besok", "Tulis tanggal dan jam"),
        ("starts_at", "", "Isi tanggal dan jamnya."),
        ("link", "javascript:alert(1)", "Tulis alamat seperti /unit/"),
        ("link", "//jahat.test/", "Tulis alamat seperti /unit/"),
        ("link", "http://[", "Tulis alamat seperti /unit/"),
        ("title", "", "harus diisi"),
        ("level", "kiamat", "Masukkan pilihan yang valid"),
    ],
)
def test_a_wrong_entry_is_told_and_publishes_nothing(publisher, portal, january, field, value, said):
    sent = typed(portal.kapas, ends_at="2026-01-02T08:00") | {field: value}
    response = browser(publisher).post("/meja/peringatan/terbitkan/", sent)
    assert response.status_code == 422
    assert said in words(response)
    assert not Alert.objects.exists()


def test_an_alert_validates_itself_wherever_it_is_made(portal, publisher):
    now = timezone.now()
    with pytest.raises(ValidationError):
        Alert(
            unit=portal.kapas, title="x", starts_at=now, ends_at=now - HOUR, published_by=publisher
        ).full_clean()


# --- Who --------------------------------------------------------------------------------------------------------------


def test_a_publisher_publishes_for_the_own_unit_and_what_is_below(portal, publisher):
    client = browser(publisher)
    for unit in (portal.kapas, portal.bakalan):
        assert client.post("/meja/peringatan/terbitkan/", typed(unit)).status_code == 302
    for unit in (portal.dander, portal.regency):
        assert client.post("/meja/peringatan/terbitkan/", typed(unit)).status_code == 422
    assert {made.unit for made in Alert.objects.all()} == {portal.kapas, portal.bakalan}
    assert {made.published_by for made in Alert.objects.all()} == {publisher}


def test_nobody_changes_ends_or_sees_the_alerts_of_another_unit(portal, publisher):
    others = alert(portal.dander, member("dander", portal.dander, Role.EMERGENCY_PUBLISHER))
    client = browser(publisher)
    assert others.title not in words(client.get("/meja/peringatan/"))
    for address in ("", "akhiri/"):
        response = client.post(f"/meja/peringatan/{others.pk}/{address}", typed(portal.kapas))
        assert response.status_code == 404
    others.refresh_from_db()
    assert others.is_shown
    assert others.title == "Jembatan Kapas ditutup"


@pytest.mark.parametrize(
    "role", sorted(set(Role) - {Role.EMERGENCY_PUBLISHER, Role.ADMINISTRATOR, Role.SECTION_HEAD})
)
def test_no_other_role_publishes(portal, role):
    client = browser(member("lain", portal.regency, role))
    assert client.get("/meja/peringatan/").status_code == 403
    assert client.post("/meja/peringatan/terbitkan/", typed(portal.regency)).status_code == 403
    assert not Alert.objects.exists()


def test_a_publisher_whose_days_are_over_publishes_no_more(portal):
    user = member(
        "lama", portal.kapas, Role.EMERGENCY_PUBLISHER, valid_until=timezone.localdate() - timedelta(days=1)
    )
    assert browser(user).get("/meja/peringatan/").status_code == 403


def test_a_publisher_lands_where_alerts_are_published(publisher):
    assert browser(publisher).get("/masuk/tujuan/").url == "/meja/peringatan/"


def test_an_administrator_publishes_everywhere_and_finds_the_way_in_the_admin(as_administrator, portal):
    assert as_administrator.post("/meja/peringatan/terbitkan/", typed(portal.regency)).status_code == 302
    assert b"/meja/peringatan/" in as_administrator.get("/admin/").content


def test_an_editor_is_not_led_there(as_editor):
    assert b"/meja/peringatan/" not in as_editor.get("/admin/").content


def test_one_button_ends_an_alert_and_gives_up_one_that_has_not_begun(portal, publisher):
    shown, waiting = (
        alert(portal.kapas, publisher),
        alert(portal.kapas, publisher, begins=HOUR, ends=2 * HOUR),
    )
    client = browser(publisher)
    for one in (shown, waiting):
        client.post(f"/meja/peringatan/{one.pk}/akhiri/")
    assert [one.has_ended for one in Alert.objects.all()] == [True]
    assert not shows("/kecamatan-kapas/")


def test_an_alert_is_changed_in_place(portal, publisher):
    made = alert(portal.kapas, publisher)
    browser(publisher).post(f"/meja/peringatan/{made.pk}/", typed(portal.kapas))
    assert shows("/kecamatan-kapas/", "Bahaya: Banjir di Kapas")
    assert Alert.objects.count() == 1
