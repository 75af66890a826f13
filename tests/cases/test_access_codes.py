"""Number and code open a case: however they are typed, and not by guessing."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from cases import access_codes
from cases.access_codes import (
    ALPHABET,
    MOST_GUESSES,
    MOST_GUESSES_AT_ALL,
    REST_SECONDS,
    TooManyGuesses,
    access_code,
    shown,
)
from cases.models import Case

WRONG = "00000-00000"
HOME, ELSEWHERE = "203.0.113.7", "198.51.100.9"


def find_case(number: str, typed: str, address: str = HOME) -> Case | None:
    return access_codes.find_case(number, typed, address=address)


@pytest.fixture(autouse=True)
def _no_guesses_yet(db):
    cache.clear()


@pytest.fixture
def case(desk) -> Case:
    return desk.receive()


def code_of(case: Case) -> str:
    return shown(access_code(case.number, case.code_version))


def test_a_code_is_ten_characters_without_those_that_are_mistaken(case):
    code = access_code(case.number, 1)
    assert len(code) == 10
    assert set(code) <= set(ALPHABET)
    assert set(ALPHABET) & set("ILOU") == set()


def test_the_code_is_stored_nowhere_and_made_again_the_same(case):
    assert access_code(case.number, 1) == access_code(case.number, 1)
    assert access_code(case.number, 1) not in str(Case.objects.values().get())


def test_another_number_or_another_version_makes_another_code(case):
    codes = {access_code(case.number, 1), access_code(case.number, 2), access_code(f"{case.number}9", 1)}
    assert len(codes) == 3


@pytest.mark.parametrize(
    "retyped",
    [
        lambda code: code,
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: f"  {code.replace('-', ' - ')} ",
        lambda code: code.replace("-", "–"),
        lambda code: code.replace("0", "O").replace("1", "I"),
        lambda code: code.replace("0", "o").replace("1", "l"),
    ],
    ids=["as printed", "small", "no dash", "spaces", "long dash", "O and I", "o and l"],
)
def test_a_code_opens_its_case_however_it_is_typed(desk, retyped, monkeypatch):
    # A code with both digits that people mistake.
    monkeypatch.setattr(
        access_codes, "lasting_hash", lambda purpose, text: f"{int('101', 32):016x}" + "0" * 48
    )
    case = desk.receive()
    assert code_of(case) == "10100-00000"
    assert find_case(case.number, retyped("10100-00000")) == case


@pytest.mark.parametrize(
    "typed",
    [
        " 2026-adu-kps-000001 ",
        "2026–ADU–KPS–000001",
        "2026 - ADU - KPS - 000001",
        "2O26-ADU-KPS-OOooOl",
        "2026-ADU-KPS-00000I",
    ],
)
def test_a_number_opens_its_case_however_it_is_typed(case, typed):
    assert find_case(typed, code_of(case)) == case


def test_letters_in_the_name_of_a_unit_stay_letters(desk):
    desk.office.works.short_code = "DINSOSIL"
    desk.office.works.save()
    case = desk.receive(addressed_to=desk.office.works)
    assert find_case(case.number, code_of(case)) == case


@pytest.mark.parametrize("typed", ["", "-", "7", WRONG, "７" * 10, "é" * 5000, "\x00" * 10])
def test_whatever_else_is_typed_opens_nothing(case, typed):
    assert find_case(case.number, typed) is None


@pytest.mark.parametrize(
    "number", ["", "-", "2026-ADU-KPS-000999", "x" * 5000, "'; --", "\ud800", "2026\x00", "２０２６"]
)
def test_a_number_that_does_not_exist_gets_the_same_answer_as_a_wrong_code(case, number):
    assert find_case(number, code_of(case)) is None


def test_a_number_that_does_not_exist_rests_like_one_that_does(case):
    for _ in range(MOST_GUESSES):
        find_case("2026-ADU-KPS-000999", WRONG)
    with pytest.raises(TooManyGuesses):
        find_case("2026-ADU-KPS-000999", WRONG)


def test_ten_wrong_codes_and_the_number_rests_even_for_the_right_one(case):
    for _ in range(MOST_GUESSES):
        assert find_case(case.number, WRONG) is None
    with pytest.raises(TooManyGuesses):
        find_case(case.number, code_of(case))


def test_other_spellings_of_a_number_are_the_same_number(case):
    for _ in range(MOST_GUESSES // 2):
        find_case(case.number.lower(), WRONG)
        find_case(f" {case.number}  ", WRONG)
    with pytest.raises(TooManyGuesses):
        find_case(case.number, WRONG)


def test_two_numbers_do_not_share_their_guesses(case, desk):
    other = desk.receive()
    for _ in range(MOST_GUESSES):
        find_case(case.number, WRONG)
    assert find_case(other.number, code_of(other)) == other


def test_a_right_code_is_not_counted_as_a_guess(case):
    for _ in range(MOST_GUESSES + 1):
        assert find_case(case.number, code_of(case)) == case


def test_the_last_guess_but_one_still_leaves_the_right_code_its_chance(case):
    for _ in range(MOST_GUESSES - 1):
        find_case(case.number, WRONG)
    assert find_case(case.number, code_of(case)) == case


def test_a_guess_counts_for_a_quarter_of_an_hour(case, monkeypatch):
    kept = []
    monkeypatch.setattr(access_codes.cache, "add", lambda key, guesser, seconds: kept.append(seconds) or True)
    find_case(case.number, WRONG)
    assert kept == [REST_SECONDS] == [900]


def test_whoever_guesses_elsewhere_does_not_shut_the_reporter_out(case):
    for _ in range(MOST_GUESSES):
        find_case(case.number, WRONG, ELSEWHERE)
    with pytest.raises(TooManyGuesses):
        find_case(case.number, WRONG, ELSEWHERE)
    assert find_case(case.number, code_of(case), HOME) == case


def test_a_number_guessed_at_from_everywhere_rests_for_everybody(case, monkeypatch):
    monkeypatch.setattr(access_codes, "MOST_GUESSES_AT_ALL", 25)
    for n in range(25):
        find_case(case.number, WRONG, f"198.51.100.{n}")
    with pytest.raises(TooManyGuesses):
        find_case(case.number, code_of(case), HOME)
    assert MOST_GUESSES_AT_ALL >= 10 * MOST_GUESSES


def test_two_guesses_at_once_are_two(case, monkeypatch):
    """Both read the counted guesses before either has written its own."""
    find_case(case.number, WRONG)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(access_codes.cache, "get_many", lambda slots: {})
        for _ in range(MOST_GUESSES - 1):
            find_case(case.number, WRONG)
    with pytest.raises(TooManyGuesses):
        find_case(case.number, WRONG)


def test_who_asks_is_told_by_the_request(case):
    page = reverse("track")
    for _ in range(MOST_GUESSES):
        Client(REMOTE_ADDR=ELSEWHERE).post(page, {"number": case.number, "code": WRONG})
    right = {"number": case.number, "code": code_of(case)}
    statuses = [Client(REMOTE_ADDR=address).post(page, right).status_code for address in (ELSEWHERE, HOME)]
    assert statuses == [429, 302]


def test_a_new_version_voids_the_old_code(case):
    lost = code_of(case)
    Case.objects.update(code_version=2)
    case.refresh_from_db()
    assert find_case(case.number, lost) is None
    assert find_case(case.number, code_of(case)) == case
