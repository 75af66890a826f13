"""Pictures are painted before they are asked for: by the worker, as soon as a page that shows them is published."""

import logging
from collections.abc import Iterator
from datetime import datetime
from time import monotonic

from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db.models import CharField, Count, IntegerField, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.images.models import Image
from wagtail.models import Page, ReferenceIndex, get_page_models

from ..pictures import SHAPES, paint
from ..registry import shown_pictures

logger = logging.getLogger(__name__)

# Well below the worker's own time-out; what is left is painted at the next turn.
PAINTING_SECONDS = 5
# A picture that could not be opened is tried again, but not every minute.
RESTS = 3600


def paint_pictures(now: datetime | None = None) -> None:
    """Paint what public pages show and nobody has painted yet. Asks what is lacking *now*; safe to repeat."""
    stop_at = monotonic() + PAINTING_SECONDS
    rests = caches["renditions"]
    for source in shown_pictures:
        for images, names in source():
            shapes = [SHAPES[name] for name in names]
            for image in _lacking(images, {spec for shape in shapes for spec in shape.specs}):
                if monotonic() > stop_at:
                    return
                if rests.get(f"unpaintable-{image.pk}"):
                    continue
                try:
                    paint(image, shapes)
                except Exception as fault:  # whatever a library for pictures raises for a broken one
                    rests.set(f"unpaintable-{image.pk}", True, RESTS)
                    logger.warning("image %s cannot be painted: %s", image.pk, type(fault).__name__)


def _lacking(images: QuerySet[Image], specs: set[str]) -> QuerySet[Image]:
    """Those that lack a form. One whose focus was set is always among them: what was painted may be another cut of it."""
    painted = Count("renditions", filter=Q(renditions__filter_spec__in=specs), distinct=True)
    lacks = Q(painted__lt=len(specs)) | Q(focal_point_x__isnull=False)
    return images.annotate(painted=painted).filter(lacks).order_by("pk")


def pictures_of_pages() -> Iterator[tuple[QuerySet[Image], tuple[str, ...]]]:
    """What each type of page says it shows (`BasePage.pictures`), of the pages that are published."""
    of_images = ContentType.objects.get_for_model(Image)
    for model in get_page_models():
        for field, names in getattr(model, "pictures", {}).items():
            live = Page.objects.live().type(model).annotate(name=Cast("pk", CharField())).values("name")
            named = ReferenceIndex.objects.filter(
                Q(model_path=field) | Q(model_path__startswith=f"{field}."),
                to_content_type=of_images,
                base_content_type=ContentType.objects.get_for_model(Page),
                object_id__in=live,
            ).annotate(image=Cast("to_object_id", IntegerField()))
            yield Image.objects.filter(pk__in=named.values("image")), names
