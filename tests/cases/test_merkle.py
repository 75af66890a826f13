"""The tree itself: every leaf's proof leads to the root, and nothing else does."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.merkle import LEFT, RIGHT, Tree, climb, leaf_hash, node_hash, path_of, root_of, verify_proof

HASHES = st.binary(min_size=32, max_size=32)
LEAVES = st.lists(HASHES, min_size=1, max_size=70, unique=True)
ANYWHERE = st.integers(0, 10**6)
relaxed = settings(max_examples=60)


def changed(value: bytes, at: int = 0) -> bytes:
    return value[:at] + bytes([value[at] ^ 1]) + value[at + 1 :]


@given(LEAVES)
@relaxed
def test_the_proof_of_every_leaf_leads_to_the_root(leaves):
    root = root_of(leaves)
    assert [verify_proof(leaf, path_of(leaves, i), root) for i, leaf in enumerate(leaves)] == [True] * len(
        leaves
    )


@given(LEAVES, ANYWHERE, st.integers(0, 31))
@relaxed
def test_another_leaf_is_not_proven(leaves, place, byte):
    place %= len(leaves)
    assert not verify_proof(changed(leaves[place], byte), path_of(leaves, place), root_of(leaves))


@given(LEAVES.filter(lambda leaves: len(leaves) > 1), ANYWHERE, ANYWHERE, st.booleans())
@relaxed
def test_another_sibling_or_side_proves_nothing(leaves, place, step, swaps_sides):
    place %= len(leaves)
    path = path_of(leaves, place)
    step %= len(path)
    side, sibling = path[step]
    path[step] = (LEFT if side == RIGHT else RIGHT, sibling) if swaps_sides else (side, changed(sibling))
    assert not verify_proof(leaves[place], path, root_of(leaves))


@given(LEAVES, ANYWHERE)
@relaxed
def test_another_root_is_not_reached(leaves, place):
    place %= len(leaves)
    assert not verify_proof(leaves[place], path_of(leaves, place), changed(root_of(leaves)))


@given(LEAVES, ANYWHERE, HASHES)
@relaxed
def test_one_changed_leaf_makes_another_root(leaves, place, other):
    place %= len(leaves)
    rest = [*leaves[:place], other, *leaves[place + 1 :]]
    assert (root_of(rest) == root_of(leaves)) == (rest == leaves)


@given(LEAVES, st.sampled_from([1, 2, 4, 8, 16]))
@relaxed
def test_a_tree_over_blocks_is_the_tree_over_their_leaves(leaves, size):
    blocks = [leaves[start : start + size] for start in range(0, len(leaves), size)]
    assert root_of([root_of(block) for block in blocks]) == root_of(leaves)


@given(LEAVES, st.sampled_from([1, 2, 4, 8, 16]), ANYWHERE)
@relaxed
def test_a_path_through_a_block_and_then_over_the_blocks_is_the_path(leaves, size, place):
    place %= len(leaves)
    blocks = [leaves[start : start + size] for start in range(0, len(leaves), size)]
    within = path_of(blocks[place // size], place % size)
    above = path_of([root_of(block) for block in blocks], place // size)
    assert within + above == path_of(leaves, place)


@given(st.lists(st.lists(st.tuples(ANYWHERE, HASHES), max_size=12), max_size=8))
@relaxed
def test_a_tree_that_grew_and_changed_is_the_tree_of_what_it_holds(rounds):
    tree, leaves = Tree(), []
    for changes in rounds:
        for place, leaf in changes:
            place %= len(leaves) + 1
            leaves[place : place + 1] = [leaf]
            tree.put(place, leaf)
        assert (tree.root(), len(tree)) == (root_of(leaves), len(leaves))


def test_the_odd_one_moves_up_as_it_is():
    a, b, c = (bytes([n]) * 32 for n in range(3))
    assert root_of([a, b, c]) == node_hash(node_hash(a, b), c)


def test_a_node_cannot_pass_for_a_leaf():
    a, b = b"a" * 32, b"b" * 32
    assert node_hash(a, b) == hashlib.sha256(b"\x01" + a + b).digest()
    assert leaf_hash("N", 1, "h", "s") == (
        hashlib.sha256(b'\x00{"case":"N","events":1,"head":"h","salt":"s","v":1}').digest()
    )


def test_of_no_cases_there_is_a_root_too():
    assert root_of([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_single_case_is_its_own_root():
    assert (root_of([b"a" * 32]), path_of([b"a" * 32], 0)) == (b"a" * 32, [])
    assert climb(b"a" * 32, []) == b"a" * 32


@pytest.mark.parametrize("position", [-1, 2])
def test_what_is_not_in_the_tree_has_no_path(position):
    with pytest.raises(IndexError):
        path_of([b"a" * 32, b"b" * 32], position)
