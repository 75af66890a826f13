"""Office files with no more in them than makes them one."""

import io
import zipfile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def letter(content: str, *, word: str = WORD) -> bytes:
    return f'<w:document xmlns:w="{word}">{content}</w:document>'.encode()


def workbook(content: str, *, sheet: str = SHEET) -> bytes:
    return f'<workbook xmlns="{sheet}">{content}</workbook>'.encode()


DOCX = {"[Content_Types].xml": TYPES, "word/document.xml": letter("Surat tugas")}
XLSX = {
    "[Content_Types].xml": TYPES,
    "xl/workbook.xml": workbook('<sheets><sheet name="Satu"/></sheets>'),
    "xl/printerSettings/printerSettings1.bin": b"A4",
}


def package(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return written.getvalue()
