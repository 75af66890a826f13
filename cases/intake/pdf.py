"""A PDF that only shows pages (ISO 32000-2)."""

from io import BytesIO
from itertools import islice

import pikepdf

from .errors import ActiveDocument, BrokenDocument, LockedDocument, TooMuchInside
from .limits import Limits

MOST_OBJECTS = 200_000
DEEPEST = 50
# Actions that leave the page (12.6.4), and what carries other files or programs in it.
ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR", "/Rendition", "/Movie"}
CARRIERS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EmbeddedFile", "/EF", "/RichMedia", "/XFA"}


def write_pdf_anew(raw: bytes, limits: Limits) -> bytes:
    """Its pages without metadata, earlier versions or anything after its end; as it came where it is signed, since a
    changed file would void the signature (UU 11/2008 Ps 11).

    Raises LockedDocument, ActiveDocument, TooMuchInside, BrokenDocument; pikepdf's own for what is no PDF.
    """
    try:
        with pikepdf.open(BytesIO(raw)) as pdf:
            if pdf.is_encrypted:
                raise LockedDocument(limits)
            if len(pdf.objects) > MOST_OBJECTS:
                raise TooMuchInside(limits)
            if not len(pdf.pages):
                raise BrokenDocument(limits)
            objects = list(islice(pdf.objects, MOST_OBJECTS))
            if any(_is_active(one) for one in objects):
                raise ActiveDocument(limits)
            if any(_is_signature(one) for one in objects):
                return raw
            return _written(pdf)
    except pikepdf.PasswordError as fault:
        raise LockedDocument(limits) from fault
    except RuntimeError as fault:
        # qpdf wants random numbers from a file before it decrypts, and an opener has none.
        raise (LockedDocument if b"/Encrypt" in raw else BrokenDocument)(limits) from fault


def _is_active(value: pikepdf.Object, depth: int = 0) -> bool:
    """Whether this or what stands within it would act. What it refers to is an object of its own."""
    if depth > DEEPEST:
        return True
    if isinstance(value, pikepdf.Array):
        return any(_is_active(part, depth + 1) for part in value if not _is_reference(part))
    if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        return False
    if CARRIERS & set(value.keys()) or str(value.get("/S", "")) in ACTIONS:
        return True
    if str(value.get("/Type", "")) in CARRIERS or str(value.get("/Subtype", "")) in CARRIERS:
        return True
    return any(_is_active(part, depth + 1) for _name, part in value.items() if not _is_reference(part))


def _is_reference(value) -> bool:
    return getattr(value, "is_indirect", False)


def _is_signature(value: pikepdf.Object) -> bool:
    return isinstance(value, pikepdf.Dictionary) and "/ByteRange" in value and "/Contents" in value


def _written(pdf: pikepdf.Pdf) -> bytes:
    if "/Metadata" in pdf.Root:
        del pdf.Root.Metadata
    if "/Info" in pdf.trailer:
        del pdf.trailer.Info
    written = BytesIO()
    pdf.save(written)
    return written.getvalue()
