"""The supervisor over small programs of its own."""

import signal
import subprocess
import sys
import time

import pytest

from config.paths import BASE
from config.runner.child import Child

from .portal import children_of, members, wait_until

pytestmark = pytest.mark.processes

SUPERVISE = """
import sys
from config.runner.child import Child
from config.runner.supervisor import Supervisor
Supervisor([Child(f"anak{at}", ["sh", "-c", script]) for at, script in enumerate(sys.argv[1:])]).run()
"""
DEAF_GRANDCHILD = "(trap '' TERM; echo cucu; sleep 300) & wait"


@pytest.fixture
def supervise(tmp_path):
    started = []

    def start(*scripts: str, program: str = SUPERVISE):
        log = tmp_path / "log"
        with log.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, "-c", program, *scripts], cwd=BASE / "site", stdout=output, stderr=output
            )
        started.append(process)
        return process, log

    yield start
    for process in started:
        process.kill()
        process.wait()


def said(log, line: str) -> object:
    """True as soon as the line is there; fails where it does not come."""
    return wait_until(lambda: line in log.read_text().splitlines(), 20)


def test_each_line_carries_the_name_of_who_says_it(supervise):
    _process, log = supervise("echo pertama; exec sleep 300", "echo kedua; exec sleep 300")
    assert said(log, "anak0   | pertama")
    assert said(log, "anak1   | kedua")


def test_a_child_that_ends_is_started_again(supervise):
    _process, log = supervise("echo mulai; exit 3")
    assert said(log, "pengawas| anak0 berhenti (kode 3); dijalankan lagi dalam 1 detik")
    assert wait_until(lambda: log.read_text().splitlines().count("anak0   | mulai") == 2, 20)


def test_a_child_that_cannot_be_started_is_tried_again_and_the_others_go_on(supervise):
    program = SUPERVISE.replace('["sh", "-c", script]', "script.split()")
    process, log = supervise("/tidak/ada", "sleep 300", program=program)
    assert said(
        log, "pengawas| anak0 tidak dapat dijalankan (No such file or directory); dicoba lagi dalam 2 detik"
    )
    assert children_of(process.pid) != []


def test_what_a_child_started_ends_with_it_even_if_it_does_not_listen(supervise):
    process, log = supervise(DEAF_GRANDCHILD)
    said(log, "anak0   | cucu")
    [child] = children_of(process.pid)
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=30)
    assert members({child}) == []


def test_a_second_signal_does_not_wait(supervise):
    process, log = supervise("trap '' TERM; echo siap; while :; do sleep 1; done")
    said(log, "anak0   | siap")
    [child] = children_of(process.pid)
    process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=5) == 0
    assert members({child}) == []


def test_a_child_that_keeps_dying_is_given_ever_longer_pauses():
    child = Child("anak", ["false"])
    pauses = []
    for _start in range(7):
        child.start()
        child.process.wait()
        pauses.append(child.start_later())
    assert pauses == [1, 2, 4, 8, 16, 30, 30]
