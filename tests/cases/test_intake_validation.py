"""What tells that a signature was good may be put behind it, as BSrE and others do; anything else may not."""

import pytest

from cases.intake import accept_document
from cases.intake.errors import ActiveDocument, HalfSigned
from tests.cases.outcomes import outcome
from tests.cases.pdf_files import (
    DER,
    by_hand,
    number_of_root,
    pdf,
    revised,
    signed,
    stamped,
    stream,
    text_of,
    validated,
    with_entry,
)

CONTENT = b"BT (Rp15.000) Tj ET"
# Its page is object 2, what the page shows 3, the catalogue 4.
SIGNED = signed(
    by_hand(
        page=b"/Contents 3 0 R",
        trailer=b"/Root 4 0 R",
        more=[stream(CONTENT), b"<< /Type /Catalog /Pages 1 0 R >>"],
    )
)
EVERYTHING = (
    b"/Certs [%d 0 R] /OCSPs [%d 0 R] /CRLs [%d 0 R] "
    b"/VRI << /0123456789ABCDEF0123456789ABCDEF01234567 "
    b"<< /Type /VRI /Cert [%d 0 R] /OCSP [%d 0 R] /CRL [%d 0 R] /TU (D:20261124) /TS %d 0 R >> >>"
)
SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"


def rewritten(raw: bytes, *entries: bytes) -> dict[int, bytes]:
    """The catalogue with more in it."""
    root = number_of_root(raw)
    return {root: with_entry(raw, root, b" ".join(entries))}


@pytest.mark.parametrize(
    "whole",
    [
        validated(SIGNED),
        validated(SIGNED, packed=True),
        validated(SIGNED, store=EVERYTHING),
        validated(SIGNED, said=b"\x30\x03abc"),
        validated(validated(SIGNED)),
        validated(signed(pdf(), reach=-1)),
        validated(signed(pdf(author="BSrE"))),
        stamped(SIGNED),
        stamped(validated(SIGNED)),
        validated(stamped(validated(SIGNED))),
        stamped(stamped(SIGNED)),
        stamped(signed(pdf())),
        revised(SIGNED, rewritten(SIGNED, b"/Version /2.0 /Extensions << /ESIC << /ExtensionLevel 5 >> >>")),
        revised(
            SIGNED,
            rewritten(SIGNED, b"/Metadata 70 0 R") | {70: stream(b"<x/>", b"/Type /Metadata /Subtype /XML")},
        ),
        revised(SIGNED, {70: b"<< /ModDate (D:20261124) >>"}, trailer=b"/Info 70 0 R"),
        stamped(
            SIGNED, entry=b"/AP << /N 70 0 R >>", more={70: stream(b"", b"/Subtype /Form /BBox [0 0 0 0]")}
        ),
        stamped(SIGNED, kind=b"Sig"),
    ],
)
def test_a_signed_pdf_is_kept_with_what_validates_it(whole):
    assert accept_document(whole).content == whole


OTHER_PAGE = {3: stream(CONTENT.replace(b"15", b"95"))}
NOTE = b"<< /Type /Annot /Subtype /FreeText /Rect [0 0 9 9] /Contents (Palsu) >>"


@pytest.mark.parametrize(
    "more",
    [
        OTHER_PAGE,
        {2: with_entry(SIGNED, 2, b"/Annots [80 0 R]"), 80: NOTE},
        {2: with_entry(SIGNED, 2, b"/Rotate 180")},
        {2: text_of(SIGNED, 2).replace(b"/Contents 3 0 R", b"")},
        {1: b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"},
        {1: b"<< /Type /Pages /Kids [2 0 R 80 0 R] /Count 2 >>", 80: text_of(SIGNED, 2)},
        {80: b"<< /Later true >>"},
        {80: b"(Palsu)"},
        {80: stream(b"<html>")},
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_an_update_that_brings_more_than_validation_data_is_refused(more, packed):
    assert outcome(validated(SIGNED, packed=packed)) == ".pdf"
    assert outcome(validated(SIGNED, more=more, packed=packed)) == HalfSigned
    assert outcome(validated(revised(SIGNED, more))) == HalfSigned


def test_a_time_stamp_is_no_signature_of_what_was_changed_before_it():
    assert outcome(stamped(revised(SIGNED, OTHER_PAGE))) == HalfSigned
    assert outcome(stamped(SIGNED, more=OTHER_PAGE)) == HalfSigned
    assert outcome(signed(revised(SIGNED, OTHER_PAGE))) == ".pdf"


@pytest.mark.parametrize(
    ("store", "said"),
    [
        (b"/Certs [%d 0 R]", b"<html><script>alert(1)</script></html>"),
        (b"/Certs [%d 0 R]", DER + b"<html>"),
        (b"/Certs [%d 0 R]", DER[:-1]),
        (b"/Certs [%d 0 R]", b"0"),
        (b"/Certs [%d 0 R]", b""),
        (b"", DER),
        (b"/Certs [(0)]", DER),
        (b"/Certs %d 0 R", DER),
        (b"/Certs [<< /Later true >>]", DER),
        (b"/Later [%d 0 R]", DER),
        (b"/Type << /Later true >>", DER),
        (b"/VRI << /00 << /Later [%d 0 R] >> >>", DER),
        (b"/VRI << /00 [%d 0 R] >>", DER),
        (b"/VRI [%d 0 R]", DER),
        (b"/VRI << /00 << /TU << /Later true >> >> >>", DER),
        (b"/VRI << /00 << /TS (0) >> >>", DER),
    ],
)
def test_what_is_put_among_certificates_and_is_none_is_refused(store, said):
    assert outcome(validated(SIGNED, store=store, said=said)) == HalfSigned


def test_the_rest_of_the_catalogue_stays_as_it_was_signed():
    for entry in (
        b"/PageLabels << >>",
        b"/OpenAction << /S /GoTo /D [2 0 R /Fit] >>",
        b"/PageMode /FullScreen",
    ):
        assert outcome(revised(SIGNED, rewritten(SIGNED, entry))) == HalfSigned
    assert outcome(revised(SIGNED, rewritten(SIGNED, b"/OpenAction %s" % SCRIPT))) == ActiveDocument


def test_a_page_whose_words_stand_among_the_certificates_is_not_changed_by_that():
    said = DER + b"\n%s" % CONTENT
    before = signed(
        by_hand(
            page=b"/Contents 3 0 R",
            trailer=b"/Root 4 0 R",
            more=[stream(said), b"<< /Type /Catalog /Pages 1 0 R >>"],
        )
    )
    assert outcome(validated(before, store=b"/Certs [3 0 R]", more={3: stream(DER)})) == HalfSigned


def test_what_a_signed_page_was_still_waiting_for_cannot_be_brought_later():
    before = signed(
        by_hand(
            page=b"/Contents [3 0 R 70 0 R]",
            trailer=b"/Root 4 0 R",
            more=[stream(CONTENT), b"<< /Type /Catalog /Pages 1 0 R >>"],
        )
    )
    assert outcome(validated(before)) == ".pdf"
    assert outcome(validated(before, more={70: stream(CONTENT)})) == HalfSigned
    assert outcome(validated(before, store=b"/Certs [70 0 R]", more={70: stream(DER)})) == HalfSigned


def test_a_time_stamp_that_is_seen_is_refused():
    assert outcome(stamped(SIGNED, rect=b"0 0 9 9")) == HalfSigned
    assert outcome(stamped(SIGNED, rect=b"0 0")) == HalfSigned


HTML = b"<html><script>alert(1)</script></html>"


@pytest.mark.parametrize(
    "half",
    [
        validated(SIGNED) + HTML,
        validated(SIGNED) + b"\n" + HTML + b"\n%%EOF\n",
        stamped(SIGNED) + HTML,
        revised(stamped(SIGNED), {80: b"<< /Later true >>"}),
        SIGNED + b"\n%" + HTML + SIGNED[SIGNED.rindex(b"startxref") :],
    ],
)
def test_nothing_stands_behind_the_last_revision(half):
    assert outcome(half) == HalfSigned
