"""Draws a contact poster."""

from pathlib import Path

from ..web_addresses import without_scheme
from .colour import DARK, WHITE, readable_ink
from .content import Poster, PosterChannel
from .icons import ICONS
from .letters import printable
from .pictures import crest_image, portrait, qr_code
from .typesetting import typeset
from .wording import DIALLED, heading, long_date, two_lines

TEMPLATE = Path(__file__).with_name("poster.typ")
PAGE_WIDTH = 210  # mm, A4
PAGE_HEIGHT = 297
WIDEST_SHAPE = 4 / 5  # width to height; the layout stacks, so it needs the height


def draw_pdf(poster: Poster) -> bytes:
    """One A4 page as tagged PDF/UA-1; the same poster gives the same bytes. Raises UnreadablePicture, ValueError."""
    return _typeset(poster, PAGE_HEIGHT)


def draw_png(poster: Poster, width: int = 1080, height: int = 1350) -> bytes:
    """The poster as a picture of that many pixels, for sharing. Raises UnreadablePicture, ValueError."""
    if width > height * WIDEST_SHAPE:
        raise ValueError("Gambar poster paling lebar 4:5.")
    return _typeset(poster, PAGE_WIDTH * height / width, format="png", ppi=width / PAGE_WIDTH * 25.4)


def _typeset(poster: Poster, page_height: float, **export) -> bytes:
    files, content = _pictures(poster)
    content |= printable(_words(poster)) | _colours(poster) | {"page_height": page_height, "icons": ICONS}
    return typeset(TEMPLATE, content, pictures=files, day=poster.confirmed_on, **export)


def _pictures(poster: Poster) -> tuple[dict[str, bytes], dict]:
    qr, qr_margin = qr_code(poster.short_url)
    files = {"qr.svg": qr}
    leader = poster.leader
    if leader and leader.photo and not leader.vacant:
        files["photo.jpg"] = portrait(leader.photo)
    if poster.crest:
        files["crest.png"] = crest_image(poster.crest)
    return files, {
        "has_crest": "crest.png" in files,
        "has_photo": "photo.jpg" in files,
        "qr_margin": qr_margin,
    }


def _colours(poster: Poster) -> dict:
    ink = readable_ink(poster.primary)
    return {
        "primary": poster.primary,
        "on_primary": ink,
        "strong": poster.primary if ink == WHITE else DARK,
        "accent": poster.accent,
    }


def _words(poster: Poster) -> dict:
    leader = poster.leader
    return {
        "title": f"Kontak {poster.unit}, {poster.region}",
        "region": poster.region,
        "unit": poster.unit,
        "address": poster.address,
        "slogan": poster.slogan,
        "leader": leader
        and {
            "office": leader.office if leader.vacant else f"{leader.standing} {leader.office}",
            "name": leader.name,
            "vacant": leader.vacant,
        },
        "channels": [_channel(channel) for channel in poster.channels],
        "url": poster.short_url,
        "printed_url": without_scheme(poster.short_url),
        "state": f"Dikonfirmasi {long_date(poster.confirmed_on)} · berlaku sampai {long_date(poster.valid_until)}",
        "version": f"Poster versi {poster.version}",
        "hotlines": [{"label": label, "value": value} for label, value in poster.hotlines],
    }


def _channel(channel: PosterChannel) -> dict:
    return {
        "kind": channel.kind,
        "heading": heading(channel),
        "hours": channel.hours,
        "value": channel.value,
        "two_lines": two_lines(channel.value),
        "dialled": channel.kind in DIALLED,
    }
