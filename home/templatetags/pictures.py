from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail.images.models import Image

from ..pictures import MOST_PAINTED_AT_ONCE, SHAPES, drawn, rendition, shared

register = template.Library()


@register.simple_tag(takes_context=True)
def picture(
    context, image: Image | None, shape: str, *, alt: str, first: bool = False, frame: bool = True
) -> str:
    """{% picture page.cover "wide" alt=page.cover.description first=True %}

    `shape` is a name of home.pictures.SHAPES; `alt` says what the picture shows, "" for what only decorates; `first`: it
    stands above the fold, and is not left for later; `frame`: an empty one keeps its place until it is painted, else "".
    """
    if not image:
        return ""
    form = SHAPES[shape]
    attributes = {"alt": alt, "decoding": "async"}
    attributes |= {"fetchpriority": "high"} if first else {"loading": "lazy"}
    shown = drawn(image, form, **attributes)
    if shown is None and _may_paint(context) and rendition(image, form.fallback):
        shown = drawn(image, form, **attributes)
    if shown is None and not frame:
        return ""
    return render_to_string(
        "components/picture.html",
        {"shown": shown, "alt": alt, "width": form.width, "height": form.height},
    )


@register.simple_tag
def shared_picture(image: Image | None, shape: str):
    """{% shared_picture page.picture "wide" as shown %}: with url, width and height, for components/sharing.html."""
    return shared(image, SHAPES[shape])


def _may_paint(context) -> bool:
    """Whether this reader may wait for one more picture. An editor's preview shows them all."""
    request: HttpRequest | None = getattr(context, "request", None) or context.get("request")
    if request is None:
        return False
    if getattr(request, "is_preview", False):
        return True
    request.pictures_painted = getattr(request, "pictures_painted", 0) + 1
    return request.pictures_painted <= MOST_PAINTED_AT_ONCE
