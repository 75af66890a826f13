from collections.abc import Sequence
from datetime import date, datetime
from typing import ClassVar

from django.db import models

from ..canonical import canonical
from ..hashing import SALT_LENGTH, in_utc, new_salt, words_hash


class Vouched(models.Model):
    """A row of a procedure that stands as it is from some event on, which holds its hash (cases.vouching)."""

    # So that nobody guesses what the hash is of.
    salt = models.CharField(max_length=SALT_LENGTH, default=new_salt, editable=False)

    # What stands, by the names of the row's columns. One more makes another hash of every row that there is.
    stands: ClassVar[Sequence[str]]

    class Meta:
        abstract = True

    def vouched_hash(self) -> str:
        """64 hex digits over all that stands, as canonical JSON behind the salt."""
        return words_hash(canonical({name: _plain(getattr(self, name)) for name in self.stands}), self.salt)


def _plain(value):
    # A moment is a date as well.
    if isinstance(value, datetime):
        return in_utc(value)
    return value.isoformat() if isinstance(value, date) else value
