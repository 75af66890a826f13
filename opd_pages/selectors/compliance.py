"""The compliance board: who keeps the duty of published, fresh and complete contacts. No number stands on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.models import PortalSettings

from ..completeness import Completeness
from ..models import ConfirmedContact, ConfirmedLeader, ContactSheet, Level, Pledge, Unit
from .contact_duties import completeness_of

# Whose duty it is. What is no office of the kabupaten may publish, and is not counted.
BOUND = (
    Level.ROOT,
    Level.AGENCY,
    Level.INSPECTORATE,
    Level.DISTRICT,
    Level.VILLAGE,
    Level.HOSPITAL,
    Level.COMPANY,
)
PER_PAGE = 20
HEADER = (
    gettext_lazy("kode"),
    gettext_lazy("unit"),
    gettext_lazy("jenis"),
    gettext_lazy("kecamatan"),
    gettext_lazy("terbit"),
    gettext_lazy("dikonfirmasi"),
    gettext_lazy("segar"),
    gettext_lazy("lengkap"),
    gettext_lazy("kelengkapan (%)"),
    gettext_lazy("belum ada"),
    gettext_lazy("komitmen pimpinan"),
)


@dataclass(frozen=True)
class Standing:
    """How one unit keeps the duty; `confirmed_on` is None before the first confirmation."""

    unit: Unit
    confirmed_on: date | None
    is_fresh: bool
    completeness: Completeness
    has_pledge: bool

    @property
    def is_published(self) -> bool:
        return self.confirmed_on is not None

    @property
    def is_complete(self) -> bool:
        return self.completeness.is_complete

    @property
    def is_kept(self) -> bool:
        return self.is_fresh and self.is_complete


@dataclass(frozen=True)
class Tally:
    """How many of a group keep the duty; `code` chooses the group in the board's address."""

    label: str
    code: str
    total: int
    published: int
    fresh: int
    complete: int
    pledged: int


@dataclass(frozen=True)
class Board:
    every_days: int
    whole: Tally
    kinds: list[Tally]
    districts: list[Tally]
    # Those of the chosen group, who does not keep the duty first.
    chosen: str
    units: Page


def board(wanted: dict[str, str]) -> Board:
    """For {"jenis", "kecamatan", "halaman"}; what is not understood chooses nothing. 6 queries, however many units."""
    standings = all_standings()
    kinds = {standing.unit.kind.code: standing.unit.kind for standing in standings}
    districts = [each.unit for each in standings if each.unit.kind.level == Level.DISTRICT]
    kind = kinds.get(wanted.get("jenis", ""))
    district = next((unit for unit in districts if unit.short_code == wanted.get("kecamatan")), None)
    rows = [
        each
        for each in standings
        if (kind is None or each.unit.kind == kind) and (district is None or district.contains(each.unit))
    ]
    rows.sort(key=lambda each: (each.is_kept, each.is_published, each.confirmed_on or date.min))
    return Board(
        every_days=PortalSettings.load().confirm_contacts_every_days,
        whole=_tally(_("Semua unit"), "", standings),
        kinds=[
            _tally(each.label, each.code, [row for row in standings if row.unit.kind == each])
            for each in sorted(kinds.values(), key=lambda each: (each.order, each.code))
        ],
        districts=[
            _tally(each.full_name, each.short_code, [row for row in standings if each.contains(row.unit)])
            for each in districts
        ],
        chosen=district.full_name if district else kind.label if kind else "",
        units=Paginator(rows, PER_PAGE).get_page(wanted.get("halaman")),
    )


def all_standings() -> list[Standing]:
    """Every unit bound by the duty, by kind and name: 5 queries."""
    today = timezone.localdate()
    days = PortalSettings.load().confirm_contacts_every_days
    units = list(_bound_units())
    sheets = [unit.sheet for unit in units if unit.sheet]
    contacts: dict[int, list[tuple[str, str]]] = {}
    shown = ConfirmedContact.objects.filter(sheet__in=_last_sheets())
    for sheet, channel, hours in shown.values_list("sheet", "channel", "hours"):
        contacts.setdefault(sheet, []).append((channel, hours))
    led = set(ConfirmedLeader.objects.filter(sheet__in=_last_sheets()).values_list("sheet", flat=True))
    pledged = set(Pledge.objects.filter(ended_at=None).values_list("unit", flat=True)) if sheets else set()
    return [_standing(unit, contacts.get(unit.sheet, []), led, pledged, today, days) for unit in units]


def _bound_units():
    last = ContactSheet.objects.filter(unit=OuterRef("pk")).order_by("-version")
    dated = ContactSheet.objects.filter(unit=OuterRef("pk")).order_by(
        "-version", "-confirmations__confirmed_at"
    )
    units = Unit.objects.current().at(*BOUND).select_related("kind", "parent__kind", "page")
    return units.annotate(
        sheet=Subquery(last.values("pk")[:1]),
        confirmed_at=Subquery(dated.values("confirmations__confirmed_at")[:1]),
    ).order_by("kind__order", "name", "parent__name", "pk")


def _last_sheets():
    newer = ContactSheet.objects.filter(unit=OuterRef("unit")).order_by("-version")
    return ContactSheet.objects.filter(pk=Subquery(newer.values("pk")[:1])).values("pk")


def _standing(
    unit: Unit,
    contacts: Sequence[tuple[str, str]],
    led: set[int],
    pledged: set[int],
    today: date,
    days: int,
) -> Standing:
    confirmed_on = timezone.localdate(unit.confirmed_at) if unit.confirmed_at and contacts else None
    return Standing(
        unit=unit,
        confirmed_on=confirmed_on,
        is_fresh=confirmed_on is not None and today <= confirmed_on + timedelta(days=days),
        completeness=completeness_of(
            contacts, is_confirmed=confirmed_on is not None, is_led=unit.sheet in led, address=unit.address
        ),
        has_pledge=unit.pk in pledged,
    )


def _tally(label: str, code: str, rows: Iterable[Standing]) -> Tally:
    rows = list(rows)
    return Tally(
        label=label,
        code=code,
        total=len(rows),
        published=sum(row.is_published for row in rows),
        fresh=sum(row.is_fresh for row in rows),
        complete=sum(row.is_complete for row in rows),
        pledged=sum(row.has_pledge for row in rows),
    )


def file_rows() -> list[list[object]]:
    """A row of the CSV file for each unit, in the order of HEADER. It holds what the board shows, and no contact."""
    return [_file_row(standing) for standing in all_standings()]


def _file_row(standing: Standing) -> list[object]:
    unit = standing.unit
    district = unit.parent if unit.kind.level == Level.VILLAGE else None
    return [
        unit.code,
        unit.full_name,
        unit.kind.label,
        district.full_name if district else "",
        _yes_or_no(standing.is_published),
        standing.confirmed_on.isoformat() if standing.confirmed_on else "",
        _yes_or_no(standing.is_fresh),
        _yes_or_no(standing.is_complete),
        standing.completeness.share,
        "; ".join(map(str, standing.completeness.missing)),
        _yes_or_no(standing.has_pledge),
    ]


def _yes_or_no(claim: bool) -> str:
    return _("ya") if claim else _("tidak")
