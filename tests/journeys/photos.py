"""A phone's photo, made here: HEIC with a place in its EXIF."""

import io
from pathlib import Path

import pillow_heif
from PIL import Image, ImageDraw


def phone_photo(folder: Path) -> Path:
    image = Image.new("RGB", (1200, 900), "#7a8a5a")
    draw = ImageDraw.Draw(image)
    for plank in range(12):
        if plank not in (4, 7):
            draw.rectangle((80 + plank * 90, 300, 150 + plank * 90, 640), fill="#6b4a2b")
    exif = Image.Exif()
    exif[0x8825] = {1: "S", 2: (7.0, 12.0, 36.0), 3: "E", 4: (111.0, 55.0, 12.0)}
    content = io.BytesIO()
    pillow_heif.from_pillow(image).save(content, exif=exif.tobytes())
    path = folder / "IMG_0001.HEIC"
    path.write_bytes(content.getvalue())
    return path
