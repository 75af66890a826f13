"""The documents that go out with a written notice."""

from django.db.models import QuerySet

from cases.models import Case, CaseFile

from ..models.notice import GIVING


def drafted_enclosures(case: Case) -> QuerySet[CaseFile]:
    """Those of the drafts: nobody outside has them yet."""
    return case.files.filter(event__kind="notice_drafted")


def enclosures(case: Case) -> QuerySet[CaseFile]:
    """Those of the notice, drafted or issued; not what was handed over later."""
    decided = case.files.filter(event__kind="moved", event__data__to__in=GIVING)
    return drafted_enclosures(case) | decided
