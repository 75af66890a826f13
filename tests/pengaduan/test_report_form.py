"""/lapor/ as a citizen fills it in: what is kept, what is refused, and that nothing is ever half written."""

import pytest
from django.core.files.storage import storages
from django.test import Client
from django.urls import reverse

from cases.models import Case, IdentityMode
from cases.models.numbering import NumberSeries
from cases.models.party import Party
from opd_pages.models import Role
from pengaduan.models import Category, Complaint
from tests.browsers import browser, report_form, soup
from tests.factories import member

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


NEVER_OFFERED = ["999999", "KPS", "-1", "1.5", "' OR 1=1", "\x00", "٩٩٩٩٩٩", "named\u202e", "9" * 400]


@pytest.mark.parametrize(
    "field",
    ["district", "village", "category", "report_class", "is_about_officer", "accused", "identity_mode"],
)
def test_a_choice_that_was_never_offered_is_refused(desk, citizen, field):
    statuses = {value: send(citizen, desk.office, **{field: value}).status_code for value in NEVER_OFFERED}
    assert statuses == dict.fromkeys(NEVER_OFFERED, 422)
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


def test_whoever_tells_of_wrongdoing_at_an_office_tells_it_past_that_office(desk, citizen):
    member("irban", desk.office.inspectorate, Role.INSPECTOR)
    send(citizen, desk.office, report_class="whistleblowing", addressed_to="KPS")
    case = only_case()
    assert (case.responsible_unit, case.concerns_unit) == (desk.office.inspectorate, desk.office.kapas)


def question(page) -> list[str]:
    return [p.get_text() for p in page.select("#id_is_about_officer_error p")]


def test_whether_it_is_about_an_office_is_answered_by_the_reporter_alone(desk, citizen):
    page = soup(citizen.get(LAPOR))
    assert page.select("input[name=is_about_officer][checked]") == []
    response = send(citizen, desk.office, is_about_officer="")
    assert (response.status_code, question(soup(response))) == (
        422,
        ["Pilih Tidak atau Ya, supaya laporan sampai kepada yang tepat."],
    )
    assert nothing_was_written()


@pytest.mark.parametrize("report_class", ["complaint", "whistleblowing"])
def test_an_office_chosen_beside_no_is_asked_about_and_not_written_to(desk, citizen, report_class):
    chosen = desk.office.kapas.pk
    response = send(citizen, desk.office, accused=chosen, report_class=report_class)
    page = soup(response)
    assert response.status_code == 422
    assert question(page) == [
        "Anda memilih kantor yang dimaksud. Jawab Ya supaya laporan tidak dikirim kepadanya, atau kosongkan "
        "pilihan kantor."
    ]
    assert page.select_one("#id_accused option[selected]")["value"] == str(chosen)
    assert page.find(id="id_accused").find_parent(attrs={"data-when": True}) is None
    assert nothing_was_written()


def test_the_office_is_asked_for_right_below_the_answer_yes(desk, citizen):
    page = soup(citizen.get(LAPOR))
    assert [option["value"] for option in page.select("input[name=is_about_officer]")] == ["no", "yes"]
    assert page.find(id="id_is_about_officer_group").find_next(["fieldset", "select"])["id"] == "id_accused"


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
def test_nothing_typed_breaks_the_form(desk, citizen, name):
    for field in TYPED:
        before = Case.objects.count()
        response = send(citizen, desk.office, **{field: HOSTILE[name]})
        assert response.status_code in (302, 422), field
        assert Case.objects.count() - before == (1 if response.status_code == 302 else 0), field


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
