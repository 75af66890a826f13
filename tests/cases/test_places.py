"""The units that a form offers: read once for all who only look, and never older than a change."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.selectors.places import Places
from tests.factories import make_unit


@pytest.fixture
def kept(settings, office):
    settings.PAGE_CACHE_SECONDS = 60
    Places.shown()
    return office


def offered() -> list[str]:
    return [name for _pk, name in Places.shown().district_choices]


def test_who_only_looks_at_a_form_asks_the_database_nothing_about_units(kept, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert offered() == ["Dander", "Kapas"]


def test_a_new_unit_is_offered_from_its_commit_on(kept, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        make_unit("35.22.15", "BJA", "Bojonegoro", "kecamatan", kept.regency)
    assert offered() == ["Bojonegoro", "Dander", "Kapas"]


def test_a_unit_that_ends_with_the_day_is_not_offered_on_the_next(
    kept, monkeypatch, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        kept.dander.valid_until = timezone.localdate()
        kept.dander.save()
    assert offered() == ["Dander", "Kapas"]
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert offered() == ["Kapas"]


def test_nothing_is_kept_where_no_page_is(office, django_assert_num_queries):
    Places.shown()
    with django_assert_num_queries(1):
        assert offered() == ["Dander", "Kapas"]
