from datetime import timedelta

import pytest
from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone
from django_q.models import Schedule

from config.apps import make_schedules
from config.runner.heartbeat import recall_schedules

pytestmark = pytest.mark.django_db


def test_the_sweep_runs_every_minute():
    assert set(Schedule.objects.values_list("func", "schedule_type", "minutes", "repeats")) == {
        ("cases.tasks.sweep", Schedule.MINUTES, 1, -1),
    }


def test_a_new_version_does_not_put_off_the_next_run():
    before = dict(Schedule.objects.values_list("name", "next_run"))
    make_schedules(DEFAULT_DB_ALIAS)
    assert dict(Schedule.objects.values_list("name", "next_run")) == before


def test_a_schedule_somebody_changed_is_set_right_again():
    Schedule.objects.filter(name="sweep").update(minutes=90, next_run=None)
    make_schedules(DEFAULT_DB_ALIAS)
    assert Schedule.objects.get(name="sweep").minutes == 1


def test_what_was_put_off_while_the_clock_stood_ahead_is_called_back():
    now = timezone.now()
    Schedule.objects.update(next_run=now + timedelta(days=365))
    recall_schedules()
    assert now <= Schedule.objects.get(name="sweep").next_run <= timezone.now()


def test_what_runs_within_a_minute_keeps_its_time():
    soon = timezone.now() + timedelta(seconds=55)
    Schedule.objects.update(next_run=soon)
    recall_schedules()
    assert Schedule.objects.get(name="sweep").next_run == soon
