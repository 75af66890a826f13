"""One turn of the sender: whether an address was refused for what it is, or because its channel takes nothing."""

from dataclasses import dataclass, field
from datetime import datetime

from ..channels import REFUSES_EVERYBODY, AddressRefused, TryLater
from ..models import OutboxMessage


@dataclass(frozen=True)
class Refusal:
    row: OutboxMessage
    address: str
    fault: AddressRefused
    at: datetime


@dataclass
class Turn:
    """What the channels took, and what they refused for good: the refused are judged when the turn is over."""

    took: set[str] = field(default_factory=set)
    refusals: list[Refusal] = field(default_factory=list)

    def of_the_channel(self) -> dict[str, TryLater]:
        """The fault of each channel that refused everybody it was given, two or more different people.

        One alone may well have a wrong address, unless the channel refused everybody when it was last asked.
        """
        faults = {}
        for channel in {refusal.fault.channel for refusal in self.refusals} - self.took:
            refused = [refusal for refusal in self.refusals if refusal.fault.channel == channel]
            if len({refusal.address.lower() for refusal in refused}) > 1 or _refused_everybody(channel):
                faults[channel] = TryLater(REFUSES_EVERYBODY, refused[0].fault.code)
                faults[channel].channel = channel
        return faults


def _refused_everybody(channel: str) -> bool:
    """Whether messages wait because of that."""
    waiting = OutboxMessage.objects.filter(sent_at=None, dropped_at=None)
    return waiting.filter(last_fault__startswith=f"{channel} {REFUSES_EVERYBODY}").exists()
