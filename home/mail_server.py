"""The mail server of the settings, talked to for EMAIL_TIMEOUT seconds a letter, however it spends them.

A time-out of Python's mail begins anew with every byte that comes: a server that sends one now and then would hold
whoever waits for it for ever.
"""

import io
import smtplib
import socket
from time import monotonic

from django.core.mail.backends import smtp

MOMENT = 0.01


class _InTime:
    """A conversation that ends at a moment. Only the look-up of the server's name is left to the system's own patience."""

    def __init__(self, *args, timeout: float, **kwargs) -> None:
        self._ends_at = monotonic() + timeout
        super().__init__(*args, timeout=timeout, **kwargs)

    def _get_socket(self, host, port, timeout):
        # Each address of the server is tried for as long, and TLS may then take as long again.
        addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return super()._get_socket(host, port, _left(self._ends_at) / (len(addresses) + 1))

    def getreply(self):
        if self.file is None:
            self.file = io.BufferedReader(_Answers(self.sock, self._ends_at))
        return super().getreply()

    def send(self, s) -> None:
        if self.sock:
            self.sock.settimeout(_left(self._ends_at))
        super().send(s)


class _Answers(io.RawIOBase):
    """What the server says until that moment, also where it never pauses."""

    def __init__(self, sock: socket.socket, ends_at: float) -> None:
        self._sock, self._ends_at = sock, ends_at
        self._raw = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int | None:
        if monotonic() >= self._ends_at:
            raise TimeoutError("timed out")
        self._sock.settimeout(_left(self._ends_at))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


def _left(ends_at: float) -> float:
    """Never 0, which would mean not to wait at all."""
    return max(ends_at - monotonic(), MOMENT)


class _Plain(_InTime, smtplib.SMTP):
    pass


class _Tls(_InTime, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self):
        return _Tls if self.use_ssl else _Plain

    def open(self) -> bool | None:
        """A conversation that breaks off before it is open leaves no socket behind."""
        try:
            return super().open()
        except OSError:
            if self._partial_connection is not None:
                self._partial_connection.close()
                self._partial_connection = None
            raise

    def _close_connection(self, connection) -> None:
        """What was taken is sent, whatever the server answers to the good-bye."""
        try:
            super()._close_connection(connection)
        except (smtplib.SMTPException, OSError):
            connection.close()
