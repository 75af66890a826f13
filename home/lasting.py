"""When somebody is to look whether a page still holds."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import DateField, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from wagtail.models import Page, get_page_models

from .models.lasting import Lasting

# So long before its day a page is named to its editors; a look within this time counts for that day.
AHEAD = timedelta(days=30)


def review_due(
    published_on: date | None, reviewed_on: date | None, review_on: date | None, every_days: int
) -> date | None:
    """The day by which somebody looks again: the page's own, or `every_days` after it was published or looked at.

    Its own day is over once the page was published on or after it, or looked at within AHEAD of it. None for a page that
    was never published and has no day of its own.
    """
    if review_on and not _is_past(review_on, published_on, reviewed_on):
        return review_on
    since = max(filter(None, (published_on, reviewed_on)), default=None)
    return since + timedelta(days=every_days) if since else None


def _is_past(day: date, published_on: date | None, reviewed_on: date | None) -> bool:
    return bool(published_on and published_on >= day) or bool(reviewed_on and reviewed_on >= day - AHEAD)


def lasting_types() -> list[type[Page]]:
    return [model for model in get_page_models() if issubclass(model, Lasting)]


def reviews_due(pages: QuerySet[Page], every_days: int, *, until: date) -> dict[int, date]:
    """By the keys of the published pages that are due by a day, that day; the longest due first. 1 query."""
    types = lasting_types()
    rows = pages.live().filter(content_type__in=ContentType.objects.get_for_models(*types).values())
    dates = rows.annotate(
        published_on=TruncDate(Coalesce("last_published_at", "first_published_at")),
        looked_on=_of_any(types, "reviewed_on"),
        own=_of_any(types, "review_on"),
    ).values_list("pk", "published_on", "looked_on", "own")
    due = ((key, review_due(*each, every_days)) for key, *each in dates)
    return dict(sorted(((key, day) for key, day in due if day and day <= until), key=lambda pair: pair[::-1]))


def _of_any(types: Iterable[type[Page]], field: str) -> Coalesce:
    return Coalesce(*(f"{model._meta.model_name}__{field}" for model in types), output_field=DateField())
