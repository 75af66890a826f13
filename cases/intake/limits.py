"""How much may be handed in, and how large a picture is kept."""

from dataclasses import dataclass

from .errors import TooManyFiles, UploadRefused


@dataclass(frozen=True)
class Limits:
    """Bounds of one upload.

    max_files: files per form. max_bytes: of one file as sent. max_pixels: width times height as a
    photograph (JPEG, HEIC) declares them. max_drawn_pixels: the same for every other format, which takes
    up to 22 bytes of memory a pixel to open (a photograph 8). max_side: longest side of what is stored, in
    pixels. quality: of the stored JPEG, 1-95.
    """

    max_files: int = 5
    max_bytes: int = 15 * 1024 * 1024
    max_pixels: int = 52_000_000  # a "50 megapixel" phone makes 8192 × 6144
    max_drawn_pixels: int = 25_000_000  # a long screenshot: 1080 × 20,000
    max_side: int = 2048
    quality: int = 82


USUAL = Limits()


def refuse_too_many(
    count: int, *, limits: Limits = USUAL, refusal: type[UploadRefused] = TooManyFiles
) -> None:
    """Raises TooManyFiles, or `refusal`, where more than `limits.max_files` came at once."""
    if count > limits.max_files:
        raise refusal(limits)
