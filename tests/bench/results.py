"""What a measure tells: one line for the process that prints the table."""

import json
from dataclasses import asdict, dataclass
from statistics import median
from time import perf_counter

RESULT = "RESULT "


@dataclass(frozen=True)
class Result:
    """`bar`: how it must be at least or at most, in words; `met` None where there is none.

    `against`: so many times an empty view, or a bare transaction.
    """

    what: str
    value: float
    unit: str
    bar: str = ""
    met: bool | None = None
    against: str = ""

    def tell(self) -> None:
        print(RESULT + json.dumps(asdict(self)), flush=True)


def milliseconds(call, times: int = 15) -> float:
    """The median of some calls, after one that is not counted."""
    call()
    return median(_once(call) for _ in range(times)) * 1000


def seconds(call) -> float:
    return _once(call)


def _once(call) -> float:
    began = perf_counter()
    call()
    return perf_counter() - began
