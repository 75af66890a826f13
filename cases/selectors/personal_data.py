"""Personal data in words that anyone may soon read. What an office has published of itself is none."""

from opd_pages.channels import PHONES, Channel
from opd_pages.models import ConfirmedContact

from ..masking import Span, comparable, find_personal_data


def personal_data_in(text: str) -> list[Span]:
    """What should not stand in words for anyone, in order; 1 query where there is something."""
    return find_personal_data(text, published=_published(text))


def _published(text: str) -> frozenset[str]:
    """The offices' own numbers and addresses among those in the text."""
    found = {comparable(text[span.start : span.end]) for span in find_personal_data(text)}
    if not found:
        return frozenset()
    stored = {value if "@" in value else f"+62{value[1:]}" for value in found}
    contacts = ConfirmedContact.objects.filter(channel__in={*PHONES, Channel.EMAIL}, value__in=stored)
    return frozenset(comparable(value) for value in contacts.values_list("value", flat=True))
