"""/lacak/ as a reporter uses it: number and code open one case, which tells all that is theirs and nothing else."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from cases.access_codes import MOST_GUESSES
from cases.actors import Reporter, System
from cases.models import Case
from cases.services.changes import change
from pengaduan.models import Answer
from pengaduan.services import answers, reporter
from pengaduan.services import desk as desk_services
from tests.browsers import (
    act,
    act_as_reporter,
    browser,
    code_of,
    photo,
    queries_of,
    received_now,
    reporters_browser,
    soup,
    words,
)
from tests.pengaduan import steps

TRACKED = "/lacak/perkara/"


@pytest.fixture(autouse=True)
def _no_guesses_yet(db):
    cache.clear()


@pytest.fixture
def case(desk) -> Case:
    return received_now(desk)


@pytest.fixture
def answered(desk, case) -> Case:
    return steps.answered(desk, case, timezone.now())


def track(number: str, code: str):
    return browser().post("/lacak/", {"number": number, "code": code})


def offered(case: Case) -> list[str]:
    return [action["id"] for action in soup(reporters_browser(case).get(TRACKED)).select("details.action")]


# --- Number and code --------------------------------------------------------------------------------------------------


def test_number_and_code_open_the_report(case):
    response = track(case.number, code_of(case))
    assert (response.status_code, response.url) == (302, TRACKED)


@pytest.mark.parametrize("between", ["-", " ", " - ", "\N{EN DASH}", "\N{MINUS SIGN}"])
def test_they_are_read_however_they_are_typed(case, between):
    code = code_of(case).lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert track(f"  {case.number.lower().replace('-', between)} ", code).url == TRACKED


@pytest.mark.parametrize("code", ["00000-00000", "' OR 1=1", "x", "🚧", "7K2M9-QX4TB"])
def test_a_wrong_code_is_told_what_to_look_at(case, code):
    response = track(case.number, code)
    assert (response.status_code, soup(response).select_one(".error-summary li").get_text()) == (
        422,
        "Nomor dan kode tidak cocok. Periksa kembali huruf dan angkanya; huruf O dan angka 0 kami anggap sama.",
    )


def test_a_number_that_does_not_exist_gets_the_same_answer_as_a_wrong_code(case):
    wrong, unknown = track(case.number, "0"), track("2026-ADU-KPS-999999", "0")
    assert soup(wrong).select_one(".error-summary") == soup(unknown).select_one(".error-summary")


@pytest.mark.parametrize(
    ("number", "code"), [("", ""), ("2026-ADU-KPS-000001", ""), ("\x00", "\x00"), ("N" * 5000, "C" * 5000)]
)
def test_what_cannot_be_right_is_refused(case, number, code):
    assert track(number, code).status_code == 422


def test_what_was_typed_is_still_there(case):
    page = soup(track(case.number, "0000000000"))
    assert (page.select_one("#id_number")["value"], page.select_one("#id_code")["value"]) == (
        case.number,
        "0000000000",
    )


def test_after_ten_guesses_a_number_rests_even_for_the_right_code(case):
    for _guess in range(MOST_GUESSES):
        track(case.number, "0000000000")
    response = track(case.number, code_of(case))
    assert (response.status_code, "Terlalu banyak percobaan untuk nomor ini." in words(response)) == (
        429,
        True,
    )


def test_guesses_at_one_number_do_not_rest_another(desk, case):
    other = received_now(desk)
    for _guess in range(MOST_GUESSES):
        track(case.number, "0000000000")
    assert track(other.number, code_of(other)).url == TRACKED


@pytest.mark.parametrize("address", [TRACKED, "/lacak/bukti/"])
def test_a_number_alone_opens_nothing(case, address):
    for question in ({}, {"number": case.number}, {"nomor": case.number}):
        assert browser().get(address, question).url == reverse("track")


def test_nothing_private_stands_in_an_address(case):
    client = reporters_browser(case)
    links = soup(client.get(TRACKED)).select("main a, main form")
    addresses = [link.get("href") or link["action"] for link in links]
    assert [address for address in addresses if case.number in address or code_of(case) in address] == []


# --- What is shown ----------------------------------------------------------------------------------------------------


def test_the_reporter_reads_the_way_of_the_report(desk, case):
    steps.in_progress(desk, case, timezone.now())
    page = soup(reporters_browser(case).get(TRACKED))
    assert [h3.get_text() for h3 in page.select(".timeline h3")] == [
        "Laporan masuk",
        "Diverifikasi",
        "Sedang ditangani",
        "Diteruskan kepada Seksi Pembangunan",
    ]


INSIDE = [
    "Catatan rahasia",
    "Perintah rahasia",
    "Temuan rahasia",
    "Keputusan rahasia",
    "Rumusan rahasia",
    "Alasan rahasia",
]


def with_inside_work(desk, case: Case) -> None:
    for user in (desk.operator, desk.head, desk.builder, desk.drafter):
        user.first_name = f"Nama{user.username}"
        user.save()
    operator, head = desk.staff("operator"), desk.staff("head")
    desk_services.verify(case, by=operator, seen=None, told_head="telepon", public_text="Salinan umum.")
    desk_services.add_note(case, by=operator, seen=None, note="Catatan rahasia")
    desk_services.dispose(
        case, by=head, seen=None, section=desk.office.building_section, instruction="Perintah rahasia"
    )
    desk_services.report_findings(case, by=desk.staff("builder"), seen=None, findings="Temuan rahasia")
    desk_services.decide_follow_up(case, by=head, seen=None, decision="Keputusan rahasia")
    answers.draft_answer(case, by=desk.staff("drafter"), seen=None, text="Rumusan rahasia", outcome="done")
    answers.return_draft(case, by=head, seen=None, reason="Alasan rahasia")


@pytest.mark.parametrize("text", INSIDE)
def test_what_officers_write_among_themselves_is_not_shown(desk, case, text):
    with_inside_work(desk, case)
    assert text not in reporters_browser(case).get(TRACKED).content.decode()


@pytest.mark.parametrize("username", ["operator", "camat", "pembangunan", "ppid"])
def test_no_officer_is_named(desk, case, username):
    with_inside_work(desk, case)
    assert f"Nama{username}" not in reporters_browser(case).get(TRACKED).content.decode()


def test_a_report_shows_nothing_of_another(desk, case):
    other = received_now(desk, words="Kandang ayam di belakang rumah saya bau sekali.")
    assert "Kandang ayam" not in words(reporters_browser(case).get(TRACKED))
    assert "Kandang ayam" in words(reporters_browser(other).get(TRACKED))


def test_the_reporters_own_name_is_not_shown_either(case):
    page = reporters_browser(case).get(TRACKED).content.decode()
    assert [part in page for part in ("Warga Uji", "+6281234567890", "warga@contoh.test")] == [False] * 3


def test_the_answer_stands_above_the_rest(desk, answered):
    page = soup(reporters_browser(answered).get(TRACKED))
    assert (
        page.select_one("#jawaban").find_parent("section").select_one(".said").get_text().strip()
        == "Papan diganti."
    )


def test_a_clarification_is_asked_and_its_form_stands_open(desk, case):
    desk_services.ask_reporter(case, by=desk.staff("operator"), seen=None, question="Di RT berapa?")
    page = soup(reporters_browser(case).get(TRACKED))
    assert "Di RT berapa?" in page.select_one(".timeline").get_text()
    assert page.select_one("#reply").has_attr("open")
    assert page.select_one(".deadline b").get_text() == "Waktu penanganan berhenti sementara"


def test_after_a_pause_the_reporter_reads_one_new_date_only(desk):
    case = desk.receive()
    desk_services.ask_reporter(
        case, by=desk.staff("operator"), seen=None, question="Di RT?", at=steps.later(hours=1)
    )
    reporter.reply(case, by=Reporter(), words="RT 3.", at=steps.later(days=2))
    entries = soup(reporters_browser(case).get(TRACKED)).select(".timeline > li")
    moved = [entry for entry in entries if entry.h3.get_text().startswith("Batas waktu")]
    assert [entry.h3.get_text() for entry in moved] == ["Batas waktu bergeser: Jawaban kepada pelapor"]


# --- What the reporter does -------------------------------------------------------------------------------------------


def test_what_is_offered_follows_the_state(desk, case):
    seen = {"received": offered(case)}
    steps.answered(desk, case, timezone.now())
    seen["answered"] = offered(case)
    client = reporters_browser(case)
    act_as_reporter(client, "reopen", reason="Masih rusak.")
    seen["reopen_requested"] = offered(case)
    assert seen == {
        "received": ["reply", "withdraw"],
        "answered": ["rate", "reply", "reopen"],
        "reopen_requested": [],
    }


def test_after_the_last_state_nothing_is_offered(desk, case):
    client = reporters_browser(case)
    steps.answered(desk, case, timezone.now())
    act_as_reporter(client, "rate", satisfaction="4", is_solved="yes")
    assert offered(case) == []


def test_what_was_withdrawn_can_be_asked_back(case):
    act_as_reporter(reporters_browser(case), "withdraw", reason="Sudah diperbaiki warga.")
    assert offered(case) == ["reopen"]


def test_a_reply_with_a_photo_is_read_by_the_desk(desk, case):
    client = reporters_browser(case)
    response = client.post(
        f"{TRACKED}reply/",
        {"reply-words": "Ini fotonya.", "reply-images": SimpleUploadedFile("a.jpg", photo(), "image/jpeg")},
    )
    assert response.url == f"{TRACKED}?selesai=reply"
    line = soup(browser(desk.operator).get(f"/meja/perkara/{case.number}/")).select(".timeline > li")[-1]
    assert (line.select_one(".said").get_text().strip(), len(line.select("img"))) == ("Ini fotonya.", 1)


def test_a_reply_to_a_question_lets_the_office_go_on(desk, case):
    desk_services.ask_reporter(case, by=desk.staff("operator"), seen=None, question="Di RT berapa?")
    act_as_reporter(reporters_browser(case), "reply", words="RT 3.")
    assert steps.fresh(case).status == "received"


def test_a_rating_is_kept_with_the_answer(answered):
    act_as_reporter(
        reporters_browser(answered), "rate", satisfaction="2", is_solved="no", words="Belum semua."
    )
    assert (Answer.objects.get().satisfaction, steps.fresh(answered).status) == (2, "reopen_requested")


def test_a_yes_ends_the_case(answered):
    client = reporters_browser(answered)
    response = act_as_reporter(client, "rate", satisfaction="4", is_solved="yes")
    assert steps.fresh(answered).status == "resolved"
    assert soup(client.get(response.url)).select_one(".notice.success").get_text().strip() == (
        "Terima kasih. Tanggapan Anda kami catat."
    )


def test_asking_to_reopen_goes_to_somebody_else(desk, answered):
    act_as_reporter(reporters_browser(answered), "reopen", reason="Papannya lepas lagi.")
    task = answered.tasks.get(done_at=None)
    assert (task.step, task.unit, task.role) == ("decide_reopening", desk.office.regency, "coordinator")


def test_a_report_can_be_taken_back_with_a_reason(case):
    client = reporters_browser(case)
    assert act_as_reporter(client, "withdraw", reason="").status_code == 422
    act_as_reporter(client, "withdraw", reason="Sudah diperbaiki warga.")
    assert steps.fresh(case).status == "withdrawn"


@pytest.mark.parametrize(
    ("name", "typed", "field"),
    [
        ("reply", {"words": ""}, "id_reply-words"),
        ("withdraw", {"reason": "   "}, "id_withdraw-reason"),
        ("reply", {"words": "x" * 4001}, "id_reply-words"),
    ],
)
def test_a_wrong_form_comes_back_open_with_its_fault(case, name, typed, field):
    response = act_as_reporter(reporters_browser(case), name, **typed)
    action = soup(response).select_one(f"#{name}")
    assert (response.status_code, action.has_attr("open")) == (422, True)
    assert [a["href"] for a in action.select(".error-summary a")] == [f"#{field}"]


def test_a_step_that_came_too_late_is_explained_and_its_text_handed_back(desk, answered):
    client = reporters_browser(answered)
    with change(answered, by=System()) as changing:
        changing.move("closed_unconfirmed")
    response = act_as_reporter(client, "rate", satisfaction="1", is_solved="no", words="Belum selesai.")
    notice = soup(response).select_one(".notice.warning")
    assert (response.status_code, notice.p.get_text()) == (422, "Belum ada jawaban yang dapat dinilai.")
    assert notice.dd.get_text().strip() == "Belum selesai."


def test_an_unknown_action_is_none(case):
    assert act_as_reporter(reporters_browser(case), "verify").status_code == 404


@pytest.mark.parametrize("name", ["reply", "rate", "withdraw", "reopen"])
def test_without_the_code_nothing_is_done(case, name):
    response = act_as_reporter(browser(), name, reason="x", words="x")
    assert (response.url, case.events.count()) == (reverse("track"), 1)


@pytest.mark.parametrize("name", ["reply", "withdraw"])
def test_opening_an_address_does_nothing(case, name):
    client = reporters_browser(case)
    assert client.get(f"{TRACKED}{name}/").status_code == 405
    client.get(TRACKED, {"selesai": name})
    assert (case.events.count(), steps.fresh(case).version) == (1, 1)


def test_closing_the_report_needs_a_press_and_takes_the_access_away(case):
    client = reporters_browser(case)
    assert client.get("/lacak/tutup/").status_code == 405
    client.post("/lacak/tutup/")
    assert client.get(TRACKED).url == reverse("track")


def test_an_officers_login_opens_no_reporters_page(desk, case):
    assert browser(desk.head).get(TRACKED).url == reverse("track")


def test_what_the_reporter_does_is_not_stopped_by_an_officer_at_work(desk, case):
    client = reporters_browser(case)
    client.get(TRACKED)
    act(browser(desk.operator), case, "note", note="Sedang dibaca.")
    assert act_as_reporter(client, "reply", words="Tambahan.").status_code == 302


# --- Queries ----------------------------------------------------------------------------------------------------------


def test_a_long_way_takes_as_many_queries_as_a_short_one(desk, case):
    client = reporters_browser(case)
    few = queries_of(client, TRACKED)
    for n in range(20):
        act_as_reporter(client, "reply", words=f"Tambahan {n}.")
    assert queries_of(client, TRACKED) == few == 9
