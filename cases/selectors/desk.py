"""What the desk lists. Each list is a known number of queries, whatever the table's size."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from ..actors import Staff
from ..calendar import date_words
from ..due import due_in_words, due_state
from ..kinds import kind_of
from ..models import Case, Task, Urgency
from ..visibility import cases_for

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


def addressed_to(staff: Staff) -> Q:
    """Tasks this officer owes: by unit and role, and by section where the task names one."""
    rule = Q(pk__in=[])
    for membership in staff.memberships:
        sections = Q(section=None)
        if membership.section_id:
            sections |= Q(section=membership.section_id)
        rule |= Q(unit=membership.unit_id, role=membership.role) & sections
    return rule


def in_tab(staff: Staff, tab: str, *, now: datetime) -> QuerySet[Case]:
    """The cases of a tab: the urgent before the others, each with the soonest deadline first; closed ones newest first.

    What waits for an officer may be closed: a reporter without e-mail is called about its end. That list is led by
    the open tasks, which have an index of their own (task_open), and so needs no other bound; the others by the open
    cases.
    """
    if tab == CLOSED:
        return cases_for(staff).exclude(closed_at=None).order_by("-pk")
    if tab == MINE:
        owed = Task.objects.filter(addressed_to(staff), done_at=None)
        cases = cases_for(staff).filter(pk__in=owed.values("case"))
    else:
        cases = cases_for(staff).filter(closed_at=None)
    if tab == TODAY:
        cases = cases.filter(due_at__gte=now, due_at__lt=_tomorrow(now))
    elif tab == OVERDUE:
        cases = cases.filter(due_at__lt=now)
    return cases.order_by("-urgency", F("due_at").asc(nulls_last=True), "pk")


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
    """One page of a tab: 2 queries for the rows and their open steps, 1 for each count."""
    now = now or timezone.now()
    found = list(_after(in_tab(staff, tab, now=now), tab, after)[: PAGE_SIZE + 1])
    page, more = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    tasks: dict[int, list[str]] = {}
    open_tasks = Task.objects.filter(case__in=page, done_at=None).order_by("opened_at")
    for case_id, step in open_tasks.values_list("case_id", "step"):
        tasks.setdefault(case_id, []).append(step)
    return Inbox(
        rows=[row_of(case, tasks.get(case.pk, []), now) for case in page],
        counts={name: _capped(in_tab(staff, name, now=now)) for name in COUNTED},
        next_after=_marker(page[-1], tab) if more else "",
    )


def row_of(case: Case, steps: list[str], now: datetime) -> Row:
    kind = kind_of(case)
    due = due_in_words(case.due_at, now=now, paused=case.paused_at is not None)
    if case.closed_at:
        due = __("Ditutup %(day)s") % {"day": date_words(timezone.localdate(case.closed_at))}
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
    if tab == CLOSED:
        return f"-{case.pk}"
    mark = URGENT_MARK if case.urgency == Urgency.URGENT else ""
    due = f"{case.due_at.timestamp():.6f}" if case.due_at else ""
    return f"{mark}{due}-{case.pk}"


def _after(cases: QuerySet[Case], tab: str, marker: str) -> QuerySet[Case]:
    """What comes behind a marker; everything where somebody made the marker up."""
    match = re.fullmatch(rf"({URGENT_MARK})?(\d{{1,12}}\.\d{{6}})?-(\d{{1,18}})", marker, re.ASCII)
    if not match:
        return cases
    pk = int(match[3])
    if tab == CLOSED:
        return cases.filter(pk__lt=pk)
    if match[2] is None:
        later = Q(due_at=None, pk__gt=pk)
    else:
        try:
            due = datetime.fromtimestamp(float(match[2]), tz=UTC)
        except (ValueError, OverflowError):
            return cases
        later = Q(due_at__gt=due) | Q(due_at=due, pk__gt=pk) | Q(due_at=None)
    if match[1]:
        return cases.filter(Q(urgency=Urgency.URGENT) & later | ~Q(urgency=Urgency.URGENT))
    return cases.filter(~Q(urgency=Urgency.URGENT) & later)
