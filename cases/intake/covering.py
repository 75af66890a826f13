"""A photo painted over: what is covered is gone from the file, not hidden in it."""

from collections.abc import Iterable
from io import BytesIO

from PIL import Image, ImageDraw

from .accepted import AcceptedImage
from .errors import Broken
from .grid import box_of
from .images import as_stored
from .limits import Limits


def cover(raw: bytes, *, cells: Iterable[int], limits: Limits) -> AcceptedImage:
    """A new picture of a stored one, with these cells of its grid black. Raises Broken where it cannot be opened."""
    try:
        with Image.open(BytesIO(raw), formats=["JPEG"]) as stored:
            picture = stored.convert("RGB")
    except Exception as error:
        raise Broken(limits) from error
    brush = ImageDraw.Draw(picture)
    for cell in cells:
        brush.rectangle(box_of(cell, *picture.size), fill="black")
    return as_stored(picture, limits)
