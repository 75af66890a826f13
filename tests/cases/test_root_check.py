"""Daily roots are compared with the events: by the whole check all of them, by the daily one the newest."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cases import history
from cases.actors import System
from cases.models import (
    Case,
    DailyRoot,
    Deadline,
    Erasable,
    Event,
    EventWords,
    NumberSeries,
    OutboxMessage,
    Party,
    Task,
    VerifiedMark,
)
from cases.selectors.transparency import standing
from cases.services import daily_root
from cases.services.changes import change
from cases.services.daily_root import publish_root, root_hash
from cases.services.erasure import erase
from pengaduan.models import Complaint
from tests.pengaduan.desk import TUESDAY

from .guard import lifted_guard
from .test_daily_root import NIGHT, note

CLEAN = "tidak ada kejanggalan."
MISFIT = "tidak cocok dengan riwayat perkara"
GONE = "1 perkara di dalamnya tidak ada lagi"


def verify_history(*arguments: str) -> tuple[int, list[str]]:
    """The command's exit code and all lines that it wrote."""
    lines = StringIO()
    try:
        call_command("verify_history", *arguments, stdout=lines, stderr=lines, no_color=True)
    except CommandError as fault:
        return fault.returncode, [*lines.getvalue().splitlines(), str(fault)]
    return 0, lines.getvalue().splitlines()


@pytest.fixture
def cases(desk, monkeypatch) -> list[Case]:
    """Three cases and three roots; the first case went on between the first and the second."""
    monkeypatch.setattr(daily_root, "BLOCK", 2)
    cases = [desk.receive() for _ in range(3)]
    publish_root(NIGHT)
    note(cases[0])
    publish_root(NIGHT + timedelta(days=1))
    desk.receive()
    publish_root(NIGHT + timedelta(days=2))
    return cases


def rewrite_chain(case: Case) -> None:
    """What somebody with the database's password could do: another story with hashes that fit each other."""
    with lifted_guard():
        prev = ""
        for event in case.events.order_by("seq"):
            event.data |= {"unit": "DDR"}
            event.prev = prev
            event.hash = prev = history.event_hash(event, case.number)
            event.save()
        Case.objects.filter(pk=case.pk).update(chain_head=prev)


def test_untouched_roots_are_confirmed(cases):
    assert verify_history() == (0, ["4 perkara, 5 peristiwa, 3 sidik harian, " + CLEAN])


def test_a_rewritten_chain_is_found_by_the_roots_that_held_it(cases):
    rewrite_chain(cases[0])
    assert verify_history() == (
        1,
        [f"sidik harian 2026-11-{day}: {MISFIT}" for day in (24, 25, 26)]
        + ["4 perkara, 5 peristiwa, 3 sidik harian, 3 kejanggalan."],
    )


def test_a_chain_that_was_rewritten_and_goes_on_does_not_fit_the_roots_before(cases):
    rewrite_chain(cases[0])
    note(cases[0])
    publish_root(NIGHT + timedelta(days=3))
    assert verify_history()[1][:-1] == [f"sidik harian 2026-11-{day}: {MISFIT}" for day in (24, 25, 26)]
    assert verify_history("--since", "0") == (0, ["4 perkara, 6 peristiwa, 4 sidik harian, " + CLEAN])


def test_a_case_that_is_gone_altogether_is_missing_in_the_roots(cases):
    case = cases[1]
    with lifted_guard():
        EventWords.objects.filter(event__case=case).delete()
        case.events.all().delete()
    Case.objects.filter(pk=case.pk).update(chain_length=0, chain_head="")
    assert verify_history()[1][:-1] == [
        f"{case.number} #1: peristiwa penerimaan tidak ada",
        *(f"sidik harian 2026-11-{day}: {GONE}" for day in (24, 25, 26)),
    ]


def delete_case(case: Case) -> None:
    """Its row and all that speak of it, past every guard."""
    with lifted_guard():
        EventWords.objects.filter(event__case=case).delete()
        for model in (Event, Deadline, Task, OutboxMessage, Party, Complaint):
            model.objects.filter(case=case)._raw_delete(using="default")
        Case.objects.filter(pk=case.pk)._raw_delete(using="default")


@pytest.mark.parametrize("arguments", [[], ["--since", "1000000"]], ids=["whole", "daily"])
def test_a_case_whose_row_is_deleted_too_is_missed_by_its_number_and_by_the_roots(cases, arguments):
    delete_case(cases[1])
    held = (24, 25, 26) if not arguments else (26,)
    assert verify_history(*arguments)[1][:-1] == [
        f"{cases[1].number}: nomornya pernah diberikan, perkaranya tidak ada",
        *(f"sidik harian 2026-11-{day}: {GONE}" for day in held),
    ]


def test_a_case_whose_number_was_taken_back_too_is_missed_by_the_roots(cases):
    delete_case(Case.objects.latest("pk"))
    NumberSeries.objects.update(last=3)
    assert verify_history()[1][:-1] == [f"sidik harian 2026-11-26: {GONE}"]


def test_cases_that_are_gone_one_after_another_are_told_in_one_line(cases):
    for case in cases[:2]:
        delete_case(case)
    assert verify_history()[1][0] == (
        f"{cases[0].number}: nomornya pernah diberikan, perkaranya tidak ada, dan 1 sesudahnya"
    )


def test_the_daily_check_finds_a_case_without_events_that_no_root_holds_yet(cases, desk):
    case = desk.receive()
    with lifted_guard():
        EventWords.objects.filter(event__case=case).delete()
        case.events.all().delete()
    Case.objects.filter(pk=case.pk).update(chain_length=0, chain_head="")
    assert verify_history("--since", "1000000")[1] == [
        f"{case.number} #1: peristiwa penerimaan tidak ada",
        "1 perkara, 0 peristiwa, 3 sidik harian, 1 kejanggalan.",
    ]


def alter_root(roots):
    roots.filter(date="2026-11-25").update(root="0" * 64)


def alter_count(roots):
    roots.filter(date="2026-11-25").update(leaves=2)


def remove_one(roots):
    roots.filter(date="2026-11-25").delete()


def forge_consistently(roots):
    root = roots.get(date="2026-11-25")
    root.leaves = 2
    root.hash = root_hash(root)
    root.save()


CHANGED = "isi tidak cocok dengan sidiknya"
UNLINKED = "tidak menyambung dengan sidik harian sebelumnya"


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (alter_root, [f"25: {CHANGED}", f"25: {MISFIT}"]),
        (alter_count, [f"25: {CHANGED}", f"25: {MISFIT}"]),
        (remove_one, [f"26: {UNLINKED}"]),
        (forge_consistently, [f"25: {MISFIT}", f"26: {UNLINKED}"]),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_a_root_that_was_changed_is_found(cases, tamper, found):
    with lifted_guard():
        tamper(DailyRoot.objects)
    assert verify_history()[1][:-1] == [f"sidik harian 2026-11-{fault}" for fault in found]


# --- Only what is new ---------------------------------------------------------------------------------------------------


def test_the_daily_check_begins_where_the_last_clean_one_ended(cases):
    assert verify_history("--new")[1] == ["4 perkara, 5 peristiwa, 3 sidik harian, " + CLEAN]
    assert verify_history("--new")[1] == ["0 perkara, 0 peristiwa, 3 sidik harian, " + CLEAN]
    note(cases[2])
    assert verify_history("--new")[1] == ["1 perkara, 2 peristiwa, 3 sidik harian, " + CLEAN]


def test_a_whole_check_is_where_the_next_daily_one_begins(cases):
    verify_history()
    assert VerifiedMark.objects.get().last_event == Event.objects.latest("pk").pk
    assert verify_history("--new")[1] == ["0 perkara, 0 peristiwa, 3 sidik harian, " + CLEAN]


def test_a_check_that_found_something_does_not_count_as_done(cases):
    rewrite_chain(cases[0])
    assert (verify_history("--new")[0], VerifiedMark.objects.count()) == (1, 0)


def test_a_check_of_a_part_moves_no_mark(cases):
    verify_history("--since", "0")
    verify_history("--case", cases[0].number)
    assert VerifiedMark.objects.count() == 0


def test_the_daily_check_finds_a_rewritten_chain_of_old_in_the_newest_root(cases):
    verify_history("--new")
    rewrite_chain(cases[1])
    assert verify_history("--new") == (
        1,
        [f"sidik harian 2026-11-26: {MISFIT}", "0 perkara, 0 peristiwa, 3 sidik harian, 1 kejanggalan."],
    )


def test_since_an_event_only_cases_that_grew_are_walked(cases):
    last = Event.objects.latest("pk").pk
    with change(cases[1].pk, by=System(), at=TUESDAY) as changing:
        changing.record("note")
    with lifted_guard():
        cases[1].events.filter(seq=2).update(kind="forged")
    assert verify_history("--since", str(last)) == (
        1,
        [
            f"{cases[1].number} #2: isi tidak cocok dengan sidiknya",
            "1 perkara, 2 peristiwa, 3 sidik harian, 1 kejanggalan.",
        ],
    )


# --- What the law may want erased -----------------------------------------------------------------------------------------


def test_erased_words_and_identities_leave_chains_roots_and_proofs_as_they_were(cases):
    before = standing(cases[0]).proof
    for case in Case.objects.all():
        with change(case, by=System()) as changing:
            erase(changing, Erasable.WORDS, basis="permintaan")
            erase(changing, Erasable.IDENTITY, basis="permintaan")
    assert (EventWords.objects.count(), Party.objects.count()) == (0, 0)
    assert verify_history() == (0, ["4 perkara, 13 peristiwa, 3 sidik harian, " + CLEAN])
    assert (standing(cases[0]).proof, before.holds) == (before, True)
