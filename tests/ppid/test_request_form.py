"""/ppid/permohonan/ and the counter: what is asked, what is refused with advice, and what the applicant takes home."""

import secrets
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cases.models import Case, Party
from opd_pages.models import Role
from ppid.models import InformationRequest
from tests.browsers import browser, code_of, photo, queries_of, reporters_browser, soup, words
from tests.factories import member

from .desk import APPLICANT

FORM, COUNTER, RECEIPT = "/ppid/permohonan/", "/meja/permohonan/baru/", "/lacak/bukti/"


def asked(desk, **changes) -> dict:
    """What somebody of Bakalan sends from the form."""
    return {
        "submission_key": secrets.token_urlsafe(24),
        "words": "Salinan rencana kerja kecamatan tahun 2026.",
        "purpose": "Bahan musyawarah dusun.",
        "body": str(desk.office.kapas.pk),
        "obtaining": "soft_copy",
        "delivery": "email",
        "applicant_kind": "person",
        "name": "Siti Aminah",
        "id_number": "3522 1401 0190 0001",
        "address": "Jalan Mawar 7, Bakalan",
        "phone": "",
        "email": "siti@contoh.test",
    } | changes


def faults(response) -> dict[str, list[str]]:
    """By field, what the page says beside it."""
    assert response.status_code == 422
    assert not Case.objects.exists()
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def test_a_request_is_received_and_its_receipt_shown(desk):
    client = browser()
    response = client.post(FORM, asked(desk))
    assert (response.status_code, response.url) == (302, RECEIPT)
    case = Case.objects.get()
    facts = soup(client.get(RECEIPT)).select(".receipt .big")
    assert [fact.dd.get_text() for fact in facts] == [case.number, code_of(case)]


def test_what_was_told_is_kept_where_it_belongs(desk):
    browser().post(FORM, asked(desk, occupation="Petani"))
    request, party = InformationRequest.objects.get(), Party.objects.get()
    assert (party.name, party.email) == ("Siti Aminah", "siti@contoh.test")
    assert (request.id_number, request.occupation) == ("3522140101900001", "Petani")
    assert (request.obtaining, request.delivery, request.channel) == ("soft_copy", "email", "web")


@pytest.mark.parametrize(
    ("changes", "field", "advice"),
    [
        ({"words": ""}, "words", "Tuliskan informasi yang Anda perlukan."),
        ({"purpose": ""}, "purpose", "Tuliskan tujuan penggunaan informasi."),
        ({"name": ""}, "name", "Tulis nama pemohon."),
        ({"address": ""}, "address", "Tulis alamat pemohon."),
        ({"id_number": "123"}, "id_number", "NIK terdiri atas 16 angka. Periksa kembali pada KTP Anda."),
        ({"obtaining": ""}, "obtaining", "Pilih cara memperoleh informasi."),
        ({"delivery": ""}, "delivery", "Pilih cara mendapatkan salinan."),
        (
            {"email": "", "phone": "081234567890"},
            "email",
            "Tulis surel Anda, supaya salinan dapat dikirim ke sana.",
        ),
        (
            {"email": "", "delivery": "post"},
            "phone",
            "Tulis nomor HP atau surel, supaya kami dapat mengabari Anda.",
        ),
        ({"email": "siti"}, "email", "Tulis alamat surel lengkap, misalnya nama@contoh.id."),
    ],
)
def test_what_is_missing_is_told_beside_its_field(desk, changes, field, advice):
    assert faults(browser().post(FORM, asked(desk, **changes))) == {field: [advice]}


def test_a_proxy_names_whom_they_represent_and_shows_the_power_of_attorney(desk):
    assert faults(browser().post(FORM, asked(desk, is_proxy="on"))) == {
        "represented": ["Tulis nama yang memberi kuasa."],
        "photos": ["Sertakan foto surat kuasa."],
    }


def test_a_power_of_attorney_is_kept_with_the_request(desk):
    letter = SimpleUploadedFile("kuasa.jpg", photo(), "image/jpeg")
    proxy = {"is_proxy": "on", "represented": "Pak Karto", "photos": letter}
    browser().post(FORM, asked(desk, **proxy))
    case = Case.objects.get()
    assert (case.information_request.represented, case.files.count()) == ("Pak Karto", 1)


def test_whoever_opens_a_power_of_attorney_is_written_down(desk):
    letter = SimpleUploadedFile("kuasa.jpg", photo(), "image/jpeg")
    browser().post(FORM, asked(desk, is_proxy="on", represented="Pak Karto", photos=letter))
    case = Case.objects.get()
    address = f"/berkas/{case.files.get().key}/"
    statuses = [browser(person).get(address).status_code for person in (desk.head, desk.operator)]
    looks = case.events.filter(kind="identity_revealed").values_list("actor__username", flat=True)
    assert (statuses, list(looks)) == ([200, 404], [desk.head.username])


def test_a_power_of_attorney_need_not_be_chosen_again_after_a_fault_elsewhere(desk):
    letter = SimpleUploadedFile("kuasa.jpg", photo(), "image/jpeg")
    form = asked(desk, is_proxy="on", represented="Pak Karto")
    page = soup(browser().post(FORM, form | {"purpose": "", "photos": letter}))
    (kept,) = [box["value"] for box in page.select("input[name='held_photos'][checked]")]
    assert browser().post(FORM, form | {"held_photos": kept}).url == RECEIPT
    assert Case.objects.get().files.count() == 1


def test_the_number_of_a_deed_stands_as_it_was_typed(desk):
    deed = {"applicant_kind": "entity", "id_number": "AHU-0012.AH.01.07 Tahun 2020"}
    browser().post(FORM, asked(desk, **deed))
    assert InformationRequest.objects.get().id_number == "AHU-0012.AH.01.07 Tahun 2020"


def test_who_wants_to_read_at_the_office_needs_no_way_of_delivery(desk):
    browser().post(FORM, asked(desk, obtaining="seeing", delivery="email", email="", phone="081234567890"))
    assert InformationRequest.objects.get().delivery == ""


def test_what_was_typed_stands_in_the_form_again(desk):
    page = soup(browser().post(FORM, asked(desk, words="")))
    assert page.select_one("[name=address]").get_text(strip=True) == "Jalan Mawar 7, Bakalan"
    assert page.select_one("[name=body] option[selected]")["value"] == str(desk.office.kapas.pk)


def test_sent_twice_it_is_one_request(desk):
    form, client = asked(desk), browser()
    client.post(FORM, form)
    assert client.post(FORM, form).url == RECEIPT
    assert Case.objects.count() == 1


def test_a_units_page_leads_to_the_form_with_its_office_chosen(desk):
    chosen = soup(browser().get(f"{FORM}?unit=KPS")).select_one("[name=body] option[selected]")
    assert chosen["value"] == str(desk.office.kapas.pk)


def test_the_rights_of_the_applicant_stand_below_the_form(desk):
    assert soup(browser().get(FORM)).select_one("#hak").get_text() == "Hak pemohon"


def test_a_portal_without_units_says_so_and_keeps_the_words(db):
    response = browser().post(FORM, asked_of_nobody())
    assert response.status_code == 422
    assert "Portal ini belum siap menerima permohonan." in words(response)


def asked_of_nobody() -> dict:
    class Nowhere:
        class office:
            class kapas:
                pk = ""

    return asked(Nowhere)


# --- Receipt and tracking ---------------------------------------------------------------------------------------------


def test_the_receipt_promises_a_day_and_hides_the_nik(desk):
    said = words(reporters_browser(desk.receive()).get(RECEIPT))
    assert "Kecamatan Kapas menyampaikan pemberitahuan tertulis paling lambat Selasa, 7 April 2026." in said
    assert "NIK ••••••••••••0001" in said
    assert "3522140101900001" not in said


def test_the_tracking_page_speaks_of_a_request_and_of_no_report(desk):
    case = desk.receive(at=timezone.now())
    said = words(reporters_browser(case).get("/lacak/perkara/"))
    assert f"Permohonan Anda {case.number}" in said
    main = soup(reporters_browser(case).get("/lacak/perkara/")).main.get_text(" ").lower()
    assert [word for word in ("laporan anda", "pelapor", "perjalanan laporan") if word in main] == []


def silent_since(desk, ago: timedelta) -> str:
    """What the applicant reads under the heading of the objection, where no notice came."""
    page = soup(reporters_browser(desk.receive(at=timezone.now() - ago)).get("/lacak/perkara/"))
    return " ".join(page.select_one("#keberatan").parent.get_text(" ").split())


def test_silence_past_the_last_day_shows_how_to_object(desk):
    said = silent_since(desk, timedelta(days=30))
    assert said.startswith("Anda dapat mengajukan keberatan Pemberitahuan tertulis belum kami sampaikan")
    assert said.endswith("Tujukan kepada: Sekretaris Daerah selaku Atasan PPID.")


def test_an_objection_is_not_offered_once_its_time_is_over(desk):
    assert silent_since(desk, timedelta(days=150)).startswith("Masa mengajukan keberatan sudah lewat")


@pytest.mark.parametrize(("address", "queries"), [(FORM, 5), (RECEIPT, 12), ("/lacak/perkara/", 16)])
def test_pages_take_no_more_queries_than_this(desk, address, queries):
    case = desk.receive(at=timezone.now())
    assert queries_of(reporters_browser(case), address) <= queries


# --- The counter ------------------------------------------------------------------------------------------------------


@pytest.fixture
def officer(desk):
    return browser(desk.operator)


def said_at_the_counter(desk, **changes) -> dict:
    now = timezone.localtime() - timedelta(hours=2)
    told = {"channel": "counter", "received_on": f"{now:%Y-%m-%d}", "received_time": f"{now:%H:%M}"}
    return asked(desk, delivery="in_person", email="", **told) | changes


def test_what_is_said_at_the_counter_counts_from_when_it_was_said(desk, officer):
    yesterday = timezone.localtime() - timedelta(days=1)
    response = officer.post(COUNTER, said_at_the_counter(desk, received_on=f"{yesterday:%Y-%m-%d}"))
    case = Case.objects.get()
    assert response.url == f"/meja/perkara/{case.number}/tanda-terima/"
    assert timezone.localdate(case.received_at) == yesterday.date()
    assert case.deadlines.get(step="notice").starts_at == case.received_at


def test_it_is_recorded_as_entered_by_the_officer(desk, officer):
    officer.post(COUNTER, said_at_the_counter(desk))
    event = Case.objects.get().events.get(seq=1)
    assert (event.actor, event.data["channel"]) == (desk.operator, "counter")


@pytest.mark.parametrize(
    ("ahead", "field"), [({"days": 1}, "received_on"), ({"minutes": 5}, "received_time")]
)
def test_nothing_is_received_in_the_future(desk, officer, ahead, field):
    then = timezone.localtime() + timedelta(**ahead)
    told = {"received_on": f"{then:%Y-%m-%d}", "received_time": f"{then:%H:%M}"}
    told_faults = faults(officer.post(COUNTER, said_at_the_counter(desk, **told)))
    assert list(told_faults.values()) == [["Waktu diterima tidak dapat sesudah sekarang."]]


def test_whoever_comes_to_the_counter_needs_neither_telephone_nor_mail(desk, officer):
    assert officer.post(COUNTER, said_at_the_counter(desk)).status_code == 302


def test_an_officer_records_only_for_their_own_desk(desk, officer):
    elsewhere = said_at_the_counter(desk, body=str(desk.office.dander.pk))
    assert list(faults(officer.post(COUNTER, elsewhere))) == ["body"]


def test_the_counters_receipt_is_printed_by_whoever_wrote_it_down_and_nobody_else(desk, officer):
    address = officer.post(COUNTER, said_at_the_counter(desk)).url
    assert code_of(Case.objects.get()) in words(officer.get(address))
    assert browser(desk.head).get(address).status_code == 404


def test_the_code_is_not_shown_to_the_officer_for_ever(desk, officer):
    case = desk.receive(at=timezone.now() - timedelta(hours=2), by=desk.staff("operator"))
    assert officer.get(f"/meja/perkara/{case.number}/tanda-terima/").status_code == 404


def test_a_code_that_the_applicant_was_given_directly_is_shown_to_no_officer(desk, officer):
    case = desk.receive(at=timezone.now())
    assert officer.get(f"/meja/perkara/{case.number}/tanda-terima/").status_code == 404


def test_who_works_at_no_desk_records_nothing(desk):
    regent = browser(member("bupati", desk.office.regency, Role.REGENT))
    assert regent.get(COUNTER).status_code == 404


def test_the_desk_leads_to_the_counters_form(desk, officer):
    assert soup(officer.get("/meja/")).select_one(f"a[href='{COUNTER}']").get_text() == (
        "Catat permohonan informasi"
    )


def test_the_applicant_is_named_on_the_page_only_to_whom_the_identity_is_open(desk):
    case = desk.receive(at=timezone.now())
    page = words(browser(desk.assistant).get(f"/meja/perkara/{case.number}/"))
    assert APPLICANT.name not in page
    assert "Identitas pemohon tidak terbuka untuk Anda." in page
