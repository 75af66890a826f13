"""What runs in an opener: one file after another, within limits that nothing in it can lift."""

import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, BinaryIO

from .errors import UploadRefused
from .frames import read_frame, write_frame
from .opener import Bounds

Answer = Callable[[dict[str, Any], bytes], tuple[dict[str, Any], bytes]]


def serve(source: BinaryIO, sink: BinaryIO, bounds: Bounds, answer: Answer) -> None:
    """Answer until the portal closes its end, be it by dying."""
    while True:
        try:
            head, raw = read_frame(source, longest=sys.maxsize)
        except EOFError:
            return
        _allow_seconds(bounds.cpu_seconds)
        try:
            write_frame(sink, *answer(head, raw))
        except UploadRefused as refusal:
            write_frame(sink, {"refused": type(refusal).__name__})


def confine(bounds: Bounds) -> None:
    """Take away what opening a file does not need: memory without end, and every file and socket of the machine."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the portal, which then closes its end
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (bounds.memory, bounds.memory))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _allow_seconds(seconds: int) -> None:
    """The limit is one of the process's whole life: each file moves it on."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def main() -> None:
    work = import_module(f"cases.intake.{sys.argv[1]}")
    bounds = Bounds(**json.loads(sys.argv[2]))
    # What a decoder prints goes to standard error, never among the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    confine(bounds)
    serve(sys.stdin.buffer, answers, bounds, work.answer)


if __name__ == "__main__":
    main()
