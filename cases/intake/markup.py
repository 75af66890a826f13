"""XML that came with a document, told element by element: nothing is fetched, nothing grows, no tree is kept."""

from collections.abc import Callable, Collection
from xml.parsers import expat

# What a package may be written in (ECMA-376-2, 8.1.4).
ENCODINGS = {None, "utf-8", "utf-16"}
AROUND = b" \t\r\n\0\xef\xbb\xbf\xfe\xff"  # white space and byte order marks

# Its name with its namespace before it ("http://… del"), and its attributes, named likewise.
Told = Callable[[str, dict[str, str]], None]


class NotPlain(ValueError):
    """A document type, which could declare entities, or an encoding that no office writes."""


class _Found(Exception):
    pass


def is_markup(content: bytes) -> bool:
    """Whether a program that looks at the content, not at the name, could take it for XML."""
    inside = content.strip(AROUND)
    return inside.startswith(b"<") and inside.endswith(b">")


def tell(
    content: bytes, element: Told, *, text_of: Collection[str] = (), text: Callable[[str], None] | None = None
) -> None:
    """Every element, and the text in those named. Raises NotPlain, and expat's own for what is not well-formed."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def begin(name: str, attributes: dict[str, str]) -> None:
        element(name, attributes)
        if name in text_of:
            parser.CharacterDataHandler, parser.EndElementHandler = text, end

    def end(_name: str) -> None:
        parser.CharacterDataHandler = parser.EndElementHandler = None

    parser.XmlDeclHandler = _refuse_odd_encoding
    parser.StartDoctypeDeclHandler = _refuse_type
    parser.StartElementHandler = begin
    parser.Parse(content, True)


def first_element(content: bytes) -> str | None:
    """Its name; what follows is not read. Raises like `tell`."""

    def stop(name: str, _attributes: dict[str, str]) -> None:
        raise _Found(name)

    try:
        tell(content, stop)
    except _Found as found:
        return found.args[0]
    return None


def _refuse_odd_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if (encoding.lower() if encoding else None) not in ENCODINGS:
        raise NotPlain


def _refuse_type(*_declared) -> None:
    raise NotPlain
