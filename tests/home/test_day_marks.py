"""One voice a device and day, without cookies and without keeping who spoke."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from home.models import DayMark, NetworkMark
from home.services.day_marks import NetworkFull, SpokenToday, forget_marks, mark_today
from tests.threads import at_once

HERE = {"address": "203.0.113.7", "device": "Telepon"}


def speak(purpose: str = "suara", *, most: int = 9, **changes) -> None:
    mark_today(purpose, **HERE | changes, most=most)


def kept() -> tuple[int, list[int]]:
    return DayMark.objects.count(), sorted(NetworkMark.objects.values_list("voices", flat=True))


def test_a_device_speaks_once_a_day(db):
    speak()
    with pytest.raises(SpokenToday):
        speak()


def test_another_device_network_or_purpose_is_another_voice(db):
    speak()
    speak(device="Tablet")
    speak(address="203.0.113.8")
    speak("lain")
    assert kept() == (4, [1, 1, 2])


def test_a_network_is_heard_only_so_often(db):
    for number in range(3):
        speak(device=f"Telepon {number}", most=3)
    with pytest.raises(NetworkFull):
        speak(device="Telepon 3", most=3)
    speak(address="203.0.113.8", most=3)


def test_who_is_not_heard_leaves_no_mark(db):
    speak(most=1)
    for device in ("Telepon", "Tablet"):
        with pytest.raises((SpokenToday, NetworkFull)):
            speak(device=device, most=1)
    assert kept() == (1, [1])


def test_one_ipv6_line_is_one_network(db):
    speak(address="2001:db8:1:2::10", most=1)
    with pytest.raises(NetworkFull):
        speak(address="2001:db8:1:2:ffff::3", most=1)
    speak(address="2001:db8:1:3::10", most=1)


def test_eight_at_once_do_not_pass_the_networks_cap(committed):
    told = at_once(*[partial(speak, device=f"Telepon {number}", most=3) for number in range(8)])
    assert sorted(type(answer).__name__ for answer in told) == ["NetworkFull"] * 5 + ["NoneType"] * 3
    assert kept() == (3, [3])


def test_a_device_that_speaks_twice_at_once_is_heard_once(committed):
    told = at_once(speak, speak)
    assert sorted(type(answer).__name__ for answer in told) == ["NoneType", "SpokenToday"]
    assert kept() == (1, [1])


def test_the_next_day_everybody_speaks_again(db):
    speak(most=1)
    speak(most=1, now=timezone.now() + timedelta(days=1))
    assert kept() == (2, [1, 1])


def test_the_night_forgets_a_day_that_has_ended(db):
    speak()
    forget_marks(timezone.now())
    assert kept() == (1, [1])
    forget_marks(timezone.now() + timedelta(days=1))
    assert kept() == (0, [])


def test_a_mark_tells_nothing_of_who_spoke_and_differs_from_day_to_day(db):
    speak()
    speak(now=timezone.now() + timedelta(days=1))
    devices, networks = DayMark.objects.values_list("device"), NetworkMark.objects.values_list("network")
    assert len({*devices, *networks}) == 4
    assert {len(found) for (found,) in [*devices, *networks]} == {64}
