"""What an opener does with a document: a PDF or office file that would do anything but show itself is refused."""

import codecs
from typing import Any

from .errors import BrokenDocument, LockedDocument, NotADocument, TooMuchInside, UploadRefused
from .limits import Limits
from .office import write_office_anew
from .pdf import write_pdf_anew

codecs.lookup("cp437")  # read from disk when a package is opened, which an opener cannot
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def answer(head: dict[str, Any], raw: bytes) -> tuple[dict[str, Any], bytes]:
    """The document written anew, with its extension. Raises an UploadRefused."""
    limits = Limits(**head["limits"])
    try:
        if raw.startswith(b"%PDF-"):
            return {"extension": ".pdf"}, write_pdf_anew(raw, limits)
        if raw.startswith(b"PK\x03\x04"):
            extension, made = write_office_anew(raw, limits)
            return {"extension": extension}, made
    except UploadRefused:
        raise
    except MemoryError as error:
        raise TooMuchInside(limits) from error
    except Exception as error:  # a parser fed with garbage raises whatever it likes
        raise BrokenDocument(limits) from error
    # A DOCX with a password comes in the container of the old DOC.
    if raw.startswith(OLE) and ENCRYPTED in raw:
        raise LockedDocument(limits)
    raise NotADocument(limits)
