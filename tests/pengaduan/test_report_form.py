"""/lapor/ as a citizen fills it in: what is kept, what is refused, and that nothing is ever half written."""

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse

from cases.models import Case, IdentityMode
from cases.models.numbering import NumberSeries
from cases.models.party import Party
from opd_pages.models import Unit
from pengaduan.models import Category, Complaint
from tests.browsers import browser, queries_of, report_form, soup, words

LAPOR = "/lapor/"


@pytest.fixture
def citizen() -> Client:
    return browser()


def send(client: Client, office, **changes):
    return client.post(LAPOR, report_form(office, **changes))


def only_case() -> Case:
    return Case.objects.get()


def nothing_was_written() -> bool:
    store = storages["cases"]
    files = store.listdir("") if store.exists("") else ([], [])
    return (Case.objects.count(), NumberSeries.objects.count(), files) == (0, 0, ([], []))


# --- What is sent well ------------------------------------------------------------------------------------------------


def test_a_report_leads_to_its_receipt(desk, citizen):
    response = send(citizen, desk.office)
    assert (response.status_code, response.url) == (302, reverse("receipt"))
    assert only_case().number.endswith("-ADU-KPS-000001")


def test_what_was_told_is_what_the_desk_reads(desk, citizen):
    category = Category.objects.first()
    send(citizen, desk.office, category=category.pk, is_vulnerable="on", is_secret="on")
    case = only_case()
    complaint = Complaint.objects.get()
    assert case.events.get(seq=1).words.text == "Lampu jalan depan balai desa padam sejak Senin."
    assert (case.place, complaint.landmark) == ("Desa Bakalan, Kecamatan Kapas", "depan balai desa")
    assert (complaint.category, case.is_secret, case.is_vulnerable, case.urgency) == (
        category,
        True,
        True,
        "urgent",
    )
    assert (case.party.name, case.party.phone) == ("Warga Uji", "+6281234567890")


def test_a_desa_says_its_kecamatan_by_itself(desk, citizen):
    send(citizen, desk.office, district="")
    assert Complaint.objects.get().district == desk.office.kapas


def test_without_a_place_it_goes_to_the_kabupaten(desk, citizen):
    send(citizen, desk.office, district="", village="")
    assert only_case().responsible_unit == desk.office.regency


def test_words_with_emoji_and_markup_are_kept_as_they_were_typed(desk, citizen):
    typed = "🚧 Jalan <b>rusak</b> & ' \" ; DROP TABLE cases_case; -- {{ 7*7 }} نص \u202eterbalik"
    send(citizen, desk.office, words=typed)
    assert only_case().events.get(seq=1).words.text == typed


# --- Sent twice -------------------------------------------------------------------------------------------------------


def test_the_same_form_sent_twice_makes_one_case_and_one_receipt(desk, citizen):
    form = report_form(desk.office)
    citizen.post(LAPOR, form)
    first = citizen.get(reverse("receipt"))
    other = browser()
    other.post(LAPOR, form)
    assert Case.objects.count() == 1
    assert soup(other.get(reverse("receipt"))).main == soup(first).main


def test_another_report_in_the_same_form_is_not_lost(desk, citizen):
    form = report_form(desk.office)
    citizen.post(LAPOR, form)
    citizen.post(LAPOR, form | {"words": "Sampah menumpuk di belakang pasar."})
    assert Case.objects.count() == 2


@pytest.mark.parametrize(
    "key", ["", "x", "a" * 44, "' OR 1=1 --aaaaaaaaaaaaaaaaaaaaaaaaaa", "../../etc/passwd/aaaaaaaa"]
)
def test_a_forged_key_receives_the_report_all_the_same(desk, citizen, key):
    assert send(citizen, desk.office, submission_key=key).status_code == 302
    assert only_case().submission_key is None


def test_somebody_elses_key_shows_nobody_elses_receipt(desk, citizen):
    form = report_form(desk.office)
    citizen.post(LAPOR, form)
    stranger = browser()
    stranger.post(
        LAPOR, report_form(desk.office, submission_key=form["submission_key"], words="Tulisan orang lain.")
    )
    assert Case.objects.count() == 2
    assert Case.objects.first().number not in words(stranger.get(reverse("receipt")))


# --- What is missing or wrong -----------------------------------------------------------------------------------------

WRONG = [
    ({"words": ""}, "words", "Tuliskan apa yang terjadi."),
    ({"words": "Rusak"}, "words", "Ceritakan sedikit lebih banyak, supaya petugas mengerti."),
    ({"name": ""}, "name", "Tulis nama Anda, atau pilih tanpa identitas."),
    ({"phone": ""}, "phone", "Tulis nomor HP atau surel, supaya kami dapat mengabari Anda."),
    (
        {"phone": "", "identity_mode": "anonymous"},
        "phone",
        "Tulis nomor HP atau surel, supaya kami dapat mengabari Anda.",
    ),
    ({"email": "warga@"}, "email", "Tulis alamat surel lengkap, misalnya nama@contoh.id."),
    (
        {"is_about_officer": "yes"},
        "accused",
        "Pilih kantor yang dimaksud, supaya laporan tidak dikirim kepadanya.",
    ),
]
IDS = [
    "no-words",
    "one-word",
    "no-name",
    "no-contact",
    "anonymous-no-contact",
    "half-an-address",
    "no-office",
]


@pytest.mark.parametrize(("changes", "field", "message"), WRONG, ids=IDS)
def test_what_is_missing_is_said_beside_its_field_and_in_the_summary(desk, citizen, changes, field, message):
    response = send(citizen, desk.office, **changes)
    page = soup(response)
    assert response.status_code == 422
    assert [p.get_text() for p in page.select(f"#id_{field}_error p")] == [message]
    summary = page.select_one(".error-summary")
    label = page.find("label", attrs={"for": f"id_{field}"}).find(string=True, recursive=False).strip()
    assert [(a["href"], a.get_text()) for a in summary.select("a")] == [
        (f"#id_{field}", f"{label}: {message}")
    ]


@pytest.mark.parametrize(("changes", "field", "message"), WRONG, ids=IDS)
def test_a_wrong_field_is_tied_to_its_error(desk, citizen, changes, field, message):
    widget = soup(send(citizen, desk.office, **changes)).find(id=f"id_{field}")
    assert widget["aria-invalid"] == "true"
    assert f"id_{field}_error" in widget["aria-describedby"].split()


@pytest.mark.parametrize("changes", [row[0] for row in WRONG], ids=IDS)
def test_what_is_refused_leaves_nothing_behind(desk, citizen, changes):
    send(citizen, desk.office, **changes)
    assert nothing_was_written()


def test_everything_typed_is_still_there_after_an_error(desk, citizen):
    works, category = desk.office.works, Category.objects.first()
    typed = report_form(
        desk.office,
        name="",
        category=str(category.pk),
        report_class="aspiration",
        is_about_officer="yes",
        accused=str(works.pk),
        identity_mode="anonymous",
        email="warga@contoh.test",
        is_secret="on",
        is_vulnerable="on",
        use_photo_location="on",
    )
    assert kept(citizen.post(LAPOR, typed)) == typed


def kept(response) -> dict:
    """The form of a page as the browser would send it again."""
    form = soup(response).select_one("main form")
    found = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.get("type") in ("checkbox", "radio"):
            if field.has_attr("checked"):
                found[field["name"]] = field.get("value", "on")
        elif field.name == "select":
            found[field["name"]] = field.select_one("option[selected]")["value"]
        elif field.name == "textarea":
            found[field["name"]] = field.get_text().removeprefix("\n").strip()
        elif field.get("type") != "file":
            found[field["name"]] = field.get("value", "")
    found.pop("csrfmiddlewaretoken")
    return found


def test_a_desa_of_another_kecamatan_is_refused(desk, citizen):
    response = send(citizen, desk.office, district=desk.office.dander.pk)
    assert soup(response).select_one("#id_village_error p").get_text() == (
        "Desa ini tidak berada di kecamatan yang dipilih."
    )


@pytest.mark.parametrize(
    "field",
    ["district", "village", "category", "report_class", "is_about_officer", "accused", "identity_mode"],
)
@pytest.mark.parametrize(
    "value", ["999999", "KPS", "-1", "1.5", "' OR 1=1", "\x00", "٩٩٩٩٩٩", "named\u202e", "9" * 400]
)
def test_a_choice_that_was_never_offered_is_refused(desk, citizen, field, value):
    assert send(citizen, desk.office, **{field: value}).status_code == 422
    assert nothing_was_written()


# --- Who reports ------------------------------------------------------------------------------------------------------


def test_without_identity_the_typed_name_is_never_stored(desk, citizen):
    send(citizen, desk.office, identity_mode="none", name="Budi", email="budi@contoh.test")
    assert (only_case().identity_mode, Party.objects.count()) == (IdentityMode.NONE, 0)


def test_without_identity_a_wrong_number_typed_before_is_no_obstacle(desk, citizen):
    send(citizen, desk.office, identity_mode="none", name="", phone="nol delapan", email="budi@")
    assert only_case().identity_mode == IdentityMode.NONE


def test_an_anonymous_reporter_can_be_reached_but_is_not_named(desk, citizen):
    send(citizen, desk.office, identity_mode="anonymous")
    case = only_case()
    assert (case.identity_mode, case.party.name) == (IdentityMode.ANONYMOUS, "Warga Uji")


# --- About an office --------------------------------------------------------------------------------------------------


def test_a_report_about_an_office_goes_past_it(desk, citizen):
    send(citizen, desk.office, is_about_officer="yes", accused=desk.office.kapas.pk)
    case = only_case()
    assert (case.responsible_unit, case.concerns_unit) == (desk.office.regency, desk.office.kapas)


def test_the_office_of_the_address_is_the_one_meant_where_none_is_chosen(desk, citizen):
    send(citizen, desk.office, is_about_officer="yes", addressed_to="KPS")
    assert only_case().concerns_unit == desk.office.kapas


def test_an_office_chosen_before_saying_no_is_not_accused(desk, citizen):
    send(citizen, desk.office, accused=desk.office.works.pk)
    assert only_case().concerns_unit is None


# --- The unit of the address ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["KPS", "kps", " Kps "])
def test_the_address_of_a_unit_opens_its_own_form(desk, citizen, typed):
    page = soup(citizen.get(LAPOR, {"unit": typed}))
    assert page.h1.get_text() == "Lapor kepada Kecamatan Kapas"
    assert page.select_one("#id_district option[selected]")["value"] == str(desk.office.kapas.pk)


def test_the_address_of_a_desa_chooses_desa_and_kecamatan(desk, citizen):
    page = soup(citizen.get(LAPOR, {"unit": "KPS-2001"}))
    assert page.h1.get_text() == "Lapor kepada Desa Bakalan, Kecamatan Kapas"
    assert page.select_one("#id_village option[selected]")["value"] == str(desk.office.bakalan.pk)


@pytest.mark.parametrize("typed", ["TIDAKADA", "", "' OR 1=1", "\x00", "K" * 5000])
def test_an_unknown_unit_opens_the_general_form(desk, citizen, typed):
    response = citizen.get(LAPOR, {"unit": typed})
    assert (response.status_code, soup(response).h1.get_text()) == (200, "Laporkan masalah")


def test_a_unit_that_is_no_more_is_not_offered(desk, citizen):
    Unit.objects.filter(pk=desk.office.works.pk).update(valid_until="2020-12-31")
    page = soup(citizen.get(LAPOR, {"unit": "DPUBMPR"}))
    assert page.h1.get_text() == "Laporkan masalah"
    assert desk.office.works.name not in page.select_one("#id_accused").get_text()


@pytest.mark.parametrize("forged", ["TIDAKADA", "<script>", "KPS' --"])
def test_a_forged_addressee_falls_back_to_the_place(desk, citizen, forged):
    send(citizen, desk.office, addressed_to=forged)
    assert only_case().responsible_unit == desk.office.kapas


# --- Hostile ----------------------------------------------------------------------------------------------------------

TYPED = ["words", "landmark", "name", "phone", "email", "addressed_to", "submission_key"]
HOSTILE = {
    "nul": "Jalan\x00rusak parah sekali",
    "megabyte": "jalan " * 170_000,
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "quotes": '\'; DROP TABLE cases_case; -- " OR ""="',
    "template": "{% load x %}{{ settings.SECRET_KEY }}",
    "bidi": "\u202e\u2066\u200b\ufeff",
    "emoji": "👩‍👩‍👧‍👦🚧" * 30,
    "controls": "".join(map(chr, range(1, 32))),
    "combining": "a" + "\u0301" * 500,
    "percent": "%s %d %(name)s %%00",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("field", TYPED)
def test_nothing_typed_breaks_the_form(desk, citizen, field, name):
    response = send(citizen, desk.office, **{field: HOSTILE[name]})
    assert response.status_code in (302, 422)
    assert Case.objects.count() == (1 if response.status_code == 302 else 0)


@pytest.mark.parametrize("field", ["words", "landmark", "name"])
def test_markup_comes_back_as_text(desk, citizen, field):
    page = soup(send(citizen, desk.office, **{field: HOSTILE["markup"], "identity_mode": ""}))
    assert page.find("script", string="alert(1)") is None
    assert page.find("img") is None


def test_bytes_that_are_no_text_are_received_as_far_as_they_can_be_read(desk, citizen):
    form = report_form(desk.office, words="")
    body = "&".join(f"{name}={value}" for name, value in form.items() if value)
    response = citizen.generic(
        "POST",
        LAPOR,
        f"{body}&words=Jalan+rusak+%ED%A0%80+%FF%FE+parah".encode(),
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 302
    assert only_case().events.get(seq=1).words.text.startswith("Jalan rusak")


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_not_taken(desk, citizen, method):
    assert getattr(citizen, method)(LAPOR).status_code == 405


def test_a_form_from_another_page_is_refused_in_indonesian(desk):
    response = Client(enforce_csrf_checks=True).post(LAPOR, report_form(desk.office))
    assert (response.status_code, soup(response).h1.get_text()) == (
        403,
        "Halaman ini tidak dapat Anda buka",
    )
    assert nothing_was_written()


@pytest.mark.parametrize(
    "form",
    [
        {f"x{n}": "1" for n in range(2000)},
        {"words": "x" * (6 * 1024 * 1024)},
    ],
    ids=["2000-fields", "6-MB-of-words"],
)
def test_a_flood_of_input_is_turned_away_with_a_sentence(desk, citizen, form):
    response = citizen.post(LAPOR, form)
    assert (response.status_code, soup(response).h1.get_text()) == (400, "Permintaan tidak dapat dibaca")
    assert nothing_was_written()


# --- Queries ----------------------------------------------------------------------------------------------------------

POST_QUERIES = 28


def test_the_form_takes_as_many_queries_for_400_units_as_for_2(desk, citizen):
    few = queries_of(citizen, LAPOR)
    kapas = desk.office.kapas
    Unit.objects.bulk_create(
        Unit(
            code=f"9.{n}",
            short_code=f"D{n}",
            name=f"Desa {n}",
            kind_id="desa",
            parent=kapas,
            lineage=f"/x/{n}/",
        )
        for n in range(400)
    )
    assert queries_of(citizen, LAPOR) == few == 3


def test_a_report_is_received_in_a_known_number_of_queries(desk, citizen, django_assert_max_num_queries):
    send(citizen, desk.office)
    with django_assert_max_num_queries(POST_QUERIES):
        send(citizen, desk.office)
