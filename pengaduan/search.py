"""Public reports and their answers in the portal's search: the reviewed copies, never what the reporter wrote."""

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from cases.visibility import public_cases
from cases.word_index import PLAIN
from home.search import Found, Question

from .models import Answer, Complaint
from .workflow import KIND

STEMS = f"to_tsvector('indonesian', {PLAIN})"
INDEXED = ((Complaint, "complaint_public_stems"), (Answer, "answer_public_stems"))
TITLE = 90  # letters


class PublicReports:
    name, label = "laporan", _("Laporan dan jawaban")

    def find(self, question: Question, first: int, count: int) -> list[Found]:
        cases = _matching(question).select_related(
            "complaint", "responsible_unit__kind", "responsible_unit__parent__kind"
        )
        cases = cases.annotate(answer_text=Subquery(_shown_answers().values("public_text")[:1]))
        return [_found(case) for case in cases.order_by("-published_at", "-pk")[first : first + count]]


def _found(case: Case) -> Found:
    return Found(
        title=Truncator(case.complaint.public_text).chars(TITLE),
        href=reverse("public_complaint", args=[case.number]),
        meta=" · ".join(filter(None, (case.number, case.place, case.responsible_unit.place_name))),
        excerpt=case.answer_text or "",
    )


def _matching(question: Question) -> QuerySet[Case]:
    """Public reports in whose copy, or in the answer in force as anyone may read it, all the words stand."""
    copies = Complaint.objects.filter(_has_all(Complaint, question)).values("case")
    answered = Exists(_shown_answers().filter(_has_all(Answer, question)))
    return public_cases().filter(Q(pk__in=copies) | answered, kind=KIND)


def _shown_answers() -> QuerySet[Answer]:
    """Of the case in the outer query: the answer in force, where it has a reviewed wording."""
    newer = Answer.objects.filter(case=OuterRef("case"), pk__gt=OuterRef("pk")).exclude(approved_at=None)
    approved = Answer.objects.filter(case=OuterRef("pk")).exclude(approved_at=None)
    return approved.filter(~Exists(newer)).exclude(public_text="")


def _has_all(model, question: Question) -> Q:
    if connection.vendor == "postgresql":
        stems = Func(
            F("public_text"), template=STEMS.format(text="%(expressions)s"), output_field=SearchVectorField()
        )
        asked = SearchQuery(" ".join(question.terms), config="indonesian")
        found = model.objects.exclude(public_text="").annotate(stems=stems).filter(stems=asked)
        return Q(pk__in=found.values("pk"))
    rule = Q()
    for stem in question.stems:
        rule &= Q(public_text__icontains=stem)
    return rule


def install(connection: BaseDatabaseWrapper) -> None:
    """The index over the stems of what is public. Safe to repeat; SQLite looks through the texts themselves."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model, name in INDEXED:
            stems = STEMS.format(text="public_text")
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS {name} ON {model._meta.db_table} USING gin (({stems})) WHERE public_text <> ''"
            )
