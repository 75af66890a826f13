"""Who words a message reads it as its reader will."""

import pytest
from django.urls import reverse

from cases.admin.message_preview import SAMPLE
from cases.kinds import all_kinds
from cases.models import MessageTemplate
from cases.wording import FIELDS
from opd_pages.models import Role
from ppid.letters.sample import SAMPLE as letter_sample
from ppid.models import LetterTemplate
from ppid.models.letter import FIELDS as letter_fields
from tests.browsers import browser, soup, words
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


def test_every_message_that_ships_belongs_to_the_kernel_or_to_one_kind(db):
    brought = [code for kind in all_kinds() for code in kind.own_messages]
    kernel = {"desk_task", "desk_reminder", "desk_overdue", "contacts_due", "access_code"}
    assert sorted([*brought, *kernel]) == sorted(MessageTemplate.objects.values_list("code", flat=True))


def test_there_is_a_sample_for_every_field_of_a_letter():
    assert set(letter_sample) == letter_fields


def test_the_fields_are_filled_with_samples(administrator, page):
    assert "2026-ADU-KPS-000123 Yth. warga, Selasa, 24 November 2026." in words(administrator.get(page))


def test_what_was_typed_is_shown_while_it_is_mended(administrator, page):
    answer = administrator.post(page, {"title": "Uji", "subject": "{nomor}", "body": "Kepada {unit}."})
    assert "Kepada Kecamatan Kapas." in words(answer)


TYPED = {"title": "Uji", "subject": "{number}", "body": "Jawaban datang {due} dari {unit}."}


def test_what_was_typed_is_seen_before_it_is_live_and_nothing_is_written(administrator, page):
    before = MessageTemplate.objects.filter(code="uji").values().get()
    answer = administrator.post(page, TYPED | {"pratinjau": "ya"})
    shown = soup(answer).select_one("#pratinjau").get_text(" ", strip=True)
    assert shown == "2026-ADU-KPS-000123 Jawaban datang Selasa, 24 November 2026 dari Kecamatan Kapas."
    assert soup(answer).select_one("textarea[name=body]").get_text().strip() == TYPED["body"]
    assert MessageTemplate.objects.filter(code="uji").values().get() == before


def test_after_the_preview_the_same_form_saves(administrator, page):
    administrator.post(page, TYPED | {"pratinjau": "ya"})
    administrator.post(page, TYPED)
    assert MessageTemplate.objects.get(code="uji").body == TYPED["body"]


def test_enter_saves_and_the_preview_is_where_focus_can_go(administrator, page):
    form = soup(administrator.get(page)).select_one("form[method=POST]")
    save, preview = form.select("footer button")
    assert (save.get("name"), preview["name"]) == (None, "pratinjau")
    assert preview["formaction"] == f"{page}#pratinjau"
    assert form.select_one("#pratinjau")["tabindex"] == "-1"


def test_a_message_about_a_request_is_shown_with_one(administrator):
    page = reverse("cases_messagetemplate_modeladmin_edit", args=["request_received"])
    shown = soup(administrator.get(page)).select_one("#pratinjau").get_text(" ", strip=True)
    assert ("2026-PIP-DKI-000012" in shown, "ADU" in shown, "{" in shown) == (True, False, False)


def test_a_letter_is_seen_before_it_is_live_too(administrator):
    page = reverse("ppid_lettertemplate_modeladmin_edit", args=["granted"])
    before = LetterTemplate.objects.filter(code="granted").values().get()
    typed = {"title": "Uji", "subject": "Hal {number}", "body": "Biaya: {fee}.", "closing": "{superior}."}
    answer = administrator.post(page, typed | {"pratinjau": "ya"})
    shown = soup(answer).select_one("#pratinjau").get_text(" ", strip=True)
    assert shown == "Hal 2026-PIP-DKI-000012 Biaya: tidak dipungut biaya. Sekretaris Daerah."
    assert LetterTemplate.objects.filter(code="granted").values().get() == before
