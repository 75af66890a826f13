"""How many cases are open, for the dashboard of whoever keeps a unit."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from opd_pages.registry import OpenCases

from ..actors import Staff
from ..kinds import all_kinds
from ..visibility import cases_for
from .desk import ALL
from .reach import reach_of


def open_cases_of(user) -> list[OpenCases]:
    """By kind, those this person may see; nothing of a kind of which none is open. At most 3 queries."""
    staff = Staff.of(user)
    if not staff.sees_cases:
        return []
    cases = cases_for(staff).filter(reach_of(staff).open, closed_at=None).order_by()
    late = Count("pk", filter=Q(due_at__lt=timezone.now()))
    rows = {row["kind"]: row for row in cases.values("kind").annotate(open=Count("pk"), late=late)}
    url = f"{reverse('desk')}?tab={ALL}"
    return [
        OpenCases(kind.label, rows[kind.kind]["open"], rows[kind.kind]["late"], url)
        for kind in all_kinds()
        if kind.kind in rows
    ]
