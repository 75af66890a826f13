"""What may follow the last signature, though nobody signed it: what tells later that it was good, and when it was made.

Certificates, answers about their revocation, and time stamps (ISO 32000-2, 12.8.4.3 and 12.8.5) are put behind the
signature by whoever keeps the file. With these taken away again, the file must read as it did when it was signed.
"""

from collections.abc import Iterator
from itertools import chain

import pikepdf

# Of the catalogue: the validation data themselves, and what is written anew with them without being seen.
BESIDE = ("/Extensions", "/Metadata", "/Version")
LISTS = {"/Certs", "/OCSPs", "/CRLs"}
LISTS_OF_ONE = {"/Cert", "/OCSP", "/CRL"}
# Where a time stamp's field leads back to the pages.
BACK = {"/P", "/Parent"}
# How objects are packed (7.5.7, 7.5.8).
PACKING = {"/ObjStm", "/XRef"}
CONTAINERS = pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream


class Unlike(Exception):
    """Something else than validation data follows."""


def is_time_stamp(signature: pikepdf.Dictionary) -> bool:
    """Whether it is no person's: anybody may have a file stamped."""
    return str(signature.get("/Type", "")) == "/DocTimeStamp"


def only_validates(before: pikepdf.Pdf, after: pikepdf.Pdf) -> bool:
    """Whether nothing but validation data came between these two, out of which it is taken."""
    kept = {_place(one) for one in before.objects}
    try:
        _take_away(before)
        added = _take_away(after)
        read = _compared(before.Root, after.Root)
    # Put together in another way than the standard says: nobody knows how it will be read.
    except (Unlike, pikepdf.PdfError, TypeError, ValueError, AttributeError):
        return False
    # Nothing else is added, where nothing leads to it either.
    accounted = kept | added | read | {None}
    return all(_is_packing(one) for one in after.objects if _place(one) not in accounted)


def _take_away(pdf: pikepdf.Pdf) -> set:
    """Take the validation data out, and name the objects they were. Raises Unlike where they hold something else."""
    root = pdf.Root
    taken = [pdf.trailer.get("/Info"), *(root.get(name) for name in BESIDE)]
    if "/DSS" in root:
        _refuse_other_data(root.DSS)
        taken.append(root.DSS)
    for name in ("/DSS", *BESIDE):
        if name in root:
            del root[name]
    form = root.get("/AcroForm", pikepdf.Dictionary())
    stamps = {_place(field): field for field in form.get("/Fields", []) if _is_unseen_stamp(field)}
    places = {_place(one) for one in chain(*map(_all_of, [*taken, *stamps.values()]))}
    for holder, name in [(form, "/Fields"), *((page.obj, "/Annots") for page in pdf.pages)]:
        listed = holder.get(name, [])
        if any(_place(one) in stamps for one in listed):
            places.add(_place(listed))
            holder[name] = pikepdf.Array([one for one in listed if _place(one) not in stamps])
        if name in holder and not len(holder[name]):
            del holder[name]
    return places


def _refuse_other_data(store: pikepdf.Object) -> None:
    """Raises Unlike for a document security store with anything but certificates, lists and answers."""
    parts = dict(store.items())
    by_signature = dict(parts.pop("/VRI", pikepdf.Dictionary()).items())
    by_signature.pop("/Type", None)
    of_one = [(dict(one.items()), LISTS_OF_ONE) for one in by_signature.values()]
    for told, lists in [(parts, LISTS), *of_one]:
        stamp = told.pop("/TS", None)
        streams = chain(*(told.pop(name, []) for name in lists), [] if stamp is None else [stamp])
        is_more = told.keys() - {"/Type", "/TU"} or any(isinstance(one, CONTAINERS) for one in told.values())
        if is_more or not all(map(_is_asn1, streams)):
            raise Unlike


def _is_asn1(stream) -> bool:
    """One SEQUENCE (X.690) and nothing besides, as certificates, lists and answers are."""
    if not isinstance(stream, pikepdf.Stream):
        return False
    said = stream.read_bytes()
    tag, length, start = said[:1], int.from_bytes(said[1:2]), 2
    if length & 0x80:
        start += length & 0x7F
        length = int.from_bytes(said[2:start])
    return tag == b"\x30" and len(said) == start + length


def _is_unseen_stamp(field) -> bool:
    if not isinstance(field, pikepdf.Dictionary) or not getattr(field, "is_indirect", False):
        return False
    value = field.get("/V")
    left, bottom, right, top = field.get("/Rect", [0, 0, 0, 0])
    is_stamp = isinstance(value, pikepdf.Dictionary) and is_time_stamp(value)
    return is_stamp and (left, bottom) == (right, top) and "/Kids" not in field


def _compared(before: pikepdf.Object, after: pikepdf.Object) -> set:
    """The objects to which `after` leads. Raises Unlike where both do not read the same."""
    waiting, met, read = [(before, after)], set(), set()
    while waiting:
        one, other = waiting.pop()
        places = _place(one), _place(other)
        if all(places) and places in met:
            continue
        met.add(places)
        read.add(places[1])
        if type(one) is not type(other):
            raise Unlike
        if isinstance(one, pikepdf.Array) and isinstance(other, pikepdf.Array):
            if len(one) != len(other):
                raise Unlike
            waiting.extend(zip(one, other, strict=True))
        elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            _refuse_other_keys(one, other)
            waiting.extend((part, other.get(name)) for name, part in one.items())
        elif one != other:
            raise Unlike
    return read


def _refuse_other_keys(one: pikepdf.Object, other: pikepdf.Object) -> None:
    kinds = {isinstance(value, pikepdf.Stream) for value in (one, other)}
    if len(kinds) > 1 or not isinstance(other, pikepdf.Dictionary | pikepdf.Stream):
        raise Unlike
    if set(one.keys()) != set(other.keys()):
        raise Unlike
    if kinds == {True} and one.read_raw_bytes() != other.read_raw_bytes():
        raise Unlike


def _all_of(value) -> Iterator[pikepdf.Object]:
    """This and all that stands within it or that it refers to, but the pages."""
    waiting, met = [value], set()
    while waiting:
        value = waiting.pop()
        if (place := _place(value)) in met:
            continue
        if place:
            met.add(place)
            yield value
        if isinstance(value, pikepdf.Array):
            waiting.extend(value)
        elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
            waiting.extend(part for name, part in value.items() if name not in BACK)


def _place(value) -> tuple[int, int] | None:
    """By which others refer to it; None for what stands within another, and for a bare number."""
    return value.objgen if getattr(value, "is_indirect", False) else None


def _is_packing(value: pikepdf.Object) -> bool:
    return isinstance(value, pikepdf.Stream) and str(value.get("/Type", "")) in PACKING
