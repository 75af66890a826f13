"""The ways by which a message reaches somebody. E-mail is the only one so far; what the next has to keep is said here."""

from .contract import (
    REFUSES_EVERYBODY,
    AddressRefused,
    Channel,
    Message,
    NotSent,
    Reachable,
    TryLater,
    channels,
)

__all__ = [
    "REFUSES_EVERYBODY",
    "AddressRefused",
    "Channel",
    "Message",
    "NotSent",
    "Reachable",
    "TryLater",
    "channels",
]
