"""What is printed is set by typst: data go in as JSON, pictures as files of a folder that holds nothing else."""

import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from .letters import fonts
from .pictures import UnreadablePicture, crest_image


def typeset(template: Path, content: dict, *, pictures: dict[str, bytes], day: date, **export) -> bytes:
    """The template with its content, as tagged PDF/UA-1 or in the form that `export` names; bytes depend on nothing else.

    The template reads `sys.inputs.content`, and each picture under its name. What people wrote has been through `printable`.
    """
    with TemporaryDirectory(prefix="cetak-") as folder:
        for name, picture in pictures.items():
            Path(folder, name).write_bytes(picture)
        return typst.compile(
            template.read_bytes(),
            root=folder,
            font_paths=fonts(),
            sys_inputs={"content": json.dumps(content)},
            timestamp=datetime.combine(day, time.min, UTC),
            **export or {"format": "pdf", "pdf_standards": ["ua-1"]},
        )


def crest_if_readable(crest: bytes | None) -> dict[str, bytes]:
    """The crest as a picture of its template. What the law wants in time does not wait for a better one."""
    try:
        return {"crest.png": crest_image(crest)} if crest else {}
    except UnreadablePicture:
        return {}
