"""The desk's page of one case: for few queries, however long its history and whatever may be done."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cases.models import Case, IdentityMode
from cases.services.receipt import Identity
from pengaduan.services import desk as desk_services
from tests.browsers import browser, photo, queries_of, received_now, report_form, soup, words
from tests.pengaduan import steps


@pytest.fixture
def case(desk) -> Case:
    return received_now(desk)


def address(case: Case) -> str:
    return f"/meja/perkara/{case.number}/"


def page_for(user, case: Case):
    return soup(browser(user).get(address(case)))


def test_the_report_stands_first_with_its_words_and_photos(desk):
    files = [SimpleUploadedFile(f"{n}.jpg", photo(size=(8, 8 + n))) for n in range(2)]
    browser().post("/lapor/", report_form(desk.office, photos=files))
    section = page_for(desk.operator, Case.objects.get()).find(id="laporan").find_parent("section")
    assert section.select_one(".said").get_text().strip() == "Lampu jalan depan balai desa padam sejak Senin."
    assert [image["alt"] for image in section.select("img")] == [
        "Foto 1 dari pengirim",
        "Foto 2 dari pengirim",
    ]


def test_what_waits_for_this_officer_stands_open_above_the_rest(desk, case):
    page = page_for(desk.operator, case)
    section = page.find(id="tindakan").find_parent("section")
    assert section.h2.get_text() == "Menunggu Anda"
    assert [action["id"] for action in section.select("details[open]")] == ["verify"]


def test_for_others_nothing_waits_and_nothing_stands_open(desk, case):
    page = page_for(desk.coordinator, case)
    assert page.find(id="tindakan").get_text() == "Yang dapat Anda lakukan"
    assert page.select("details.action[open]") == []


def test_an_action_can_be_opened_by_its_address(desk, case):
    page = soup(browser(desk.operator).get(address(case), {"buka": "note"}))
    assert [action["id"] for action in page.select("details.action[open]")] == ["verify", "note"]


@pytest.mark.parametrize("name", ["publish", "hapus", "\x00", "<script>"])
def test_an_action_that_is_not_offered_is_not_opened(desk, case, name):
    page = soup(browser(desk.coordinator).get(address(case), {"buka": name, "selesai": name}))
    assert page.select("details.action[open]") == []


def test_the_steps_say_who_owes_them(desk, case):
    steps.in_progress(desk, case, timezone.now())
    titles = [(step["class"], step.b.get_text()) for step in page_for(desk.head, case).select("ol.steps li")]
    assert titles == [
        (["done"], "Meja layanan memeriksa laporan"),
        (["done"], "Pimpinan memberi perintah"),
        (["now"], "Seksi memeriksa di lapangan"),
    ]


def test_every_running_clock_explains_itself(desk, case):
    clocks = page_for(desk.operator, case).select(".deadline")
    titles = ["Meja layanan memeriksa laporan", "Jawaban kepada pelapor", "Batas menurut peraturan"]
    said = [clock.select_one(".meta").get_text().strip() for clock in clocks]
    # One that is due today names the day in the same line.
    assert [line[: len(title)] for line, title in zip(said, titles, strict=True)] == titles
    assert [clock.details.p.get_text() for clock in clocks] == [
        clock.because for clock in case.deadlines.order_by("due_at")
    ]


def test_internal_lines_are_marked_for_the_officers(desk, case):
    desk_services.add_note(case, by=desk.staff("operator"), seen=None, note="Sudah saya telepon.")
    lines = page_for(desk.head, case).select(".timeline > li .meta")
    assert [line.get_text().endswith("· internal") for line in lines] == [False, True]


def test_photos_are_chosen_for_the_public_by_looking_at_them(desk):
    files = [SimpleUploadedFile("a.jpg", photo(), "image/jpeg")]
    browser().post("/lapor/", report_form(desk.office, photos=files))
    case = Case.objects.get()
    choice = page_for(desk.operator, case).select_one("#verify .choice label img")
    assert choice["src"] == f"/berkas/{case.files.get().key}/"


@pytest.mark.parametrize(
    ("mode", "says"),
    [
        (IdentityMode.NONE, "Tanpa identitas. Tidak ada nama atau nomor yang disimpan."),
        (IdentityMode.ANONYMOUS, "Anonim. Petugas yang menangani tidak melihat nama dan nomornya."),
        (IdentityMode.NAMED, "Identitas pelapor tidak terbuka untuk Anda."),
    ],
)
def test_the_page_says_how_far_the_reporter_is_known(desk, mode, says):
    case = received_now(
        desk, identity=Identity(mode, *([] if mode == "none" else ["Warga Uji", "+6281234567890"]))
    )
    assert says in words(browser(desk.builder).get(address(case)))


# --- Queries ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["operator", "head", "builder", "coordinator"])
def test_60_events_take_as_many_queries_as_5(desk, case, name):
    client = browser(getattr(desk, name))
    steps.in_progress(desk, case, timezone.now())
    few = queries_of(client, address(case))
    for n in range(55):
        desk_services.add_note(case, by=desk.staff("operator"), seen=None, note=f"Catatan {n}.")
    assert queries_of(client, address(case)) == few


STATES = {
    "received": lambda desk, case: case,
    "in_progress": lambda desk, case: steps.in_progress(desk, case, timezone.now()),
    "drafted": lambda desk, case: steps.drafted(desk, case, timezone.now()),
    "answered": lambda desk, case: steps.answered(desk, case, timezone.now()),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", ["operator", "head", "coordinator"])
def test_the_page_takes_at_most_18_queries_whatever_can_be_done(desk, case, name, state):
    STATES[state](desk, case)
    assert queries_of(browser(getattr(desk, name)), address(case)) <= 18
