"""A PDF that only shows pages (ISO 32000-2)."""

from collections.abc import Iterator
from io import BytesIO
from itertools import islice

import pikepdf

from .errors import ActiveDocument, BrokenDocument, LockedDocument, TooMuchInside
from .limits import Limits
from .signatures import refuse_half_signed, revisions

MOST_OBJECTS = 200_000
DEEPEST = 50
# Actions that leave the page, play or ask (12.6.4). A link that a reader clicks may lead to an address (/URI).
ACTIONS = {
    *("/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR", "/Thread"),
    *("/Rendition", "/Movie", "/Sound", "/RichMediaExecute", "/GoTo3DView"),
}
# What a page may do without a click (12.6.3).
BY_ITSELF = {"/GoTo", "/GoToDp", "/Named"}
# What carries other files or programs in it: as a key, or as what something is.
CARRIERS = {
    *("/JS", "/JavaScript", "/EmbeddedFiles", "/EmbeddedFile", "/EF", "/RichMedia", "/RichMediaContent"),
    *("/XFA", "/OnInstantiate"),
}
KINDS = CARRIERS | {"/FileAttachment", "/Movie", "/Sound", "/3D"}
# A stream that is read from another file (7.3.8.2), or stands for one (8.10.4, 14.11.7).
FROM_ELSEWHERE = {"/F", "/Ref", "/OPI"}


def write_pdf_anew(raw: bytes, limits: Limits) -> bytes:
    """Its pages without metadata, earlier versions or anything after its end; as it came where it is signed, since a
    changed file would void the signature (UU 11/2008 Ps 11).

    Raises LockedDocument, ActiveDocument, HalfSigned, TooMuchInside, BrokenDocument; pikepdf's own for what is no PDF.
    """
    try:
        with pikepdf.open(BytesIO(raw)) as pdf:
            objects = _judged(pdf, limits)
            if signatures := [one for one in objects if _is_signature(one)]:
                refuse_half_signed(raw, pdf, signatures, limits)
            if not len(pdf.pages):
                raise BrokenDocument(limits)
            if not signatures:
                return _written(pdf)
        for revision in revisions(raw, limits):
            with pikepdf.open(BytesIO(revision)) as earlier:
                _judged(earlier, limits)
        return raw
    except pikepdf.PasswordError as fault:
        raise LockedDocument(limits) from fault
    except RuntimeError as fault:
        # qpdf wants random numbers from a file before it decrypts, and an opener has none.
        raise (LockedDocument if b"/Encrypt" in raw else BrokenDocument)(limits) from fault


def _judged(pdf: pikepdf.Pdf, limits: Limits) -> list[pikepdf.Object]:
    """Its objects, referred to or not, none of which acts. Raises LockedDocument, TooMuchInside, ActiveDocument."""
    if pdf.is_encrypted:
        raise LockedDocument(limits)
    if len(pdf.objects) > MOST_OBJECTS:
        raise TooMuchInside(limits)
    objects = [pdf.trailer, *islice(pdf.objects, MOST_OBJECTS)]
    if any(_is_active(one) for one in objects):
        raise ActiveDocument(limits)
    return objects


def _is_active(value: pikepdf.Object, depth: int = 0) -> bool:
    """Whether this or what stands within it would act. What it refers to is an object of its own."""
    if depth > DEEPEST:
        return True
    if isinstance(value, pikepdf.Array):
        return any(_is_active(part, depth + 1) for part in value if not _is_reference(part))
    if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        return False
    keys = set(value.keys())
    if CARRIERS & keys or str(value.get("/S", "")) in ACTIONS:
        return True
    if str(value.get("/Type", "")) in KINDS or str(value.get("/Subtype", "")) in KINDS:
        return True
    if isinstance(value, pikepdf.Stream) and FROM_ELSEWHERE & keys:
        return True
    if not all(_may_go_by_itself(one) for one in _started(value)):
        return True
    return any(_is_active(part, depth + 1) for _name, part in value.items() if not _is_reference(part))


def _is_reference(value) -> bool:
    return getattr(value, "is_indirect", False)


def _started(value: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """What begins when the document, a page or a field is opened, entered or left."""
    yield value.get("/OpenAction")
    if isinstance(triggers := value.get("/AA"), pikepdf.Dictionary):
        for _name, action in triggers.items():
            yield action


def _may_go_by_itself(action) -> bool:
    if not isinstance(action, pikepdf.Dictionary) or "/S" not in action:
        return True
    return str(action.S) in BY_ITSELF and "/Next" not in action


def _is_signature(value: pikepdf.Object) -> bool:
    return isinstance(value, pikepdf.Dictionary) and "/ByteRange" in value


def _written(pdf: pikepdf.Pdf) -> bytes:
    if "/Metadata" in pdf.Root:
        del pdf.Root.Metadata
    if "/Info" in pdf.trailer:
        del pdf.trailer.Info
    written = BytesIO()
    pdf.save(written)
    return written.getvalue()
