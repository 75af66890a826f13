"""Who words a message reads it as its reader will."""

import pytest
from django.urls import reverse

from cases.admin.message_preview import SAMPLE
from cases.models import MessageTemplate
from cases.wording import FIELDS
from opd_pages.models import Role
from tests.browsers import browser, words
from tests.factories import member
from tests.portals import opened_administrators


@pytest.fixture
def administrator(office):
    opened_administrators()
    return browser(member("admin", office.regency, Role.ADMINISTRATOR))


@pytest.fixture
def page(office) -> str:
    template = MessageTemplate.objects.create(
        code="uji", title="Uji", subject="{number}", body="Yth. warga, {due}."
    )
    return reverse("cases_messagetemplate_modeladmin_edit", args=[template.pk])


def test_there_is_a_sample_for_every_field():
    assert set(SAMPLE) == FIELDS


def test_the_fields_are_filled_with_samples(administrator, page):
    assert "2026-ADU-KPS-000123 Yth. warga, Selasa, 24 November 2026." in words(administrator.get(page))


def test_what_was_typed_is_shown_while_it_is_mended(administrator, page):
    answer = administrator.post(page, {"title": "Uji", "subject": "{nomor}", "body": "Kepada {unit}."})
    assert "Kepada Kecamatan Kapas." in words(answer)
