"""A withdrawn number that an editor has typed into a page leaves that too: the page, its drafts and old revisions.

Contacts are rows, so a page need not repeat them; where one does, a withdrawal finds the number however it is grouped.
"""

import re
from collections.abc import Iterator

from django.db.models import CharField, Model, Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.fields import StreamField
from wagtail.models import Page, Revision, get_page_models

from home.languages import in_indonesian

from ..channels import PHONES

# Between two digits: spaces, dots, dashes and brackets, as letters, as entities, as JSON writes them, or markup.
BETWEEN = r"(?:[^0-9A-Za-z]|&[a-z]{2,6};|\\u[0-9a-f]{4}|</?[a-z][^<>]{0,40}>){0,4}"
LEADING_TO = r'(?is)<a\b[^<>]{0,200}?href=\\?"(?:tel|sms|mailto|https?)[^"<>]{0,80}?%s[^<>]*>(.*?)</a>'


def forget_in_pages(channel: str, value: str) -> int:
    """Take a withdrawn number or address out of every page and every revision of one; returns how many rows changed.

    Wants the transaction of the withdrawal. Accounts of networks stay: their names are ordinary words.
    """
    pattern = written_forms(channel, value)
    if not pattern:
        return 0
    with in_indonesian():
        words = _Words(pattern, _("(sudah dicabut)"))
    return _forget_in_revisions(words) + sum(_forget_in_rows(model, words) for model in _models())


def written_forms(channel: str, value: str) -> str:
    """A pattern of all ways to write it, that SQLite, PostgreSQL and Python read alike; "" where there is none."""
    if channel in PHONES and value.startswith("+"):
        national = value.removeprefix("+62") if value.startswith("+62") else value[1:]
        country = rf"(?:\+?6{BETWEEN}2{BETWEEN}(?:0{BETWEEN})?|0{BETWEEN})?"
        digits = BETWEEN.join(national)
        return rf"(?<![0-9]){country}{digits}(?![0-9])"
    if "@" in value:
        return rf"(?i)(?<![\w.+-]){re.escape(value)}(?![\w-])"
    return ""


class _Words:
    def __init__(self, pattern: str, instead: str) -> None:
        self.pattern, self.instead = pattern, instead
        self._written = re.compile(pattern)
        inner = pattern.removeprefix("(?i)")
        self._links = re.compile(LEADING_TO % inner)

    def without(self, content):
        """The same text, dicts and lists, the number replaced; a link that led to it is no link any more."""
        if isinstance(content, str):
            return self._written.sub(self.instead, self._links.sub(r"\1", content))
        if isinstance(content, dict):
            return {key: self.without(each) for key, each in content.items()}
        if isinstance(content, list):
            return [self.without(each) for each in content]
        return content


def _forget_in_revisions(words: _Words) -> int:
    found = Revision.page_revisions.alias(written=Cast("content", TextField()))
    changed = 0
    for revision in found.filter(written__regex=words.pattern):
        content = words.without(revision.content)
        if content != revision.content:
            Revision.objects.filter(pk=revision.pk).update(content=content)
            changed += 1
    return changed


def _models() -> Iterator[type[Model]]:
    """Every kind of page, and the rows that belong to pages."""
    for model in get_page_models():
        yield model
        yield from (relation.related_model for relation in get_all_child_relations(model))


def _forget_in_rows(model: type[Model], words: _Words) -> int:
    names = [field.name for field in _worded(model)]
    if not names:
        return 0
    written = {f"{name}_written": Cast(name, TextField()) for name in names}
    rule = Q()
    for name in written:
        rule |= Q(**{f"{name}__regex": words.pattern})
    changed = 0
    for pk in model._base_manager.alias(**written).filter(rule).values_list("pk", flat=True):
        row = model._base_manager.get(pk=pk)
        for field in _worded(model):
            text = field.value_to_string(row) if isinstance(field, StreamField) else getattr(row, field.name)
            setattr(row, field.name, words.without(text))
        # Saved as a whole, so that the search forgets it too.
        row.save(**({"clean": False} if isinstance(row, Page) else {}))
        changed += 1
    return changed


def _worded(model: type[Model]) -> list:
    """The fields of the model that hold words somebody wrote; those of Page itself are everyone's."""
    fields = [*model._meta.concrete_fields]
    return [
        field
        for field in fields
        if isinstance(field, CharField | TextField | StreamField)
        and not field.choices
        and field.editable
        and field.name not in ("slug", "url_path")
    ]
