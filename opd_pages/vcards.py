"""A unit as an entry of a phone's address book: vCard 3.0 (RFC 2426), the version that old phones read too."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from .channels import ACCOUNTS, Channel, link

MOST_OCTETS = 75  # of one line, RFC 2426 2.6
TELEPHONES = {
    Channel.PHONE: "WORK,VOICE",
    Channel.WHATSAPP: "CELL,MSG",
    Channel.SMS: "CELL,MSG",
    Channel.SHORT_NUMBER: "WORK,VOICE",
}


@dataclass(frozen=True)
class CardLine:
    """One way to reach the unit; `label` is what the phone writes beside it."""

    channel: str
    value: str
    label: str


@dataclass(frozen=True)
class Card:
    """What stands on the card. `address` and `leader` may be ""."""

    name: str
    region: str
    address: str
    leader: str
    lines: tuple[CardLine, ...]
    note: str
    url: str
    confirmed_at: datetime


def vcard(card: Card) -> str:
    """The card as text, in lines of at most 75 octets that end as the standard wants them."""
    return "".join(f"{folded}\r\n" for line in _lines(card) for folded in _folded(line))


def _lines(card: Card) -> Iterable[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"FN:{_text(card.name)}"
    yield f"N:{_text(card.name)};;;;"
    yield f"ORG:{_text(card.region)};{_text(card.name)}"
    if card.leader:
        yield f"ROLE:{_text(card.leader)}"
    if card.address:
        yield f"ADR;TYPE=WORK:;;{_text(card.address)};;;;"
    for number, line in enumerate(card.lines, start=1):
        yield f"item{number}.{_property(line)}"
        yield f"item{number}.X-ABLabel:{_text(line.label)}"
    yield f"URL:{card.url}"
    yield f"NOTE:{_text(card.note)}"
    yield f"REV:{card.confirmed_at:%Y%m%dT%H%M%SZ}"
    yield f"UID:{card.url}"
    yield "END:VCARD"


def _property(line: CardLine) -> str:
    if line.channel in TELEPHONES:
        return f"TEL;TYPE={TELEPHONES[Channel(line.channel)]}:{line.value}"
    if line.channel == Channel.EMAIL:
        return f"EMAIL;TYPE=INTERNET:{_text(line.value)}"
    if line.channel == Channel.WEBSITE or line.channel in ACCOUNTS:
        return f"URL:{link(line.channel, line.value)}"
    return f"X-CHANNEL:{_text(line.value)}"


def _text(words: str) -> str:
    """Escaped, so that no word of an office ends a line or a part of one."""
    for mark in ("\\", ";", ","):
        words = words.replace(mark, f"\\{mark}")
    return "\\n".join(words.splitlines())


def _folded(line: str) -> Iterable[str]:
    """Cut between letters, never inside one: the limit counts octets."""
    room, begun = MOST_OCTETS, ""
    for letter in line:
        size = len(letter.encode())
        if size > room:
            yield begun
            begun, room = " ", MOST_OCTETS - 1
        begun += letter
        room -= size
    yield begun
