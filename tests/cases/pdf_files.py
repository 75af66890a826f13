"""PDFs written out by hand: what a library would not write, and what is appended to them."""

import io
import re

import pikepdf

SIGNATURE = b"30820102"


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


def revised(raw: bytes, objects: dict[int, bytes]) -> bytes:
    """With an incremental update (7.5.6) that puts these objects in place of, or next to, its own."""
    root = b"/Root %d 0 R" % number_of_root(raw)
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
    mark = b"[0 ########## ########## ##########]"
    field = b"<< /FT /Sig /T (TTE) /V %d 0 R >>" % number
    whole = revised(
        raw,
        {
            root: b"<< /Type /Catalog /Pages %d 0 R /AcroForm << /SigFlags 3 /Fields [%s] >> >>"
            % (pages, field),
            number: b"<< /Type /Sig /Filter /Adobe.PPKLite /ByteRange %s /Contents <%s> %s >>"
            % (mark, SIGNATURE, entry),
        },
    )
    whole += after
    start = whole.rindex(b"<" + SIGNATURE)
    stop = start + len(SIGNATURE) + 2
    reaches = b"[0 %10d %10d %10d]" % (start, stop, len(whole) - stop + reach)
    return whole.replace(mark, reaches)


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
