"""A DOCX or XLSX that only shows itself (ECMA-376): no macros, no foreign parts, nothing fetched from elsewhere."""

import re
import zipfile
from io import BytesIO

from .errors import ActiveDocument, BrokenDocument, LockedDocument, NotADocument, TooMuchInside
from .limits import Limits
from .markup import is_markup
from .office_parts import opens_as, refuse_links, refuse_what_it_says, types_of

MOST_PARTS = 2000
MOST_UNPACKED = 100 * 1024**2
TYPES = "[Content_Types].xml"
EXTENSIONS = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx"}
ACTIVE_PARTS = re.compile(r"vbaProject|vbaData|/activeX/|/embeddings/|/macrosheets/|\.(exe|js|vbs)$", re.I)
# By these an ODT, ODS or program archive is known, whatever else is packed with it.
OF_OTHER_PACKAGES = re.compile(r"mimetype$|META-INF/|Basic/|Scripts/", re.I)
# What is no XML: pictures, fonts, and how a printer was set.
PLAIN_TYPES = re.compile(r"image/|application/x-font|.*\.(obfuscatedfont|printersettings)$")
CONTAINERS = (
    b"\xd0\xcf\x11\xe0",
    b"PK\x03\x04",
)  # OLE, where macros and other files live, and another package
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
    main, extension = next(((name, EXTENSIONS[name]) for name in EXTENSIONS if name in parts), (None, ""))
    if main is None or TYPES not in parts or any(map(OF_OTHER_PACKAGES.match, parts)):
        raise NotADocument(limits)
    if any(map(ACTIVE_PARTS.search, parts)):
        raise ActiveDocument(limits)
    type_of = types_of(parts[TYPES], limits)
    for name, content in parts.items():
        if name.lower().endswith(".rels"):
            refuse_links(content, limits)
        elif name.lower().endswith(".xml") or type_of(name).endswith("xml") or is_markup(content):
            refuse_what_it_says(content, limits)
        elif content.startswith(CONTAINERS) or not _is_plain(content, type_of(name)):
            raise ActiveDocument(limits)
    if not opens_as(extension, parts[main], limits):
        raise BrokenDocument(limits)
    return extension, _packed(parts | {name: BLANK[name] for name in BLANK if name in parts})


def _unpacked(package: zipfile.ZipFile, limits: Limits) -> dict[str, bytes]:
    entries = package.infolist()
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise TooMuchInside(limits)
    parts, names = {}, set()
    for entry in entries:
        if entry.flag_bits & 1:
            raise LockedDocument(limits)
        path = entry.filename
        # A part's name is the same in capitals (ECMA-376-2, 6.2.2).
        if path.lower() in names or path.startswith("/") or ".." in path.split("/") or "\\" in path:
            raise BrokenDocument(limits)
        names.add(path.lower())
        if not entry.is_dir():
            with package.open(entry) as part:
                parts[path] = part.read(entry.file_size + 1)
    return parts


def _is_plain(content: bytes, media_type: str) -> bool:
    """Without a type, or without content, no program opens it."""
    return not content or not media_type or PLAIN_TYPES.match(media_type) is not None


def _packed(parts: dict[str, bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, ANY_DAY), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
