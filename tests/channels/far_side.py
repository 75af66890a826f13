"""What stands at the other end of a channel in a test: what arrived, and what shall go wrong."""

from dataclasses import dataclass, field


@dataclass
class FarSide:
    nobody_at: set[str] = field(default_factory=set)
    # How often it takes nothing, and how often it takes a message and then does not answer.
    away: int = 0
    silent: int = 0
    # In the order in which they came, repetitions too: (key, address, subject, parts).
    taken: list[tuple[str, str, str, tuple[str, ...]]] = field(default_factory=list)

    def is_away(self) -> bool:
        self.away -= 1
        return self.away >= 0

    def is_silent(self) -> bool:
        self.silent -= 1
        return self.silent >= 0

    def take(self, key: str, address: str, subject: str, *parts: str) -> None:
        self.taken.append((key, address, subject, parts))

    @property
    def shown(self) -> list[tuple[str, str, str, tuple[str, ...]]]:
        """What people see of it: the same key once."""
        return list({message[0]: message for message in self.taken}.values())
