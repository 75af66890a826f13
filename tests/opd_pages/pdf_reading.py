"""Reads back what typst wrote: enough of PDF to tell what is printed, in which order, and how pictures are described."""

import re
import zlib


class Pdf:
    """A file of typst: number of pages, printed lines, alternative texts, drawing commands."""

    def __init__(self, file: bytes):
        self.file = file
        self.objects = dict(re.findall(rb"(\d+) 0 obj\n(.*?)\nendobj", file, re.DOTALL))

    @property
    def page_count(self) -> int:
        return len(re.findall(rb"/Type/Page\b", self.file))

    @property
    def commands(self) -> bytes:
        return b"\n".join(map(self._stream, re.findall(rb"/Contents (\d+) 0 R", self.file)))

    @property
    def alternatives(self) -> list[str]:
        return [text.decode() for text in re.findall(rb"/Alt\(([^)]*)\)", self.commands)]

    @property
    def pages(self) -> list[str]:
        """The words of each page."""
        streams = map(self._stream, re.findall(rb"/Contents (\d+) 0 R", self.file))
        return [" ".join(" ".join(self._lines(stream)).split()) for stream in streams]

    @property
    def lines(self) -> list[str]:
        return self._lines(self.commands)

    def _lines(self, commands: bytes) -> list[str]:
        fonts = {name: self._letters(number) for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", self.file)}
        return [
            "".join(
                fonts[font][glyph] for text in _strings(shown) for glyph in re.findall(b"..", text, re.DOTALL)
            )
            for block in re.findall(rb"BT(.*?)\nET", commands, re.DOTALL)
            for font, shown in re.findall(rb"/(f\d+) [\d.]+ Tf.*?Tm(.*?)T[Jj]", block, re.DOTALL)
        ]

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.lines).split())

    def _stream(self, number: bytes) -> bytes:
        return zlib.decompress(self.objects[number].split(b"stream\n", 1)[1].rsplit(b"\nendstream", 1)[0])

    def _letters(self, font: bytes) -> dict[bytes, str]:
        table = self._stream(re.search(rb"/ToUnicode (\d+) 0 R", self.objects[font])[1]).decode()
        pairs = re.findall(r"<([0-9A-F]{4})> <([0-9A-F]+)>\n", table)
        return {bytes.fromhex(glyph): bytes.fromhex(letters).decode("utf-16-be") for glyph, letters in pairs}


def _strings(shown: bytes):
    """The bytes of each literal string: brackets inside may be bare where they pair."""
    named = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
    text, depth = b"", 0
    for octal, escaped, plain in re.findall(rb"\\([0-7]{1,3})|\\(.)|(.)", shown, re.DOTALL):
        depth += (plain == b"(") - (plain == b")")
        if plain == b")" and depth == 0:
            yield text
            text = b""
        elif depth and not (plain == b"(" and depth == 1):
            text += bytes([int(octal, 8)]) if octal else named.get(escaped, escaped) or plain
