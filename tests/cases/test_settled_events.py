"""A root is taken while others write: what it covers is settled."""

import threading
from time import sleep

import pytest
from django.db import connection, transaction

from cases.actors import System
from cases.models import Event
from cases.services.changes import change
from cases.services.daily_root import settled_event
from tests.threads import PATIENCE, at_once

pytestmark = pytest.mark.usefixtures("committed")


def test_an_event_that_is_being_written_is_waited_for_or_left_for_the_next_root(desk):
    """Two cases are written to: the earlier event is committed last."""
    slow, quick = desk.receive(), desk.receive()
    has_written, may_ask = threading.Event(), threading.Event()

    def note(case) -> None:
        with change(case.pk, by=System()) as changing:
            changing.record("note")

    def write_slowly() -> None:
        with transaction.atomic():
            note(slow)
            has_written.set()
            may_ask.wait(PATIENCE)
            sleep(0.3)

    def write_quickly_and_ask() -> tuple[int, list[int]]:
        has_written.wait(PATIENCE)
        if connection.vendor == "postgresql":  # SQLite has one writer at a time
            note(quick)
        may_ask.set()
        settled = settled_event()
        return settled, list(Event.objects.filter(pk__lte=settled).values_list("pk", flat=True))

    _nothing, (settled, seen) = at_once(write_slowly, write_quickly_and_ask)
    assert list(Event.objects.filter(pk__lte=settled).values_list("pk", flat=True)) == seen
