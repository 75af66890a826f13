"""Nothing of people is kept longer than a verified rule says, or than they want; the history stays whole."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from cases import kinds
from cases.actors import Reporter
from cases.history import verify
from cases.intake import accept_image
from cases.kinds import kind_of
from cases.models import Case, Erasable, Erasure, EventWords, Party, RetentionRule, SweepMark, Task
from cases.services import erasure
from cases.services.changes import CaseRefusal, WordsMissing
from cases.services.erasure import due_for_erasure, erase_at_request, erase_expired, erase_nightly
from cases.services.public_photos import cover
from pengaduan.services import desk as desk_services
from pengaduan.services import reporter
from tests.browsers import act, browser, photo, reporters_browser, soup, words
from tests.portals import opened_site

from . import steps
from .anywhere import places_showing
from .desk import TUESDAY
from .steps import fresh, later

TOLD = "Jembatan dekat rumah Karto rusak sejak Senin."
REASON = "Diminta pelapor lewat surat tanggal 1 Desember."
LONG_AFTER = later(days=3 * 366)


def closed(desk, **report) -> Case:
    """Answered, and then closed by the reporter's own word."""
    report = {"words": TOLD, "images": [accept_image(photo())], "landmark": "rumah Karto"} | report
    case = steps.answered(desk, desk.receive(**report))
    reporter.rate(case, by=Reporter(), satisfaction=4, is_solved=True, words="Terima kasih.", at=TUESDAY)
    return fresh(case)


@pytest.fixture
def case(desk) -> Case:
    return closed(desk)


def set_rule(subject: Erasable, *, months: int = 24, is_verified: bool = True) -> RetentionRule:
    proof = {"verified_by": "Bagian Hukum", "verified_on": date(2026, 1, 5)} if is_verified else {}
    RetentionRule.objects.filter(kind="complaint", subject=subject).update(months=months, **proof)
    return RetentionRule.objects.get(kind="complaint", subject=subject)


def left(case: Case) -> set[str]:
    found = {
        Erasable.IDENTITY: Party.objects.filter(case=case).exists(),
        Erasable.WORDS: EventWords.objects.filter(event__case=case)
        .exclude(event__kind__endswith="_erased")
        .exists(),
        Erasable.FILES: case.files.exists(),
    }
    return {subject.value for subject in found if found[subject]}


ALL = set(Erasable.values)


@pytest.mark.parametrize("subject", Erasable)
def test_what_has_expired_goes_and_the_rest_stays_and_every_chain_holds(case, subject):
    set_rule(subject)
    erase_expired(LONG_AFTER)
    assert left(case) == ALL - {subject}
    assert list(verify()) == []


def test_the_reason_for_erasing_stays_and_words_are_erased_once(case, desk):
    asked = {"by": desk.staff("coordinator"), "seen": None, "reason": REASON}
    erase_at_request(case, subjects=["identity", "words"], **asked)
    kept = EventWords.objects.filter(event__case=case).values_list("text", flat=True)
    assert set(kept) == {REASON}
    with pytest.raises(CaseRefusal, match=r"sudah tidak disimpan"):
        erase_at_request(case, subjects=["words"], **asked)


def test_the_words_go_with_all_that_was_made_of_them(case):
    set_rule(Erasable.WORDS)
    erase_expired(LONG_AFTER)
    case = fresh(case)
    complaint, answer = case.complaint, steps.latest_answer(case)
    assert (case.subject, complaint.landmark, complaint.words, answer.text) == ("", "", "", "")


def test_the_bytes_of_the_files_go_too(case, django_capture_on_commit_callbacks):
    path = case.files.get().path
    set_rule(Erasable.FILES)
    with django_capture_on_commit_callbacks(execute=True):
        erase_expired(LONG_AFTER)
    assert not storages["cases"].exists(path)


def test_a_tombstone_says_when_why_and_how_much_and_nothing_of_what_it_was(case):
    rule = set_rule(Erasable.IDENTITY)
    erase_expired(LONG_AFTER)
    stone = Erasure.objects.get()
    assert (stone.case, stone.subject, stone.rule, stone.rows, stone.erased_by) == (
        case,
        "identity",
        rule,
        1,
        None,
    )
    assert (stone.at, stone.basis) == (LONG_AFTER, rule.legal_basis)


def test_officer_and_reporter_read_that_it_was_erased(desk, case):
    rule = set_rule(Erasable.IDENTITY)
    erase_expired(LONG_AFTER)
    line = f"Identitas dihapus menurut {rule.legal_basis}"
    page = browser(desk.head).get(f"/meja/perkara/{case.number}/")
    assert soup(page).select(".timeline h3")[-1].get_text() == line
    assert "Identitas tidak disimpan lagi." in words(page)
    tracked = reporters_browser(case).get("/lacak/perkara/")
    assert soup(tracked).select(".timeline h3")[-1].get_text() == line


@pytest.mark.parametrize(
    ("closed_on", "months", "today", "is_due"),
    [
        ("2026-11-24", 24, "2028-11-24", False),
        ("2026-11-24", 24, "2028-11-25", True),
        ("2026-08-31", 6, "2027-02-28", False),
        ("2026-08-31", 6, "2027-03-01", True),
    ],
)
def test_the_last_day_of_the_term_is_kept_whole(case, closed_on, months, today, is_due):
    rule = set_rule(Erasable.IDENTITY, months=months)
    Case.objects.update(closed_at=datetime.fromisoformat(f"{closed_on}T23:59:00+07:00"))
    now = datetime.fromisoformat(f"{today}T00:01:00+07:00")
    assert due_for_erasure(rule, now).exists() == is_due


def test_by_a_rule_that_nobody_verified_nothing_is_erased(case):
    set_rule(Erasable.IDENTITY, is_verified=False)
    erase_expired(LONG_AFTER)
    assert (left(case), Erasure.objects.count()) == (ALL, 0)


def an_open_case(desk) -> Case:
    return steps.verified(desk, desk.receive(images=[accept_image(photo())]))


def a_promise(desk) -> Case:
    case = desk.receive(images=[accept_image(photo())])
    return steps.answered(desk, case, promised_until=later(days=9).date())


def a_step_left_open(desk) -> Case:
    case = closed(desk)
    Task.objects.create(
        case=case, step="call_reporter", unit=desk.office.kapas, role="operator", opened_at=TUESDAY
    )
    return case


def one_that_goes_on_as_another(desk) -> Case:
    case = closed(desk)
    Case.objects.filter(pk=case.pk).update(goes_on_as=steps.verified(desk, desk.receive()))
    return case


@pytest.mark.parametrize("owed", [an_open_case, a_promise, a_step_left_open, one_that_goes_on_as_another])
def test_while_something_is_owed_nothing_is_erased_whoever_asks(desk, owed):
    case = owed(desk)
    set_rule(Erasable.IDENTITY)
    erase_expired(LONG_AFTER)
    with pytest.raises(CaseRefusal, match="masih berjalan"):
        erase_at_request(
            case, by=desk.staff("coordinator"), seen=None, subjects=["identity"], reason=REASON, at=LONG_AFTER
        )
    assert left(case) == ALL


def test_a_kind_of_case_may_hold_back_its_own(case, monkeypatch):
    held = replace(kind_of(case), holds=Q(status="resolved"))
    monkeypatch.setitem(kinds._kinds, "complaint", held)
    set_rule(Erasable.IDENTITY)
    erase_expired(LONG_AFTER)
    assert left(case) == ALL


def test_a_case_that_fails_holds_up_no_other(desk, case, monkeypatch):
    other, erase = closed(desk), erasure.erase

    def fail_for_the_first(changing, *arguments, **more):
        if changing.case == case:
            raise RuntimeError
        return erase(changing, *arguments, **more)

    monkeypatch.setattr(erasure, "erase", fail_for_the_first)
    set_rule(Erasable.IDENTITY)
    erase_expired(LONG_AFTER)
    assert (left(case), left(other)) == (ALL, ALL - {"identity"})


# --- What anyone reads of it -----------------------------------------------------------------------------------------


COPY = "Jembatan dekat balai dusun rusak."
EVERYWHERE = {"page", "list", "search", "home", "photo"}


def published(desk) -> tuple[Case, tuple[str, ...]]:
    """Closed, with copy, photo and answer for everybody; and where its photo is."""
    opened_site()
    case = closed(desk)
    desk_services.change_public_copy(
        case,
        by=desk.staff("operator"),
        seen=None,
        public_text=COPY,
        public_answer=COPY,
        public_photos=[cover(case.files.get())],
    )
    return fresh(case), tuple(picture.get_absolute_url() for picture in case.public_photos.all())


def read_of(case: Case, photos: tuple[str, ...]) -> set[str]:
    return places_showing(case, COPY, search="jembatan", photos=photos)


def test_who_asks_for_their_words_to_be_erased_takes_the_public_copy_along(
    desk, settings, django_capture_on_commit_callbacks
):
    settings.PAGE_CACHE_SECONDS = 60
    case, photos = published(desk)
    assert read_of(case, photos) == EVERYWHERE
    # As in a transaction of its own: what publishing it left to be said would say it for the erasure too.
    connection.run_on_commit.clear()
    with django_capture_on_commit_callbacks(execute=True):
        act(browser(desk.coordinator), case, "erase", subjects=["words"], reason=REASON)
    assert read_of(case, photos) == set()
    case = fresh(case)
    assert (case.published_at, case.complaint.public_text, case.subject) == (None, "", "")
    assert set(case.answers.values_list("text", "public_text")) == {("", "")}
    for reader in (browser(desk.head), browser(desk.coordinator)):
        page = reader.get(f"/meja/perkara/{case.number}/").content.decode()
        assert {told for told in (COPY, TOLD) if told in page} == set()
    assert [event.kind for event in case.events.order_by("-seq")[:2]] == ["words_erased", "copy_withdrawn"]
    assert list(verify()) == []


def test_a_copy_that_a_rule_has_kept_is_taken_back_by_whoever_asks(desk):
    case, photos = published(desk)
    set_rule(Erasable.WORDS)
    erase_expired(LONG_AFTER)
    assert (left(case), read_of(case, photos)) == (ALL - {"words"}, EVERYWHERE)
    asked = {"by": desk.staff("coordinator"), "seen": None, "reason": REASON}
    erase_at_request(case, subjects=["words"], **asked)
    assert read_of(case, photos) == set()
    with pytest.raises(CaseRefusal, match="sudah tidak disimpan"):
        erase_at_request(case, subjects=["words"], **asked)


def test_a_rule_that_does_not_keep_the_copy_takes_it_back(desk):
    case, photos = published(desk)
    rule = set_rule(Erasable.WORDS)
    RetentionRule.objects.filter(pk=rule.pk).update(keeps_public_copy=False)
    erase_expired(LONG_AFTER)
    assert read_of(case, photos) == set()


# --- Every night --------------------------------------------------------------------------------------------------------


def test_the_duty_runs_once_a_day(case):
    erase_nightly(LONG_AFTER)
    set_rule(Erasable.IDENTITY)
    erase_nightly(LONG_AFTER + timedelta(hours=1))
    assert left(case) == ALL
    erase_nightly(LONG_AFTER + timedelta(days=1))
    assert left(case) == ALL - {"identity"}


def in_the_index(word: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM cases_wordindex_data WHERE instr(block, CAST(%s AS BLOB))", [word]
        )
        return cursor.fetchone()[0]


@pytest.mark.only_on("sqlite")
def test_after_the_night_no_piece_of_the_search_index_holds_erased_words(desk, case):
    """FTS5 finds no more what it was told to forget, but writes it down once more, to know what that was."""
    desk.receive(words="Lampu jalan mati.")
    assert in_the_index("karto")
    erase_at_request(
        case, by=desk.staff("coordinator"), seen=None, subjects=[Erasable.WORDS], reason=REASON, at=TUESDAY
    )
    erase_nightly(LONG_AFTER)
    assert (in_the_index("karto"), in_the_index("lampu")) == (0, 1)


def test_what_one_turn_did_not_reach_the_next_one_does(case, monkeypatch):
    set_rule(Erasable.IDENTITY)
    monkeypatch.setattr(erasure, "SECONDS", -1)
    erase_nightly(LONG_AFTER)
    assert (left(case), SweepMark.objects.filter(name="erasure").exists()) == (ALL, False)
    monkeypatch.undo()
    erase_nightly(LONG_AFTER + timedelta(minutes=1))
    assert left(case) == ALL - {"identity"}


def test_the_rehearsal_counts_by_rule_and_erases_nothing(desk):
    case = closed(desk)
    Case.objects.update(closed_at=timezone.now() - timedelta(days=3 * 366))
    rule = set_rule(Erasable.IDENTITY)
    said = StringIO()
    call_command("erase_expired", "--dry-run", stdout=said)
    lines = [line for line in said.getvalue().splitlines() if line.startswith("Pengaduan")]
    assert f"Pengaduan, identitas: 24 bulan ({rule.legal_basis}): 1 perkara" in lines
    assert [line.endswith("belum diverifikasi Bagian Hukum, tidak dihapus") for line in lines].count(
        True
    ) == 2
    assert left(case) == ALL


def test_the_command_erases_at_once(desk):
    case = closed(desk)
    Case.objects.update(closed_at=timezone.now() - timedelta(days=3 * 366))
    set_rule(Erasable.IDENTITY)
    call_command("erase_expired", stdout=StringIO())
    assert left(case) == ALL - {"identity"}


# --- At the person's own request ----------------------------------------------------------------------------------------


def test_the_coordinator_erases_what_a_person_asks_to(desk, case):
    response = act(browser(desk.coordinator), case, "erase", subjects=["identity", "files"], reason=REASON)
    assert (response.status_code, left(case)) == (302, {"words"})
    stones = Erasure.objects.order_by("pk").values_list("subject", "basis", "erased_by")
    asked = "permintaan yang bersangkutan"
    assert list(stones) == [("identity", asked, desk.coordinator.pk), ("files", asked, desk.coordinator.pk)]
    assert case.events.latest("seq").words.text == REASON
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"subjects": ["identity"], "reason": "x"}, "Tuliskan alasannya dengan jelas"),
        ({"subjects": [], "reason": REASON}, "Pilih apa yang dihapus."),
        ({"subjects": ["semua"], "reason": REASON}, "semua"),
    ],
)
def test_without_a_reason_or_a_choice_nothing_is_erased(desk, case, typed, fault):
    response = act(browser(desk.coordinator), case, "erase", **typed)
    assert (response.status_code, left(case)) == (422, ALL)
    assert fault in soup(response).select_one("#erase .error-summary").get_text()


def test_what_is_gone_cannot_be_erased_again(desk, case):
    Party.objects.filter(case=case).delete()
    with pytest.raises(CaseRefusal, match="sudah tidak disimpan"):
        erase_at_request(case, by=desk.staff("coordinator"), seen=None, subjects=["identity"], reason=REASON)


def test_nobody_but_the_coordinator_erases(desk, case):
    with pytest.raises(CaseRefusal, match="tidak dapat Anda lakukan"):
        erase_at_request(case, by=desk.staff("head"), seen=None, subjects=["identity"], reason=REASON)


def test_a_short_reason_is_no_reason(desk, case):
    with pytest.raises(WordsMissing):
        erase_at_request(case, by=desk.staff("coordinator"), seen=None, subjects=["identity"], reason=" x ")
