"""Personal data in words that anyone may soon read. What an office has published of itself is none."""

from collections.abc import Iterable

from opd_pages.channels import PHONES, Channel
from opd_pages.models import ConfirmedContact

from ..masking import Span, comparable, find_personal_data


def personal_data_in(text: str) -> list[Span]:
    """What should not stand in words for anyone, in order; 1 query where there is something."""
    found = {span: comparable(text[span.start : span.end]) for span in find_personal_data(text)}
    published = _published(found.values()) if found else set()
    return [span for span, value in found.items() if value not in published]


def _published(values: Iterable[str]) -> set[str]:
    """The offices' own numbers and addresses among these."""
    stored = {value if "@" in value else f"+62{value[1:]}" for value in values}
    contacts = ConfirmedContact.objects.filter(channel__in={*PHONES, Channel.EMAIL}, value__in=stored)
    return {comparable(value) for value in contacts.values_list("value", flat=True)}
