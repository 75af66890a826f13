"""Pages and documents, through the index that Wagtail keeps of what is published."""

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import CharField, Exists, ExpressionWrapper, F, Model, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.models import (
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    ReferenceIndex,
    get_page_models,
)
from wagtail.search.models import IndexEntry

from ..addresses import page_address
from .question import Question
from .results import Found

# What one look goes through, the best first: nobody reads further, and a frequent word costs what a rare one does.
WINDOW = 200


class Pages:
    name, label = "halaman", _("Halaman")

    def find(self, question: Question, first: int, count: int) -> list[Found]:
        keys = best(question, get_page_models())
        pages = in_order(public_pages().filter(pk__in=keys), keys)
        return [
            Found(page.title, page_address(page), page_address(page), page.search_description)
            for page in pages[first : first + count]
        ]


class Documents:
    """Those a published page leads to: what an editor has merely put on the shelf is nobody's business yet."""

    name, label = "dokumen", _("Dokumen")

    def find(self, question: Question, first: int, count: int) -> list[Found]:
        keys = best(question, [get_document_model()])
        documents = in_order(public_documents().filter(pk__in=keys), keys)
        return [Found(each.title, each.url, _about(each)) for each in documents[first : first + count]]


def _about(document) -> str:
    kind = document.file_extension.upper()
    return f"{kind} · {filesizeformat(document.file_size)}" if document.file_size else kind


def public_pages() -> QuerySet[Page]:
    """Published, and in nobody's private part of the tree."""
    closed = PageViewRestriction.objects.annotate(found=ExpressionWrapper(OuterRef("path"), CharField()))
    return Page.objects.live().filter(~Exists(closed.filter(found__startswith=F("page__path"))), depth__gt=1)


def public_documents() -> QuerySet:
    """Linked from a published page, and in no private collection nor below one."""
    closed = CollectionViewRestriction.objects.annotate(
        found=ExpressionWrapper(OuterRef("collection__path"), CharField())
    )
    live = public_pages().annotate(key=Cast("pk", CharField())).values("key")
    document = get_document_model()
    linked = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=live,
        to_content_type=ContentType.objects.get_for_model(document),
        to_object_id=Cast(OuterRef("pk"), CharField()),
    )
    return document.objects.filter(
        ~Exists(closed.filter(found__startswith=F("collection__path"))), Exists(linked)
    )


def in_order(rows: QuerySet, keys: list[int]) -> list[Model]:
    place = {key: number for number, key in enumerate(keys)}
    return sorted(rows, key=lambda row: place[row.pk])


def best(question: Question, models: list[type[Model]]) -> list[int]:
    """The keys of the rows that have all the words, the best first, at most WINDOW: 1 query.

    PostgreSQL knows the other forms of an Indonesian word; on SQLite a word is also sought by its stem, as a beginning.
    """
    kinds = [
        kind.pk for kind in ContentType.objects.get_for_models(*models, for_concrete_models=True).values()
    ]
    entries = IndexEntry._meta.db_table
    slots = ", ".join(["%s"] * len(kinds))
    if connection.vendor == "postgresql":
        sql = f"""
            SELECT object_id FROM {entries}, plainto_tsquery('indonesian', %s) AS asked
            WHERE content_type_id IN ({slots}) AND (title || body) @@ asked
            ORDER BY ts_rank(setweight(title, 'A') || setweight(body, 'C'), asked) DESC, id DESC LIMIT {WINDOW}
        """  # noqa: S608
        parameters = [" ".join(question.terms), *kinds]
    else:
        sql = f"""
            SELECT object_id FROM {entries}_fts JOIN {entries} ON {entries}.id = {entries}_fts.rowid
            WHERE {entries}_fts MATCH %s AND content_type_id IN ({slots})
            ORDER BY bm25({entries}_fts, 1, 1, 10), {entries}.id DESC LIMIT {WINDOW}
        """  # noqa: S608
        parameters = [_beginnings(question), *kinds]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [int(key) for (key,) in cursor.fetchall()]


def _beginnings(question: Question) -> str:
    """For FTS5: every term or its stem begins a word. Quoted, or AND, NOT and NEAR would be its own."""
    pairs = zip(question.terms, question.stems, strict=True)
    return " AND ".join(f'("{term}"* OR "{stem}"*)' for term, stem in pairs)
