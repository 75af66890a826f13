"""A picture that came in is opened and painted anew; nothing of its file is kept."""

from io import BytesIO

import pillow_heif
from PIL import ExifTags, Image, ImageCms

from .accepted import AcceptedImage
from .boxes import is_cut_short
from .errors import Broken, DocumentInstead, NotAnImage, TooManyPixels, VideoInstead
from .limits import Limits
from .location import read_location
from .sniff import Kind, sniff

# Nothing but the main picture is ever opened.
pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)

FORMATS = {
    Kind.JPEG: ["JPEG"],
    Kind.PNG: ["PNG"],
    Kind.GIF: ["GIF"],
    Kind.WEBP: ["WEBP"],
    Kind.HEIF: ["AVIF", "HEIF"],
}
REFUSALS = {Kind.DOCUMENT: DocumentInstead, Kind.VIDEO: VideoInstead, Kind.UNKNOWN: NotAnImage}
PHOTOGRAPHS = {"JPEG", "MPO", "HEIF"}
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
START_OF_SCAN = b"\xff\xda"
MOST_SCANS = 500  # each goes over the whole picture: a few bytes a scan can keep a decoder busy for an hour
SRGB = ImageCms.createProfile("sRGB")


def make_anew(raw: bytes, *, limits: Limits) -> AcceptedImage:
    """A JPEG, PNG, GIF, WebP, HEIC or AVIF, painted anew; of an animation, its first picture.

    Raises nothing but an `UploadRefused`: NotAnImage (DocumentInstead, VideoInstead), TooManyPixels before anything
    is decoded, Broken for what cannot be decoded to its end.
    """
    kind = sniff(raw)
    if kind in REFUSALS:
        raise REFUSALS[kind](limits)
    if kind is Kind.HEIF and is_cut_short(raw):
        raise Broken(limits)
    if kind is Kind.JPEG and raw.count(START_OF_SCAN) > MOST_SCANS:
        raise Broken(limits)
    try:
        return _paint_anew(raw, FORMATS[kind], limits)
    except TooManyPixels:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise TooManyPixels(limits) from error
    except Exception as error:  # a decoder fed with garbage raises whatever it likes
        raise Broken(limits) from error


def _paint_anew(raw: bytes, formats: list[str], limits: Limits) -> AcceptedImage:
    with Image.open(BytesIO(raw), formats=formats) as source:
        most = limits.max_pixels if source.format in PHOTOGRAPHS else limits.max_drawn_pixels
        if source.width * source.height > most:
            raise TooManyPixels(limits)
        if formats == ["JPEG"]:
            _decode_smaller(source, limits.max_side)
        source.load()
        turn, location = _exif(source)
        picture = _shrink(_resizable(source), limits.max_side)
        picture = _in_srgb(_on_white(picture), source.info.get("icc_profile"))
    if turn is not None:
        picture = picture.transpose(turn)
    return as_stored(picture, limits, location)


def as_stored(
    picture: Image.Image, limits: Limits, location: tuple[float, float] | None = None
) -> AcceptedImage:
    picture.info = {}  # Pillow would write comment and XMP from here
    stored = BytesIO()
    picture.save(stored, "JPEG", quality=limits.quality)
    return AcceptedImage.of(stored.getvalue(), picture.width, picture.height, location)


def _decode_smaller(source: Image.Image, max_side: int) -> None:
    """Let the JPEG decoder skip what would be thrown away: a 12 megapixel photo then costs a quarter.

    A result down to 1/16 smaller than `max_side` will do: the 4000 pixels of most phones halve to 2000.
    """
    for part in (8, 4, 2):
        if max(source.size) / part >= max_side * 15 / 16:
            source.draft(None, (max(1, source.width // part), max(1, source.height // part)))
            return


def _exif(source: Image.Image) -> tuple[Image.Transpose | None, tuple[float, float] | None]:
    """How the picture is to be turned, and where it was taken. Unreadable EXIF says nothing."""
    try:
        exif = source.getexif()
        turn = TURNS.get(exif.get(ExifTags.Base.Orientation))
    except Exception:
        return None, None
    return turn, read_location(exif)


def _resizable(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):  # 16 bits of grey: conversion would clip, not scale
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    return picture if picture.mode in {"L", "RGB", "CMYK"} else picture.convert("RGB")


def _shrink(picture: Image.Image, max_side: int) -> Image.Image:
    ratio = max_side / max(picture.size)
    if ratio >= 1:
        return picture
    size = (max(1, round(picture.width * ratio)), max(1, round(picture.height * ratio)))
    return picture.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture)
    return paper


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            embedded = ImageCms.ImageCmsProfile(BytesIO(profile))
            if "sRGB" not in ImageCms.getProfileDescription(embedded):
                return ImageCms.profileToProfile(picture, embedded, SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass  # the profile is broken or for another kind of picture; the pixels are good
    return picture.convert("RGB")
