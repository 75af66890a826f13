"""Public pages as anyone reads them: a server with two workers, read by a process of its own over eight connections."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, perf_counter, sleep

BASE = Path(__file__).resolve().parents[2]
CONNECTIONS, SECONDS, WORKERS = 8, 5.0, 2
EMPTY = "/kesehatan/"
PATIENCE = 60  # seconds until the server answers


def measure() -> None:
    from .results import Result

    addresses = prepare()
    found = {}
    for name, seconds in (("uncached", 0), ("cached", 3600)):
        with serving(seconds) as port:
            found[name] = {address: per_second(port, address) for address in (EMPTY, *addresses)}
    empty = found["uncached"][EMPTY]
    Result("empty view over HTTP", empty, "/s").tell()
    for address, what in addresses.items():
        for name in found:
            rate = found[name][address]
            Result(f"{what}, {name}", rate, "/s", against=f"{rate / empty:.2f} of empty").tell()


def prepare() -> dict[str, str]:
    """The portal opened, with the page of a kecamatan that has contacts. Returns addresses and what is there."""
    from opd_pages.models import Contact, Unit
    from opd_pages.services.contacts import confirm
    from opd_pages.services.unit_pages import open_unit_page

    kapas = Unit.objects.get(short_code="KPS")
    page = open_unit_page(kapas)
    for order, channel in enumerate(("phone", "whatsapp", "sms"), start=1):
        Contact.objects.create(unit=kapas, channel=channel, value="+62812345678", order=order)
    confirm(kapas, None)
    return {"/": "home page", page.get_url(): "unit page", "/unit/": "directory"}


@contextmanager
def serving(cache_seconds: int) -> Iterator[int]:
    """The portal's own server on a free port, with this portal's settings."""
    port = _free_port()
    settings = {"PORT": str(port), "WEB_WORKERS": str(WORKERS), "PAGE_CACHE_SECONDS": str(cache_seconds)}
    command = [sys.executable, str(BASE / "manage.py"), "run", "--web-only"]
    with subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.DEVNULL) as server:
        try:
            end = monotonic() + PATIENCE
            while not _answers(port):
                if server.poll() is not None or monotonic() > end:
                    raise SystemExit("the server does not answer")
                sleep(0.2)
            yield port
        finally:
            server.send_signal(signal.SIGTERM)


def per_second(port: int, address: str) -> float:
    """Answers a second to a reader in another process: here it would share Python's lock with nothing but itself."""
    command = [sys.executable, __file__, str(port), address]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            return Reader(connection, port, EMPTY).read() == b"200"
    except OSError:
        return False


class Reader:
    """One connection that asks for one page again and again, as a browser that takes gzip."""

    def __init__(self, connection: socket.socket, port: int, address: str):
        self.connection, self.rest = connection, b""
        lines = (f"GET {address} HTTP/1.1", f"Host: localhost:{port}", "Accept-Encoding: gzip", "", "")
        self.asked = "\r\n".join(lines).encode()

    def read(self) -> bytes:
        """The status of the answer, once all of it is here."""
        self.connection.sendall(self.asked)
        while b"\r\n\r\n" not in self.rest:
            self._more()
        head, _, self.rest = self.rest.partition(b"\r\n\r\n")
        status, *lines = head.split(b"\r\n")
        headers = dict(line.lower().split(b": ", 1) for line in lines)
        length = int(headers[b"content-length"])
        while len(self.rest) < length:
            self._more()
        self.rest = self.rest[length:]
        return status.split()[1]

    def _more(self) -> None:
        if not (received := self.connection.recv(1 << 16)):
            raise OSError("the server closed the connection")
        self.rest += received


def main(port: int, address: str) -> None:
    start, done = threading.Barrier(CONNECTIONS), []

    def read_on() -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            reader = Reader(connection, port, address)
            if reader.read() != b"200":
                raise SystemExit(f"{address}: not found")
            start.wait()
            began, count = perf_counter(), 0
            while (took := perf_counter() - began) < SECONDS:
                reader.read()
                count += 1
            done.append(count / took)

    threads = [threading.Thread(target=read_on) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(done) < CONNECTIONS:
        raise SystemExit(1)
    print(sum(done))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
