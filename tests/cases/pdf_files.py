"""PDFs written out by hand: what a library would not write, and what is appended to them."""

import io
import re

import pikepdf

SIGNATURE = b"30820102"
MARK = b"[0 ########## ########## ##########]"
HOLE = b"/ByteRange %s /Contents <%s>" % (MARK, SIGNATURE)
# What a certificate looks like from outside.
DER = b"\x30\x82\x01\x00" + bytes(256)


def pdf(*, author: str = "", linearize: bool = False, packed: bool = False, **root) -> bytes:
    """A blank page, with these objects under the catalogue."""
    written = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        for name, value in root.items():
            document.Root[f"/{name}"] = document.make_indirect(value)
        if author:
            document.docinfo["/Author"] = author
        streams = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
        document.save(written, linearize=linearize, object_stream_mode=streams)
    return written.getvalue()


def action(kind: str) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"))


def by_hand(
    *, page: bytes = b"", trailer: bytes = b"/Root << /Type /Catalog /Pages 1 0 R >>", more=()
) -> bytes:
    """A page with these entries, the trailer with these, and more objects from number 3 on."""
    objects = [
        b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 1 0 R /MediaBox [0 0 9 9] %s >>" % page,
        *more,
    ]
    return _appended(b"%PDF-1.7\n", dict(enumerate(objects, start=1)), trailer)


def revised(raw: bytes, objects: dict[int, bytes], *, trailer: bytes = b"") -> bytes:
    """With an incremental update (7.5.6) that puts these objects in place of, or next to, its own."""
    root = b"/Root %d 0 R %s" % (number_of_root(raw), trailer)
    return _appended(raw, objects, root, previous=int(re.findall(rb"startxref\s+(\d+)", raw)[-1]))


def number_of_root(raw: bytes) -> int:
    with pikepdf.open(io.BytesIO(raw)) as document:
        return document.Root.objgen[0]


def signed(raw: bytes, *, entry: bytes = b"", after: bytes = b"", reach: int = 0) -> bytes:
    """With a signature in an update of its own, over everything but its hole.

    entry: more of the signature's dictionary. after: what the signature also covers, behind the end. reach: how many
    bytes the signature is too long or too short.
    """
    with pikepdf.open(io.BytesIO(raw)) as document:
        number = int(document.trailer.Size)
        root, pages = document.Root.objgen[0], document.Root.Pages.objgen[0]
    field = b"<< /FT /Sig /T (TTE) /V %d 0 R >>" % number
    catalogue = b"<< /Type /Catalog /Pages %d 0 R /AcroForm << /SigFlags 3 /Fields [%s] >> >>" % (
        pages,
        field,
    )
    signature = b"<< /Type /Sig /Filter /Adobe.PPKLite %s %s >>" % (HOLE, entry)
    return _covered(revised(raw, {root: catalogue, number: signature}) + after, reach)


def validated(
    raw: bytes, *, store: bytes = b"/Certs [%d 0 R]", said: bytes = DER, more=(), packed=False
) -> bytes:
    """With an update that brings a document security store, whose first stream says this, and more objects by number."""
    number = _next(raw)
    root = number_of_root(raw)
    objects = {
        root: with_entry(raw, root, b"/DSS %d 0 R" % number),
        number: b"<< /Type /DSS %s >>" % store.replace(b"%d", b"%d" % (number + 1)),
        number + 1: stream(said),
    }
    return (_revised_packed if packed else revised)(raw, objects | dict(more))


def stamped(
    raw: bytes, *, rect: bytes = b"0 0 0 0", kind: bytes = b"DocTimeStamp", entry: bytes = b"", more=()
) -> bytes:
    """With a document time stamp in an update of its own, in a field on the first page, which has this entry too."""
    number = _next(raw)
    root = number_of_root(raw)
    with pikepdf.open(io.BytesIO(raw)) as document:
        page = document.pages[0].objgen[0]
    field = b"<< /FT /Sig /Type /Annot /Subtype /Widget /T (%d) /V %d 0 R /P %d 0 R /Rect [%s] %s >>"
    objects = {
        root: text_of(raw, root).replace(b"/Fields [", b"/Fields [%d 0 R " % number, 1),
        page: with_entry(raw, page, b"/Annots [%d 0 R %s]" % (number, _listed(raw, page, b"/Annots"))),
        number: field % (number, number + 1, page, rect, entry),
        number + 1: b"<< /Type /%s /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161 %s >>" % (kind, HOLE),
    }
    return _covered(revised(raw, objects | dict(more)))


def stream(said: bytes, entry: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(said), entry, said)


def text_of(raw: bytes, number: int) -> bytes:
    """An object as it was written last."""
    return re.findall(rb"\n%d 0 obj\n(.*?)\nendobj" % number, raw, re.DOTALL)[-1]


def with_entry(raw: bytes, number: int, entry: bytes) -> bytes:
    """A dictionary with this entry, in place of one by the same name."""
    name = entry.split()[0]
    text = re.sub(name + rb" (\[.*?\]|\d+ 0 R) ?", b"", text_of(raw, number))
    end = text.rindex(b">>")
    return text[:end] + entry + b" " + text[end:]


def _listed(raw: bytes, number: int, name: bytes) -> bytes:
    """What stands in an array under this name."""
    return b"".join(re.findall(name + rb" \[(.*?)\]", text_of(raw, number)))


def _next(raw: bytes) -> int:
    with pikepdf.open(io.BytesIO(raw)) as document:
        return int(document.trailer.Size)


def _covered(whole: bytes, reach: int = 0) -> bytes:
    """With the last signature's byte range around its own hole."""
    start = whole.rindex(b"<" + SIGNATURE)
    stop = start + len(SIGNATURE) + 2
    reaches = b"[0 %10d %10d %10d]" % (start, stop, len(whole) - stop + reach)
    return whole.replace(MARK, reaches)


def _revised_packed(raw: bytes, objects: dict[int, bytes]) -> bytes:
    """As `revised`, with dictionaries in an object stream and the table in another (7.5.7, 7.5.8)."""
    body, places = bytearray(raw), {}
    holder = max(_next(raw), *objects) + 1
    inside = {number: text for number, text in objects.items() if b"stream" not in text}
    said, index = b"", b""
    for number, text in inside.items():
        places[number] = (2, holder, len(index.split()) // 2)
        index += b"%d %d " % (number, len(said))
        said += text + b"\n"
    outside = {number: text for number, text in objects.items() if number not in inside}
    packed = stream(index + said, b"/Type /ObjStm /N %d /First %d" % (len(inside), len(index)))
    for number, text in (outside | {holder: packed}).items():
        places[number] = (1, len(body), 0)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    start = len(body)
    places[holder + 1] = (1, start, 0)
    rows = b"".join(bytes([kind]) + where.to_bytes(4) + bytes([nth]) for kind, where, nth in places.values())
    entries = b"/Type /XRef /W [1 4 1] /Index [%s] /Size %d /Root %d 0 R /Prev %d" % (
        b" ".join(b"%d 1" % number for number in places),
        holder + 2,
        number_of_root(raw),
        int(re.findall(rb"startxref\s+(\d+)", raw)[-1]),
    )
    body += b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (holder + 1, stream(rows, entries), start)
    return bytes(body)


def _appended(raw: bytes, objects: dict[int, bytes], trailer: bytes, previous: int | None = None) -> bytes:
    body, table = bytearray(raw), []
    for number, content in objects.items():
        table.append(b"%d 1\n%010d 00000 n \n" % (number, len(body)))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    back = b"" if previous is None else b"/Prev %d " % previous
    free = b"0 1\n0000000000 65535 f \n" if previous is None else b""
    size = 1 + max(*objects, *(int(number) for number in re.findall(rb"(\d+) 0 obj", raw)))
    body += b"xref\n%s%strailer\n<< /Size %d %s%s >>\nstartxref\n%d\n%%%%EOF\n" % (
        *(free, b"".join(table), size, back, trailer, start),
    )
    return bytes(body)
