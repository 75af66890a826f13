"""What the desk lists. Each list is a known number of queries, whatever the table's size."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from ..actors import Staff
from ..due import due_in_words, due_state
from ..kinds import kind_of
from ..models import Case, Task, Urgency
from ..models.case import LISTED
from ..visibility import cases_for
from .reach import WHOLE, Reach, reach_of
from .search import search

PAGE_SIZE = 50
COUNT_CAP = 100
MINE, TODAY, OVERDUE, ALL, CLOSED = "saya", "hari-ini", "terlambat", "semua", "selesai"
TABS = {
    MINE: _("Perlu saya tangani"),
    TODAY: _("Jatuh tempo hari ini"),
    OVERDUE: _("Terlambat"),
    ALL: _("Semua terbuka"),
    CLOSED: _("Selesai"),
}
COUNTED = (MINE, TODAY, OVERDUE)
URGENT_MARK = "u"
# What a line of a list says, and what orders it.
SHOWN = (
    *("kind", "number", "subject", "place", "status", "handler_id", "is_secret", "is_vulnerable", "is_demo"),
    *("urgency", "received_at", "paused_at", "due_at", "closed_at"),
)


def addressed_to(staff: Staff) -> Q:
    """Tasks this officer owes: by unit and role, and by section where the task names one."""
    rule = Q(pk__in=[])
    for membership in staff.memberships:
        sections = Q(section=None)
        if membership.section_id:
            sections |= Q(section=membership.section_id)
        rule |= Q(unit=membership.unit_id, role=membership.role) & sections
    return rule


def in_tab(staff: Staff, tab: str, *, now: datetime, reach: Reach = WHOLE) -> QuerySet[Case]:
    """The cases of a tab: the urgent before the others, each with the soonest deadline first; of the closed ones those closed last.

    What waits for an officer may be closed: a reporter without e-mail is called about its end. That list is led by
    the open tasks, which have an index of their own (task_open), and so needs no other bound; the others by the open
    cases within the officer's `reach`. A case of another unit is listed there while a step waits for this one.
    """
    if tab == CLOSED:
        return cases_for(staff).filter(reach.units, closed_at__isnull=False).order_by("-closed_at", "-pk")
    if tab == MINE:
        owed = Task.objects.filter(addressed_to(staff), done_at=None)
        cases = cases_for(staff).filter(pk__in=owed.values("case"))
    else:
        cases = cases_for(staff).filter(reach.open, closed_at=None)
    if tab == TODAY:
        cases = cases.filter(due_at__gte=now, due_at__lt=_tomorrow(now))
    elif tab == OVERDUE:
        cases = cases.filter(due_at__lt=now)
    return cases.order_by(*LISTED)


def _tomorrow(now: datetime) -> datetime:
    return (timezone.localtime(now) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


@dataclass(frozen=True)
class Row:
    case: Case
    status: str
    steps: list[str]
    due: str
    due_state: str
    # Nobody at the desk has acted on it yet.
    is_unread: bool
    is_urgent: bool


@dataclass(frozen=True)
class Inbox:
    rows: list[Row]
    # Capped: "100+" is as good as the exact number, and costs the same at any size.
    counts: dict[str, str]
    next_after: str


def inbox(staff: Staff, tab: str, *, after: str = "", now: datetime | None = None) -> Inbox:
    """One page of a tab: 1 query for where to look, 2 for the rows and their open steps, 1 for each count."""
    now, reach = now or timezone.now(), reach_of(staff)
    cases = _after(in_tab(staff, tab, now=now, reach=reach), tab, after)
    found = list(cases.only(*SHOWN)[: PAGE_SIZE + 1])
    page, more = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    # A first page that holds all has been counted by showing it.
    known = {tab: str(len(page))} if tab in COUNTED and not after and not more else {}
    others = (name for name in COUNTED if name not in known)
    return Inbox(
        rows=_rows(page, now),
        counts=known | {name: _capped(in_tab(staff, name, now=now, reach=reach)) for name in others},
        next_after=_marker(page[-1], tab) if more else "",
    )


@dataclass(frozen=True)
class Hits:
    """A page of what was looked for. `next_before`: the key where the older ones begin; "" where that was all.

    `passed_by`: words that stand in most cases and were not looked for.
    """

    rows: list[Row]
    next_before: str
    passed_by: tuple[str, ...]


def hits(staff: Staff, text: str, *, before: str = "", now: datetime | None = None) -> Hits:
    """Cases of this officer with these words or this number, open or closed, the newest first. At most 6 queries."""
    older_than = int(before) if re.fullmatch(r"[1-9]\d{0,17}", before, re.ASCII) else None
    found = search(cases_for(staff).only(*SHOWN), text, before=older_than, limit=PAGE_SIZE)
    return Hits(_rows(found.cases, now or timezone.now()), str(found.before or ""), found.passed_by)


def _rows(cases: list[Case], now: datetime) -> list[Row]:
    """The lines of a list, with each case's open steps. 1 query."""
    steps: dict[int, list[str]] = {}
    open_tasks = Task.objects.filter(case__in=cases, done_at=None).order_by("opened_at")
    for case_id, step in open_tasks.values_list("case_id", "step"):
        steps.setdefault(case_id, []).append(step)
    return [row_of(case, steps.get(case.pk, []), now) for case in cases]


def row_of(case: Case, steps: list[str], now: datetime) -> Row:
    kind = kind_of(case)
    due = due_in_words(case.due_at, now=now, paused=case.paused_at is not None)
    if case.closed_at:
        due = __("Ditutup %(day)s") % {"day": date_format(timezone.localtime(case.closed_at), "j F Y")}
    return Row(
        case=case,
        status=str(kind.workflow.state(case.status).public),
        steps=[str(kind.step_titles.get(step, step)) for step in steps],
        due=due,
        due_state=due_state(case.due_at, now=now, paused=case.paused_at is not None),
        is_unread=case.status == kind.workflow.initial and case.handler_id is None,
        is_urgent=case.urgency == Urgency.URGENT,
    )


def _capped(cases: QuerySet[Case]) -> str:
    count = cases.order_by()[: COUNT_CAP + 1].count()
    return f"{COUNT_CAP}+" if count > COUNT_CAP else str(count)


def _marker(case: Case, tab: str) -> str:
    """Where the next page goes on: by key, so that page 2,000 costs what page 2 does."""
    mark = URGENT_MARK if case.urgency == Urgency.URGENT and tab != CLOSED else ""
    moment = case.closed_at if tab == CLOSED else case.due_at
    return f"{mark}{f'{moment.timestamp():.6f}' if moment else ''}-{case.pk}"


def _after(cases: QuerySet[Case], tab: str, marker: str) -> QuerySet[Case]:
    """What comes behind a marker; everything where somebody made the marker up."""
    match = re.fullmatch(rf"({URGENT_MARK})?(\d{{1,12}}\.\d{{6}})?-(\d{{1,18}})", marker, re.ASCII)
    if not match:
        return cases
    pk = int(match[3])
    try:
        moment = datetime.fromtimestamp(float(match[2]), tz=UTC) if match[2] else None
    except (ValueError, OverflowError):
        return cases
    if tab == CLOSED:
        # The bound is for the index, which an "or" gives none.
        before = Q(closed_at__lt=moment) | Q(pk__lt=pk)
        return cases.filter(before, closed_at__lte=moment) if moment else cases
    later = Q(due_at=None, pk__gt=pk)
    if moment:
        later = Q(due_at__gt=moment) | Q(due_at=moment, pk__gt=pk) | Q(due_at=None)
    if match[1]:
        return cases.filter(Q(urgency=Urgency.URGENT) & later | ~Q(urgency=Urgency.URGENT))
    return cases.filter(~Q(urgency=Urgency.URGENT) & later)
