"""Lists of public copies for anyone: newest first, never a secret report."""

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from cases.models import Case
from cases.visibility import public_cases

from ..models import Answer
from ..workflow import KIND


def recently_answered(count: int) -> list[Case]:
    """The public complaints whose answer anyone may read, the newest answer first: 1 query, led by its own index."""
    newer = Answer.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk")).exclude(approved_at=None)
    answers = (
        Answer.objects.exclude(public_text="")
        .filter(~Exists(newer), case__in=public_cases().filter(kind=KIND))
        .select_related("case__complaint", "case__responsible_unit__kind")
        .order_by("-approved_at", "-pk")
    )
    cases = []
    for answer in answers[:count]:
        answer.case.published_answers = [answer]
        cases.append(answer.case)
    return cases


def public_list() -> QuerySet[Case]:
    """Public complaints with their copy, unit and the answer in force: 2 queries a page."""
    answers = Answer.objects.exclude(approved_at=None).order_by("-pk")
    return (
        public_cases()
        .filter(kind=KIND)
        .select_related("complaint", "responsible_unit__kind")
        .prefetch_related(Prefetch("answers", queryset=answers, to_attr="published_answers"))
        .order_by("-published_at", "-pk")
    )
