"""The written notice as a letter: all seven parts, the office's words, and who may download it."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from cases.models import Case
from home.models import PortalSettings
from opd_pages.models import Role, Unit
from ppid.letters import draw_letter, notice_letter
from ppid.letters.drawing import BREAK
from ppid.models import LetterTemplate, Notice, PpidSettings
from tests.browsers import browser, reporters_browser, words
from tests.factories import member
from tests.opd_pages.pdf_reading import Pdf
from tests.portals import opened_administrators

from .desk import APPLICANT, SIGNED

LETTER = "/lacak/surat/"


def letter_of(case: Case):
    return notice_letter(Case.objects.get(pk=case.pk), Notice.objects.get(case=case), shows_identity=True)


PARTS = ["a. Penguasaan", "b. Yang menguasai", "c. Keputusan", "d. Yang diberikan"]
PARTS += ["e. Yang dihitamkan", "f. Media dan format", "g. Biaya"]


@pytest.mark.parametrize("decision", ["granted", "partially_granted", "refused", "not_held"])
def test_all_seven_parts_stand_in_every_letter(desk, decision):
    facts = letter_of(desk.decided(decision=decision)).facts
    assert [label for label, _words in facts] == PARTS
    assert [label for label, words in facts if not words] == []


def test_a_refusal_names_its_letter_of_the_law_and_its_consequence_test(desk):
    letter = letter_of(desk.decided(decision="refused"))
    ground = "Pasal 17 huruf h UU 14/2008 (dapat mengungkap rahasia pribadi)"
    assert dict(letter.facts)["c. Keputusan"] == f"Ditolak, {ground}. Memuat alamat pribadi."
    assert letter.paragraphs[1] == (
        f"Informasi yang Saudara mohon dikecualikan berdasarkan {ground}, setelah uji konsekuensi Nomor 180/3/UK/2026."
    )


def test_what_is_not_held_names_who_holds_it(desk):
    facts = dict(letter_of(desk.decided(decision="not_held")).facts)
    assert (facts["a. Penguasaan"], facts["b. Yang menguasai"]) == (
        "tidak dikuasai Kecamatan Kapas",
        "Dinas Sosial",
    )


def test_a_fee_is_told_with_the_way_of_payment(desk):
    case = desk.drafted()
    Notice.objects.update(fee=25000, payment="tunai di kantor")
    assert dict(letter_of(case).facts)["g. Biaya"] == "Rp25.000, tunai di kantor"


def test_the_letter_bears_the_offices_own_number_and_signature(desk):
    letter = letter_of(desk.decided())
    assert (letter.number, letter.signer, letter.signer_office) == tuple(SIGNED.values())
    assert letter.to == (f"Yth. {APPLICANT.name}", "Jalan Mawar 7, Bakalan")


def test_the_offices_words_are_filled_and_nothing_in_a_value_is_read_again(desk):
    case = desk.drafted()
    LetterTemplate.objects.filter(code="granted").update(body="Nomor {number}.\n\nMelalui {way}, {format}.")
    Notice.objects.update(medium="{number}")
    assert letter_of(case).paragraphs == (f"Nomor {case.number}.", "Melalui Surel, {number}.")


def test_what_was_signed_stays_as_it_was(desk):
    signed = desk.decided(decision="refused")
    before = letter_of(signed)
    LetterTemplate.objects.update(subject="Lain", body="Lain", closing="Lain")
    Notice.objects.update(reason="Lain")
    assert letter_of(signed) == before


def test_paragraphs_typed_in_a_browser_stay_apart(desk):
    LetterTemplate.objects.filter(code="granted").update(body="Satu.\r\n\r\nDua.\r\nTiga.")
    assert letter_of(desk.drafted()).paragraphs == ("Satu.", "Dua. Tiga.")


def test_a_list_of_what_is_given_keeps_its_parts_apart(desk):
    case = desk.drafted()
    Notice.objects.update(material="DPA 2025\r\nDPA 2026")
    assert dict(letter_of(case).facts)["d. Yang diberikan"] == "DPA 2025; DPA 2026"


def test_a_draft_says_that_it_is_one(desk):
    assert letter_of(desk.drafted()).is_draft
    assert not letter_of(desk.decided()).is_draft


def test_it_is_one_accessible_page(desk):
    pdf = Pdf(draw_letter(letter_of(desk.decided(decision="partially_granted"))))
    assert pdf.page_count == 1
    assert b"pdfuaid" in pdf.file
    assert "480/12/35.22.14/2026" in pdf.words
    assert "KECAMATAN KAPAS" in pdf.words


def test_the_words_that_come_with_the_portal_pass_their_own_check(db):
    for template in LetterTemplate.objects.all():
        template.full_clean(validate_unique=False)


def test_a_field_that_no_letter_has_is_told_beside_the_words_that_name_it(db):
    template = LetterTemplate(code="granted", title="-", subject="-", body="{tanggal}")
    with pytest.raises(ValidationError) as refused:
        template.clean()
    assert refused.value.message_dict == {"body": ["Isian tidak dikenal: {tanggal}."]}


# --- Letterhead, place and pages --------------------------------------------------------------------------------------


def letter_at(desk, unit: Unit, **parts):
    """The draft of a letter of another office than Kapas."""
    case = desk.drafted()
    Case.objects.filter(pk=case.pk).update(responsible_unit=unit)
    Notice.objects.update(**parts)
    return letter_of(case)


@pytest.fixture
def named(db):
    PortalSettings.objects.update_or_create(defaults={"region_name": "Kabupaten Bojonegoro"})


def test_the_kabupatens_own_letter_names_it_once_and_is_dated_at_its_seat(desk, named):
    letter = letter_at(desk, desk.office.regency)
    printed = Pdf(draw_letter(letter)).words
    assert "PEMERINTAH KABUPATEN BOJONEGORO PEJABAT PENGELOLA" in printed
    assert printed.count("KABUPATEN BOJONEGORO") == 1
    assert letter.place == "Bojonegoro"
    assert dict(letter.facts)["a. Penguasaan"] == "dikuasai Pemerintah Kabupaten Bojonegoro"


def test_the_seat_that_the_office_entered_is_taken(desk, named):
    PpidSettings.objects.create(seat="Padangan")
    assert letter_at(desk, desk.office.regency).place == "Padangan"


def test_a_place_that_nobody_knows_is_left_to_be_written_and_the_settings_warn_of_it(desk):
    assert letter_at(desk, desk.office.regency).place == "……"
    opened_administrators()
    administrator = browser(member("admin", desk.office.regency, Role.ADMINISTRATOR))
    form = administrator.get("/admin/settings/ppid/ppidsettings/", follow=True)
    assert "surat PPID bertanggal tanpa tempat" in words(form)
    PortalSettings.objects.update_or_create(defaults={"region_name": "Kota Madiun (contoh)"})
    form = administrator.get("/admin/settings/ppid/ppidsettings/", follow=True)
    assert "Selama kosong: Madiun, menurut nama daerah." in words(form)


def test_a_desa_stands_under_its_kecamatan_and_is_never_named_without_it(desk, named):
    letter = letter_at(desk, desk.office.bakalan)
    printed = Pdf(draw_letter(letter)).words
    assert "PEMERINTAH KABUPATEN BOJONEGORO KECAMATAN KAPAS DESA BAKALAN" in printed
    assert printed.count("Desa Bakalan") == printed.count("Desa Bakalan, Kecamatan Kapas") == 3


NUMBER = "480/" + "1234567890" * 7 + "/2026X"


@pytest.mark.parametrize(
    ("closing", "kept"),
    [
        (
            None,
            "Apabila Saudara menilai jawaban ini tidak sesuai dengan permohonan, Saudara dapat mengajukan",
        ),
        ((), "f. Media dan format"),
        (("Terima kasih.",), "f. Media dan format"),
    ],
)
def test_two_lines_stay_with_the_signature_and_each_further_page_says_whose_and_which_it_is(
    desk, closing, kept
):
    letter = letter_of(desk.decided())
    letter = replace(letter, number=NUMBER, closing=letter.closing if closing is None else closing)
    turned = 0
    for lines in range(14, 26, 2):
        material = "Daftar penerima bantuan dusun menurut tahun dan besarannya; " * lines
        facts = [(name, material if name == "d. Yang diberikan" else told) for name, told in letter.facts]
        pages = Pdf(draw_letter(replace(letter, facts=tuple(facts)))).pages
        turned += len(pages) == 2
        assert pages[-1].index(kept) < pages[-1].index(letter.signer)
        assert [NUMBER in page.replace(BREAK, "").replace(" ", "") for page in pages] == [True] * len(pages)
        told = [f"Halaman {page} dari {len(pages)}" in words for page, words in enumerate(pages, 1)]
        assert told == [len(pages) > 1] * len(pages)
    assert 0 < turned < 6


def test_a_number_without_a_gap_breaks_before_the_edge_of_the_page(desk):
    letter = replace(letter_of(desk.decided()), number="4" * 80)
    lines = [line.replace(BREAK, "") for line in Pdf(draw_letter(letter)).lines]
    assert [len(line) for line in lines if set(line) == {"4"}] != [80]


# --- Who may download it ----------------------------------------------------------------------------------------------


def test_the_applicant_downloads_it_with_number_and_code(desk):
    response = reporters_browser(desk.decided(at=timezone.now())).get(LETTER)
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


def test_the_applicant_reads_no_draft(desk):
    assert reporters_browser(desk.drafted(at=timezone.now())).get(LETTER).status_code == 404


def test_without_the_code_it_leads_to_the_question_for_it(desk):
    assert browser().get(LETTER).url == "/lacak/"


@pytest.mark.parametrize(("made", "status"), [("drafted", 200), ("decided", 200), ("assigned", 404)])
def test_the_officers_of_the_request_read_draft_and_letter(desk, made, status):
    case = getattr(desk, made)(at=timezone.now())
    assert browser(desk.operator).get(f"/meja/permohonan/{case.number}/surat/").status_code == status


@pytest.mark.parametrize(("person", "sees"), [("assistant", True), ("head", True), ("operator", False)])
def test_the_letter_names_the_applicant_to_those_who_may_know_who_it_is(desk, person, sees):
    case = desk.drafted(at=timezone.now())
    response = browser(getattr(desk, person)).get(f"/meja/permohonan/{case.number}/surat/")
    assert (APPLICANT.name in Pdf(response.content).words) == sees
    looks = case.events.filter(kind="identity_revealed").values_list("actor__username", flat=True)
    assert list(looks) == ([getattr(desk, person).username] if sees else [])


def test_other_offices_see_no_letter(desk):
    case = desk.decided(at=timezone.now())
    neighbour = browser(member("dander", desk.office.dander, Role.OPERATOR))
    assert neighbour.get(f"/meja/permohonan/{case.number}/surat/").status_code == 404
