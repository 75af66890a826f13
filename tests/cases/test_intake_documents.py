"""Documents that officers attach: written anew and shown as they are, or refused with what to do instead."""

import io
import zipfile

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.intake import AcceptedDocument, UploadRefused, accept_document
from cases.intake.errors import (
    ActiveDocument,
    BrokenDocument,
    Empty,
    HiddenParts,
    HiddenSheets,
    LinkedDocument,
    LockedDocument,
    NotADocument,
    TooLargeDocument,
    TooMuchInside,
)
from cases.intake.limits import Limits
from tests.cases.office_files import DOCX, TYPES, package
from tests.shared_data import shared

SAMPLES = {
    "attachment.pdf": ActiveDocument,
    "dde-test.docm": ActiveDocument,
    "embedded-simple-2007.docm": ActiveDocument,
    "encrypted-file.pdf": LockedDocument,
    "encrypted.docx": LockedDocument,
    "legacy.doc": NotADocument,
    "plain.svg": NotADocument,
    "pil_sample_cmyk.jpg": NotADocument,
    "sample_with_external_link_to_doc.docx": LinkedDocument,
    "toy.pdf": ".pdf",
    "trailer_loop.pdf": ".pdf",
}
HOSTILE = {
    "bomb.zip": TooMuchInside,
    "csv_injection.csv": NotADocument,
    "eicar.com.txt": NotADocument,
    "empty.jpg": Empty,
    "gifar.gif": NotADocument,
    "html_named.docx": NotADocument,
    "js.pdf": ActiveDocument,
    "remote_template.docx": LinkedDocument,
    "traversal.zip": BrokenDocument,
}
XLSX = {
    "[Content_Types].xml": TYPES,
    "xl/workbook.xml": b'<workbook><sheet name="Satu"/></workbook>',
    "xl/printerSettings/printerSettings1.bin": b"A4",
}
LINK = b'<Relationships><Relationship Type="http://x/%s" TargetMode="External" Target="http://example.invalid"/></Relationships>'


def outcome(content: bytes, **limits):
    try:
        return accept_document(content, limits=Limits(**limits)).extension
    except UploadRefused as refusal:
        return type(refusal)


def parts_of(document: AcceptedDocument) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document.content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def pdf(*, author: str = "", **root) -> bytes:
    written = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        for name, value in root.items():
            document.Root[f"/{name}"] = document.make_indirect(value)
        if author:
            document.docinfo["/Author"] = author
        document.save(written)
    return written.getvalue()


@pytest.mark.parametrize("name", SAMPLES)
def test_an_odd_document_from_the_field_has_its_outcome(name):
    assert outcome(shared(f"data/upload_samples/{name}").read_bytes()) == SAMPLES[name]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_has_its_outcome(hostile_samples, name):
    assert outcome((hostile_samples / name).read_bytes()) == HOSTILE[name]


# --- PDF ----------------------------------------------------------------------------------------------------------------


def action(kind: str) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name(f"/{kind}"))


@pytest.mark.parametrize("kind", ["JavaScript", "Launch", "ImportData", "SubmitForm", "GoToE", "GoToR"])
def test_a_pdf_that_acts_when_it_is_opened_is_refused(kind):
    assert outcome(pdf(OpenAction=action(kind))) == ActiveDocument


def test_a_script_deep_within_a_pdf_is_found():
    nested = pikepdf.Array(
        [pikepdf.Dictionary(Kids=pikepdf.Array([pikepdf.Dictionary(A=action("JavaScript"))]))]
    )
    assert outcome(pdf(Names=nested)) == ActiveDocument


def test_a_pdf_that_only_turns_to_a_page_is_taken():
    assert outcome(pdf(OpenAction=action("GoTo"))) == ".pdf"


def test_a_pdf_loses_who_wrote_it_and_what_follows_its_end():
    document = accept_document(pdf(author="Bapak Rahasia") + b"\n<script>alert(1)</script>")
    assert (b"Rahasia" in document.content, b"script" in document.content) == (False, False)
    with pikepdf.open(io.BytesIO(document.content)) as written:
        assert (len(written.pages), "/Info" in written.trailer) == (1, False)


def test_a_signed_pdf_is_kept_as_its_signer_left_it():
    signature = pikepdf.Dictionary(
        Type=pikepdf.Name.Sig, ByteRange=pikepdf.Array([0, 1, 2, 3]), Contents=pikepdf.String("x")
    )
    signed = pdf(author="BSrE", Signature=signature)
    assert accept_document(signed).content == signed


def test_a_pdf_with_a_password_is_refused_even_where_it_opens_without_one():
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.save(written, encryption=pikepdf.Encryption(owner="rahasia", user=""))
    assert outcome(written.getvalue()) == LockedDocument


# --- Office files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("parts", "extension"), [(DOCX, ".docx"), (XLSX, ".xlsx")])
def test_an_office_file_keeps_its_parts(parts, extension):
    document = accept_document(package(parts))
    assert (document.extension, parts_of(document)) == (extension, parts)


def test_an_office_file_loses_who_wrote_it_and_what_hides_between_its_parts():
    author = {"docProps/core.xml": b"<x>Bapak Rahasia</x>", "docProps/app.xml": b"<x>Kantor Rahasia</x>"}
    document = accept_document(b"".join([package(DOCX | author), b"Rahasia"]))
    assert (set(parts_of(document)), b"Rahasia" in document.content) == ({*DOCX, *author}, False)
    assert [name for name, part in parts_of(document).items() if b"Rahasia" in part] == []


@pytest.mark.parametrize(
    "part",
    [
        "word/vbaProject.bin",
        "word/embeddings/oleObject1.bin",
        "word/activeX/activeX1.xml",
        "xl/macrosheets/s.xml",
    ],
)
def test_an_office_file_with_a_program_in_it_is_refused(part):
    assert outcome(package(DOCX | {part: b"<x/>"})) == ActiveDocument


def test_a_file_that_says_it_has_macros_is_refused():
    types = TYPES.replace(
        b"/>", b'><Default ContentType="application/vnd.ms-word.document.macroEnabled"/></Types>'
    )
    assert outcome(package(DOCX | {"[Content_Types].xml": types})) == ActiveDocument


@pytest.mark.parametrize(
    ("kind", "expected"), [(b"hyperlink", ".docx"), (b"attachedTemplate", LinkedDocument)]
)
def test_a_link_to_read_is_taken_and_one_that_is_fetched_is_refused(kind, expected):
    assert outcome(package(DOCX | {"word/_rels/document.xml.rels": LINK % kind})) == expected


@pytest.mark.parametrize("state", [b"hidden", b"veryHidden"])
def test_a_workbook_with_a_hidden_sheet_is_refused(state):
    sheet = b'<workbook><x:sheet name="Gaji" state="%s"/></workbook>' % state
    assert outcome(package(XLSX | {"xl/workbook.xml": sheet})) == HiddenSheets


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("xl/worksheets/sheet1.xml", b'<worksheet><row r="2" hidden="1"/></worksheet>'),
        ("xl/worksheets/sheet1.xml", b'<x:worksheet><x:col min="3" hidden="true"/></x:worksheet>'),
        ("xl/comments1.xml", b"<comments/>"),
        ("xl/threadedComments/threadedComment1.xml", b"<ThreadedComments/>"),
    ],
)
def test_a_workbook_with_what_can_be_uncovered_is_refused(name, content):
    assert outcome(package(XLSX | {name: content})) == HiddenParts


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/document.xml", b'<w:document><w:del w:id="1"/></w:document>'),
        ("word/footer1.xml", b"<w:ftr><w:rPr><w:vanish/></w:rPr></w:ftr>"),
        ("word/comments.xml", b"<w:comments/>"),
    ],
)
def test_a_letter_with_what_can_be_uncovered_is_refused(name, content):
    assert outcome(package(DOCX | {name: content})) == HiddenParts


def test_xml_that_grows_by_itself_is_refused():
    bomb = b'<!DOCTYPE l [<!ENTITY a "ha">]><l>&a;</l>'
    assert outcome(package(DOCX | {"word/styles.xml": bomb})) == BrokenDocument


def test_an_archive_that_is_no_document_is_refused():
    assert outcome(package({"a.txt": b"hai"})) == NotADocument


# --- Both ---------------------------------------------------------------------------------------------------------------


def test_a_document_that_is_too_large_is_not_opened():
    assert outcome(b"%PDF-" + bytes(2000), max_bytes=1000) == TooLargeDocument


WHOLE = [pdf(OpenAction=action("GoTo")), package(DOCX), package(XLSX)]


@settings(max_examples=100, deadline=None)
@given(
    whole=st.sampled_from(WHOLE), at=st.floats(0, 0.999), value=st.binary(max_size=8), end=st.floats(0.1, 1)
)
def test_a_damaged_document_is_written_anew_or_refused(whole, at, value, end):
    place = int(at * len(whole))
    damaged = (whole[:place] + value + whole[place + len(value) :])[: int(end * len(whole))]
    refusals = {BrokenDocument, NotADocument, ActiveDocument, LockedDocument, LinkedDocument, TooMuchInside}
    assert outcome(damaged) in {".pdf", ".docx", ".xlsx", *refusals}
