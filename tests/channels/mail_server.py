"""E-mail in tests: kept in memory, and by a small real mail server."""

import threading
from email import message_from_bytes
from email.policy import default
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from socketserver import StreamRequestHandler, ThreadingTCPServer

from django.core.mail.backends.locmem import EmailBackend

from .far_side import FarSide


class KeptMail(EmailBackend):
    far = FarSide()

    def send_messages(self, messages) -> int:
        for letter in messages:
            (address,) = letter.to
            if self.far.is_away():
                raise TimeoutError(f"{address} timed out")
            if address in self.far.nobody_at:
                raise SMTPRecipientsRefused({address: (550, f"5.1.1 <{address}> unknown".encode())})
            self.far.take(letter.extra_headers["Message-ID"], address, letter.subject, letter.body)
            if self.far.is_silent():
                raise SMTPServerDisconnected(f"{address} lost")
        return super().send_messages(messages)


class _Conversation(StreamRequestHandler):
    """As much of RFC 5321 as smtplib asks for."""

    def handle(self) -> None:
        far, address = self.server.far, ""
        self.say("220 contoh.test")
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"RCPT":
                address = line.decode().partition("<")[2].partition(">")[0]
                if far.is_away():
                    self.say(f"451 4.3.0 <{address}> later")
                elif address in far.nobody_at:
                    self.say(f"550 5.1.1 <{address}> unknown")
                else:
                    self.say("250 ok")
            elif verb == b"DATA":
                self.say("354 go on")
                self.read(address)
                if far.is_silent():
                    return
                self.say("250 taken")
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def read(self, address: str) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        letter = message_from_bytes(b"".join(lines), policy=default)
        body = letter.get_content().replace("\r\n", "\n").removesuffix("\n")
        self.server.far.take(letter["Message-ID"], address, str(letter["Subject"]), body)


class MailServer(ThreadingTCPServer):
    def __init__(self, far: FarSide) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.far = far
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self) -> "MailServer":
        self.thread.start()
        return self

    def __exit__(self, *_fault) -> None:
        self.shutdown()
        self.thread.join()
        self.server_close()
