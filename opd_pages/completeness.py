"""What a unit owes its readers, weighed. One list: of the contact desk, the board and the dashboard."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Item:
    """`weight` is in points; `words` name what there should be, for whoever has to add it."""

    code: str
    words: str | Promise
    weight: int

    def __str__(self) -> str:
        return str(self.words)


# In the order in which it helps a citizen.
OF_CONTACTS = (
    Item("confirmed", _("Kontak dikonfirmasi dan tampil untuk umum"), 10),
    Item("number", _("Nomor yang dapat dihubungi"), 10),
    Item("written", _("Surel atau akun untuk menulis"), 10),
    Item("hours", _("Jam layanan pada satu kontak"), 10),
    Item("leader", _("Pimpinan, atau keterangan bahwa jabatannya kosong"), 10),
    Item("address", _("Alamat kantor"), 10),
)
OF_PAGE = (
    Item("introduction", _("Pengantar pada halaman unit"), 10),
    Item("body", _("Isi halaman unit: tugas, wilayah, atau profil"), 10),
    Item("service", _("Sedikitnya satu halaman layanan yang terbit"), 10),
    Item("portrait", _("Foto pimpinan"), 5),
    Item("pledge", _("Komitmen pimpinan"), 5),
)
OF_UNIT = (*OF_CONTACTS, *OF_PAGE)


def score(wanted: Iterable[Item], has: frozenset[str]) -> int:
    """The weight of what is there in whole per cent of all; 100 only where nothing is missing, 0 of nothing."""
    wanted = tuple(wanted)
    total = sum(item.weight for item in wanted)
    there = sum(item.weight for item in wanted if item.code in has)
    if there == total:
        return 100 if total else 0
    return min(round(100 * there / total), 99)


@dataclass(frozen=True)
class Completeness:
    """Which of the wanted items, by their codes, a unit has."""

    has: frozenset[str]
    wanted: tuple[Item, ...] = OF_CONTACTS

    @property
    def missing(self) -> list[Item]:
        return [item for item in self.wanted if item.code not in self.has]

    @property
    def share(self) -> int:
        """Whole per cent."""
        return score(self.wanted, self.has)

    @property
    def is_complete(self) -> bool:
        return not self.missing
