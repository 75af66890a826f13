"""Once a day a root over all cases: what it covers, and the proof that a case is in it."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from cases.actors import System
from cases.merkle import root_of
from cases.models import Case, DailyRoot, RootBlock, SweepMark
from cases.proofs import read_proof
from cases.selectors import transparency
from cases.selectors.transparency import Standing, examine, proof_of, standing
from cases.services import daily_root
from cases.services.changes import change
from cases.services.daily_root import leaf_page, leaf_pages, publish_root, root_hash, settled_event
from cases.services.sweep import sweep
from tests.pengaduan.desk import JAKARTA, TUESDAY

from .guard import lifted_guard

NIGHT = datetime(2026, 11, 25, 0, 5, tzinfo=JAKARTA)


def note(case: Case) -> None:
    with change(case.pk, by=System(), at=TUESDAY) as changing:
        changing.record("note")


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(daily_root, "BLOCK", 2)


@pytest.fixture
def cases(desk) -> list[Case]:
    return [desk.receive() for _ in range(5)]


# --- When ---------------------------------------------------------------------------------------------------------------


def test_the_root_of_a_day_comes_with_the_first_sweep_after_its_end(desk, cases):
    sweep(NIGHT)
    root = DailyRoot.objects.get()
    assert (root.date.isoformat(), root.leaves, root.prev) == ("2026-11-24", 5, "")


def test_days_are_the_offices_own(desk):
    publish_root(datetime(2026, 11, 24, 16, 59, tzinfo=UTC))
    publish_root(datetime(2026, 11, 24, 17, 0, tzinfo=UTC))
    assert [str(root) for root in DailyRoot.objects.all()] == ["2026-11-23", "2026-11-24"]


def test_a_day_has_one_root_however_often_it_is_asked_for(desk, cases):
    root = publish_root(NIGHT)
    desk.receive()
    assert (publish_root(NIGHT + timedelta(hours=23)), DailyRoot.objects.get()) == (None, root)


def test_days_that_were_missed_have_one_root_together(desk, cases):
    publish_root(NIGHT)
    desk.receive()
    publish_root(NIGHT + timedelta(days=4, hours=9))
    assert [(str(root), root.leaves) for root in DailyRoot.objects.all()] == [
        ("2026-11-24", 5),
        ("2026-11-28", 6),
    ]


def test_a_clock_that_goes_back_makes_no_root(desk, cases):
    publish_root(NIGHT)
    assert publish_root(NIGHT - timedelta(days=3)) is None


def test_each_root_names_the_one_before_it(desk, cases):
    first, second = publish_root(NIGHT), publish_root(NIGHT + timedelta(days=1))
    assert (second.prev, first.hash, second.hash) == (first.hash, root_hash(first), root_hash(second))


def test_a_root_that_another_process_wrote_first_is_left_alone(desk, cases, monkeypatch):
    write = daily_root._write

    def after_another(root, blocks):
        other = DailyRoot.objects.get(pk=publish_elsewhere().pk)
        assert write(root, blocks) is False
        assert DailyRoot.objects.get() == other
        return False

    def publish_elsewhere():
        monkeypatch.setattr(daily_root, "_write", write)
        return publish_root(NIGHT)

    monkeypatch.setattr(daily_root, "_write", after_another)
    assert publish_root(NIGHT) is None


def test_a_root_that_fails_is_tried_again_at_the_next_sweep(desk, cases, monkeypatch, caplog):
    with monkeypatch.context() as patch:
        patch.setattr(daily_root, "settled_event", lambda: 1 / 0)
        sweep(NIGHT)
    assert (DailyRoot.objects.count(), SweepMark.objects.filter(name="sweep").count()) == (0, 1)
    sweep(NIGHT + timedelta(minutes=1))
    assert DailyRoot.objects.count() == 1


def test_before_the_first_case_there_is_a_root_of_nothing(office):
    root = publish_root(NIGHT)
    assert (root.leaves, root.last_event, root.root[:8]) == (0, 0, "e3b0c442")


# --- What it covers -------------------------------------------------------------------------------------------------------


def test_a_demonstration_is_outside(desk, cases):
    before = publish_root(NIGHT)
    Case.objects.filter(pk=cases[0].pk).update(is_demo=True)
    demo = fresh(cases[0])
    demo.pk, demo.number, demo.submission_key = None, "2026-ADU-DEMO-KPS-000001", None
    demo.chain_length, demo.chain_head = 0, ""
    demo.save()
    note(demo)
    Case.objects.filter(pk=cases[0].pk).update(is_demo=False)
    after = publish_root(NIGHT + timedelta(days=1))
    assert (after.root, after.leaves, after.last_event) == (before.root, before.leaves, before.last_event)
    assert standing(demo) == Standing(is_demo=True)


def test_every_event_makes_another_root(desk, cases):
    before = publish_root(NIGHT)
    note(cases[2])
    after = publish_root(NIGHT + timedelta(days=1))
    assert (after.root != before.root, after.leaves) == (True, 5)


def test_the_size_of_the_blocks_does_not_matter(desk, cases, monkeypatch):
    whole = publish_root(NIGHT)
    monkeypatch.setattr(daily_root, "BLOCK", 2)
    assert publish_root(NIGHT + timedelta(days=1)).root == whole.root


def test_a_root_after_changes_here_and_there_is_the_root_worked_out_anew(desk, cases, small_blocks):
    publish_root(NIGHT)
    for days, grown in enumerate([[0], [4], [1, 3], [], [2]], start=1):
        for place in grown:
            note(cases[place])
        cases.append(desk.receive())
        root = publish_root(NIGHT + timedelta(days=days))
        anew = root_of([leaf.hash for page in leaf_pages(root.last_event) for leaf in page])
        assert (root.root, root.leaves) == (anew.hex(), len(cases))


def test_blocks_in_which_nothing_happened_are_not_read_again(desk, cases, small_blocks, monkeypatch):
    publish_root(NIGHT)
    note(cases[2])
    read = []
    page = daily_root.leaf_page
    monkeypatch.setattr(
        daily_root, "leaf_page", lambda after, last: read.append(page(after, last)) or read[-1]
    )
    publish_root(NIGHT + timedelta(days=1))
    assert [[leaf.number for leaf in leaves] for leaves in read] == [
        [case.number for case in cases[2:4]],
        [cases[4].number],
        [],
    ]


def test_a_proof_stays_possible_when_blocks_get_another_size(desk, cases, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(daily_root, "BLOCK", 2)
        root = publish_root(NIGHT)
    assert [proof_of(case, root).holds for case in cases] == [True] * 5


def test_inner_nodes_are_kept_for_the_newest_root_only(desk, cases, small_blocks):
    publish_root(NIGHT)
    root = publish_root(NIGHT + timedelta(days=1))
    assert list(RootBlock.objects.values_list("root", "position")) == [(root.pk, n) for n in range(3)]


def test_what_comes_after_the_last_settled_event_is_left_for_the_next_day(desk, cases):
    settled = settled_event()
    note(cases[0])
    assert [(leaf.number, leaf.events) for leaf in leaf_page(0, settled)] == [
        (case.number, 1) for case in cases
    ]


# --- The proof of one case ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("small_blocks")
def test_every_case_of_a_root_has_a_proof_that_leads_to_it(desk, cases):
    root = publish_root(NIGHT)
    proofs = [proof_of(case, root) for case in cases]
    assert [(proof.number, proof.root, proof.holds) for proof in proofs] == [
        (case.number, root.root, True) for case in cases
    ]


def test_the_proof_is_of_the_case_as_it_stood_then(desk, cases):
    publish_root(NIGHT)
    then = fresh(cases[0])
    note(cases[0])
    proof = standing(fresh(cases[0])).proof
    assert (proof.events, proof.head) == (then.chain_length, then.chain_head)


def test_a_case_that_came_since_waits_for_the_next_root(desk, cases):
    publish_root(NIGHT)
    assert standing(desk.receive()).is_awaited


def test_before_the_first_root_every_case_waits(desk, cases):
    assert standing(cases[0]).is_awaited


def test_a_proof_takes_as_many_queries_for_many_cases_as_for_few(
    desk, cases, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(daily_root, "BLOCK", 4)
    publish_root(NIGHT)
    with django_assert_num_queries(5):
        standing(cases[0])


def test_a_proof_comes_back_as_it_was_given(desk, cases, small_blocks):
    proof = proof_of(cases[3], publish_root(NIGHT))
    assert read_proof(proof.text()) == proof


def test_no_other_case_can_be_known_from_a_proof(desk, cases):
    """The leaf beside it is known, the number could be guessed, and yet nothing confirms the guess."""
    proof = proof_of(cases[0], publish_root(NIGHT))
    other = fresh(cases[1])
    beside = proof.path[0][1]
    assert daily_root.Leaf(0, other.number, 1, other.chain_head).hash == beside
    assert daily_root.leaf_hash(other.number, 1, other.chain_head, "") != beside
    assert other.number not in json.dumps(proof.text())


def test_an_old_proof_is_still_of_a_published_root(desk, cases):
    proof = proof_of(cases[0], publish_root(NIGHT))
    note(cases[0])
    newer = publish_root(NIGHT + timedelta(days=1))
    examined = examine(proof)
    assert (examined.root.date, examined.root != newer, examined.is_still_there) == (proof.date, True, True)


def test_a_proof_that_no_published_root_bears_out_is_told_apart(desk, cases):
    proof = proof_of(cases[0], publish_root(NIGHT))
    with lifted_guard():
        DailyRoot.objects.update(root="0" * 64)
    assert examine(proof).root is None


def test_a_proof_whose_event_was_changed_since_tells_so(desk, cases):
    proof = proof_of(cases[0], publish_root(NIGHT))
    with lifted_guard():
        cases[0].events.update(hash="0" * 64)
    examined = examine(proof)
    assert (examined.root.root, examined.is_still_there) == (proof.root, False)


def test_a_history_that_no_longer_fits_the_root_is_told_to_the_reporter(desk, cases, caplog):
    publish_root(NIGHT)
    with lifted_guard():
        cases[1].events.update(hash="0" * 64)
    assert standing(cases[0]) == Standing(is_broken=True)
    assert caplog.messages == ["the history of a case does not fit the root of 2026-11-24"]


def test_a_root_that_comes_while_a_proof_is_made_is_no_fault(desk, cases, monkeypatch):
    publish_root(NIGHT)
    block_of = transparency.leaf_block

    def overtaken(*bounds):
        monkeypatch.setattr(transparency, "leaf_block", block_of)
        publish_root(NIGHT + timedelta(days=1))
        return []

    monkeypatch.setattr(transparency, "leaf_block", overtaken)
    assert standing(cases[0]).proof.date.isoformat() == "2026-11-25"


def test_inner_nodes_that_are_gone_are_no_crash(desk, cases, caplog):
    publish_root(NIGHT)
    RootBlock.objects.all().delete()
    assert standing(cases[0]) == Standing(is_broken=True)
    assert transparency.newest_root().leaves == 5
