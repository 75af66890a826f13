"""A DOCX or XLSX that only shows itself (ECMA-376): no macros, no foreign parts, nothing fetched from elsewhere."""

import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree

from .errors import (
    ActiveDocument,
    BrokenDocument,
    HiddenParts,
    HiddenSheets,
    LinkedDocument,
    LockedDocument,
    NotADocument,
    TooMuchInside,
)
from .limits import Limits

MOST_PARTS = 2000
MOST_UNPACKED = 100 * 1024**2
EXTENSIONS = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx"}
ACTIVE_PARTS = re.compile(r"vbaProject|vbaData|/activeX/|/embeddings/|/macrosheets/|\.(exe|js|vbs)$", re.I)
DDE = re.compile(rb"<w:instrText[^>]*>[^<]*\bDDE|\bDDEAUTO\b|<ddeLink", re.I)
HIDDEN = re.compile(rb"<(\w+:)?sheet\b[^>]*\bstate=.(hidden|veryHidden)", re.I)
HIDDEN_CELLS = re.compile(rb"<(\w+:)?(row|col)\b[^>]*\bhidden=.(1|true)\b", re.I)
# Deleted or moved with changes tracked, or written so as not to show.
LEFT_BEHIND = re.compile(rb"<w:(del|moveFrom)\s|<w:vanish\s*/>")
COMMENTS = re.compile(r"word/comments\w*\.xml|xl/(threadedC|c)omments/?\w*\.xml")
HYPERLINK = "/hyperlink"
# Who wrote it, and where: an office signs its documents in their text.
CORE = b'<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
APP = b'<?xml version="1.0" encoding="UTF-8"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
CUSTOM = b'<?xml version="1.0" encoding="UTF-8"?><Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
BLANK = {"docProps/core.xml": CORE, "docProps/app.xml": APP, "docProps/custom.xml": CUSTOM}
ANY_DAY = (1980, 1, 1, 0, 0, 0)


def write_office_anew(raw: bytes, limits: Limits) -> tuple[str, bytes]:
    """Its extension and its parts packed anew, without its writer's name and what hid between the parts.

    Raises LockedDocument, ActiveDocument, LinkedDocument, HiddenSheets, HiddenParts, TooMuchInside, NotADocument,
    BrokenDocument.
    """
    with zipfile.ZipFile(BytesIO(raw)) as package:
        parts = _unpacked(package, limits)
    extension = next((EXTENSIONS[name] for name in EXTENSIONS if name in parts), None)
    if extension is None or "[Content_Types].xml" not in parts:
        raise NotADocument(limits)
    if b"macroEnabled" in parts["[Content_Types].xml"] or any(map(ACTIVE_PARTS.search, parts)):
        raise ActiveDocument(limits)
    for name, content in parts.items():
        _refuse_fetching(name, content, limits)
    if HIDDEN.search(parts.get("xl/workbook.xml", b"")):
        raise HiddenSheets(limits)
    if any(_hides_something(name, content) for name, content in parts.items()):
        raise HiddenParts(limits)
    return extension, _packed(parts | {name: BLANK[name] for name in BLANK if name in parts})


def _unpacked(package: zipfile.ZipFile, limits: Limits) -> dict[str, bytes]:
    entries = package.infolist()
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise TooMuchInside(limits)
    parts = {}
    for entry in entries:
        if entry.flag_bits & 1:
            raise LockedDocument(limits)
        path = entry.filename
        if path in parts or path.startswith("/") or ".." in path.split("/") or "\\" in path:
            raise BrokenDocument(limits)
        if not entry.is_dir():
            with package.open(entry) as part:
                parts[path] = part.read(entry.file_size + 1)
    return parts


def _refuse_fetching(name: str, content: bytes, limits: Limits) -> None:
    if not name.endswith((".xml", ".rels")):
        return
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise BrokenDocument(limits)
    if DDE.search(content):
        raise ActiveDocument(limits)
    if name.endswith(".rels"):
        for relation in ElementTree.fromstring(content):  # noqa: S314  (no entities, and a process of its own)
            is_external = relation.get("TargetMode") == "External"
            if is_external and not relation.get("Type", "").endswith(HYPERLINK):
                raise LinkedDocument(limits)


def _hides_something(name: str, content: bytes) -> bool:
    """What the officer does not see and whoever opens it can uncover: the usual way in which lists of people get out."""
    if COMMENTS.fullmatch(name):
        return True
    if name.startswith("xl/worksheets/"):
        return HIDDEN_CELLS.search(content) is not None
    return name.startswith("word/") and LEFT_BEHIND.search(content) is not None


def _packed(parts: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, ANY_DAY), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
