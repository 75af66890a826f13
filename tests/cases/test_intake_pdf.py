"""A PDF is taken as pages, wherever in it something else is hidden; a signed one only where it is signed as a whole."""

import io

import pikepdf
import pytest

from cases.intake import accept_document
from cases.intake.errors import ActiveDocument, HalfSigned, LockedDocument, TooMuchInside
from tests.cases.outcomes import outcome
from tests.cases.pdf_files import action, by_hand, number_of_root, pdf, revised, signed

SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
ROOT = b"/Root << /Type /Catalog /Pages 1 0 R %s >>"
FOURTH = b"/Root 4 0 R"
HTML = b"<html><script>alert(1)</script></html>"


# --- What acts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", ["JavaScript", "Launch", "ImportData", "SubmitForm", "GoToE", "GoToR", "URI"]
)
def test_a_pdf_that_acts_when_it_is_opened_is_refused(kind):
    assert outcome(pdf(OpenAction=action(kind))) == ActiveDocument


def test_a_script_deep_within_a_pdf_is_found():
    nested = pikepdf.Array(
        [pikepdf.Dictionary(Kids=pikepdf.Array([pikepdf.Dictionary(A=action("JavaScript"))]))]
    )
    assert outcome(pdf(Names=nested)) == ActiveDocument


@pytest.mark.parametrize("kind", ["GoTo", "Named"])
def test_a_pdf_that_only_turns_to_a_page_or_prints_is_taken(kind):
    assert outcome(pdf(OpenAction=action(kind))) == ".pdf"


IN_THE_CATALOGUE = [
    b"/OpenAction %s" % SCRIPT,
    b"/OpenAction << /S /J#61vaScript >>",
    b"/Open#41ction << /S /Launch /F (cmd.exe) >>",
    b"/OpenAction << /S /GoTo /D [2 0 R /Fit] /Next << /S /URI /URI (http://x) >> >>",
    b"/AA << /WC %s >>" % SCRIPT,
    b"/Names << /JavaScript << /Names [(a) %s] >> >>" % SCRIPT,
    b"/Names << /EmbeddedFiles << /Names [] >> >>",
    b"/AcroForm << /Fields [] /XFA (x) >>",
    b"/AcroForm << /Fields [<< /FT /Btn /A << /S /SubmitForm /F (http://x) >> >>] >>",
    b"/AF [<< /Type /Filespec /EF << >> >>]",
    b"/Anything [[[%s]]]" % SCRIPT,
]
ON_THE_PAGE = [
    b"/AA << /O %s >>" % SCRIPT,
    b"/AA << /O << /S /URI /URI (http://x) >> >>",
    b"/AA << /O << /S 3 0 R >> >>",
    b"/Annots [<< /Subtype /Link /A << /S /Launch /F (cmd.exe) >> >>]",
    b"/Annots [<< /Subtype /Link /A << /S /GoToR /F (x.pdf) >> >>]",
    b"/Annots [<< /Subtype /Link /A << /S /GoToE /F (x.pdf) >> >>]",
    b"/Annots [<< /Subtype /Link /A << /S /GoTo /Next [<< /S /Launch >>] >> >>]",
    b"/Annots [<< /Subtype /Widget /AA << /K %s >> >>]" % SCRIPT,
    b"/Annots [<< /Subtype /RichMedia >>]",
    b"/Annots [<< /Subtype /FileAttachment /FS << /F (x.exe) >> >>]",
    b"/Annots [<< /Subtype /Screen /A << /S /Rendition >> >>]",
    b"/Annots [<< /Subtype /3D >>]",
]


@pytest.mark.parametrize("entry", IN_THE_CATALOGUE)
def test_what_acts_is_found_in_a_catalogue_that_stands_in_the_trailer(entry):
    assert outcome(by_hand(trailer=ROOT % entry)) == ActiveDocument


@pytest.mark.parametrize("entry", IN_THE_CATALOGUE)
def test_what_acts_is_found_in_a_catalogue_of_its_own(entry):
    catalogue = b"<< /Type /Catalog /Pages 1 0 R %s >>" % entry
    assert outcome(by_hand(trailer=FOURTH, more=[b"null", catalogue])) == ActiveDocument


@pytest.mark.parametrize("entry", ON_THE_PAGE)
def test_what_acts_is_found_on_a_page(entry):
    assert outcome(by_hand(page=entry, more=[b"/JavaScript"])) == ActiveDocument


@pytest.mark.parametrize("entry", [b"/Kept [[%s]]" % SCRIPT, b"/Info << /A %s >>" % SCRIPT])
def test_what_acts_is_found_beside_the_catalogue(entry):
    assert outcome(by_hand(trailer=ROOT % b"" + entry)) == ActiveDocument


def test_what_acts_is_found_in_a_packed_object_and_where_nothing_leads_to_it():
    assert outcome(pdf(packed=True, OpenAction=action("JavaScript"))) == ActiveDocument
    assert outcome(by_hand(more=[SCRIPT])) == ActiveDocument


@pytest.mark.parametrize("entry", [b"/F (/etc/passwd)", b"/Ref << /F (x.pdf) >>"])
def test_what_is_read_from_another_file_is_refused(entry):
    stream = b"<< /Subtype /Form /Length 0 %s >>\nstream\n\nendstream" % entry
    assert outcome(by_hand(more=[stream])) == ActiveDocument


def test_what_an_update_takes_away_is_gone_and_what_it_brings_is_found():
    plain, active = by_hand(trailer=FOURTH, more=[b"null", CATALOGUE]), b"<< /OpenAction %s >>" % SCRIPT
    assert outcome(revised(plain, {3: active})) == ActiveDocument
    mended = accept_document(revised(revised(plain, {3: active}), {3: b"null"}))
    assert b"JavaScript" not in mended.content


CATALOGUE = b"<< /Type /Catalog /Pages 1 0 R >>"
HARMLESS = [
    b"/Annots [<< /Subtype /Link /A << /S /URI /URI (http://x) >> >>]",
    b"/Annots [<< /Subtype /Link /BS << /S /U >> /Dest [2 0 R /Fit] >>]",
    b"/Trans << /S /Wipe >>",
    b"/Resources << /Font << /AA 3 0 R /F 3 0 R >> >>",
]


@pytest.mark.parametrize("entry", HARMLESS)
def test_a_link_to_read_and_what_a_page_looks_like_are_taken(entry):
    assert outcome(by_hand(page=entry, more=[b"<< /Type /Font >>"])) == ".pdf"


def test_a_pdf_loses_who_wrote_it_and_what_follows_its_end():
    document = accept_document(pdf(author="Bapak Rahasia") + HTML)
    assert (b"Rahasia" in document.content, b"script" in document.content) == (False, False)
    with pikepdf.open(io.BytesIO(document.content)) as written:
        assert (len(written.pages), "/Info" in written.trailer) == (1, False)


def test_a_pdf_with_a_password_is_refused_even_where_it_opens_without_one():
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.save(written, encryption=pikepdf.Encryption(owner="rahasia", user=""))
    assert outcome(written.getvalue()) == LockedDocument


# --- Signed -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "whole",
    [
        signed(pdf(author="BSrE")),
        signed(pdf(packed=True)),
        signed(pdf(linearize=True)),
        signed(signed(pdf())),
        signed(by_hand(trailer=FOURTH, more=[b"null", CATALOGUE])),
    ],
    ids=["once", "packed", "for-the-web", "twice", "by-hand"],
)
def test_a_signed_pdf_is_kept_as_its_signers_left_it(whole):
    assert accept_document(whole).content == whole


SIGNED = signed(pdf())


@pytest.mark.parametrize(
    "half",
    [
        SIGNED + HTML,
        SIGNED + b"\n" + HTML + b"\n%%EOF\n",
        signed(pdf(), after=HTML),
        signed(pdf(), reach=-3),
        signed(pdf(), reach=3),
        revised(SIGNED, {90: b"<< /Later true >>"}),
        SIGNED.replace(b"<30820102>", b"<3082<HTM>"),
        SIGNED.replace(b"[0 ", b"[1 "),
        SIGNED.replace(b"[0 ", b"[-1 ").replace(b"[-1  ", b"[-1 "),
        signed(pdf(), entry=b"/Contents <30820103>"),
        pdf(Made=pikepdf.Dictionary(ByteRange=[0, 1, 2, 3], Contents=pikepdf.String("x"))),
        pdf(Made=pikepdf.Dictionary(ByteRange=[0, 1, 2], Contents=pikepdf.String("x"))),
        pdf(Made=pikepdf.Dictionary(ByteRange=pikepdf.Array())),
        signed(pdf(Made=pikepdf.Dictionary(ByteRange=[0, 1, 2, 3], Contents=pikepdf.String("x")))),
    ],
)
def test_a_pdf_that_says_it_is_signed_and_is_not_as_a_whole_is_refused(half):
    assert outcome(half) == HalfSigned


def test_what_two_programs_would_read_differently_is_not_kept_as_signed():
    catalogue = b"<< /Type /Catalog /Pages 1 0 R /Twice %s /Twice null >>"
    assert (
        outcome(signed(by_hand(trailer=FOURTH, more=[b"null", CATALOGUE, catalogue % SCRIPT]))) == HalfSigned
    )


def test_a_signed_pdf_that_acts_is_refused():
    acting = by_hand(trailer=FOURTH, more=[SCRIPT, CATALOGUE])
    assert outcome(signed(acting)) == ActiveDocument
    assert outcome(signed(pdf(), entry=b"/A %s" % SCRIPT)) == ActiveDocument


def test_a_signed_pdf_that_acted_before_its_last_revision_is_refused():
    before = by_hand(trailer=FOURTH, more=[b"null", b"<< /Pages 1 0 R /OpenAction %s >>" % SCRIPT])
    after = revised(before, {number_of_root(before): CATALOGUE})
    assert outcome(after) == ".pdf"
    assert outcome(signed(after)) == ActiveDocument


def test_a_signed_pdf_of_endless_revisions_is_not_read_through():
    revision = pdf()
    for _ in range(25):
        revision = revised(revision, {90: b"null"})
    assert outcome(signed(revision)) == TooMuchInside
