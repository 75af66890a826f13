"""Pictures as pages show them: each in a few shapes, each shape in a few widths, as WebP and once as JPEG."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from wagtail.images.models import Filter, Image, Picture, Rendition, SourceImageIOError

# What may be painted while a reader waits: one JPEG each of so many pictures. The worker paints the rest.
MOST_PAINTED_AT_ONCE = 2


@dataclass(frozen=True)
class Shape:
    """Crops from narrow to wide, and how wide the picture stands on a page (the `sizes` of HTML)."""

    crops: tuple[str, ...]
    sizes: str

    @property
    def width(self) -> int:
        return self._size[0]

    @property
    def height(self) -> int:
        return self._size[1]

    @property
    def _size(self) -> tuple[int, int]:
        width, height = self.crops[0].partition("-")[2].split("x")
        return int(width), int(height)

    @property
    def fallback(self) -> str:
        """For browsers without WebP; the first thing painted of a picture in a hurry."""
        return f"{self.crops[len(self.crops) // 2]}|format-jpeg"

    @property
    def specs(self) -> list[str]:
        return [*(f"{crop}|format-webp" for crop in self.crops), self.fallback]


SHAPES = {
    "portrait": Shape(("fill-96x120", "fill-192x240"), "88px"),
    "card": Shape(("fill-360x240", "fill-720x480"), "(min-width: 46rem) 21rem, 100vw"),
    "square": Shape(("fill-180x180", "fill-360x360"), "(min-width: 46rem) 12rem, 45vw"),
    "wide": Shape(("fill-400x225", "fill-800x450", "fill-1280x720"), "(min-width: 46rem) 40rem, 100vw"),
    "whole": Shape(("max-400x800", "max-800x1600", "max-1280x1920"), "(min-width: 46rem) 40rem, 100vw"),
}


def rendition(image: Image | None, form: str) -> Rendition | None:
    """The picture in a form such as "fill-192x240|format-webp"; None without one, or where its file is gone."""
    if image is None:
        return None
    try:
        return image.get_rendition(form)
    except SourceImageIOError:
        return None


def drawn(image: Image, shape: Shape, **attributes: str) -> Picture | None:
    """What there is of the picture in this shape; None where nothing is painted yet. Asks the cache, then one query."""
    filters = [Filter(spec=spec) for spec in shape.specs]
    found = image.find_existing_renditions(*filters)
    _remember(image, found)
    in_order = {each.spec: found[each] for each in filters if each in found}
    return Picture(in_order, attributes | {"sizes": shape.sizes}) if in_order else None


def shared(image: Image | None, shape: Shape) -> Rendition | None:
    """The JPEG that other sites show of a page; None until it is painted. Asks the cache, then one query."""
    if image is None:
        return None
    form = Filter(spec=shape.fallback)
    found = image.find_existing_renditions(form)
    _remember(image, found)
    return found.get(form)


def _remember(image: Image, found: dict[Filter, Rendition]) -> None:
    keep = {
        Rendition.construct_cache_key(image, each.get_cache_key(image), each.spec): rendition
        for each, rendition in found.items()
        if not getattr(rendition, "_from_cache", False)
    }
    if keep:
        Rendition.cache_backend.set_many(keep)


def with_pictures(*shapes: str) -> QuerySet[Image]:
    """Images with what is painted of them, for lists: two queries however many there are."""
    return Image.objects.prefetch_renditions(*(spec for shape in shapes for spec in SHAPES[shape].specs))


def paint(image: Image, shapes: Iterable[Shape]) -> None:
    """Paint what the shapes still lack. Raises SourceImageIOError."""
    image.get_renditions(*dict.fromkeys(spec for shape in shapes for spec in shape.specs))
