import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class AcceptedImage:
    """A picture fit to be stored: a JPEG in sRGB, upright, with no metadata at all.

    width and height in pixels; sha256 of `content` in hexadecimal; location (latitude, longitude) in degrees
    where the photo told a believable one, to be offered to its sender: it is no longer in `content`.
    """

    content: bytes
    width: int
    height: int
    sha256: str
    location: tuple[float, float] | None
    media_type: str = "image/jpeg"
    extension: str = ".jpg"

    @classmethod
    def of(
        cls, content: bytes, width: int, height: int, location: tuple[float, float] | None = None
    ) -> "AcceptedImage":
        return cls(content, width, height, hashlib.sha256(content).hexdigest(), location)


MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class AcceptedDocument:
    """A document fit to be stored: a PDF, DOCX or XLSX written anew, or a signed PDF as its signer left it."""

    content: bytes
    sha256: str
    media_type: str
    extension: str
    width: None = None
    height: None = None

    @classmethod
    def of(cls, content: bytes, extension: str) -> "AcceptedDocument":
        return cls(content, hashlib.sha256(content).hexdigest(), MEDIA_TYPES[extension], extension)
