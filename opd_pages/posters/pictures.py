"""Photo, crest and QR code in the form the poster prints."""

from io import BytesIO

import segno
from PIL import Image, ImageOps

PORTRAIT = (720, 960)  # 3:4; 270 dots an inch at the largest size a poster prints
CREST = (640, 640)
QUIET_ZONE = 4  # modules, ISO/IEC 18004

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
_UNREADABLE = (OSError, SyntaxError, ValueError, Image.DecompressionBombError)


class UnreadablePicture(ValueError):
    """The photo or the crest is no picture that can be drawn."""


def portrait(photo: bytes) -> bytes:
    """The photo upright, cut to 3:4 around the head, as JPEG without metadata. Raises UnreadablePicture."""
    try:
        with Image.open(BytesIO(photo), formats=_FORMATS) as picture:
            picture.draft("RGB", PORTRAIT)
            upright = ImageOps.exif_transpose(picture)
            upright = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except _UNREADABLE as fault:
        raise UnreadablePicture(
            "Foto pimpinan tidak dapat dibaca. Unggah lagi sebagai JPG atau PNG."
        ) from fault
    cut = ImageOps.fit(upright, PORTRAIT, centering=(0.5, 0.25))
    if cut.mode == "RGBA":
        cut = Image.alpha_composite(Image.new("RGBA", PORTRAIT, "white"), cut).convert("RGB")
    return _encoded(cut, "JPEG", quality=88)


def crest_image(crest: bytes) -> bytes:
    """The crest as PNG, at most CREST large. Raises UnreadablePicture."""
    try:
        with Image.open(BytesIO(crest), formats=_FORMATS) as picture:
            shown = picture.convert("RGBA")
    except _UNREADABLE as fault:
        raise UnreadablePicture(
            "Lambang daerah tidak dapat dibaca. Unggah lagi sebagai JPG atau PNG."
        ) from fault
    shown.thumbnail(CREST)
    return _encoded(shown, "PNG")


def qr_code(url: str) -> tuple[bytes, float]:
    """SVG with its quiet zone, and how much wider it is than the code itself. At least 15 % of it may be damaged."""
    code = segno.make_qr(url, error="M")
    drawing = BytesIO()
    code.save(drawing, kind="svg", border=QUIET_ZONE, xmldecl=False, light="#fff")
    return drawing.getvalue(), code.symbol_size(border=QUIET_ZONE)[0] / code.symbol_size(border=0)[0]


def _encoded(picture: Image.Image, kind: str, **options) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()
