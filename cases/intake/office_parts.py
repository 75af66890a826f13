"""What the parts of an office file say of themselves: judged by types and qualified names, wherever they lie."""

import re
from collections.abc import Callable

from .errors import ActiveDocument, BrokenDocument, HiddenParts, HiddenSheets, LinkedDocument
from .limits import Limits
from .markup import NotPlain, Told, first_element, tell

# As most offices write, and in the strict form (ECMA-376-1, Annex A).
WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
SHEET = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
THREADS = ("http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments",)


def _named(namespaces: tuple[str, ...], *names: str) -> set[str]:
    return {f"{namespace} {name}" for namespace in namespaces for name in names}


ACTIVE_TYPES = re.compile(
    r"macro|vba|activex|customui|webextension|attachedtoolbars|keymap|xhtml|dialogsheet"
)
# The last word of a relationship's type.
ACTIVE_LINKS = {
    *("vbaproject", "wordvbadata", "vbaprojectsignature", "oleobject", "package", "control", "afchunk"),
    *("activexcontrolbinary", "xlmacrosheet", "xlintlmacrosheet", "dialogsheet", "extensibility"),
    *("keymapcustomizations", "attachedtoolbars", "webextension", "webextensiontaskpanes"),
}
FETCHED_LINKS = {"attachedtemplate", "externallink", "connections", "querytable", "subdocument", "frame"}
HIDDEN_LINKS = {
    *("comments", "commentsextended", "commentsextensible", "commentsids", "threadedcomment"),
    *("revisionheaders", "revisionlog", "pivotcachedefinition", "pivotcacherecords"),
}

ACTING = _named(SHEET, "ddeLink", "oleLink", "oleObject") | _named(WORD, "control", "altChunk")
# Deleted or moved with changes tracked, what was said at the margin, and the rows behind a pivot table: all of them,
# filtered out or no longer on any sheet.
LEFT_BEHIND = (
    _named(WORD, "del", "moveFrom", "delText", "delInstrText", "cellDel", "comments")
    | _named(SHEET, "comments", "revisions", "headers", "pivotCacheDefinition", "pivotCacheRecords")
    | _named(THREADS, "ThreadedComments")
)
UNSEEN = _named(WORD, "vanish", "specVanish")
TABS = _named(SHEET, "sheet")
CELLS = _named(SHEET, "row", "col")
CODE = _named(WORD, "instrText")
FIELD = _named(WORD, "fldSimple")
FIELD_MARK = _named(WORD, "fldChar")
ACTING_FIELD = re.compile(r"\bDDE(AUTO)?\b", re.I)
FETCHING_FIELD = re.compile(
    r"^\s*(INCLUDE|INCLUDETEXT|INCLUDEPICTURE|DATABASE|IMPORT|LINK|RD)\b", re.I | re.M
)
OFF = {"0", "false", "off"}

# The first element of what is opened, by the extension of its package.
ROOTS = {".docx": _named(WORD, "document"), ".xlsx": _named(SHEET, "workbook")}


def types_of(content: bytes, limits: Limits) -> Callable[[str], str]:
    """Tells a part's content type in small letters, empty where none is named. Raises ActiveDocument, BrokenDocument."""
    types: dict[str, str] = {}

    def note(name: str, attributes: dict[str, str]) -> None:
        if _local(name) not in {"Default", "Override"}:
            return
        media_type = attributes.get("ContentType", "").strip().lower()
        if ACTIVE_TYPES.search(media_type):
            raise ActiveDocument(limits)
        types[attributes.get("PartName", "." + attributes.get("Extension", "")).lower()] = media_type

    _tell(content, note, limits)
    return lambda part: types.get(f"/{part}".lower(), types.get("." + part.rpartition(".")[2].lower(), ""))


def refuse_links(content: bytes, limits: Limits) -> None:
    """What a part leads to. Raises ActiveDocument, LinkedDocument, HiddenParts, BrokenDocument."""

    def judge(name: str, attributes: dict[str, str]) -> None:
        if _local(name) != "Relationship":
            return
        kind = attributes.get("Type", "").strip().lower().rpartition("/")[2]
        is_elsewhere = attributes.get("TargetMode", "").strip().lower() == "external"
        if kind in FETCHED_LINKS or (is_elsewhere and kind != "hyperlink"):
            raise LinkedDocument(limits)
        if kind in ACTIVE_LINKS:
            raise ActiveDocument(limits)
        if kind in HIDDEN_LINKS:
            raise HiddenParts(limits)

    _tell(content, judge, limits)


def opens_as(extension: str, content: bytes, limits: Limits) -> bool:
    """Whether an office program takes this for a text or a workbook at all. Raises BrokenDocument."""
    try:
        return first_element(content) in ROOTS[extension]
    except NotPlain as fault:
        raise BrokenDocument(limits) from fault


def refuse_what_it_says(content: bytes, limits: Limits) -> None:
    """A part read to its end. Raises ActiveDocument, LinkedDocument, HiddenSheets, HiddenParts, BrokenDocument."""
    codes: list[str] = []

    def judge(name: str, attributes: dict[str, str]) -> None:
        if name in CELLS:
            if _is_on(attributes.get("hidden", "0")) or _is_nothing(attributes):
                raise HiddenParts(limits)
        elif name in ACTING:
            raise ActiveDocument(limits)
        elif name in LEFT_BEHIND or (name in UNSEEN and all(map(_is_on, attributes.values()))):
            raise HiddenParts(limits)
        elif name in TABS and attributes.get("state", "visible").strip().lower() != "visible":
            raise HiddenSheets(limits)
        elif name in FIELD or name in FIELD_MARK:
            codes.append("\n".join(["", *attributes.values(), ""]))

    _tell(content, judge, limits, text_of=CODE, text=codes.append)
    code = "".join(codes)  # cut into runs anywhere
    if ACTING_FIELD.search(code):
        raise ActiveDocument(limits)
    if FETCHING_FIELD.search(code):
        raise LinkedDocument(limits)


def _tell(content: bytes, element: Told, limits: Limits, **text) -> None:
    try:
        tell(content, element, **text)
    except NotPlain as fault:
        raise BrokenDocument(limits) from fault


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _is_on(value: str) -> bool:
    return value.strip().lower() not in OFF


def _is_nothing(attributes: dict[str, str]) -> bool:
    """A row without height or a column without width."""
    size = attributes.get("ht") or attributes.get("width") or "1"
    return not size.strip("0. ")
