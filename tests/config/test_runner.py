"""The whole of it, with real signals: what `make run` starts, heals and stops."""

import os
import signal
from datetime import UTC, datetime

import pytest

from .portal import Portal, children_of, members, wait_until

pytestmark = pytest.mark.processes


@pytest.fixture
def portal(migrated):
    portal = Portal(migrated)
    portal.wait_until_it_answers()
    yield portal
    portal.end()


def test_a_killed_web_server_comes_back(portal):
    killed = portal.mains()["web"]
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: portal.mains().get("web", killed) != killed and portal.answers(), 120)
    assert members({killed}) == []


def test_a_worker_killed_while_it_waits_takes_work_again_within_a_minute(portal):
    wait_until(portal.last_task_done, 120)
    cluster = portal.mains()["worker"]
    [sentinel] = children_of(cluster)
    os.kill(children_of(sentinel)[0], signal.SIGKILL)
    killed_at = datetime.now(UTC)
    wait_until(lambda: portal.last_task_done() > killed_at, 60)
    assert portal.mains()["worker"] != cluster
    assert members({cluster}) == []


def test_a_worker_whose_guard_hangs_is_replaced_within_a_minute(portal):
    """Its workers go on with what they are given, but nobody calls the sweep any more."""
    wait_until(portal.last_task_done, 120)
    cluster = portal.mains()["worker"]
    [sentinel] = children_of(cluster)
    os.kill(sentinel, signal.SIGSTOP)
    wait_until(lambda: portal.mains().get("worker", cluster) != cluster, 60)
    assert members({cluster}) == []


def test_ctrl_c_ends_everything_and_is_no_failure(portal):
    groups = portal.groups()
    portal.process.send_signal(signal.SIGINT)
    assert portal.process.wait(timeout=30) == 0
    assert members(groups) == []


def test_nothing_outlives_a_killed_supervisor(portal):
    groups = portal.groups()
    portal.process.kill()
    portal.process.wait()
    assert wait_until(lambda: not members(groups), 90)
