"""Words for anyone arrive without the personal data that were found in them, and keep them only if that is said twice."""

import pytest

from cases.models import Case, EventWords
from opd_pages.channels import Channel
from opd_pages.models import ConfirmedContact, ContactSheet
from pengaduan.services import desk as desk_services
from tests.browsers import act, browser, queries_of, received_now, soup

from . import steps

TOLD = "Truk S 1234 AB merusak jembatan. Hubungi saya di 0812-3456-7890."
PROPOSED = "Truk [pelat nomor] merusak jembatan. Hubungi saya di [nomor telepon]."


@pytest.fixture
def case(desk):
    case = received_now(desk, words=TOLD)
    return steps.verified(desk, case, case.received_at)


def copy_form(desk, case):
    page = browser(desk.operator).get(f"/meja/perkara/{case.number}/")
    return soup(page).find(id="public-copy").form


def field(form, name: str):
    return form.find(attrs={"name": f"public-copy-{name}"})


def test_the_copy_arrives_masked_and_says_each_number_that_was_masked(desk, case):
    form = copy_form(desk, case)
    assert field(form, "public_text").get_text().strip() == PROPOSED
    assert (
        form.find(id="id_public-copy-public_text_helptext")
        .get_text()
        .endswith(
            "Sudah disamarkan: pelat nomor S 1234 AB, nomor telepon 0812-3456-7890. "
            "Yang bukan milik pribadi boleh ditulis kembali. Nama orang tidak dikenali; baca sekali lagi."
        )
    )


def test_the_original_stays_with_the_case(desk, case):
    act(browser(desk.operator), case, "public-copy", public_text=PROPOSED)
    assert steps.fresh(case).complaint.public_text == PROPOSED
    assert EventWords.objects.get(event__case=case, event__seq=1).text == TOLD


def test_the_answer_arrives_masked_too(desk, case):
    case = steps.answered(desk, received_now(desk), at=case.received_at)
    case.answers.update(text="Hubungi Pak Karto, 081234567890.")
    answer = field(copy_form(desk, case), "public_answer")
    assert answer.get_text().strip() == "Hubungi Pak Karto, [nomor telepon]."


def test_what_an_officer_has_worded_comes_back_as_it_is(desk, case):
    act(browser(desk.operator), case, "public-copy", public_text="Jembatan rusak.")
    assert field(copy_form(desk, case), "public_text").get_text().strip() == "Jembatan rusak."


@pytest.mark.parametrize("action", ["verify", "public-copy"])
def test_a_copy_with_a_telephone_number_is_published_only_when_that_is_said_once_more(desk, case, action):
    if action == "verify":
        case = received_now(desk)
    typed = {"public_text": "Telepon 081234567890.", "told_head": "telepon"}
    client = browser(desk.operator)
    asked = act(client, case, action, **typed)
    form = soup(asked).find(id=action).form
    assert (asked.status_code, steps.fresh(case).published_at) == (422, None)
    assert form.select_one(".error").get_text(" ", strip=True) == (
        "Perlu diperbaiki: Masih ada nomor telepon 081234567890. "
        "Hapus atau samarkan, atau centang di bawahnya apa yang boleh terbit."
    )
    assert form.find(attrs={"name": f"{action}-public_text"}).get_text().strip() == typed["public_text"]
    assert act(client, case, action, **typed, public_text_as_is="081234567890").status_code == 302
    assert steps.fresh(case).complaint.public_text == typed["public_text"]


def boxes(form) -> list[str]:
    return [box["value"] for box in form.find_all(attrs={"name": "public-copy-public_text_as_is"})]


def test_each_number_is_let_out_by_a_box_of_its_own_and_no_other_with_it(desk, case):
    asked = act(browser(desk.operator), case, "public-copy", public_text=TOLD, public_text_as_is="S 1234 AB")
    form = soup(asked).find(id="public-copy").form
    assert (asked.status_code, steps.fresh(case).published_at) == (422, None)
    assert boxes(form) == ["S 1234 AB", "0812-3456-7890"]
    assert (
        form.select_one(".error")
        .get_text(" ", strip=True)
        .startswith("Perlu diperbaiki: Masih ada nomor telepon 0812-3456-7890. Hapus")
    )


@pytest.mark.parametrize(
    ("told", "kept", "published"),
    [
        (TOLD, "S 1234 AB", "Truk S 1234 AB merusak jembatan. Hubungi saya di [nomor telepon]."),
        (TOLD, [], PROPOSED),
        (
            "  Hubungi 0812 3456\r\n7890 atau 0857-1111-2222",
            "0812 3456 7890",
            "Hubungi 0812 3456\n7890 atau [nomor telepon]",
        ),
        (TOLD, "L 9999 XX", PROPOSED),
    ],
    ids=["one stays", "none stays", "one on two lines stays", "one that is no longer there"],
)
def test_what_was_not_ticked_is_masked_where_that_is_asked_for(desk, case, told, kept, published):
    typed = {"public_text": told, "public_text_as_is": kept, "public_text_masked": "on"}
    assert act(browser(desk.operator), case, "public-copy", **typed).status_code == 302
    assert steps.fresh(case).complaint.public_text == published


def test_an_offices_published_number_and_address_are_nobodys_secret(desk, case):
    sheet = ContactSheet.objects.create(unit=desk.office.kapas, version=1)
    ConfirmedContact.objects.create(sheet=sheet, channel=Channel.PHONE, value="+62353881826", order=1)
    ConfirmedContact.objects.create(sheet=sheet, channel=Channel.EMAIL, value="kapas@contoh.go.id", order=2)
    told = "Telepon (0353) 881826, Kapas@contoh.go.id, atau 081234567890."
    typed = {"public_text": told, "public_text_masked": "on"}
    assert act(browser(desk.operator), case, "public-copy", **typed).status_code == 302
    assert steps.fresh(case).complaint.public_text == told.replace("081234567890", "[nomor telepon]")


def test_whoever_verifies_reads_what_the_report_holds_and_words_the_copy_themselves(desk):
    page = browser(desk.operator).get(f"/meja/perkara/{received_now(desk, words=TOLD).number}/")
    form = soup(page).find(id="verify").form
    hint = form.find(id="id_verify-public_text_helptext").get_text()
    assert hint.endswith("Dalam laporan ini ada: pelat nomor S 1234 AB, nomor telepon 0812-3456-7890.")
    assert form.find(attrs={"name": "verify-public_text"}).get_text().strip() == ""


def test_what_was_found_costs_the_page_one_query(desk, case):
    plain = received_now(desk)
    plain = steps.verified(desk, plain, plain.received_at)
    client = browser(desk.operator)
    few, more = (queries_of(client, f"/meja/perkara/{one.number}/") for one in (plain, case))
    assert more == few + 1


# --- A report that comes to another desk ------------------------------------------------------------------------------


@pytest.fixture
def come_back(desk, case):
    """Published and answered, and then before a desk once more."""
    answered = steps.answered(desk, received_now(desk, words="Lampu padam di depan pasar."))
    desk_services.change_public_copy(
        answered,
        by=desk.staff("operator"),
        seen=None,
        public_text="Lampu padam.",
        public_answer="Sudah diganti.",
    )
    Case.objects.filter(pk=answered.pk).update(status="received")
    return steps.fresh(answered)


def test_words_for_anyone_that_another_desk_finds_stand_in_its_form(desk, come_back):
    form = soup(browser(desk.operator).get(f"/meja/perkara/{come_back.number}/")).find(id="verify").form
    assert form.find(attrs={"name": "verify-public_text"}).get_text().strip() == "Lampu padam."


@pytest.mark.parametrize(("public_text", "is_public"), [("Lampu padam.", True), ("", False)])
def test_its_answer_stays_worded_and_an_empty_copy_takes_all_back(desk, come_back, public_text, is_public):
    desk_services.verify(come_back, by=desk.staff("operator"), seen=None, public_text=public_text)
    case = steps.fresh(come_back)
    assert (case.published_at is not None) == is_public
    assert steps.latest_answer(case).public_text == ("Sudah diganti." if is_public else "")
