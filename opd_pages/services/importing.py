"""Units from a list: all of it or none of it, and the same list twice changes nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ..channels import Channel
from ..models import Consent, Contact, Level, Unit, UnitKind
from ..registry import unit_moved
from .short_codes import NoShortCode, derive_short_code
from .unit_file import UnitFile, read_unit_file
from .unit_rows import Entry, Note, RowCheck

Progress = Callable[[int, int], None]

COLUMN_OF_FIELD = {
    "code": "kode",
    "short_code": "kode_singkat",
    "name": "nama",
    "address": "alamat",
    "website": "situs",
}


class ImportRefused(ValueError):
    """The list has faults and nothing of it was taken. `faults` holds every one, in the order of the rows."""

    def __init__(self, faults: list[Note]) -> None:
        self.faults = sorted(faults)
        super().__init__("\n".join(map(str, self.faults)))


@dataclass
class ImportReport:
    """What an import did, or would do. `changed` holds each unit with the columns that differed."""

    ignored_columns: tuple[str, ...]
    skipped: list[Note]
    warnings: list[Note]
    created: list[Unit] = field(default_factory=list)
    changed: list[tuple[Unit, list[str]]] = field(default_factory=list)
    unchanged: int = 0
    phones: list[Contact] = field(default_factory=list)


@transaction.atomic
def import_units(
    source: Path | Iterable[Mapping[str, str]],
    *,
    kabupaten: str = "",
    dry_run: bool = False,
    is_demo: bool = False,
    progress: Progress = lambda done, total: None,
) -> ImportReport:
    """Make and amend the units of a list; units are known by their code. About 15 queries, whatever the length.

    kabupaten: code of the one under which units without a parent are put, where there are several.
    progress is told units done and units in all. Raises UnreadableFile, ImportRefused.
    """
    file = read_unit_file(source) if isinstance(source, Path) else UnitFile.of(source)
    _wait_for_others()
    check = RowCheck(file, {unit.code: unit for unit in _whole_tree()}, kabupaten).run()
    if check.faults:
        raise ImportRefused(check.faults)
    report = _compare(check, is_demo)
    if not dry_run:
        try:
            with transaction.atomic():
                _write(report, progress)
        except IntegrityError as fault:
            # The form of a single unit does not wait for imports.
            words = _("Daftar unit baru saja diubah orang lain. Impor lagi berkas ini.")
            raise ImportRefused([Note(0, words)]) from fault
    return report


def _wait_for_others() -> None:
    """One import at a time: a button pressed twice would make every unit twice, and the second be refused.

    The first import finds no unit to lock, but the kind it begins with is always there. Who makes a single unit
    of that kind does not wait (no_key).
    """
    list(UnitKind.objects.select_for_update(no_key=True).filter(level=Level.ROOT).order_by("pk"))


def _whole_tree() -> list[Unit]:
    """Every unit, holding its parents, from the root downwards."""
    units = list(Unit.objects.select_related("kind"))
    by_id = {unit.pk: unit for unit in units}
    for unit in units:
        if unit.parent_id:
            unit.parent = by_id[unit.parent_id]
    return sorted(units, key=_depth)


def _depth(unit: Unit) -> int:
    return _depth(unit.parent) + 1 if unit.parent else 0


def _compare(check: RowCheck, is_demo: bool) -> ImportReport:
    report = ImportReport(check.file.ignored_columns, check.skipped, check.warnings)
    units = dict(check.known)
    taken = {unit.short_code: unit.code for unit in units.values()}
    faults = _reserve_short_codes(check, taken)
    with_phone = set(Contact.objects.filter(channel=Channel.PHONE).values_list("unit__code", flat=True))
    withdrawn = set(Consent.objects.exclude(withdrawn_at=None).values_list("contact__value", flat=True))
    for entry in _parents_first(check.entries):
        parent = units.get(entry.parent_code)
        if unit := units.get(entry.code):
            _amend(unit, entry, parent, report)
        else:
            unit = units[entry.code] = _new_unit(entry, parent, is_demo)
            faults += _settle_short_code(unit, entry, taken)
            report.created.append(unit)
        faults += _field_faults(unit, entry)
        if entry.phone and entry.code not in with_phone:
            is_personal = entry.phone in withdrawn
            phone = Contact(unit=unit, channel=Channel.PHONE, value=entry.phone, is_personal=is_personal)
            report.phones.append(phone)
    if faults:
        raise ImportRefused(faults)
    return report


def _reserve_short_codes(check: RowCheck, taken: dict[str, str]) -> list[Note]:
    """The short codes that new units bring come before those that are made."""
    faults = []
    for entry in check.entries.values():
        if not entry.short_code or entry.code in check.known:
            continue
        if (owner := taken.setdefault(entry.short_code, entry.code)) != entry.code:
            words = _("kode singkat %(short_code)s sudah dipakai %(owner)s.")
            faults.append(Note(entry.row, words % {"short_code": entry.short_code, "owner": owner}))
    return faults


def _parents_first(entries: Mapping[str, Entry]) -> list[Entry]:
    def depth(entry: Entry) -> int:
        above = entries.get(entry.parent_code)
        return depth(above) + 1 if above else 0

    return sorted(entries.values(), key=lambda entry: (depth(entry), entry.code))


def _amend(unit: Unit, entry: Entry, parent: Unit | None, report: ImportReport) -> None:
    given = {"name": entry.name, "kind": entry.kind, "parent": parent}
    given |= {name: text for name in ("address", "website") if (text := getattr(entry, name))}
    differing = [name for name, value in given.items() if getattr(unit, name) != value]
    for name in differing:
        setattr(unit, name, given[name])
    if differing:
        columns = COLUMN_OF_FIELD | {"kind": "jenis", "parent": "kode_induk"}
        report.changed.append((unit, [columns[name] for name in differing]))
    else:
        report.unchanged += 1
    if entry.short_code and entry.short_code != unit.short_code:
        report.warnings.append(
            Note(entry.row, _("kode singkat tetap %s, karena sudah dipakai.") % unit.short_code)
        )


def _new_unit(entry: Entry, parent: Unit | None, is_demo: bool) -> Unit:
    return Unit(
        code=entry.code,
        short_code=entry.short_code,
        name=entry.name,
        kind=entry.kind,
        parent=parent,
        address=entry.address,
        website=entry.website,
        is_demo=is_demo,
    )


def _settle_short_code(unit: Unit, entry: Entry, taken: dict[str, str]) -> list[Note]:
    if not unit.short_code:
        try:
            unit.short_code = derive_short_code(unit, taken)
        except NoShortCode:
            return [Note(entry.row, _("kode singkat tidak dapat dibuat. Isi kolom kode_singkat."))]
        taken[unit.short_code] = unit.code
    return []


def _field_faults(unit: Unit, entry: Entry) -> list[Note]:
    try:
        unit.clean_fields(exclude={"kind", "parent", "area", "successor", "lineage"})
    except ValidationError as invalid:
        return [
            Note(entry.row, f"{COLUMN_OF_FIELD.get(name, name)}: {words}")
            for name, messages in invalid.message_dict.items()
            for words in messages
        ]
    return []


def _write(report: ImportReport, progress: Progress) -> None:
    total = len(report.created) + len(report.changed)
    done = 0
    for _level, units in groupby(sorted(report.created, key=_depth), key=_depth):
        done += len(Unit.objects.bulk_create(units))
        progress(done, total)
    changed = [unit for unit, _columns in report.changed]
    Unit.objects.bulk_update(changed, ["name", "kind", "parent", "address", "website"], batch_size=200)
    _settle_tree()
    Contact.objects.bulk_create(report.phones)
    progress(total, total)


def _settle_tree() -> None:
    """Write the lineage and area of every unit whose place is not what it was, as Unit.save() does for one."""
    tree = _whole_tree()
    new = {unit.pk for unit in tree if not unit.lineage}
    placed = [unit for unit in tree if unit.place()]
    Unit.objects.bulk_update(placed, ["lineage", "area"], batch_size=200)
    for unit in placed:
        if unit.pk not in new:
            for follow in unit_moved:
                follow(unit)
