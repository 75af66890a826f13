"""Files are opened in processes of their own: whatever one does to its process, the portal and the next file go on."""

import logging
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from time import sleep

import pytest
from PIL import Image

from cases.intake import Broken, NotNow, TooManyPixels, UploadRefused, accept_image
from cases.intake.opener import Bounds
from cases.intake.pool import Pool
from tests.browsers import photo

SCAN = b"\xff\xda"


@pytest.fixture
def pool_of():
    """Makes a pool; at the end all of them are ended."""
    pools = []

    def make(size: int = 1, **bounds) -> Pool:
        pools.append(Pool("pictures", size, Bounds(**bounds)))
        return pools[-1]

    yield make
    for pool in pools:
        pool.end()


@pytest.fixture(scope="module")
def slow() -> bytes:
    """58 KB, 12 megapixels, and 400 times the last scan: a decoder goes over the whole picture for each."""
    stream = BytesIO()
    Image.new("L", (4000, 3000)).save(stream, "JPEG", progressive=True)
    content = stream.getvalue()
    return content[:-2] + content[content.rindex(SCAN) : -2] * 400 + content[-2:]


def outcome(content: bytes, pool: Pool):
    try:
        return accept_image(content, pool=pool).width
    except UploadRefused as refusal:
        return type(refusal)


def process_of(pool: Pool) -> subprocess.Popen:
    """The pool's one process, idle."""
    accept_image(photo(), pool=pool)
    return pool._idle[0].process


def while_opening(content: bytes, pool: Pool, send: signal.Signals):
    """What becomes of a file whose process gets a signal in the midst of it."""
    process = process_of(pool)
    computed = seconds_of(process)
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(outcome, content, pool)
        while seconds_of(process) < computed + 0.1:
            sleep(0.01)
        os.kill(process.pid, send)
        return waiting.result()


def seconds_of(process: subprocess.Popen) -> float:
    fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_a_process_opens_one_file_after_another(pool_of):
    pool = pool_of()
    first = process_of(pool)
    assert process_of(pool) is first


def test_a_process_is_replaced_after_its_number_of_files(pool_of):
    pool = pool_of(files=2)
    used = [process_of(pool).pid for _ in range(4)]
    assert [used[0] == used[1], used[1] == used[2], used[2] == used[3]] == [True, False, True]


def test_a_picture_that_takes_more_memory_than_allowed_is_too_large(pool_of):
    stream = BytesIO()
    Image.new("RGBA", (4500, 4500)).save(stream, "PNG")
    assert outcome(stream.getvalue(), pool_of(memory=200 * 1024**2)) == TooManyPixels


def test_a_picture_that_computes_longer_than_allowed_is_too_large(pool_of, slow):
    assert outcome(slow, pool_of(cpu_seconds=1)) == TooManyPixels


def test_seconds_are_counted_for_each_file_anew(pool_of):
    pool = pool_of(cpu_seconds=1)
    process = process_of(pool)
    large = photo(size=(4000, 3000))
    while seconds_of(process) < 2:
        accept_image(large, pool=pool)
    assert process.poll() is None


def test_a_process_that_stands_still_is_no_fault_of_the_picture_whose_sender_is_asked_to_come_again(
    pool_of, slow
):
    pool = pool_of(wall_seconds=2)
    assert while_opening(slow, pool, signal.SIGSTOP) == NotNow
    assert outcome(photo(), pool) == 64


@pytest.mark.parametrize("end", [signal.SIGABRT, signal.SIGSEGV])
def test_a_picture_that_ends_its_process_is_broken(pool_of, slow, end):
    assert while_opening(slow, pool_of(), end) == Broken


def test_a_process_that_was_killed_from_outside_is_no_fault_of_the_picture(pool_of, slow):
    assert while_opening(slow, pool_of(), signal.SIGKILL) == NotNow


def test_after_a_process_was_ended_the_next_picture_is_opened_by_another(pool_of, slow):
    pool = pool_of()
    while_opening(slow, pool, signal.SIGKILL)
    assert outcome(photo(), pool) == 64


def test_a_process_killed_while_idle_costs_no_picture(pool_of):
    pool = pool_of()
    process = process_of(pool)
    process.kill()
    process.wait()
    assert outcome(photo(), pool) == 64


def test_eight_at_once_share_two_processes(pool_of):
    pool = pool_of(2)
    sizes = [(64 + n, 48) for n in range(24)]
    with ThreadPoolExecutor(8) as threads:
        widths = list(threads.map(lambda size: outcome(photo(size=size), pool), sizes))
    assert (widths, len(pool._idle)) == ([64 + n for n in range(24)], 2)


def test_who_waits_too_long_for_a_process_is_asked_to_come_again(pool_of):
    pool = pool_of(wall_seconds=0.1)
    with pool._room:
        assert outcome(photo(), pool) == NotNow


@pytest.mark.parametrize("python", ["/tidak/ada/python", "/bin/false"])
def test_where_no_process_can_be_had_the_sender_is_asked_to_come_again(pool_of, monkeypatch, caplog, python):
    monkeypatch.setattr(sys, "executable", python)
    with caplog.at_level(logging.ERROR):
        assert outcome(photo(), pool_of()) == NotNow
    assert [record.name for record in caplog.records] == ["cases.intake.acceptance"]


def test_a_process_has_neither_keys_nor_passwords(pool_of, monkeypatch):
    monkeypatch.setenv("IDENTITY_KEYS", "rahasia")
    process = process_of(pool_of())
    assert b"rahasia" not in Path(f"/proc/{process.pid}/environ").read_bytes()


def test_a_process_can_open_no_file_of_the_machine_and_write_none(pool_of):
    process = process_of(pool_of())
    limits = Path(f"/proc/{process.pid}/limits").read_text().splitlines()
    by_name = {line[:25].strip(): line[25:].split()[:2] for line in limits}
    assert (by_name["Max open files"], by_name["Max file size"]) == (["0", "0"], ["0", "0"])


PORTAL = """
import sys, time
from cases.intake import accept_image
from cases.intake.pool import PICTURES
accept_image(open(sys.argv[1], "rb"))
print(PICTURES._idle[0].process.pid, flush=True)
time.sleep(600)
"""


def test_no_process_outlives_a_portal_that_is_killed(tmp_path):
    sent = tmp_path / "foto.jpg"
    sent.write_bytes(photo())
    root = Path(__file__).parents[2]
    with subprocess.Popen([sys.executable, "-c", PORTAL, sent], cwd=root, stdout=subprocess.PIPE) as portal:
        opener = int(portal.stdout.readline())
        portal.kill()
    for _moment in range(1000):  # its pipe has closed: it ends at once, on a busy machine a little later
        if not is_alive(opener):
            break
        sleep(0.01)
    assert not is_alive(opener)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
