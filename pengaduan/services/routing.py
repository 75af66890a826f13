"""Which office a report goes to, so that nobody receives a report about themselves."""

from dataclasses import dataclass

from cases.services.staffing import nearest_desk
from opd_pages.models import Level, Role, Unit

from ..models import DeskSettings, ReportClass


class NoDesk(LookupError):
    """The installation has no unit that could receive this report."""


@dataclass(frozen=True)
class Route:
    unit: Unit
    concerns_unit: Unit | None
    is_supervisory: bool
    # Who looks first: the desk, or whoever else is there.
    first_role: str


# Who can take up a report at a unit, the usual one first. A secret one is for the head's eyes.
FIRST_LOOK = (Role.OPERATOR, Role.HEAD, Role.INSPECTOR, Role.COORDINATOR)
FIRST_LOOK_AT_SECRETS = (Role.HEAD, Role.INSPECTOR, Role.COORDINATOR)


def route(
    *, addressed_to: Unit | None, accused: Unit | None, report_class: str, is_secret: bool = False
) -> Route:
    """The office that receives a report, and the one it accuses.

    Whistle-blowing goes to the inspectorate; a complaint about officers goes to the unit above them; both away from
    the accused. What is addressed to an office without a desk goes to the one above it. Raises NoDesk.
    """
    if report_class == ReportClass.WHISTLEBLOWING or (accused and accused.parent_id is None):
        target = _inspectorate(not_at=accused) or _root()
    elif accused:
        target = accused.parent
    else:
        target = addressed_to or _root()
    if target is None:
        raise NoDesk
    unit, role = nearest_desk(target, FIRST_LOOK_AT_SECRETS if is_secret else FIRST_LOOK, accused=accused)
    return Route(unit, accused, is_supervisory(report_class, accused), role)


def is_supervisory(report_class: str, accused: Unit | None) -> bool:
    """Whether the inspectorate reads along: what accuses somebody, and whistle-blowing in any case."""
    return accused is not None or report_class == ReportClass.WHISTLEBLOWING


def _root() -> Unit | None:
    return (
        Unit.objects.select_related("kind").filter(parent=None, kind__level=Level.ROOT).order_by("pk").first()
    )


def _inspectorate(*, not_at: Unit | None) -> Unit | None:
    found = Unit.objects.current().at(Level.INSPECTORATE).select_related("kind", "parent__kind")
    return found.exclude(pk=not_at.pk if not_at else None).first()


def desk_of(unit: Unit) -> DeskSettings:
    """How the unit handles complaints; the defaults where nobody has settled it."""
    found = DeskSettings.objects.raw(
        f"SELECT * FROM {DeskSettings._meta.db_table} WHERE unit_id = %s",  # noqa: S608
        [unit.pk],
    )
    return next(iter(found), None) or DeskSettings(unit=unit)
