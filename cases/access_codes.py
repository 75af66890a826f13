"""The access code: what the reporter holds besides the number, made from the case and never stored.

Ten characters of Crockford's alphabet, an HMAC under a lasting key, so that a retry or a later message can show it
again and a lost one is voided by raising the case's `code_version`.
"""

import hmac
import re
from collections.abc import Callable

from django.core.cache import cache
from django.utils.translation import gettext as _

from .encryption import hashes_to_find, keyed_hash
from .lasting_keys import ACCESS_CODE, lasting_hash
from .models import Case

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
MISTAKEN = str.maketrans("OIL", "011")
NUMBER_LETTERS = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-")
# Telephones make other dashes of "-" and "--".
DASHES = re.compile("[\u2010-\u2015\u2212]")
LONGEST_NUMBER = 40
# Wrong guesses at one number from one network address before the number rests for it; right ones are not counted.
MOST_GUESSES = 10
# From everywhere together: so many that nobody shuts the reporter out by guessing, so few that 2^50 codes stand.
MOST_GUESSES_AT_ALL = 500
REST_SECONDS = 15 * 60


class TooManyGuesses(Exception):
    """Too many wrong guesses at this number; it rests until the oldest of them is a quarter of an hour old."""

    def __str__(self) -> str:
        return _("Terlalu banyak percobaan untuk nomor ini. Coba lagi 15 menit lagi.")


def access_code(number: str, version: int) -> str:
    """The code as it is stored nowhere: 10 characters, without the dash."""
    bits = int(lasting_hash(ACCESS_CODE, f"{number}:{version}")[:16], 16)
    return "".join(ALPHABET[bits >> 5 * place & 31] for place in range(LENGTH))


def shown(code: str) -> str:
    """7K2M9-QX4TB, as it is printed."""
    return f"{code[:5]}-{code[5:]}"


def read(typed: str) -> str:
    """What somebody typed, as the code it means: O is 0, I and L are 1, small letters and dashes do not matter."""
    return "".join(letter for letter in _digits(typed.upper()) if letter.isalnum())


def read_number(typed: str) -> str:
    """What somebody typed, as the number it means: O, I and L are digits in the year and the count, not in a unit."""
    dashed = DASHES.sub("-", typed[: 2 * LONGEST_NUMBER].upper())
    year, *names = "".join(letter for letter in dashed if letter in NUMBER_LETTERS).split("-")
    if names:
        names[-1] = _digits(names[-1])
    return "-".join([_digits(year), *names])[:LONGEST_NUMBER]


def _digits(letters: str) -> str:
    return letters.translate(MISTAKEN)


def find_case(number: str, typed: str, *, address: str) -> Case | None:
    """The case that this number and code open, or None. Raises TooManyGuesses. `address` is who asks, on the network.

    A number that does not exist costs the same work and the same answer as a wrong code.
    """

    def opened(number: str) -> Case | None:
        case = Case.objects.filter(number=number).select_related("responsible_unit__kind").first()
        right = access_code(number, case.code_version if case else 1)
        is_right = hmac.compare_digest(right.encode(), read(typed).encode())
        return case if is_right else None

    return _guessed(number, opened, address)


def find_case_of(number: str, way: str, contact: str, *, address: str) -> Case | None:
    """The case with this number whose reporter left this contact, or None. Raises TooManyGuesses, as `find_case`.

    `way`: "email" or "phone", whose `contact` is written as identities keep it.
    """
    theirs = {f"party__{way}_hash__in": hashes_to_find(way, contact)}
    return _guessed(number, lambda number: Case.objects.filter(number=number, **theirs).first(), address)


def _guessed(number: str, find: Callable[[str], Case | None], address: str) -> Case | None:
    number = read_number(number)
    slots = [f"guess:{keyed_hash('guesses', number)}:{n}" for n in range(MOST_GUESSES_AT_ALL)]
    guesser = keyed_hash("guesser", address)
    guesses = cache.get_many(slots)
    if len(guesses) >= len(slots) or list(guesses.values()).count(guesser) >= MOST_GUESSES:
        raise TooManyGuesses
    if case := find(number):
        return case
    # Each guess takes a free slot: two at once never take the same one, so that none goes uncounted.
    free = (slot for slot in slots if slot not in guesses)
    next((slot for slot in free if cache.add(slot, guesser, REST_SECONDS)), None)
    return None
