"""`make bench` comes to an end, also where what it measures fails."""

import os
import signal

import pytest

from tests.bench.load import under_load


def fails_at(thread: int, fault):
    def make(number: int):
        return fault if number == thread else int

    return make


def test_what_every_connection_did_is_counted(committed):
    load = under_load(lambda number: int, for_seconds=0.01)
    assert (load.per_second > 0, load.lock_errors) == (True, 0)


@pytest.mark.parametrize("thread", [0, 5])
def test_a_fault_on_one_connection_ends_it(committed, thread, capfd):
    with pytest.raises(SystemExit):
        under_load(fails_at(thread, {}.popitem), for_seconds=0.01)
    assert "KeyError" in capfd.readouterr().err


def test_a_killed_process_ends_it(committed):
    with pytest.raises(SystemExit):
        under_load(fails_at(2, lambda: os.kill(os.getpid(), signal.SIGKILL)), for_seconds=0.01)
