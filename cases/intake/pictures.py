"""What an opener does with a picture."""

from typing import Any

from PIL import Image

from .covering import cover
from .images import make_anew
from .limits import Limits

Image.init()  # every module that Pillow reads from disk later on: an opener cannot


def answer(head: dict[str, Any], raw: bytes) -> tuple[dict[str, Any], bytes]:
    """A picture from outside made anew or, where cells are named, a stored one covered. Raises an UploadRefused."""
    limits = Limits(**head["limits"])
    cells = head["cells"]
    image = make_anew(raw, limits=limits) if cells is None else cover(raw, cells=cells, limits=limits)
    return {"width": image.width, "height": image.height, "location": image.location}, image.content
