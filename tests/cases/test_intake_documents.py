"""Documents that officers attach: written anew and shown as they are, or refused with what to do instead."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.intake import AcceptedDocument, accept_document
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
from tests.cases.office_files import DOCX, SHEET, TYPES, WORD, XLSX, letter, package, workbook
from tests.cases.outcomes import outcome
from tests.cases.pdf_files import action, pdf
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
LINK = b'<Relationships><Relationship Type="http://x/%s" TargetMode="External" Target="http://example.invalid"/></Relationships>'


def parts_of(document: AcceptedDocument) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document.content)) as file:
        return {name: file.read(name) for name in file.namelist()}


@pytest.mark.parametrize("name", SAMPLES)
def test_an_odd_document_from_the_field_has_its_outcome(name):
    assert outcome(shared(f"data/upload_samples/{name}").read_bytes()) == SAMPLES[name]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_has_its_outcome(hostile_samples, name):
    assert outcome((hostile_samples / name).read_bytes()) == HOSTILE[name]


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


MACROS = [
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "APPLICATION/VND.MS-EXCEL.SHEET.BINARY.MACROENABLED.MAIN",
    "application/vnd.ms-office.vbaProject",
    "application/vnd.ms-excel.macrosheet+xml",
    "application/vnd.ms-office.activeX+xml",
]


@pytest.mark.parametrize("kind", MACROS)
def test_a_file_that_says_it_has_macros_is_refused_whatever_their_part_is_called(kind):
    for entry in (
        f'<Default Extension="foo" ContentType="{kind}"/>',
        f"<q:Override xmlns:q=\"urn:q\" ContentType = '{kind}'/>",
    ):
        types = TYPES.replace(b"/>", b">" + entry.encode() + b"</Types>")
        for written in (types, in_utf16(types)):
            assert outcome(package(DOCX | {"[Content_Types].xml": written})) == ActiveDocument


@pytest.mark.parametrize(
    "kind", [b"vbaProject", b"VBAPROJECT", b"oleObject", b"control", b"aFChunk", b"xlMacrosheet"]
)
def test_a_file_that_leads_to_a_program_is_refused_whatever_its_part_is_called(kind):
    link = (LINK % kind).replace(b' TargetMode="External"', b"")
    for written in (link, in_utf16(link)):
        parts = {"word/foo.xml": b"<x/>", "word/_rels/document.xml.rels": written}
        assert outcome(package(DOCX | parts)) == ActiveDocument


@pytest.mark.parametrize(
    "content", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", package({"a": b"a"})], ids=["ole", "package"]
)
def test_a_file_in_a_file_is_refused_whatever_it_is_called(content):
    assert outcome(package(DOCX | {"word/media/image1.png": content})) == ActiveDocument


def test_a_part_of_a_kind_that_no_letter_needs_is_refused():
    types = TYPES.replace(
        b"/>", b'><Default Extension="dat" ContentType="application/x-msdownload"/></Types>'
    )
    assert outcome(package(DOCX | {"[Content_Types].xml": types, "word/a.dat": b"x"})) == ActiveDocument


def test_a_picture_and_a_font_are_taken():
    types = TYPES.replace(
        b"/>",
        b'><Default Extension="png" ContentType="image/png"/><Default Extension="odttf"'
        b' ContentType="application/vnd.openxmlformats-officedocument.obfuscatedFont"/></Types>',
    )
    parts = {"[Content_Types].xml": types, "word/media/a.png": b"\x89PNG", "word/fonts/a.odttf": b"<acak"}
    assert outcome(package(DOCX | parts)) == ".docx"


def field(*runs: str) -> bytes:
    return letter("\n".join(f"<w:r><w:instrText>{run}</w:instrText></w:r>" for run in runs))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (field(" DDEAUTO c:\\x "), ActiveDocument),
        (field(" D", "DEA", "UTO c:\\x "), ActiveDocument),
        (
            field("PAGE").replace(
                b"</w:doc", b"<w:fldChar/><w:r><w:instrText>dde x</w:instrText></w:r></w:doc"
            ),
            ActiveDocument,
        ),
        (letter('<w:fldSimple w:instr="DDE x"/>'), ActiveDocument),
        (field(' INCLUDETEXT "http://x" '), LinkedDocument),
        (field(' HYPERLINK "https://x/database/include" '), ".docx"),
    ],
)
def test_a_field_that_starts_or_fetches_something_is_found_in_its_pieces(content, expected):
    for written in (content, in_utf16(content)):
        assert outcome(package(DOCX | {"word/document.xml": written})) == expected


def test_a_workbook_that_asks_another_program_is_refused():
    asking = b'<externalLink xmlns="%s"><ddeLink ddeService="cmd"/></externalLink>' % SHEET.encode()
    assert outcome(package(XLSX | {"xl/externalLinks/externalLink1.xml": asking})) == ActiveDocument


@pytest.mark.parametrize(
    ("kind", "expected"), [(b"hyperlink", ".docx"), (b"attachedTemplate", LinkedDocument)]
)
def test_a_link_to_read_is_taken_and_one_that_is_fetched_is_refused(kind, expected):
    assert outcome(package(DOCX | {"word/_rels/document.xml.rels": LINK % kind})) == expected


# --- What can be uncovered ----------------------------------------------------------------------------------------------

STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main"
STRICT_SHEET = "http://purl.oclc.org/ooxml/spreadsheetml/main"
SEEN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</worksheet>'


def in_utf16(content: bytes) -> bytes:
    return ('<?xml version="1.0" encoding="UTF-16"?>' + content.decode()).encode("utf-16")


@pytest.mark.parametrize("written", [bytes, in_utf16], ids=["utf-8", "utf-16"])
@pytest.mark.parametrize("namespace", [SHEET, STRICT_SHEET])
@pytest.mark.parametrize(
    "state", ["state='hidden'", 'state="veryHidden"', 'state = "hidden"', 'state="&#104;idden"']
)
def test_a_workbook_with_a_hidden_sheet_is_refused(state, namespace, written):
    hiding = workbook(f'<sheets><sheet name="Gaji" {state}/></sheets>', sheet=namespace)
    assert outcome(package(XLSX | {"xl/workbook.xml": written(hiding)})) == HiddenSheets


def test_a_workbook_whose_sheets_are_said_to_be_visible_is_taken():
    showing = workbook('<sheets><sheet name="Gaji" state="visible"/></sheets>')
    assert outcome(package(XLSX | {"xl/workbook.xml": in_utf16(showing)})) == ".xlsx"


@pytest.mark.parametrize(
    "sheet",
    [
        SEEN % b'<row r="2" hidden="1"/>',
        SEEN % b"<cols><col min='3' hidden = 'true'/></cols>",
        SEEN % b'<row r="2" ht="0" customHeight="1"/>',
        SEEN % b'<cols><col min="3" width="0.0"/></cols>',
        (SEEN % b'<row r="2" hidden="1"/>')
        .replace(b"<worksheet xmlns=", b'<worksheet xmlns="" xmlns:x=')
        .replace(b"<row", b"<x:row"),
        in_utf16(SEEN % b'<row r="2" hidden="1"/>'),
        b'<comments xmlns="%s"/>' % SHEET.encode(),
        b'<pivotCacheRecords xmlns="%s"><r><s v="Gaji"/></r></pivotCacheRecords>' % SHEET.encode(),
        b'<pivotCacheDefinition xmlns="%s"/>' % SHEET.encode(),
        b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"/>',
    ],
)
@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/lain/apa.bin"])
def test_a_workbook_with_what_can_be_uncovered_is_refused_whatever_its_parts_are_called(name, sheet):
    assert outcome(package(XLSX | {name: sheet})) == HiddenParts


def test_rows_that_show_are_taken():
    sheet = SEEN % b'<cols><col min="1" width="9" hidden="0"/></cols><row r="2" ht="0.5" hidden="false"/>'
    assert outcome(package(XLSX | {"xl/worksheets/sheet1.xml": sheet})) == ".xlsx"


TRACKED = [
    '<w:del w:id="1"/>',
    '<w:del w:id="1"><w:r><w:delText>rahasia</w:delText></w:r></w:del>',
    "<w:moveFrom/>",
    "<w:rPr><w:vanish/></w:rPr>",
    '<w:rPr><w:vanish w:val = "on"/></w:rPr>',
    "<w:comments/>",
]


@pytest.mark.parametrize("namespace", [WORD, STRICT_WORD])
@pytest.mark.parametrize("content", TRACKED)
def test_a_letter_with_what_can_be_uncovered_is_refused(content, namespace):
    hiding = letter(content, word=namespace)
    renamed = hiding.replace(b"w:", b"q:").replace(b"xmlns:w=", b"xmlns:q=")
    for written in (hiding, in_utf16(hiding), renamed):
        assert outcome(package(DOCX | {"word/document.xml": written})) == HiddenParts
        assert outcome(package(DOCX | {"word/footer1.xml": written})) == HiddenParts


@pytest.mark.parametrize(
    "content", ['<w:vanish w:val="0"/>', '<w:ins w:id="1"/>', '<x:del xmlns:x="urn:x"/>']
)
def test_a_letter_with_what_shows_is_taken(content):
    assert outcome(package(DOCX | {"word/document.xml": letter(content)})) == ".docx"


@pytest.mark.parametrize("kind", ["comments", "commentsExtended", "pivotCacheRecords"])
def test_a_document_that_leads_to_comments_or_to_the_rows_behind_a_table_is_refused(kind):
    link = (LINK % kind.encode()).replace(b' TargetMode="External"', b"")
    assert outcome(package(DOCX | {"word/_rels/document.xml.rels": link})) == HiddenParts


# --- How it is written --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", [bytes, in_utf16], ids=["utf-8", "utf-16"])
@pytest.mark.parametrize("name", ["word/styles.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"])
def test_xml_that_grows_by_itself_is_refused(name, written):
    bomb = b'<!DOCTYPE l [<!ENTITY a "ha">]><l>&a;</l>'
    assert outcome(package(DOCX | {name: written(bomb)})) == BrokenDocument


@pytest.mark.parametrize(
    "content",
    [
        b"<l>",
        b"<w:l/>",
        b"",
        b'<?xml version="1.0" encoding="utf-7"?><l/>',
        b'<?xml version="1.0" encoding="latin1"?><l/>',
    ],
)
def test_xml_that_two_programs_could_read_differently_is_refused(content):
    assert outcome(package(DOCX | {"word/styles.xml": content})) == BrokenDocument


@pytest.mark.parametrize("main", [b"<document>Surat</document>", workbook(""), letter("", word="urn:x")])
def test_a_letter_that_no_office_program_reads_as_one_is_refused(main):
    assert outcome(package(DOCX | {"word/document.xml": main})) == BrokenDocument


@pytest.mark.parametrize(
    "part", ["mimetype", "META-INF/manifest.xml", "Basic/Standard/Modul1.xml", "Scripts/python/a.py"]
)
def test_a_letter_that_is_another_kind_of_package_too_is_refused(part):
    assert outcome(package(DOCX | {part: b"<x/>"})) == NotADocument


def test_two_parts_of_one_name_are_refused():
    assert outcome(package(DOCX | {"word/DOCUMENT.xml": letter("lain")})) == BrokenDocument


@pytest.mark.parametrize("kind", ["text", "spreadsheet"])
def test_an_open_document_is_not_taken(kind):
    mimetype = f"application/vnd.oasis.opendocument.{kind}".encode()
    assert outcome(package({"mimetype": mimetype, "content.xml": b"<x/>"})) == NotADocument


def test_an_archive_that_is_no_document_is_refused():
    assert outcome(package({"a.txt": b"hai"})) == NotADocument


# --- Both ---------------------------------------------------------------------------------------------------------------


def test_a_document_that_is_too_large_is_not_opened():
    assert outcome(b"%PDF-" + bytes(2000), max_bytes=1000) == TooLargeDocument


WHOLE = [pdf(OpenAction=action("GoTo")), package(DOCX), package(XLSX)]


@settings(max_examples=100)
@given(
    whole=st.sampled_from(WHOLE), at=st.floats(0, 0.999), value=st.binary(max_size=8), end=st.floats(0.1, 1)
)
def test_a_damaged_document_is_written_anew_or_refused(whole, at, value, end):
    place = int(at * len(whole))
    damaged = (whole[:place] + value + whole[place + len(value) :])[: int(end * len(whole))]
    refusals = {BrokenDocument, NotADocument, ActiveDocument, LockedDocument, LinkedDocument, TooMuchInside}
    assert outcome(damaged) in {".pdf", ".docx", ".xlsx", *refusals}
