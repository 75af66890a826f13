"""The kabupaten's crest: a PNG from whatever picture an office has of it."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import typst
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError
from wagtail.images import get_image_model
from wagtail.utils.file import hash_filelike

from home.models import PortalSettings

LARGEST = 5 * 1024 * 1024
MOST_PIXELS = 25_000_000
SIDE = 1024
FORMATS = ("PNG", "JPEG", "WEBP")
DRAWING = b"""
#set page(width: 512pt, height: 512pt, margin: 0pt, fill: none)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, height: 100%, fit: "contain")
"""
DRAWING_PPI = SIDE / 512 * 72


class NoCrest(ValueError):
    """The file is no picture of a crest; the message says what to bring instead."""


def read_crest(path: Path) -> bytes:
    """A crest as PNG. Raises NoCrest."""
    try:
        if path.stat().st_size > LARGEST:
            raise NoCrest(_("Berkas lambang lebih besar dari 5 MB. Pakai gambar yang lebih kecil."))
        return crest_png(path.read_bytes())
    except OSError as fault:
        raise NoCrest(_("Berkas %s tidak dapat dibuka.") % path) from fault


def crest_png(content: bytes) -> bytes:
    """Draw an SVG, or paint a PNG, JPG or WebP anew, at most 1024 pixels a side. Raises NoCrest.

    An SVG is never kept: opened by itself in a browser it may run scripts.
    """
    is_drawn = content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    try:
        picture = _drawn(content) if is_drawn else _painted(content)
    except (
        typst.TypstError,
        UnicodeDecodeError,
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
    ) as fault:
        raise NoCrest(_("Berkas lambang tidak dapat dibaca. Pakai SVG atau PNG.")) from fault
    file = BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _drawn(svg: bytes) -> Image.Image:
    # An empty folder: what the drawing refers to outside itself is not there to be read.
    with TemporaryDirectory(prefix="lambang-") as nothing:
        png = typst.compile(
            DRAWING, root=nothing, sys_inputs={"svg": svg.decode("utf-8-sig")}, format="png", ppi=DRAWING_PPI
        )
    picture = Image.open(BytesIO(png))
    if not (shown := picture.getbbox()):
        raise ValueError("nothing is drawn")
    return picture.crop(shown)


def _painted(content: bytes) -> Image.Image:
    with Image.open(BytesIO(content), formats=FORMATS) as source:
        if source.width * source.height > MOST_PIXELS:
            raise UnidentifiedImageError("too many pixels")
        picture = source.convert("RGBA")
    picture.thumbnail((SIDE, SIDE))
    picture.info = {}
    return picture


@transaction.atomic
def set_crest(png: bytes) -> bool:
    """Make this the portal's crest; False where it already is."""
    portal = PortalSettings.load()
    file = ContentFile(png, name="lambang.png")
    if portal.crest and portal.crest.get_file_hash() == hash_filelike(file):
        return False
    portal.crest = get_image_model().objects.create(title=_("Lambang %s") % portal.region_name, file=file)
    portal.save()
    return True
