"""What a file is, by its first bytes; its name and the type its sender claims are never asked."""

from enum import Enum


class Kind(Enum):
    JPEG = "jpeg"
    PNG = "png"
    GIF = "gif"
    WEBP = "webp"
    HEIF = "heif"
    DOCUMENT = "document"
    VIDEO = "video"
    UNKNOWN = "unknown"


OPENINGS = [
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
    (b"%PDF-", Kind.DOCUMENT),
    (b"PK\x03\x04", Kind.DOCUMENT),  # docx, xlsx, odt, zip
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.DOCUMENT),  # doc, xls, encrypted docx
    (b"{\\rtf", Kind.DOCUMENT),
    (b"\x1aE\xdf\xa3", Kind.VIDEO),  # webm, mkv
    (b"OggS", Kind.VIDEO),
    (b"ID3", Kind.VIDEO),
    (b"#!AMR", Kind.VIDEO),
]
RIFF_FORMS = {b"WEBP": Kind.WEBP, b"AVI ": Kind.VIDEO, b"WAVE": Kind.VIDEO}
IMAGE_BRANDS = {
    *(b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"),
    *(b"mif1", b"msf1", b"avif", b"avis"),
}


def sniff(content: bytes) -> Kind:
    """The kind of file `content` opens like. That it can be opened is not yet said."""
    if content[4:8] == b"ftyp":
        return Kind.HEIF if content[8:12] in IMAGE_BRANDS else Kind.VIDEO
    if content[:4] == b"RIFF":
        return RIFF_FORMS.get(content[8:12], Kind.UNKNOWN)
    return next(
        (kind for opening, kind in OPENINGS if content.startswith(opening)),
        Kind.UNKNOWN,
    )
