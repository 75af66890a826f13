"""The budget as a banner to be printed as large as a wall is."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from home.money import rupiah

from ..posters.colour import DARK, WHITE, readable_ink
from ..posters.letters import printable
from ..posters.pictures import qr_code
from ..posters.typesetting import crest_if_readable, typeset
from ..posters.wording import long_date
from ..web_addresses import without_scheme
from .table import BudgetTable, Group

TEMPLATE = Path(__file__).with_name("banner.typ")


@dataclass(frozen=True)
class Banner:
    """What stands on a budget's banner. `crest` is an image file; colours are "#rrggbb"."""

    region: str
    unit: str
    title: str
    stage: str
    table: BudgetTable
    legal_basis: str
    url: str
    changed_on: date
    crest: bytes | None
    primary: str
    accent: str


def draw_banner(banner: Banner) -> bytes:
    """One page of 3:2, 600 × 400 mm, as tagged PDF/UA-1; the same banner gives the same bytes."""
    qr, qr_margin = qr_code(banner.url)
    crest = crest_if_readable(banner.crest)
    ink = readable_ink(banner.primary)
    content = printable(_words(banner)) | {
        "primary": banner.primary,
        "on_primary": ink,
        "strong": banner.primary if ink == WHITE else DARK,
        "accent": banner.accent,
        "qr_margin": qr_margin,
        "has_crest": bool(crest),
    }
    return typeset(TEMPLATE, content, pictures={"qr.svg": qr} | crest, day=banner.changed_on)


def _words(banner: Banner) -> dict:
    balance = banner.table.balance
    return {
        "title": banner.title,
        "unit": banner.unit,
        "region": banner.region,
        "stage": banner.stage,
        "basis": banner.legal_basis,
        "url": banner.url,
        "printed_url": without_scheme(banner.url),
        "dated": f"Diperbarui {long_date(banner.changed_on)}",
        "balance": ""
        if balance is None
        else f"{'Defisit' if balance < 0 else 'Surplus'} {rupiah(abs(balance))}",
        "large": [_group(group) for group in banner.table.groups if group.bars],
        "small": [_group(group) for group in banner.table.groups if not group.bars],
    }


def _group(group: Group) -> dict:
    return {
        "label": group.label,
        "total": rupiah(group.planned),
        "realised": ""
        if group.realised is None
        else f"Terealisasi {rupiah(group.realised)}"
        + ("" if group.percent_realised is None else f" ({group.percent_realised}%)"),
        "bars": [
            {"label": bar.label, "amount": rupiah(bar.planned), "share": f"{bar.share}%", "width": bar.width}
            for bar in group.bars
        ],
        "item": group.lines[0].item if len(group.lines) == 1 else "",
    }
