"""What a page leads to and shows: pages, files and pictures by their keys, and addresses that somebody typed."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from html.parser import HTMLParser
from typing import Any

from django.db.models import URLField
from modelcluster.models import get_all_child_relations
from wagtail.blocks import (
    Block,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    URLBlock,
)
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page


class Target(StrEnum):
    PAGE = "page"
    DOCUMENT = "document"
    IMAGE = "image"
    ADDRESS = "address"


@dataclass(frozen=True)
class Link:
    """`key` is a row's key or an address; `words` are those by which an editor finds it on the page."""

    target: Target
    key: str
    words: str


CHOOSERS = {
    PageChooserBlock: Target.PAGE,
    DocumentChooserBlock: Target.DOCUMENT,
    ImageChooserBlock: Target.IMAGE,
}
# The attributes by which Wagtail stores links and embedded pictures in rich text.
LINK_TYPES = {"page": Target.PAGE, "document": Target.DOCUMENT}


def links_of(page: Page) -> Iterator[Link]:
    """Of a specific page and the rows that are edited with it, in the order of the fields. Asks for those rows only."""
    yield from _of_fields(page)
    for relation in get_all_child_relations(page):
        addresses = [field for field in relation.related_model._meta.fields if isinstance(field, URLField)]
        if addresses:
            for row in getattr(page, relation.get_accessor_name()).all():
                yield from _of_fields(row)


def _of_fields(row: Any) -> Iterator[Link]:
    for field in row._meta.fields:
        value = getattr(row, field.attname)
        if isinstance(field, RichTextField):
            yield from links_in(value)
        elif isinstance(field, StreamField):
            yield from _of_block(field.stream_block, list(value.raw_data))
        elif isinstance(field, URLField) and value:
            yield Link(Target.ADDRESS, value, str(field.verbose_name))


def _of_block(block: Block, raw: Any) -> Iterator[Link]:
    """Of what a block has stored: its value no longer tells which of its files are gone."""
    if not raw:
        return
    if isinstance(block, StreamBlock):
        for child in raw:
            if child["type"] in block.child_blocks:
                yield from _of_block(block.child_blocks[child["type"]], child["value"])
    elif isinstance(block, ListBlock):
        for child in raw:
            yield from _of_block(block.child_block, child.get("value") if isinstance(child, dict) else child)
    elif isinstance(block, StructBlock):
        for name, child in block.child_blocks.items():
            yield from _of_block(child, raw.get(name))
    elif isinstance(block, RichTextBlock):
        yield from links_in(raw)
    elif isinstance(block, URLBlock):
        yield Link(Target.ADDRESS, raw, str(block.label))
    else:
        for kind, target in CHOOSERS.items():
            if isinstance(block, kind):
                yield Link(target, str(raw), str(block.label))


def links_in(html: str) -> list[Link]:
    """Of rich text as Wagtail stores it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.links


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[Link] = []
        self._open: tuple[Target, str] | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "embed" and given.get("embedtype") == "image":
            self.links.append(Link(Target.IMAGE, given.get("id", ""), given.get("alt", "")))
        elif tag == "a":
            kind = LINK_TYPES.get(given.get("linktype", ""))
            self._open = (kind, given.get("id", "")) if kind else (Target.ADDRESS, given.get("href", ""))
            self._words = []

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open:
            self.links.append(Link(*self._open, " ".join("".join(self._words).split())))
            self._open = None
