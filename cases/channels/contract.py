"""What a channel is, and which ones this installation has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from home.registry import Registry


@dataclass(frozen=True)
class Reachable:
    """What somebody left to be reached by. Numbers as the forms keep them: +62…"""

    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Message:
    """Words made ready for one address. `key` is the same at every try of the same message, and of no other.

    The body says everything: a channel that knows no subject sends the body alone.
    """

    key: str
    to: str
    subject: str
    body: str


# The cause in the place of a channel's own where it refused two or more people and took nobody's message.
REFUSES_EVERYBODY = "RefusesEverybody"


class NotSent(Exception):
    """Why a message did not go out: a name from the channel's `causes`, and a number that its gateway gave.

    Both are logged and kept, so neither holds anything of a person: no address, none of the gateway's own words. The
    outbox adds the channel's name, by which its words are found again.
    """

    channel = ""

    def __init__(self, cause: str, code: int | None = None) -> None:
        self.cause, self.code = cause, code
        super().__init__(cause if code is None else f"{cause} {code}")

    def __str__(self) -> str:
        return f"{self.channel} {super().__str__()}".lstrip()


class TryLater(NotSent):
    """Not now: the gateway is away, slow, or full. The outbox tries again, each time after a longer pause."""


class AddressRefused(NotSent):
    """Never: there is nobody at this address. The next channel is asked, or the person is called.

    A channel that refuses everybody in one turn of the sender is not believed: cases.services.turns.
    """


class Channel(Protocol):
    """One way to reach somebody.

    `name` stands in logs. `causes` puts the names of its faults into words that an administrator reads.
    """

    name: str
    causes: Mapping[str, str]

    def address(self, person: Reachable) -> str:
        """Where this person is reached, "" where they are not. Asks nobody outside."""
        ...

    def send(self, message: Message) -> None:
        """Returns when the gateway has taken the message whole, with no word changed or cut; what is too long goes
        in parts. Gives up after 30 seconds with TryLater: a message is claimed for five minutes (outbox.LEASE).

        Called again with the same key where it is not known whether the first call arrived: it hands the key on, so
        that whoever can tell shows the message once. Raises TryLater or AddressRefused; whatever else it raises is
        taken for TryLater.
        """
        ...


# In the order in which they are asked; the first that reaches a person and takes the message is enough.
channels: Registry[Channel] = Registry()
