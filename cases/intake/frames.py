"""What the portal and an opener say to each other: a JSON head and a body of bytes, each with its length in front.

No pickle: whoever takes over an opener through a decoder's fault can answer with nothing but numbers and bytes.
"""

import json
import struct
from typing import Any, BinaryIO

LENGTHS = struct.Struct(">IQ")
LONGEST_HEAD = 10_000


def write_frame(stream: BinaryIO, head: dict[str, Any], body: bytes = b"") -> None:
    written = json.dumps(head).encode()
    stream.write(LENGTHS.pack(len(written), len(body)) + written)
    stream.write(body)
    stream.flush()


def read_frame(stream: BinaryIO, *, longest: int) -> tuple[dict[str, Any], bytes]:
    """Raises EOFError where the other side has ended, ValueError for what is no frame or a body above `longest`."""
    head_length, body_length = LENGTHS.unpack(_exactly(stream, LENGTHS.size))
    if head_length > LONGEST_HEAD or body_length > longest:
        raise ValueError("a frame longer than agreed")
    return json.loads(_exactly(stream, head_length)), _exactly(stream, body_length)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    read = stream.read(length)
    if len(read) < length:
        raise EOFError
    return read
