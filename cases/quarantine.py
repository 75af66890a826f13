"""Where what is sent lies until it has been opened: a folder of ours, closed to others, and empty again afterwards."""

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

# Longer than any request takes: what is older was left by a process that was killed.
LONGEST = timedelta(hours=1)


class NotStored(SuspiciousOperation):
    """The disk takes nothing: it is full, or read-only. Of a kind that has an answer of its own wherever it happens, also
    before there is a view (config.too_much)."""


class QuarantinedFile(TemporaryUploadedFile):
    """Larger than what is kept in memory; on disk for the time of its request, with nothing of its name."""

    def __init__(self, name, content_type, size, charset, content_type_extra=None) -> None:
        folder = Path(settings.QUARANTINE_ROOT)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = NamedTemporaryFile(suffix=".upload", dir=folder)  # noqa: SIM115  (closed by Django)
        UploadedFile.__init__(self, file, name, content_type, size, charset, content_type_extra)


class QuarantineHandler(TemporaryFileUploadHandler):
    def new_file(self, *args, **kwargs) -> None:
        FileUploadHandler.new_file(self, *args, **kwargs)
        try:
            self.file = QuarantinedFile(
                self.file_name, self.content_type, 0, self.charset, self.content_type_extra
            )
        except OSError as fault:
            raise NotStored(str(fault)) from fault

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as fault:
            raise NotStored(str(fault)) from fault


def empty_quarantine(now: datetime) -> None:
    for left in Path(settings.QUARANTINE_ROOT).glob("*.upload"):
        with suppress(FileNotFoundError):  # its request has just ended
            if now.timestamp() - left.stat().st_mtime > LONGEST.total_seconds():
                left.unlink()
