"""What a check of histories finds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """A place where history is not as it was written; without `seq` the whole case."""

    case_number: str
    seq: int | None
    reason: str

    def __str__(self) -> str:
        place = self.case_number if self.seq is None else f"{self.case_number} #{self.seq}"
        return f"{place}: {self.reason}"
