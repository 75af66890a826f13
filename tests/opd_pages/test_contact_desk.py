from datetime import date, timedelta
from html import escape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from wagtail.images.models import Image as WagtailImage

from home.models import PortalSettings
from home.pictures import SHAPES, paint
from opd_pages.models import Confirmation, Consent, Contact, Leader, Role
from opd_pages.selectors.contacts import contact_state, public_sheet
from opd_pages.services.contacts import confirm, record_consent
from opd_pages.services.unit_pages import open_unit_page
from tests.factories import join, make_unit, make_user, member

from .conftest import add_contact, paints_renditions, published

ALLOWED = (Role.OPERATOR, Role.HEAD, Role.EDITOR)
PHONE = {"channel": "phone", "value": "0353 881000", "label": "", "hours": ""}


@pytest.fixture
def desk(client, operator, kapas):
    """The desk of Kecamatan Kapas, its operator logged in."""
    client.force_login(operator)
    return client


def addresses(contact: Contact) -> list[tuple[str, str]]:
    """Every address of a unit's contact desk with its method."""
    base = f"/meja/kontak/{contact.unit.short_code}/"
    return [
        ("get", base),
        ("get", f"{base}pratinjau.png"),
        ("get", f"{base}tambah/"),
        ("post", f"{base}tambah/"),
        ("post", f"{base}konfirmasi/"),
        ("get", f"{base}{contact.pk}/"),
        ("post", f"{base}{contact.pk}/"),
        ("get", f"{base}{contact.pk}/hapus/"),
        ("post", f"{base}{contact.pk}/hapus/"),
        ("post", f"{base}{contact.pk}/geser/"),
        ("get", f"{base}{contact.pk}/persetujuan/"),
        ("post", f"{base}{contact.pk}/persetujuan/"),
        ("get", f"{base}{contact.pk}/cabut/"),
        ("post", f"{base}{contact.pk}/cabut/"),
        ("get", f"{base}pimpinan/1/"),
        ("post", f"{base}pimpinan/1/"),
        ("get", f"{base}komitmen/"),
        ("post", f"{base}komitmen/"),
        ("post", f"{base}komitmen/akhiri/"),
    ]


def answers(client, contact: Contact) -> set[int]:
    """The status of every address; what a visit changed is made good again."""
    statuses = set()
    for method, address in addresses(contact):
        statuses.add(getattr(client, method)(address).status_code)
        contact.save()
    return statuses


@pytest.mark.parametrize("place", ["here", "above"])
@pytest.mark.parametrize("role", ALLOWED)
def test_keepers_reach_every_address_of_their_units(client, office, role, place):
    unit = {"here": office.bakalan, "above": office.kapas}[place]
    contact = add_contact(office.bakalan, "whatsapp", "0812 3456 7890", is_personal=True)
    client.force_login(member("keeper", unit, role))
    # 302: done; 409: nothing to confirm; 422: an empty form.
    assert answers(client, contact) <= {200, 302, 409, 422}


@pytest.mark.parametrize("role", [role for role in Role if role not in ALLOWED])
def test_other_roles_reach_no_address(client, office, role):
    contact = add_contact(office.bakalan, "whatsapp", "0812 3456 7890", is_personal=True)
    client.force_login(member("officer", office.bakalan, role))
    assert answers(client, contact) == {403}


@pytest.mark.parametrize("role", ALLOWED)
@pytest.mark.parametrize("place", ["dander", "tanjungharjo"])
def test_keepers_of_other_units_reach_no_address(client, office, role, place):
    contact = add_contact(office.bakalan, "whatsapp", "0812 3456 7890", is_personal=True)
    client.force_login(member("neighbour", getattr(office, place), role))
    assert answers(client, contact) == {403}


def test_a_desa_does_not_keep_its_kecamatans_contacts(client, office):
    contact = add_contact(office.kapas, "whatsapp", "0812 3456 7890", is_personal=True)
    client.force_login(member("desa", office.bakalan, Role.OPERATOR))
    assert answers(client, contact) == {403}


def test_a_membership_that_ended_opens_nothing(client, office):
    contact = add_contact(office.bakalan, "whatsapp", "0812 3456 7890", is_personal=True)
    user = make_user("former")
    join(user, office.bakalan, Role.OPERATOR, valid_until=timezone.localdate() - timedelta(days=1))
    client.force_login(user)
    assert answers(client, contact) == {403}


def test_a_stranger_is_sent_to_the_log_in_and_changes_nothing(client, office):
    contact = add_contact(office.bakalan, "phone", "0353 881826")
    for method, address in addresses(contact):
        response = getattr(client, method)(address)
        assert (response.status_code, response.url.partition("?")[0]) == (302, "/masuk/")
    assert office.bakalan.contacts.get() == contact


def test_a_contact_is_not_reached_through_another_unit(desk, office):
    foreign = add_contact(office.dander, "phone", "0353 881826")
    assert desk.post(f"/meja/kontak/KPS/{foreign.pk}/hapus/").status_code == 404


@pytest.mark.parametrize("code", ["XYZ", "kps", "%00", "..%2F..", "X" * 300])
def test_a_unit_that_does_not_exist_is_not_found(desk, code):
    assert desk.get(f"/meja/kontak/{code}/").status_code == 404


def test_the_list_shows_what_a_keeper_keeps_with_the_never_confirmed_first(desk, office):
    units = desk.get("/meja/kontak/").context["units"]
    assert [unit.place_name for unit in units] == [
        "Desa Bakalan, Kecamatan Kapas",
        "Desa Tanjungharjo, Kecamatan Kapas",
        "Kecamatan Kapas",
    ]


def test_the_list_is_closed_to_who_keeps_nothing(client, office):
    client.force_login(member("seksi", office.kapas, Role.SECTION_HEAD, section=office.order_section))
    assert client.get("/meja/kontak/").status_code == 403


def test_an_administrator_sees_who_is_late_and_opens_no_desk(client, office, kapas, administrator):
    client.force_login(administrator)
    page = client.get("/meja/kontak/?perlu=1").content.decode()
    assert ("Desa Bakalan, Kecamatan Kapas" in page, "Kecamatan Kapas</a>" in page) == (True, True)
    assert "/meja/kontak/KPS" not in page
    assert client.get("/meja/kontak/KPS/").status_code == 403


def test_the_list_narrows_to_what_waits_and_says_how_much(desk, kapas):
    page = desk.get("/meja/kontak/?perlu=1")
    assert [row["unit"].place_name for row in page.context["rows"]] == [
        "Desa Bakalan, Kecamatan Kapas",
        "Desa Tanjungharjo, Kecamatan Kapas",
    ]
    assert desk.get("/meja/kontak/").context["waiting"] == 2


def test_what_is_overdue_is_marked_in_the_list_and_at_the_desk_of_the_unit_above(client, office, kapas):
    Confirmation.objects.update(confirmed_at=timezone.now() - timedelta(days=91))
    client.force_login(member("kabupaten", office.regency, Role.OPERATOR))
    assert "Perlu dikonfirmasi." in client.get("/meja/kontak/KPS/").content.decode()
    rows = {row["unit"]: row for row in client.get("/meja/kontak/").context["rows"]}
    assert (rows[kapas]["is_overdue"], rows[office.bakalan]["is_overdue"]) == (True, False)
    assert client.get("/meja/kontak/BJN/").context["waiting_below"] == 6


@pytest.mark.parametrize(
    "query", ["?q=%00", "?q=%22%27%3B--", "?halaman=x", "?halaman=-1", "?halaman=9999999999999999999"]
)
def test_odd_input_does_not_break_the_list(desk, query):
    assert desk.get(f"/meja/kontak/{query}").status_code == 200


def test_the_list_asks_the_same_of_the_database_for_40_desa(desk, office, django_assert_num_queries):
    PortalSettings.load()
    with django_assert_num_queries(8):
        desk.get("/meja/kontak/")
    for number in range(40):
        make_unit(f"35.22.14.3{number:03}", f"KPS-3{number:03}", f"Desa {number}", "desa", office.kapas)
    with django_assert_num_queries(8):
        desk.get("/meja/kontak/")


# Contacts


def test_a_contact_is_added_at_the_end_and_not_yet_public(desk, kapas):
    response = desk.post("/meja/kontak/KPS/tambah/", {"channel": "instagram", "value": "@kec.kapas"})
    assert response.url == "/meja/kontak/KPS/?selesai=simpan"
    assert [contact.value for contact in kapas.contacts.all()] == ["+62353881826", "kec.kapas"]
    assert published(kapas) == ["+62353881826"]


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        (
            {"value": "12"},
            "value",
            "Nomor telepon seperti ini tidak ada. Tulis lengkap dengan kode daerahnya.",
        ),
        ({"value": "0353 881826"}, "value", "Kontak ini sudah ada di daftar."),
        (
            {"channel": "website", "value": "javascript:alert(1)"},
            "value",
            "Tulis alamat situs lengkap, diawali https://.",
        ),
        (
            {"channel": "email", "value": "kapas"},
            "value",
            "Tulis alamat surel lengkap, misalnya kecamatan@contoh.go.id.",
        ),
    ],
)
def test_a_wrong_contact_is_told_beside_its_field_and_kept_as_typed(desk, kapas, typed, field, words):
    response = desk.post("/meja/kontak/KPS/tambah/", PHONE | typed | {"label": "Loket <KTP>"})
    form = response.context["form"]
    assert (response.status_code, form.errors) == (422, {field: [words]})
    assert f'value="{escape(typed["value"])}"' in response.content.decode()
    assert 'value="Loket &lt;KTP&gt;"' in response.content.decode()
    assert kapas.contacts.count() == 1


@pytest.mark.parametrize("missing", ["channel", "value"])
def test_an_empty_answer_is_told_once(desk, missing):
    response = desk.post("/meja/kontak/KPS/tambah/", PHONE | {missing: ""})
    assert {name: len(errors) for name, errors in response.context["form"].errors.items()} == {missing: 1}


@pytest.mark.parametrize(
    "typed", [{"channel": "telepati"}, {"value": "0" * 500}, {"value": "\x00"}, {"label": "x" * 99}]
)
def test_hostile_answers_are_refused(desk, kapas, typed):
    assert desk.post("/meja/kontak/KPS/tambah/", PHONE | typed).status_code == 422


def test_a_contact_may_be_saved_unchanged(desk, kapas):
    phone = kapas.contacts.get()
    desk.post(f"/meja/kontak/KPS/{phone.pk}/", PHONE | {"value": "0353 881826", "hours": phone.hours})
    assert contact_state(kapas).is_confirmed


def test_a_new_personal_number_leads_to_its_consent(desk, kapas):
    response = desk.post("/meja/kontak/KPS/tambah/", PHONE | {"is_personal": "on"})
    added = kapas.contacts.get(is_personal=True)
    assert response.url == f"/meja/kontak/KPS/{added.pk}/persetujuan/"


def test_a_changed_personal_number_leads_to_a_new_consent(desk, personal):
    response = desk.post(f"/meja/kontak/KPS/{personal.pk}/", PHONE | {"is_personal": "on"})
    assert response.url == f"/meja/kontak/KPS/{personal.pk}/persetujuan/"


STAYS_PERSONAL = (
    "Nomor ini tercatat sebagai nomor pribadi. Beri tanda di sini, lalu catat persetujuan pemiliknya, atau pakai "
    "nomor lain."
)


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_a_number_somebody_consented_to_show_keeps_its_tick(desk, kapas, personal, is_withdrawn):
    if is_withdrawn:
        desk.post(f"/meja/kontak/KPS/{personal.pk}/cabut/")
    same = {"channel": "whatsapp", "value": "0812 3456 7890"}
    response = desk.post(f"/meja/kontak/KPS/{personal.pk}/", PHONE | same)
    assert (response.status_code, response.context["form"].errors) == (422, {"is_personal": [STAYS_PERSONAL]})
    assert STAYS_PERSONAL in response.content.decode()


def test_a_withdrawn_number_is_refused_on_another_channel(desk, kapas, personal):
    desk.post(f"/meja/kontak/KPS/{personal.pk}/cabut/")
    response = desk.post("/meja/kontak/KPS/tambah/", PHONE | {"value": "0812 3456 7890"})
    assert response.context["form"].errors == {"is_personal": [STAYS_PERSONAL]}


def test_another_number_takes_the_tick_away(desk, kapas, personal):
    desk.post(f"/meja/kontak/KPS/{personal.pk}/", PHONE)
    assert kapas.contacts.get(pk=personal.pk).is_personal is False
    assert published(kapas) == ["+62353881826"]


def test_an_extension_is_told_where_it_belongs(desk, kapas):
    response = desk.post("/meja/kontak/KPS/tambah/", PHONE | {"value": "0353 881826 pes. 12"})
    assert response.context["form"].errors == {
        "value": ["Tulis satu nomor saja, dengan angka. Nomor pesawat atau ekstensi ditulis di keterangan."]
    }


def test_moving_and_deleting(desk, kapas):
    sms = add_contact(kapas, "sms", "0811 3000 1234")
    desk.post(f"/meja/kontak/KPS/{sms.pk}/geser/", {"arah": "naik"})
    assert [contact.channel for contact in kapas.contacts.all()] == ["sms", "phone"]
    desk.post(f"/meja/kontak/KPS/{sms.pk}/geser/", {"arah": "turun"})
    assert [contact.channel for contact in kapas.contacts.all()] == ["phone", "sms"]
    assert desk.get(f"/meja/kontak/KPS/{sms.pk}/hapus/").status_code == 200
    assert kapas.contacts.count() == 2
    desk.post(f"/meja/kontak/KPS/{sms.pk}/hapus/")
    assert [contact.channel for contact in kapas.contacts.all()] == ["phone"]


# Consent


def test_a_leaders_consent_is_recorded_with_who_wrote_it_down(desk, kapas, camat, operator):
    contact = add_contact(kapas, "whatsapp", "0812 3456 7890", is_personal=True)
    given = {"holder": camat.pk, "given_on": "2026-01-05", "has_agreed": "on"}
    desk.post(f"/meja/kontak/KPS/{contact.pk}/persetujuan/", given)
    consent = Consent.objects.get(contact=contact)
    assert (consent.holder, consent.leader, consent.given_on, consent.recorded_by) == (
        "Siti Rahmawati",
        camat,
        date(2026, 1, 5),
        operator,
    )


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"holder": ""}, "holder"),
        ({"holder": "999999"}, "holder"),
        ({"holder": "lain"}, "other_holder"),
        ({"given_on": "kemarin"}, "given_on"),
        ({"given_on": "2126-01-01"}, "given_on"),
        ({"has_agreed": ""}, "has_agreed"),
    ],
)
def test_a_consent_that_is_not_whole_is_refused(desk, kapas, camat, typed, field):
    contact = add_contact(kapas, "whatsapp", "0812 3456 7890", is_personal=True)
    given = {"holder": camat.pk, "given_on": "2026-01-05", "has_agreed": "on"} | typed
    response = desk.post(f"/meja/kontak/KPS/{contact.pk}/persetujuan/", given)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not Consent.objects.exists()


def test_another_units_leader_gives_no_consent_here(desk, office, kapas):
    regent = Leader.objects.create(unit=office.regency, office="Bupati", name="Budi")
    contact = add_contact(kapas, "whatsapp", "0812 3456 7890", is_personal=True)
    given = {"holder": regent.pk, "given_on": "2026-01-05", "has_agreed": "on"}
    assert desk.post(f"/meja/kontak/KPS/{contact.pk}/persetujuan/", given).status_code == 422


def test_an_office_number_has_no_consent_page(desk, kapas):
    phone = kapas.contacts.get()
    assert desk.get(f"/meja/kontak/KPS/{phone.pk}/persetujuan/").status_code == 404
    assert desk.post(f"/meja/kontak/KPS/{phone.pk}/cabut/").status_code == 404


def test_looking_at_the_withdrawal_withdraws_nothing(desk, kapas, personal):
    desk.get(f"/meja/kontak/KPS/{personal.pk}/cabut/")
    assert published(kapas) == ["+62353881826", "+6281234567890"]
    desk.post(f"/meja/kontak/KPS/{personal.pk}/cabut/")
    assert published(kapas) == ["+62353881826"]


def test_the_withdrawal_names_the_other_units_the_number_goes_from(desk, office, personal):
    add_contact(office.bakalan, "phone", "0812 3456 7890")
    assert desk.get(f"/meja/kontak/KPS/{personal.pk}/cabut/").context["others"] == [office.bakalan]
    page = desk.get(f"/meja/kontak/KPS/{personal.pk}/cabut/").content.decode()
    assert "<li>Desa Bakalan, Kecamatan Kapas</li>" in page


# Confirming


def test_the_button_publishes_what_stands_on_the_page(desk, kapas, operator):
    add_contact(kapas, "sms", "0811 3000 1234")
    shown = desk.get("/meja/kontak/KPS/").context["state"].content_hash
    response = desk.post("/meja/kontak/KPS/konfirmasi/", {"isi": shown})
    assert response.url == "/meja/kontak/KPS/?selesai=konfirmasi"
    assert published(kapas) == ["+62353881826", "+6281130001234"]


@pytest.mark.parametrize("seen", ["", "x" * 64, "\x00"])
def test_who_saw_another_list_is_shown_this_one_first(desk, kapas, seen):
    add_contact(kapas, "sms", "0811 3000 1234")
    response = desk.post("/meja/kontak/KPS/konfirmasi/", {"isi": seen})
    assert response.status_code == 409
    assert published(kapas) == ["+62353881826"]


def test_an_empty_list_is_not_published(client, office):
    client.force_login(member("operator", office.bakalan, Role.OPERATOR))
    shown = client.get("/meja/kontak/KPS-2001/").context["state"].content_hash
    response = client.post("/meja/kontak/KPS-2001/konfirmasi/", {"isi": shown})
    assert (
        str(response.context["refusal"])
        == "Belum ada kontak yang dapat ditampilkan. Tambahkan paling sedikit satu."
    )


def test_the_preview_is_a_picture_nobody_else_keeps(desk):
    response = desk.get("/meja/kontak/KPS/pratinjau.png")
    assert (response["Content-Type"], "private" in response["Cache-Control"]) == ("image/png", True)
    assert Image.open(BytesIO(response.content)).size == (720, 1018)


def test_a_unit_without_anything_has_a_preview_too(client, office):
    client.force_login(member("operator", office.bakalan, Role.OPERATOR))
    assert client.get("/meja/kontak/KPS-2001/pratinjau.png").status_code == 200


def test_the_desk_asks_the_same_of_the_database_for_12_channels(
    desk, kapas, camat, operator, django_assert_num_queries
):
    PortalSettings.load()
    with django_assert_num_queries(18):
        desk.get("/meja/kontak/KPS/")
    for number in range(12):
        contact = add_contact(kapas, "whatsapp", f"0812 3456 78{number:02}", is_personal=True)
        record_consent(contact, camat, date(2026, 1, 5), operator)
        confirm(kapas, operator)
    with django_assert_num_queries(18):
        desk.get("/meja/kontak/KPS/")


# Leaders


def photo(kind="JPEG", size=(900, 1200), **saved) -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", size, "teal").save(file, kind, **saved)
    return SimpleUploadedFile("camat.jpg", file.getvalue())


HELD = {"office": "Camat Kapas", "name": "Siti Rahmawati", "standing": ""}


def test_the_first_leader_is_proposed_by_the_kind_of_unit(client, office):
    client.force_login(member("operator", office.bakalan, Role.OPERATOR))
    form = client.get("/meja/kontak/KPS-2001/pimpinan/1/").context["form"]
    assert form["office"].value() == "Kepala Desa Bakalan"


def test_a_leader_is_entered(client, office):
    client.force_login(member("operator", office.bakalan, Role.OPERATOR))
    client.post(
        "/meja/kontak/KPS-2001/pimpinan/1/",
        {"office": "Kepala Desa Bakalan", "name": "Wati", "standing": "Plt."},
    )
    assert office.bakalan.leaders.get().title == "Plt. Kepala Desa Bakalan"


def test_an_office_falls_vacant(desk, camat):
    desk.post("/meja/kontak/KPS/pimpinan/1/", HELD | {"name": ""})
    camat.refresh_from_db()
    assert camat.is_vacant


def test_an_acting_head_is_somebody(desk, camat):
    response = desk.post("/meja/kontak/KPS/pimpinan/1/", HELD | {"name": "", "standing": "Plt."})
    assert response.context["form"].errors == {"name": ["Plt. dan Plh. selalu seseorang: isi namanya."]}
    camat.refresh_from_db()
    assert camat.name == "Siti Rahmawati"


@paints_renditions
def test_another_name_ends_the_photo_and_the_personal_number(desk, kapas, camat, personal):
    desk.post("/meja/kontak/KPS/pimpinan/1/", HELD | {"new_photo": photo()})
    desk.post("/meja/kontak/KPS/pimpinan/1/", HELD | {"name": "Budi Santoso"})
    camat.refresh_from_db()
    assert (camat.photo, published(kapas)) == (None, ["+62353881826"])


@paints_renditions
def test_a_mended_spelling_ends_neither(desk, kapas, camat, personal):
    desk.post("/meja/kontak/KPS/pimpinan/1/", HELD | {"new_photo": photo()})
    desk.post(
        "/meja/kontak/KPS/pimpinan/1/", HELD | {"name": "Siti Rahmawati, M.Si.", "is_same_person": "on"}
    )
    camat.refresh_from_db()
    assert camat.photo is not None
    assert published(kapas) == ["+62353881826", "+6281234567890"]


def test_only_the_kabupaten_has_a_deputy(client, office):
    client.force_login(member("operator", office.regency, Role.OPERATOR))
    statuses = [client.get(f"/meja/kontak/{code}/pimpinan/2/").status_code for code in ("BJN", "KPS")]
    assert statuses == [200, 404]


def test_a_photo_is_painted_anew_into_the_units_collection(desk, kapas, camat, operator):
    page = open_unit_page(kapas)
    exif = Image.Exif()
    exif[0x010F] = "Telepon Siti"
    desk.post("/meja/kontak/KPS/pimpinan/1/", HELD | {"new_photo": photo(exif=exif, comment=b"rahasia")})
    camat.refresh_from_db()
    kept = camat.photo
    assert (kept.collection, kept.uploaded_by_user) == (page.collection, operator)
    assert kept.description == "Foto Siti Rahmawati, Camat Kapas"
    with kept.file.open() as file:
        content = file.read()
    assert (b"Telepon Siti" in content, b"rahasia" in content) == (False, False)


def test_a_photo_taken_sideways_is_put_upright(desk, camat):
    exif = Image.Exif()
    exif[0x0112] = 6
    desk.post("/meja/kontak/KPS/pimpinan/1/", HELD | {"new_photo": photo(size=(1200, 900), exif=exif)})
    camat.refresh_from_db()
    assert (camat.photo.width, camat.photo.height) == (900, 1200)


def test_somebody_who_left_is_not_the_same_person(desk, kapas, camat, personal):
    desk.post("/meja/kontak/KPS/pimpinan/1/", HELD | {"name": "", "is_same_person": "on"})
    assert published(kapas) == ["+62353881826"]


@paints_renditions
@pytest.mark.parametrize(
    "then", [{"new_photo": None}, {"without_photo": "on"}, {"name": "Budi"}, {"name": ""}], ids=str
)
def test_a_photo_that_goes_leaves_no_file(desk, camat, then, settings, django_capture_on_commit_callbacks):
    desk.post("/meja/kontak/KPS/pimpinan/1/", HELD | {"new_photo": photo()})
    camat.refresh_from_db()
    paint(camat.photo, [SHAPES["portrait"]])
    drawn = camat.photo.get_rendition(SHAPES["portrait"].fallback).url
    assert desk.get(drawn).status_code == 200
    if "new_photo" in then:
        then = {"new_photo": photo(size=(300, 400))}
    with django_capture_on_commit_callbacks(execute=True):
        desk.post("/meja/kontak/KPS/pimpinan/1/", HELD | then)
    assert desk.get(drawn).status_code == 404
    left = [path for path in settings.MEDIA_ROOT.rglob("pimpinan-kps*") if path.is_file()]
    assert len(left) == WagtailImage.objects.count() == ("new_photo" in then)


@paints_renditions
def test_a_photo_is_taken_away(desk, camat):
    desk.post("/meja/kontak/KPS/pimpinan/1/", HELD | {"new_photo": photo()})
    desk.post("/meja/kontak/KPS/pimpinan/1/", HELD | {"without_photo": "on"})
    camat.refresh_from_db()
    assert camat.photo is None


UNREADABLE = "Berkas ini bukan foto yang dapat dibuka. Kirim foto JPG, PNG, atau WebP."
TOO_LARGE = "Foto ini terlalu besar. Kirim foto paling besar 10 MB."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"bukan gambar", UNREADABLE),
        (photo().read()[:3000], UNREADABLE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", UNREADABLE),
        (photo("PNG", (8000, 7000)).read(), TOO_LARGE),
        (b"\xff\xd8\xff" + bytes(10 * 1024 * 1024), TOO_LARGE),
    ],
    ids=["text", "truncated", "svg", "pixels", "bytes"],
)
def test_what_is_no_photo_is_told_beside_the_field(desk, camat, content, words):
    sent = HELD | {"name": "Siti R.", "new_photo": SimpleUploadedFile("foto.jpg", content)}
    response = desk.post("/meja/kontak/KPS/pimpinan/1/", sent)
    assert (response.status_code, response.context["form"].errors) == (422, {"new_photo": [words]})
    assert 'value="Siti R."' in response.content.decode()


def test_a_vacant_office_has_no_photo(desk, camat):
    response = desk.post("/meja/kontak/KPS/pimpinan/1/", HELD | {"name": "", "new_photo": photo()})
    assert list(response.context["form"].errors) == ["new_photo"]


def test_the_public_sheet_keeps_the_old_name_until_confirmed(desk, kapas, camat):
    desk.post("/meja/kontak/KPS/pimpinan/1/", HELD | {"name": "Budi Santoso"})
    assert [leader.name for leader in public_sheet(kapas).leaders.all()] == ["Siti Rahmawati"]
