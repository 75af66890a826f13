"""A mail server that misbehaves at one step of a letter: hangs, drips, never ends, leaves, refuses."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from socketserver import StreamRequestHandler, ThreadingTCPServer

# The steps of a letter, in their order; "." is the end of its text.
STEPS = ["greeting", "EHLO", "MAIL", "RCPT", "DATA", ".", "QUIT"]
GOOD = {"greeting": "220 contoh.test", "DATA": "354 go on", "QUIT": "221 bye"}


def answers(words: str) -> Callable:
    return lambda talk, good: talk.say(words)


def leaves(talk: "_Talk", good: str) -> None:
    raise ConnectionAbortedError


def hangs(talk: "_Talk", good: str) -> None:
    talk.wait(talk.server.long)
    talk.say(good)


def drips(talk: "_Talk", good: str) -> None:
    """The right answer in the end, a byte at a time."""
    line = f"{good} {'.' * 100}\r\n"
    for byte in line:
        talk.wait(talk.server.long / len(line))
        talk.write(byte)


def never_ends(talk: "_Talk", good: str) -> None:
    """Lines that announce another one, without a pause."""
    until = time.monotonic() + talk.server.long
    while time.monotonic() < until:
        talk.write(f"{good[:3]}-more\r\n" * 20)
        talk.wait(0.005)
    talk.say(good)


@dataclass
class Plan:
    """What it does, and what it took: the text of whole letters."""

    step: str = ""
    does: Callable = hangs
    taken: list[bytes] = field(default_factory=list)


class _Talk(StreamRequestHandler):
    def handle(self) -> None:
        try:
            self.step("greeting")
            for line in self.rfile:
                verb = line[:4].strip().decode().upper()
                self.step(verb if verb in STEPS else "EHLO")
                if verb == "DATA":
                    text = b"".join(iter(self.rfile.readline, b".\r\n"))
                    self.step(".")
                    self.server.plan.taken.append(text)
                if verb == "QUIT":
                    return
        except OSError:
            pass  # the other end gave up, or we left

    def step(self, step: str) -> None:
        good = GOOD.get(step, "250 ok")
        if step == self.server.plan.step:
            self.server.plan.does(self, good)
        else:
            self.say(good)

    def say(self, words: str) -> None:
        self.write(f"{words}\r\n")

    def write(self, words: str) -> None:
        self.wfile.write(words.encode())

    def wait(self, seconds: float) -> None:
        if self.server.is_closing.wait(seconds):
            raise ConnectionAbortedError


class OddServer(ThreadingTCPServer):
    """`long`: seconds that hanging, dripping and endless answers take, after which the right one follows."""

    daemon_threads = True

    def __init__(self, plan: Plan, long: float, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Talk)
        self.plan, self.long, self.is_closing = plan, long, threading.Event()
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self) -> "OddServer":
        self.thread.start()
        return self

    def __exit__(self, *_fault) -> None:
        self.is_closing.set()
        self.shutdown()
        self.thread.join()
        self.server_close()
