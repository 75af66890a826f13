"""The Merkle tree over the heads of all cases: pure, without a database, so that anyone may write it again.

A leaf is SHA-256 over the byte 0 and canonical JSON of a case's number, the number of its events, the hash of the last one and a
salt; a node is SHA-256 over the byte 1 and the two below it. Where a level has an odd number of nodes, the last one
moves up as it is. docs/transparansi.md tells the same to whoever checks from outside.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence

FORMAT = 1
LEFT, RIGHT = "left", "right"
SIZE = hashlib.sha256().digest_size

# The sibling's side and its hash, from the leaf upwards.
Path = list[tuple[str, bytes]]


def canonical(content: dict) -> bytes:
    """JSON with sorted keys and no spaces, in ASCII."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return text.encode()


def leaf_hash(number: str, events: int, head: str, salt: str) -> bytes:
    """32 bytes that tell nothing of the case to whoever does not know the salt."""
    content = {"v": FORMAT, "case": number, "events": events, "head": head, "salt": salt}
    return hashlib.sha256(b"\x00" + canonical(content)).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def level_above(nodes: Sequence[bytes]) -> list[bytes]:
    above = [node_hash(nodes[i], nodes[i + 1]) for i in range(0, len(nodes) - 1, 2)]
    return above + list(nodes[-1:]) if len(nodes) % 2 else above


def root_of(nodes: Sequence[bytes]) -> bytes:
    """The root over these leaves, or over the roots of blocks of leaves whose size is a power of two.

    Over none it is SHA-256 of nothing.
    """
    if not nodes:
        return hashlib.sha256().digest()
    while len(nodes) > 1:
        nodes = level_above(nodes)
    return nodes[0]


def path_of(nodes: Sequence[bytes], position: int) -> Path:
    """The siblings on the way from `nodes[position]` to the root. Raises IndexError where there is no such node."""
    if not 0 <= position < len(nodes):
        raise IndexError(position)
    path = []
    while len(nodes) > 1:
        sibling = position ^ 1
        if sibling < len(nodes):
            path.append((LEFT if sibling < position else RIGHT, nodes[sibling]))
        nodes, position = level_above(nodes), position // 2
    return path


def climb(leaf: bytes, path: Iterable[tuple[str, bytes]]) -> bytes:
    """Where the path from this leaf leads."""
    for side, sibling in path:
        leaf = node_hash(sibling, leaf) if side == LEFT else node_hash(leaf, sibling)
    return leaf


def verify_proof(leaf: bytes, path: Iterable[tuple[str, bytes]], root: bytes) -> bool:
    return climb(leaf, path) == root


class Tree:
    """A tree that grows and changes: what changed is hashed again, the rest is kept. 64 bytes a leaf."""

    def __init__(self) -> None:
        self._levels = [bytearray()]
        self._changed: set[int] = set()

    def __len__(self) -> int:
        return len(self._levels[0]) // SIZE

    def put(self, position: int, leaf: bytes) -> None:
        """Replace a leaf, or add one at the end."""
        self._levels[0][position * SIZE : (position + 1) * SIZE] = leaf
        self._changed.add(position)

    def root(self) -> bytes:
        changed, self._changed = self._changed, set()
        level = 0
        while (length := len(self._levels[level]) // SIZE) > 1:
            if level + 1 == len(self._levels):
                self._levels.append(bytearray())
            changed = {position // 2 for position in changed}
            for position in sorted(changed):
                at = position * SIZE
                self._levels[level + 1][at : at + SIZE] = self._node(level, 2 * position, length)
            level += 1
        return bytes(self._levels[level]) or root_of([])

    def _node(self, level: int, position: int, length: int) -> bytes:
        below = self._levels[level]
        left = bytes(below[position * SIZE : (position + 1) * SIZE])
        if position + 1 == length:
            return left
        return node_hash(left, bytes(below[(position + 1) * SIZE : (position + 2) * SIZE]))
