from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone

from home import freshness
from home.freshness import generation, new_generation, next_change, public_content_changed, watch
from home.models import PortalSettings
from home.registry import Registry
from home.services.site import open_site
from tests.factories import make_unit


@pytest.fixture(autouse=True)
def _pages_are_kept(settings):
    settings.PAGE_CACHE_SECONDS = 60


@pytest.fixture
def front_door(committed):
    return open_site()


def test_every_process_reads_the_same_generation_until_something_changes():
    first = generation()
    assert (len(first), generation()) == (16, first)
    assert new_generation() == generation() != first


def test_pages_change_with_the_commit_and_not_before(committed):
    before = generation()
    with transaction.atomic():
        public_content_changed()
        assert generation() == before
    assert generation() != before


def test_what_is_written_behind_something_else_in_one_go_is_noticed(front_door):
    before = generation()
    table, other = PortalSettings._meta.db_table, "django_session"
    watch(
        lambda *asked: None,
        f"INSERT INTO {other} (a) VALUES (%s); INSERT INTO {table} (b) VALUES (%s)",
        [1, 2],
        False,
        {},
    )
    assert generation() != before


@transaction.atomic
def _say_and_fail():
    public_content_changed()
    raise ZeroDivisionError


@transaction.atomic
def _say_in_a_step_of_a_step_that_fails():
    with transaction.atomic():
        public_content_changed()
    raise ZeroDivisionError


def test_what_is_taken_back_changes_nothing(committed):
    before = generation()
    with pytest.raises(ZeroDivisionError):
        _say_and_fail()
    assert generation() == before


def test_what_was_said_in_a_step_that_is_taken_back_is_said_again(committed):
    before = generation()
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError):
            _say_and_fail()
        with pytest.raises(ZeroDivisionError):
            _say_in_a_step_of_a_step_that_fails()
        public_content_changed()
    assert generation() != before


def test_five_hundred_changed_rows_make_one_new_generation(committed):
    with transaction.atomic():
        for _row in range(250):
            public_content_changed()
            with transaction.atomic():
                public_content_changed()
        said = [each for each in connection.run_on_commit if each[1] is new_generation]
    assert len(said) == 1


def _renamed(home):
    make_unit("35.22", "BJN", "Bojonegoro", "kabupaten")


def _bulk_update(home):
    PortalSettings.load()
    new_generation()
    PortalSettings.objects.update(slogan="Guyub rukun")


def _moved_in_the_tree(home):
    home.get_first_child().move(home, pos="last-child")


def _unpublished(home):
    home.get_first_child().unpublish()


def _deleted(home):
    home.get_first_child().delete()


@pytest.mark.parametrize("change", [_renamed, _bulk_update, _moved_in_the_tree, _unpublished, _deleted])
def test_whatever_way_a_public_row_is_written_pages_change(front_door, change):
    before = generation()
    change(front_door)
    assert generation() != before


def test_a_draft_and_a_proof_of_mail_change_no_page(front_door):
    PortalSettings.load()
    before = generation()
    page = front_door.get_first_child().specific
    page.title = "Belum terbit"
    page.save_revision()
    PortalSettings.objects.update(mail_test_route="smtp")
    assert generation() == before


def test_nothing_is_written_where_no_page_is_kept(committed, settings, tmp_path):
    settings.PAGE_CACHE_ROOT, settings.PAGE_CACHE_SECONDS = tmp_path / "tidak-dipakai", 0
    public_content_changed()
    assert not settings.PAGE_CACHE_ROOT.exists()


def test_on_a_full_disk_what_was_kept_is_let_go_all_the_same(committed, settings, monkeypatch):
    generation()

    def full(*_where, **_how):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(Path, "write_text", full)
        public_content_changed()
        assert list(settings.PAGE_CACHE_ROOT.iterdir()) == []
        assert generation() == ""
    assert len(generation()) == 16


def test_at_midnight_pages_change_by_themselves_and_sooner_where_a_room_says_so(monkeypatch):
    now = timezone.make_aware(datetime(2026, 11, 24, 20, 0))
    ends = timezone.make_aware(datetime(2026, 11, 24, 21, 30))
    monkeypatch.setattr(freshness, "next_public_changes", told := Registry())
    assert next_change(now) == timezone.make_aware(datetime(2026, 11, 25))
    told.enter(lambda now: None)
    told.enter(lambda now: ends)
    assert next_change(now) == ends
