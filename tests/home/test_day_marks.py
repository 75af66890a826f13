"""One voice a device and day, without cookies and without keeping who spoke."""

from datetime import timedelta

import pytest
from django.utils import timezone

from home.models import DayMark
from home.services.day_marks import NetworkFull, SpokenToday, forget_marks, mark_today

HERE = {"network": "203.0.113.7", "device": "Telepon"}


def speak(purpose: str = "suara", *, most: int = 9, **where) -> None:
    mark_today(purpose, **HERE | where, most=most)


def test_a_device_speaks_once_a_day(db):
    speak()
    with pytest.raises(SpokenToday):
        speak()


def test_another_device_network_or_purpose_is_another_voice(db):
    speak()
    speak(device="Tablet")
    speak(network="203.0.113.8")
    speak("lain")
    assert DayMark.objects.count() == 4


def test_a_network_is_heard_only_so_often(db):
    for number in range(3):
        speak(device=f"Telepon {number}", most=3)
    with pytest.raises(NetworkFull):
        speak(device="Telepon 3", most=3)
    speak(network="203.0.113.8", most=3)


def test_the_next_day_everybody_speaks_again_and_yesterday_is_forgotten(db):
    tomorrow = timezone.now() + timedelta(days=1)
    speak()
    mark_today("suara", **HERE, most=9, now=tomorrow)
    assert [mark.day for mark in DayMark.objects.all()] == [timezone.localdate(tomorrow)]


def test_the_night_forgets_a_day_on_which_nobody_spoke_again(db):
    speak()
    forget_marks(timezone.now())
    assert DayMark.objects.count() == 1
    forget_marks(timezone.now() + timedelta(days=1))
    assert DayMark.objects.count() == 0


def test_a_mark_tells_nothing_of_who_spoke_and_differs_from_day_to_day(db):
    speak()
    first = DayMark.objects.get()
    mark_today("suara", **HERE, most=9, now=timezone.now() + timedelta(days=1))
    second = DayMark.objects.get()
    assert {len(first.device), len(first.network)} == {64}
    assert (first.device == second.device, first.network == second.network) == (False, False)
