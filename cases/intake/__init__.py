"""What comes in from outside: files are opened, made anew and stripped, or refused with advice.

Nothing here knows the database, the settings or the request: bytes in, a result or an `UploadRefused` out.
Both can be pickled, so that the work can be done in another process.
"""

from .errors import (
    Broken,
    DocumentInstead,
    Empty,
    NotAnImage,
    TooLarge,
    TooManyFiles,
    TooManyPixels,
    UploadRefused,
    VideoInstead,
)
from .images import AcceptedImage, accept_image
from .limits import Limits, refuse_too_many
from .names import safe_display_name

__all__ = [
    "AcceptedImage",
    "Broken",
    "DocumentInstead",
    "Empty",
    "Limits",
    "NotAnImage",
    "TooLarge",
    "TooManyFiles",
    "TooManyPixels",
    "UploadRefused",
    "VideoInstead",
    "accept_image",
    "refuse_too_many",
    "safe_display_name",
]
