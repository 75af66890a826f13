"""The dashboard "Tugas unit Anda": what waits for one person at the units they keep, with the way to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from home.models import PortalSettings, User

from ..completeness import OF_UNIT, Item
from ..models import Membership, Role, Unit
from ..registry import OpenCases, open_cases
from .keepers import KEEPERS, every_unit, kept_units
from .page_tasks import BrokenLinks, Reviews, broken_links_for, pages_of, reviews_for
from .unit_duties import UnitDuty, unit_duties

# Units in full, and lines of the list of the others.
MOST_IN_FULL, MOST_LISTED = 3, 10
# On which page of the contact desk an item is mended; what is mended elsewhere is not named here.
AT_THE_CONTACT_DESK = {
    "confirmed": "contact_desk",
    "number": "add_contact",
    "written": "add_contact",
    "hours": "contact_desk",
    "leader": "edit_leader",
    "portrait": "edit_leader",
    "pledge": "edit_pledge",
}
BY_KEEPERS = _("Diisi pengelola kontak unit itu.")
BY_EDITORS = _("Diisi penyunting halaman unit itu.")
BY_ADMINISTRATORS = _("Diisi administrator portal.")


@dataclass(frozen=True)
class Hands:
    """What somebody may mend where. 1 query."""

    held: tuple[tuple[str, int, str], ...]
    enters_admin: bool

    @classmethod
    def of(cls, user: User) -> "Hands":
        held = Membership.objects.current().filter(user=user)
        rows = held.order_by("pk").values_list("role", "unit", "unit__lineage")
        return cls(tuple(rows), user.has_perm("wagtailadmin.access_admin"))

    @property
    def own_units(self) -> set[int]:
        """Where this person sits, not those below."""
        return {unit for role, unit, _lineage in self.held if role in KEEPERS}

    @property
    def looks_over(self) -> bool:
        return any(role == Role.ADMINISTRATOR for role, _unit, _lineage in self.held)

    def keeps(self, unit: Unit) -> bool:
        return self._stands_over(unit, KEEPERS)

    def edits(self, unit: Unit) -> bool:
        return self.enters_admin and (self.looks_over or self._stands_over(unit, [Role.EDITOR]))

    def _stands_over(self, unit: Unit, roles: Iterable[str]) -> bool:
        return any(role in roles and unit.lineage.startswith(lineage) for role, _unit, lineage in self.held)


@dataclass(frozen=True)
class Missing:
    """What is missing and where it is added; without a `url`, `hint` says who adds it."""

    item: Item
    url: str
    hint: str | Promise


@dataclass(frozen=True)
class UnitTasks:
    duty: UnitDuty
    missing: list[Missing]
    contact_desk: str


@dataclass(frozen=True)
class Others:
    """The units that are not shown in full: how many, and the furthest behind."""

    total: int
    waiting: int
    incomplete: int
    listed: list[UnitDuty]


@dataclass(frozen=True)
class TaskBoard:
    in_full: list[UnitTasks]
    others: Others | None
    reviews: Reviews
    broken: BrokenLinks
    cases: list[OpenCases] = field(default_factory=list)
    looks_over: bool = False
    counted: tuple[Item, ...] = OF_UNIT


def task_board(user: User) -> TaskBoard | None:
    """Of somebody's own units, and in short of those below; None for who keeps no unit and looks over none.

    18 queries and what the other rooms ask to count open cases, however many units and pages there are.
    """
    hands = Hands.of(user)
    units = list(_with_names(kept_units(user)))
    looks_over = not units and hands.looks_over
    if looks_over:
        units = list(_with_names(every_unit()))
    if not units:
        return None
    settings = PortalSettings.load()
    duties = sorted(unit_duties(units, settings.confirm_contacts_every_days), key=lambda duty: duty.rank)
    pages = pages_of(duties)
    own = [duty for duty in duties if duty.unit.pk in hands.own_units][:MOST_IN_FULL]
    others = [duty for duty in duties if duty not in own]
    return TaskBoard(
        in_full=[_in_full(duty, hands) for duty in own],
        others=_others(others) if others else None,
        reviews=reviews_for(user, pages, settings.review_pages_every_days),
        broken=broken_links_for(user, pages),
        cases=[each for count in open_cases for each in count(user)],
        looks_over=looks_over,
    )


def _with_names(units: QuerySet[Unit]) -> QuerySet[Unit]:
    """Without their pages, of which only a few columns are wanted."""
    return units.select_related(None).select_related("kind", "parent__kind")


def tasks_of(user: User, unit: Unit) -> UnitTasks | None:
    """Of one unit in full; None for who neither keeps nor looks over it. 9 queries."""
    hands = Hands.of(user)
    if not unit.is_current or not (hands.keeps(unit) or hands.looks_over):
        return None
    every_days = PortalSettings.load().confirm_contacts_every_days
    return _in_full(unit_duties([unit], every_days)[0], hands)


def _others(duties: list[UnitDuty]) -> Others:
    behind = [duty for duty in duties if duty.waits or duty.completeness.missing]
    return Others(
        total=len(duties),
        waiting=sum(duty.waits for duty in duties),
        incomplete=sum(not duty.completeness.is_complete for duty in duties),
        listed=behind[:MOST_LISTED],
    )


def _in_full(duty: UnitDuty, hands: Hands) -> UnitTasks:
    keeps = hands.keeps(duty.unit)
    return UnitTasks(
        duty=duty,
        missing=[_missing(item, duty, hands) for item in duty.completeness.missing],
        contact_desk=reverse("contact_desk", args=[duty.unit.short_code]) if keeps else "",
    )


def _missing(item: Item, duty: UnitDuty, hands: Hands) -> Missing:
    unit = duty.unit
    if item.code == "address":
        edit = reverse("opd_pages_unit_modeladmin_edit", args=[unit.pk]) if hands.looks_over else ""
        return Missing(item, edit, BY_ADMINISTRATORS)
    if route := AT_THE_CONTACT_DESK.get(item.code):
        arguments = [unit.short_code, 1] if route == "edit_leader" else [unit.short_code]
        return Missing(item, reverse(route, args=arguments) if hands.keeps(unit) else "", BY_KEEPERS)
    if not duty.page_id or not hands.edits(unit):
        return Missing(item, "", BY_EDITORS)
    if item.code == "service":
        new = reverse("wagtailadmin_pages:add", args=["opd_pages", "servicepage", duty.page_id])
        return Missing(item, new, "")
    return Missing(item, reverse("wagtailadmin_pages:edit", args=[duty.page_id]), "")
