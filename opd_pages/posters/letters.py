"""Letters that can be printed: PDF/UA-1 refuses a document that holds one no font has."""

import re
import unicodedata
from functools import cache

import font_source_sans_pro
import typst

TYPEFACE = "Source Sans Pro"
NOTHING_LEFT = "(huruf tidak dapat dicetak)"

_PROBE = f"""
#set document(title: "-")
#set text(font: "{TYPEFACE}")
#sys.inputs.text
""".encode()
_REFUSED = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


@cache
def fonts() -> typst.Fonts:
    """The package's typeface first; the system's fonts lend letters it lacks, such as the Javanese ones."""
    return typst.Fonts(include_embedded_fonts=False, font_paths=[font_source_sans_pro.font_directory])


def printable(content):
    """The same dicts, lists and strings without control characters, doubled spaces and letters no font has."""
    content = _each_string(_tidy, content)
    missing = str.maketrans(dict.fromkeys(_missing(" ".join(_strings(content))), ""))
    return _each_string(lambda text: _without(missing, text), content) if missing else content


def _tidy(text: str) -> str:
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(letter for letter in spaced if unicodedata.category(letter)[0] != "C")


def _missing(text: str) -> set[str]:
    try:
        typst.compile(_PROBE, font_paths=fonts(), sys_inputs={"text": text}, pdf_standards=["ua-1"])
    except typst.TypstError as refusal:
        found = "".join(_REFUSED.findall(refusal.diagnostic))
        return set(_ESCAPED.sub(lambda escape: chr(int(escape[1], 16)), found))
    return set()


def _without(missing: dict, text: str) -> str:
    left = text.translate(missing)
    if left == text:
        return text
    return " ".join(re.sub(r"\(\s*\)", "", left).split()) or NOTHING_LEFT


def _each_string(change, content):
    if isinstance(content, str):
        return change(content)
    if isinstance(content, dict):
        return {key: _each_string(change, value) for key, value in content.items()}
    if isinstance(content, list):
        return [_each_string(change, value) for value in content]
    return content


def _strings(content):
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for value in content.values() if isinstance(content, dict) else content:
            yield from _strings(value)
