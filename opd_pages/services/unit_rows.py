"""From the lines of a list to the units they speak of, or to all that is wrong with them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from ..channels import Channel, InvalidContact, normalise
from ..models import Level, Unit, UnitKind
from .unit_file import Row, UnitFile

CODE = re.compile(r"^[0-9A-Z]+([.-][0-9A-Z]+)*$")
# Known by the code of the state's list alone: names repeat and are spelt in two ways.
REGIONS = (Level.DISTRICT, Level.VILLAGE)


class Note(NamedTuple):
    """Something to tell about a row; row 0 is the file as a whole."""

    row: int
    words: str

    def __str__(self) -> str:
        return _("Baris %(row)s: %(words)s") % self._asdict() if self.row else self.words


@dataclass
class Entry:
    """A row that was understood. Empty texts were not given."""

    row: int
    code: str
    kind: UnitKind
    name: str
    parent_code: str
    short_code: str
    address: str
    website: str
    phone: str


@dataclass
class RowCheck:
    """Reads the rows of a list against the units there are: {code: unit}, with kind and parent loaded."""

    file: UnitFile
    known: Mapping[str, Unit]
    kabupaten: str = ""
    entries: dict[str, Entry] = field(default_factory=dict)
    faults: list[Note] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    skipped: list[Note] = field(default_factory=list)

    def run(self) -> "RowCheck":
        if self.kabupaten and self.kabupaten not in self.roots:
            self.faults.append(
                Note(0, _("Kabupaten %s tidak ada di berkas maupun di portal.") % self.kabupaten)
            )
            return self
        for row in self.file.rows:
            self._read(row)
        for entry in self.entries.values():
            self._check_parent(entry)
        return self

    @cached_property
    def kinds(self) -> dict[str, UnitKind]:
        return {kind.code.casefold(): kind for kind in UnitKind.objects.all()}

    @cached_property
    def roots(self) -> set[str]:
        """Codes of the kabupaten, or of several where an installation holds more."""
        in_file = {row["kode"].upper() for row in self.file.rows if self._is_root(row)}
        return in_file | {code for code, unit in self.known.items() if unit.kind.level == Level.ROOT}

    def _is_root(self, row: Row) -> bool:
        kind = self.kinds.get(row["jenis"].casefold())
        return bool(kind and kind.level == Level.ROOT and row["kode"])

    @cached_property
    def codes_in_file(self) -> set[str]:
        return {row["kode"].upper() for row in self.file.rows}

    def _read(self, row: Row) -> None:
        faults_before = len(self.faults)
        kind = self._kind(row)
        if kind and kind.level in REGIONS and not row["kode"]:
            self.skipped.append(Note(row.number, _("%s tanpa kode wilayah") % row["nama"]))
            return
        if not row["nama"]:
            self._fault(row, _("nama belum diisi."))
        if row.has_extra_cells:
            self._fault(row, _("jumlah selnya melebihi judul kolom. Periksa tanda koma dan kutip."))
        code = self._code(row, kind)
        if first := self.entries.get(code):
            self._fault(
                row, _("kode %(code)s sudah ada di baris %(row)s.") % {"code": code, "row": first.row}
            )
        if len(self.faults) > faults_before:
            return
        self.entries[code] = Entry(
            row=row.number,
            code=code,
            kind=kind,
            name=_without_label(row["nama"], kind),
            parent_code=self._parent_code(row, kind, code),
            short_code=row["kode_singkat"].upper(),
            address=row["alamat"],
            website=self._website(row),
            phone=self._phone(row),
        )

    def _fault(self, row: Row, words: str) -> None:
        self.faults.append(Note(row.number, words))

    def _kind(self, row: Row) -> UnitKind | None:
        if kind := self.kinds.get(row["jenis"].casefold()):
            return kind
        known = ", ".join(kind.code for kind in self.kinds.values())
        self._fault(
            row,
            _('jenis "%(kind)s" tidak dikenal. Pakai: %(known)s.') % {"kind": row["jenis"], "known": known},
        )
        return None

    def _code(self, row: Row, kind: UnitKind | None) -> str:
        if not (code := row["kode"].upper()):
            if not row["kode_singkat"] or (kind and kind.level == Level.ROOT):
                self._fault(row, _("kode belum diisi."))
                return ""
            root = self._root_for(row)
            code = f"{root}.{row['kode_singkat'].upper()}" if root else ""
        if code and not CODE.match(code):
            self._fault(row, _('kode "%s" hanya boleh berisi angka, huruf, titik, dan tanda hubung.') % code)
        return code

    def _root_for(self, row: Row) -> str:
        """The kabupaten a unit without a code of its own belongs to."""
        if self.kabupaten:
            return self.kabupaten
        if len(self.roots) == 1:
            return next(iter(self.roots))
        above = [root for root in self.roots if f"{row['kode_induk'].upper()}.".startswith(f"{root}.")]
        if above:
            return max(above, key=len)
        if self.roots:
            self._fault(row, _("ada beberapa kabupaten. Isi kode_induk, atau sebutkan kabupatennya."))
        else:
            self._fault(row, _("belum ada kabupaten. Impor dahulu berkas wilayah yang memuatnya."))
        return ""

    def _parent_code(self, row: Row, kind: UnitKind, code: str) -> str:
        if kind.level == Level.ROOT:
            return ""
        if row["kode_induk"]:
            return row["kode_induk"].upper()
        if kind.level == Level.VILLAGE:
            return code.rpartition(".")[0]
        return self._root_for(row)

    def _check_parent(self, entry: Entry) -> None:
        """The parent is there, and going up from it one comes to an end."""
        seen, code = {entry.code}, entry.parent_code
        if code and not any(code in codes for codes in (self.entries, self.known, self.codes_in_file)):
            self.faults.append(Note(entry.row, _("induk %s tidak ada di berkas maupun di portal.") % code))
        while code:
            if code in seen:
                self.faults.append(
                    Note(entry.row, _("unit ini berada di bawah dirinya sendiri; periksa kode_induk."))
                )
                return
            seen.add(code)
            code = self._parent_of(code)

    def _parent_of(self, code: str) -> str:
        if entry := self.entries.get(code):
            return entry.parent_code
        unit = self.known.get(code)
        return unit.parent.code if unit and unit.parent else ""

    def _website(self, row: Row) -> str:
        try:
            if row["situs"]:
                URLValidator(schemes=["http", "https"])(row["situs"])
            return row["situs"]
        except ValidationError:
            self.warnings.append(
                Note(row.number, _('situs "%s" bukan alamat lengkap, tidak disimpan.') % row["situs"])
            )
            return ""

    def _phone(self, row: Row) -> str:
        """E.164, or nothing: a list has nobody to ask what a short or odd number means."""
        if not row["telepon"]:
            return ""
        try:
            value = normalise(Channel.PHONE, row["telepon"])
            if phonenumbers.is_valid_number(phonenumbers.parse(value)):
                return value
        except InvalidContact:
            pass
        self.warnings.append(
            Note(
                row.number,
                _('telepon "%s" bukan nomor telepon yang lengkap, tidak disimpan.') % row["telepon"],
            )
        )
        return ""


def _without_label(name: str, kind: UnitKind) -> str:
    """Kapas, also where the list says Kecamatan Kapas: the label is put in front when the name is shown."""
    for label in (kind.label, kind.code) if kind.prefixes_name else ():
        if name.casefold().startswith(f"{label.casefold()} "):
            return name[len(label) :].strip()
    return name
