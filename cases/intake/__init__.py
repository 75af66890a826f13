"""What comes in from outside: files are opened, made anew and stripped, or refused with advice.

Nothing here knows the database, the settings or the request: bytes in, a result or an `UploadRefused` out.
What decodes a file runs in a process of its own (`worker`), within limits of time and memory, and is ended where
it goes beyond them.
"""

from .acceptance import accept_covered, accept_document, accept_image
from .accepted import AcceptedDocument, AcceptedImage
from .errors import (
    Broken,
    DocumentInstead,
    Empty,
    NotAnImage,
    NotNow,
    TooLarge,
    TooManyDocuments,
    TooManyFiles,
    TooManyPixels,
    UploadRefused,
    VideoInstead,
)
from .limits import Limits, refuse_too_many
from .names import safe_display_name

__all__ = [
    "AcceptedDocument",
    "AcceptedImage",
    "Broken",
    "DocumentInstead",
    "Empty",
    "Limits",
    "NotAnImage",
    "NotNow",
    "TooLarge",
    "TooManyDocuments",
    "TooManyFiles",
    "TooManyPixels",
    "UploadRefused",
    "VideoInstead",
    "accept_covered",
    "accept_document",
    "accept_image",
    "refuse_too_many",
    "safe_display_name",
]
