from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from cases.models import SweepMark
from config.runner.heartbeat import BEGUN, DONE, Heartbeat, note_begun, note_done

LONGEST_TASK = 40
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def heartbeat(clock):
    return Heartbeat(LONGEST_TASK, clock)


def test_a_worker_that_loads_is_given_as_long_as_the_longest_task(heartbeat, clock):
    clock.pass_by(54)
    assert not heartbeat.is_stale()
    clock.pass_by(2)
    assert heartbeat.is_stale()


def test_a_worker_whose_guard_is_silent_is_noticed_though_it_does_what_it_is_given(heartbeat, clock):
    heartbeat.note_guarded()
    for second in range(4):
        heartbeat.note({BEGUN: NOON, DONE: NOON + timedelta(seconds=second)})
        assert not heartbeat.is_stale()
        clock.pass_by(12)
    assert heartbeat.is_stale()


def test_an_idle_worker_that_does_not_do_what_it_is_given_is_noticed_early(heartbeat, clock):
    heartbeat.note({BEGUN: NOON, DONE: NOON + timedelta(seconds=1)})
    clock.pass_by(26)
    assert heartbeat.is_stale()


def test_a_worker_with_a_long_task_is_left_alone(heartbeat, clock):
    heartbeat.note({DONE: NOON, BEGUN: NOON + timedelta(seconds=1)})
    clock.pass_by(43)
    heartbeat.note_guarded()
    assert not heartbeat.is_stale()


def test_a_task_that_never_ends_is_noticed(heartbeat, clock):
    heartbeat.note({DONE: NOON, BEGUN: NOON + timedelta(seconds=1)})
    clock.pass_by(56)
    heartbeat.note_guarded()
    assert heartbeat.is_stale()


def test_tasks_that_begin_but_are_never_booked_as_done_are_noticed(heartbeat, clock):
    for second in range(1, 12):
        heartbeat.note({DONE: NOON, BEGUN: NOON + timedelta(seconds=second)})
        clock.pass_by(6)
        heartbeat.note_guarded()
    assert heartbeat.is_stale()


def test_marks_left_by_a_former_worker_are_no_sign_of_life(heartbeat, clock):
    marks = {BEGUN: NOON, DONE: NOON}
    heartbeat.note(marks)
    heartbeat.begin()
    clock.pass_by(56)
    heartbeat.note_guarded()
    heartbeat.note(marks)
    assert heartbeat.is_stale()


def test_a_quiet_worker_is_asked_once_in_a_while(heartbeat, clock):
    clock.pass_by(11)
    assert heartbeat.is_quiet()
    heartbeat.note_ping()
    assert not heartbeat.is_quiet()


@pytest.mark.django_db
def test_a_task_ends_when_it_ended_and_not_when_that_was_written_down():
    ended = timezone.now() - timedelta(seconds=5)
    note_begun()
    note_done(task={"stopped": ended})
    marks = dict(SweepMark.objects.values_list("name", "at"))
    assert marks[DONE] == ended
    assert marks[BEGUN] > marks[DONE]


@pytest.mark.django_db
def test_the_next_task_moves_the_same_mark():
    note_begun()
    first = SweepMark.objects.get(name=BEGUN).at
    note_begun()
    assert SweepMark.objects.get(name=BEGUN).at > first
