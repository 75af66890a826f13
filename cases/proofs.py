"""A case's proof as it is handed to the reporter and read back from whoever pastes it: JSON, checked without a database."""

import json
import re
from dataclasses import dataclass
from datetime import date

from .merkle import FORMAT, LEFT, RIGHT, Path, climb, leaf_hash

LONGEST_TEXT = 20_000
LONGEST_PATH = 64
MOST_EVENTS = 2**31 - 1
HASH = re.compile(r"[0-9a-f]{64}")
NUMBER = re.compile(r"[0-9A-Z-]{1,40}", re.ASCII)
# Telephones make typographic quotes of plain ones.
QUOTES = str.maketrans("“”„", '"""')


class Unreadable(Exception):
    """The text is no proof in our form."""


@dataclass(frozen=True)
class Proof:
    """That a case stood with so many events, the last of them with the hash `head`, in the root of a day."""

    number: str
    events: int
    head: str
    salt: str
    path: Path
    date: date
    root: str

    @property
    def holds(self) -> bool:
        """Whether it leads to the root that it names itself; whether that was published is another question."""
        leaf = leaf_hash(self.number, self.events, self.head, self.salt)
        return climb(leaf, self.path).hex() == self.root

    def text(self) -> str:
        """JSON of some 90 bytes for each step of the path."""
        content = {
            "v": FORMAT,
            "case": self.number,
            "events": self.events,
            "head": self.head,
            "salt": self.salt,
            "path": [[side, sibling.hex()] for side, sibling in self.path],
            "date": self.date.isoformat(),
            "root": self.root,
        }
        return json.dumps(content, separators=(", ", ": "))


def read_proof(text: str) -> Proof:
    """The proof that a text is. Raises Unreadable for whatever else somebody pastes."""
    if len(text) > LONGEST_TEXT:
        raise Unreadable
    try:
        content = json.loads(text.translate(QUOTES))
        proof = Proof(
            number=_matching(NUMBER, content["case"]),
            events=_count(content["events"]),
            head=_matching(HASH, content["head"]),
            salt=_matching(HASH, content["salt"]),
            path=_path(content["path"]),
            date=date.fromisoformat(content["date"]),
            root=_matching(HASH, content["root"]),
        )
    except (ValueError, TypeError, KeyError, RecursionError) as fault:
        raise Unreadable from fault
    if content.get("v") != FORMAT:
        raise Unreadable
    return proof


def _matching(form: re.Pattern, value: str) -> str:
    if not form.fullmatch(value):
        raise ValueError
    return value


def _count(value: int) -> int:
    if type(value) is not int or not 1 <= value <= MOST_EVENTS:
        raise ValueError
    return value


def _path(steps: list) -> Path:
    if not isinstance(steps, list) or len(steps) > LONGEST_PATH:
        raise ValueError
    path = []
    for side, sibling in steps:
        if side not in (LEFT, RIGHT):
            raise ValueError
        path.append((side, bytes.fromhex(_matching(HASH, sibling))))
    return path
