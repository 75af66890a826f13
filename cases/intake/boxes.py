"""The outer boxes of a HEIC, HEIF or AVIF file (ISO/IEC 14496-12, 4.2)."""

import struct

BOXES_OF_THE_PICTURE = {b"ftyp", b"meta", b"mdat", b"moov", b"moof", b"idat"}
MOST_BOXES = 200  # a phone writes fewer than ten


def is_cut_short(content: bytes) -> bool:
    """Whether a box that the picture needs ends behind the end of the file.

    libheif opens such a file and shows what is left of it, without an error. What phones append in boxes of
    their own (motion photos, camera notes) may be cut: the picture is whole without it.
    """
    start = 0
    for _ in range(MOST_BOXES):
        if start + 8 > len(content):
            return False
        size, name = struct.unpack_from(">I4s", content, start)
        if size == 1 and start + 16 <= len(content):
            size = struct.unpack_from(">Q", content, start + 8)[0]
        if size < 8 or (name not in BOXES_OF_THE_PICTURE and start + size > len(content)):
            return False
        start += size
        if start > len(content):
            return True
    return True
