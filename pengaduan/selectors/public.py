"""Lists of public copies for anyone: newest first, never a secret report."""

from django.db.models import Prefetch, QuerySet

from cases.models import Case
from cases.visibility import public_cases

from ..models import Answer
from ..workflow import KIND


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
