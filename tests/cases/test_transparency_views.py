"""/transparansi/ as anyone sees it, and the proof as the reporter is shown it."""

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from django.core.cache import cache
from django.utils import timezone
from django.utils.formats import date_format

from cases.actors import System
from cases.hashing import words_hash
from cases.history import event_hash
from cases.models import Case, DailyRoot, Event
from cases.proofs import read_proof
from cases.selectors.transparency import standing
from cases.services import daily_root
from cases.services.changes import change
from cases.services.daily_root import publish_root
from cases.views import transparency
from config.paths import BASE
from tests.browsers import browser, queries_of, received_now, reporters_browser, soup, words

from .guard import lifted_guard

PAGE, JSON, FEED, CHECK = (
    "/transparansi/",
    "/transparansi/sidik.json",
    "/transparansi/umpan.xml",
    "/transparansi/periksa/",
)
SCRIPT = BASE / "docs" / "periksa_bukti.py"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _no_guesses_yet(db):
    cache.clear()


@pytest.fixture
def case(desk) -> Case:
    """The second of three cases."""
    return [received_now(desk) for _ in range(3)][1]


def tomorrow(days: int = 1):
    return timezone.now() + timedelta(days=days)


@pytest.fixture
def roots(case, monkeypatch) -> list[DailyRoot]:
    monkeypatch.setattr(daily_root, "BLOCK", 2)
    return [publish_root(tomorrow(days)) for days in (1, 2)]


def checked(text: str):
    return browser().post(CHECK, {"proof": text})


def verdict(response) -> str:
    return soup(response).select_one("[role=status] b").get_text()


# --- The roots, for anyone ----------------------------------------------------------------------------------------------


def test_anyone_reads_the_newest_roots_with_their_number_of_reports(roots):
    rows = soup(browser().get(PAGE)).select("main ol.list li")
    assert [(row["id"], row.select_one(".hash").get_text()) for row in rows] == [
        (str(root.date), root.root) for root in reversed(roots)
    ]
    assert rows[0].select_one(".meta").get_text().startswith("3 perkara, dihitung ")


def test_before_the_first_night_the_page_says_so(office):
    assert "Sidik pertama dihitung malam ini." in words(browser().get(PAGE))


def test_where_the_clock_stood_ahead_the_page_says_when_the_next_root_comes(case):
    publish_root(tomorrow(3))
    told = words(browser().get(PAGE))
    assert "jam server berada di depan. Sidik yang sudah diumumkan tidak diubah." in told
    assert f"Sidik berikutnya terbit {date_format(tomorrow(4), 'l, j F Y')} dan mencakup" in told


def test_a_root_in_time_says_nothing_of_the_clock(case):
    publish_root(tomorrow(0))
    assert "jam server" not in words(browser().get(PAGE))


@pytest.mark.parametrize("address", [PAGE, JSON, FEED])
def test_caches_may_keep_what_is_for_everybody(roots, address):
    response = browser().get(address)
    assert sorted(response["Cache-Control"].split(", ")) == ["max-age=300", "public"]
    assert (list(response.cookies), "Vary" in response) == ([], False)


def test_many_roots_take_as_many_queries_as_few(roots):
    few = queries_of(browser(), PAGE)
    for days in range(3, 40):
        publish_root(tomorrow(days))
    assert queries_of(browser(), PAGE) == few == 2


def test_no_number_of_a_report_stands_in_what_is_published(roots, case):
    told = [browser().get(address).content.decode() for address in (PAGE, JSON, FEED)]
    assert [text for text in told if case.number in text or case.chain_head in text] == []


def test_the_feed_names_every_root_once(roots):
    entries = ET.fromstring(browser().get(FEED).content).findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}summary") for entry in entries] == [
        f"{root.root} (3 perkara)" for root in reversed(roots)
    ]
    assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == 2


def test_the_json_holds_what_each_hash_covers(roots):
    published = browser().get(JSON).json()
    assert published["older"] is None
    assert published["roots"] == [
        daily_root.published(root) | {"hash": root.hash} for root in reversed(roots)
    ]


def test_older_roots_are_a_page_further(roots, monkeypatch):
    monkeypatch.setattr(transparency, "IN_JSON", 1)
    newest = browser().get(JSON).json()
    older = browser().get(newest["older"]).json()
    assert [root["date"] for root in newest["roots"] + older["roots"]] == [
        str(roots[1].date),
        str(roots[0].date),
    ]
    assert older["older"] is None


@pytest.mark.parametrize("odd", ["kemarin", "2026-13-01", "\x00", "9" * 50])
def test_a_date_that_is_none_is_told(office, odd):
    response = browser().get(JSON, {"sebelum": odd})
    assert (response.status_code, response.json()["error"]) == (400, "Tanggal ditulis seperti 2026-11-24.")


# --- The reporter's proof -----------------------------------------------------------------------------------------------

TRACKED, RECEIPT = "/lacak/perkara/", "/lacak/bukti/"


@pytest.mark.parametrize("address", [TRACKED, RECEIPT])
def test_the_reporter_is_shown_a_proof_that_leads_to_the_newest_root(roots, case, address):
    proof = read_proof(soup(reporters_browser(case).get(address)).select_one("pre.hash").get_text())
    assert (proof.number, proof.root, proof.holds) == (case.number, roots[1].root, True)


def test_the_receipt_says_on_paper_where_to_check(roots, case, settings):
    settings.PUBLIC_URL = "https://kabupaten.contoh.test"
    page = soup(reporters_browser(case).get(RECEIPT))
    assert page.select_one("pre.hash + .meta").get_text() == (
        "Alamat untuk memeriksa: kabupaten.contoh.test/transparansi/periksa/"
    )


@pytest.mark.parametrize("address", [TRACKED, RECEIPT])
def test_until_the_first_night_the_reporter_is_told_when_it_comes(case, address):
    page = soup(reporters_browser(case).get(address))
    assert (
        page.select_one("#bukti-riwayat + p")
        .get_text()
        .startswith("Riwayat laporan ini masuk dalam sidik harian malam ini.")
    )


@pytest.mark.parametrize("address", [TRACKED, RECEIPT])
def test_a_reporter_whose_report_waits_for_more_than_a_night_is_told_the_day(desk, address):
    publish_root(tomorrow(3))
    page = soup(reporters_browser(received_now(desk)).get(address))
    day = date_format(tomorrow(4), "l, j F Y")
    told = page.select_one("#bukti-riwayat + p").get_text()
    assert told.startswith(f"Riwayat laporan ini masuk dalam sidik harian berikutnya, yang terbit {day}.")


def test_a_root_made_late_is_not_said_to_reach_to_a_day_before_the_report_came(case):
    """Made once the worker is back, it is of yesterday and holds what came this morning."""
    publish_root(timezone.now())
    told = " ".join(
        soup(reporters_browser(case).get("/lacak/perkara/"))
        .select_one("#bukti-riwayat + p")
        .get_text()
        .split()
    )
    assert told.startswith("Riwayat laporan ini, sampai catatan ke-1, ada dalam sidik harian ")


def test_a_history_that_fits_no_longer_is_told_instead_of_a_proof(roots, case):
    with lifted_guard():
        case.events.update(hash="0" * 64)
    page = soup(reporters_browser(case).get(TRACKED))
    assert page.select("pre.hash") == []
    assert "tidak cocok dengan sidik harian terakhir" in page.select_one("#bukti-riwayat + p").get_text()


# --- Checking a proof ---------------------------------------------------------------------------------------------------


def test_the_button_on_the_reporters_page_checks_the_proof(roots, case):
    form = soup(reporters_browser(case).get(TRACKED)).select_one(f'form[action="{CHECK}"]')
    assert verdict(checked(form.select_one("[name=proof]")["value"])) == "Bukti ini cocok"


def test_a_proof_stays_good_when_the_report_goes_on(roots, case):
    proof = standing(case).proof
    with change(case.pk, by=System()) as changing:
        changing.record("note")
    publish_root(tomorrow(3))
    assert verdict(checked(proof.text())) == "Bukti ini cocok"


def test_whoever_kept_a_proof_finds_out_that_history_was_changed(roots, case):
    proof = standing(case).proof
    with lifted_guard():
        case.events.update(hash="0" * 64)
    assert verdict(checked(proof.text())) == "Bukti ini cocok, tetapi riwayatnya tidak lagi"


@pytest.mark.parametrize(
    "change_of",
    [
        {"case": "2026-ADU-KPS-000099"},
        {"events": 2},
        {"head": "0" * 64},
        {"path": []},
        {"date": "2020-01-01"},
    ],
    ids=str,
)
def test_a_proof_with_something_changed_does_not_fit(roots, case, change_of):
    text = json.dumps(json.loads(standing(case).proof.text()) | change_of)
    assert (checked(text).status_code, verdict(checked(text))) == (200, "Bukti ini tidak cocok")


def test_a_tree_of_ones_own_leads_to_no_published_root(roots, case):
    content = json.loads(standing(case).proof.text()) | {"path": []}
    leaf = daily_root.leaf_hash(*(content[name] for name in ("case", "events", "head", "salt")))
    assert verdict(checked(json.dumps(content | {"root": leaf.hex()}))) == "Bukti ini tidak cocok"


UNREADABLE = [
    "halo",
    "[]",
    "null",
    "{}",
    "[" * 19_000,
    '{"v": 1}',
    '{"case": 1, "events": true, "head": [], "salt": {}, "path": 1, "date": 1, "root": null, "v": 1}',
]


@pytest.mark.parametrize("text", UNREADABLE, ids=range(len(UNREADABLE)))
def test_what_is_no_proof_is_told_and_kept(office, text):
    response = checked(text)
    assert (response.status_code, soup(response).select_one(".error-summary li").get_text()) == (
        422,
        "Bukti: Teks ini bukan bukti dari portal ini, atau tidak lengkap. Salin lagi seluruh teksnya.",
    )
    assert soup(response).select_one("textarea").get_text().strip() == text


@pytest.mark.parametrize(
    "change_of",
    [
        {"events": 2**40},
        {"events": True},
        {"case": "2026-\x00"},
        {"salt": "Z" * 64},
        {"path": [["up", "0" * 64]]},
        {"path": [["left"]]},
        {"path": [["left", "0" * 64]] * 65},
        {"date": "24 November"},
        {"v": 2},
    ],
    ids=range(9),
)
def test_a_proof_of_another_form_is_refused(roots, case, change_of):
    text = json.dumps(json.loads(standing(case).proof.text()) | change_of)
    assert checked(text).status_code == 422


def test_too_long_a_text_is_told(office):
    assert soup(checked("{" * 20_001)).select_one(".error-summary li").get_text() == (
        "Bukti: Teks ini terlalu panjang untuk sebuah bukti. Tempel satu bukti saja."
    )


# --- Without the portal -------------------------------------------------------------------------------------------------


def run_script(tmp_path, proof: str, roots: str) -> tuple[int, str]:
    (tmp_path / "bukti.json").write_text(proof)
    (tmp_path / "sidik.json").write_text(roots)
    command = [sys.executable, "-I", "-S", SCRIPT, tmp_path / "bukti.json", tmp_path / "sidik.json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    return done.returncode, (done.stdout + done.stderr).strip()


def test_the_program_in_the_handbook_checks_a_proof_without_the_portal(roots, case, tmp_path):
    proof = standing(case).proof
    assert run_script(tmp_path, proof.text(), browser().get(JSON).content.decode()) == (
        0,
        f"Cocok: {case.number}, 1 catatan, sidik {proof.date}.",
    )


def test_the_program_refuses_a_changed_proof(roots, case, tmp_path):
    proof = standing(case).proof.text().replace('"events": 1', '"events": 2')
    assert run_script(tmp_path, proof, browser().get(JSON).content.decode()) == (
        1,
        "Bukti ini tidak menuju sidik yang diumumkan.",
    )


def alter_content(published):
    published[0]["leaves"] += 1


def alter_link(published):
    published[0]["prev"] = "0" * 64


@pytest.mark.parametrize(
    ("alter", "told"),
    [
        (alter_content, "Isi sidik {0} tidak cocok dengan sidiknya."),
        (alter_link, "Sidik {0} tidak menyambung dengan sidik {1}."),
    ],
    ids=["content", "link"],
)
def test_the_program_refuses_changed_roots(roots, case, tmp_path, alter, told):
    published = browser().get(JSON).json()
    alter(published["roots"])
    assert run_script(tmp_path, standing(case).proof.text(), json.dumps(published)) == (
        1,
        told.format(roots[1].date, roots[0].date),
    )


def test_the_program_is_given_out_with_the_roots(office):
    assert browser().get("/transparansi/periksa_bukti.py").content == SCRIPT.read_bytes()


def test_the_handbook_prints_the_program_as_it_is():
    assert SCRIPT.read_text() in (BASE / "docs" / "transparansi.md").read_text()


def documented_events() -> list[tuple[str, str]]:
    """The example events of the handbook, as they stand there, each with the hash told of it."""
    page = (BASE / "docs" / "transparansi.md").read_text()
    return re.findall(r"^```json\n(.+)\n```\n\nSidiknya: `(\w{64})`$", page, re.MULTILINE)


def test_the_events_that_the_handbook_shows_have_the_hashes_it_tells():
    first, second = documented_events()
    assert sha256(first[0].encode()).hexdigest() == first[1]
    assert sha256(second[0].encode()).hexdigest() == second[1]
    assert json.loads(second[0])["prev"] == first[1]


def test_the_portal_hashes_the_events_of_the_handbook_as_it_tells():
    for written, told in documented_events():
        fields = json.loads(written)
        event = Event(
            **{name: fields[name] for name in ("seq", "kind", "data", "prev")},
            at=datetime.fromisoformat(fields["at"]),
            actor_kind=fields["by"][0],
            actor_id=fields["by"][1],
            role=fields["by"][2],
            is_demo=fields["demo"],
        )
        assert event_hash(event, fields["case"]) == told


def test_the_words_that_the_handbook_shows_have_the_hash_in_its_event():
    page = (BASE / "docs" / "transparansi.md").read_text()
    words_there, salt = re.search(r"Kata-kata pada yang pertama: `(.+)`, dengan garam `(\w+)`", page).groups()
    assert words_hash(words_there, salt) == json.loads(documented_events()[0][0])["data"]["words"]


def test_a_real_event_is_hashed_from_the_documents_nine_keys_alone(case):
    event = case.events.order_by("seq").last()
    said = {
        "at": event.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "by": [event.actor_kind, event.actor_id, event.role],
        "case": case.number,
        "data": event.data,
        "demo": event.is_demo,
        "kind": event.kind,
        "prev": event.prev,
        "seq": event.seq,
        "v": 1,
    }
    assert sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest() == event.hash
