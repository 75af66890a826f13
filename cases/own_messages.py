"""Messages that rooms above send to one person through the outbox: about no case, in words of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from home.registry import Registry

from .models import OutboxMessage


@dataclass(frozen=True)
class OwnMessage:
    """`is_true` tells at the moment of sending whether it is still to go; `worded` makes subject and body then.

    `title` stands in the list of stuck messages, which shows nothing else of it.
    """

    template: str
    title: str | Promise
    is_true: Callable[[OutboxMessage, datetime], bool]
    worded: Callable[[OutboxMessage], tuple[str, str]]


own_messages: Registry[OwnMessage] = Registry()


def own_message(template: str) -> OwnMessage | None:
    return next((own for own in own_messages if own.template == template), None)
