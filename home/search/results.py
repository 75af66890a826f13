"""From a question to what the rooms found, each in its own part of the page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise

from ..registry import search_sources
from .question import Question

FEW, MANY = 5, 20  # rows of each part on the first page, and of one part alone


@dataclass(frozen=True)
class Found:
    title: str
    href: str
    meta: str = ""
    excerpt: str = ""


class Source(Protocol):
    """What a room enters in `home.registry.search_sources`. It finds what anyone may read, and nothing else."""

    name: str
    label: str | Promise

    def find(self, question: Question, first: int, count: int) -> list[Found]:
        """The best `count` after the `first` ones; at most 2 queries. Has no say for a question without terms."""


@dataclass(frozen=True)
class Section:
    """What one source found; `has_more` where a further page would show more."""

    name: str
    label: str | Promise
    rows: list[Found]
    has_more: bool


def look(question: Question, *, only: str = "", page: int = 1) -> Iterator[Section]:
    """The sections with something in them: a few rows each, or one page of a single source."""
    if not question.terms:
        return
    count, first = (MANY, (page - 1) * MANY) if only else (FEW, 0)
    for source in search_sources:
        if only and source.name != only:
            continue
        if rows := source.find(question, first, count + 1):
            yield Section(source.name, source.label, rows[:count], len(rows) > count)
