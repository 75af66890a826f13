import pytest
from django.apps import apps
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.models import Page

from home.models import BasePage
from opd_pages.models import Role
from tests.factories import member
from tests.portals import opened_administrators

# Editors meet the same few everywhere.
MOST_KINDS = 8


def blocks_of_pages() -> dict[type, object]:
    """By class, every block an editor may choose on a page."""
    fields = [
        field
        for model in apps.get_models()
        if issubclass(model, BasePage) and issubclass(model, Page)
        for field in model._meta.get_fields()
        if isinstance(field, StreamField)
    ]
    return {type(block): block for field in fields for block in field.stream_block.child_blocks.values()}


def test_there_are_few_kinds_of_blocks():
    assert 0 < len(blocks_of_pages()) <= MOST_KINDS


@pytest.mark.parametrize("block", blocks_of_pages().values(), ids=lambda block: type(block).__name__)
def test_every_block_is_drawn_before_it_is_chosen(client, office, block):
    opened_administrators()
    client.force_login(member("dewi", office.regency, Role.ADMINISTRATOR))
    assert block.is_previewable
    assert block.meta.description
    response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
    assert (response.status_code, "css/pendopo.css" in response.content.decode()) == (200, True)
