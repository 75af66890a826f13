"""Old addresses of a former site: a list of where each leads now, taken over whole or not at all."""

import csv
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from ..addresses import is_shadowed, page_address
from ..models import HomePage

COLUMNS = ("lama", "baru")
LONGEST = 255  # characters of an old address
MOST_STEPS = 20


class UnreadableRedirects(ValueError):
    """The file as a whole cannot be read; the message says why."""


@dataclass
class RedirectReport:
    faults: list[str] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    same: int = 0


@dataclass
class Line:
    row: int
    old: str
    target: str  # a path of the portal, or the whole address of another site
    page: Page | None


@transaction.atomic
def import_redirects(path: Path, *, dry_run: bool = False) -> RedirectReport:
    """Raises UnreadableRedirects. With a fault in any row nothing is written."""
    report, lines, seen = RedirectReport(), [], {}
    pages = {page_address(page): page for page in Page.objects.live().filter(depth__gt=1)}
    for row, old, new in _rows(path):
        try:
            line = _line(row, old, new, pages)
            if line.old in seen:
                raise ValueError(_("alamat lama ini sudah ada di baris %s.") % seen[line.old])
            seen[line.old] = row
            lines.append(line)
        except ValueError as fault:
            report.faults.append(_told(row, str(fault)))
    there = {redirect.old_path: redirect for redirect in Redirect.objects.filter(old_path__in=seen)}
    _refuse_loops(lines, report)
    if report.faults:
        return report
    for line in lines:
        _take(line, there.get(line.old), report, dry_run)
    return report


def _told(row: int, words: str) -> str:
    return _("Baris %(row)s: %(words)s") % {"row": row, "words": words}


def _rows(path: Path) -> list[tuple[int, str, str]]:
    """(row, old, new); commas, semicolons or tabs; with or without the names of the columns."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise UnreadableRedirects(_("Berkas tidak dapat dibaca: %s") % fault) from fault
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = []
    try:
        for row in (reader := csv.reader(text.splitlines(), delimiter=delimiter)):
            cells = [cell.strip() for cell in row]
            if any(cells) and tuple(cell.casefold() for cell in cells[:2]) != COLUMNS:
                rows.append((reader.line_num, *[*cells, "", ""][:2]))
    except csv.Error as fault:
        raise UnreadableRedirects(_("Berkas ini bukan CSV: %s") % fault) from fault
    if not rows:
        raise UnreadableRedirects(_("Berkas ini kosong. Isi dengan kolom lama dan baru."))
    return rows


def _line(row: int, old: str, new: str, pages: dict[str, Page]) -> Line:
    """Raises ValueError with what is wrong."""
    old_path = _old_path(old)
    # The middleware that leads on is only asked where nothing else answers.
    address = tuple(urlsplit(old_path).path.strip("/").split("/"))
    if is_shadowed(address) or f"{urlsplit(old_path).path.rstrip('/')}/" in pages or old_path in ("", "/"):
        raise ValueError(_("alamat lama %s dipakai portal sekarang, jadi tidak pernah dialihkan.") % old)
    if not new:
        raise ValueError(_("alamat baru belum diisi."))
    if "://" in new:
        target = urlsplit(new)
        if target.scheme not in ("http", "https") or not target.hostname:
            raise ValueError(_("alamat baru %s tidak lengkap.") % new)
        return Line(row, old_path, new, None)
    if not new.startswith("/") or new.startswith("//"):
        raise ValueError(_("alamat baru %s harus mulai dengan / atau https://.") % new)
    if Redirect.normalise_path(new) == old_path:
        raise ValueError(_("alamat %s mengalihkan ke dirinya sendiri.") % old)
    page = pages.get(f"{urlsplit(new).path.rstrip('/')}/")
    return Line(row, old_path, new, page)


def _old_path(old: str) -> str:
    try:
        parts = urlsplit(old)
    except ValueError:
        parts = urlsplit("")
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    if not path.startswith("/"):
        raise ValueError(_("alamat lama %s harus mulai dengan / atau https://.") % (old or "(kosong)"))
    if len(path) > LONGEST:
        raise ValueError(_("alamat lama lebih panjang dari %s huruf.") % LONGEST)
    return Redirect.normalise_path(path)


def _refuse_loops(lines: list[Line], report: RedirectReport) -> None:
    """Follow each from redirect to redirect, those of the portal and those of the file, until something answers."""
    leads = {
        redirect.old_path: Redirect.normalise_path(redirect.redirect_link)
        for redirect in Redirect.objects.filter(redirect_page=None)
        if redirect.redirect_link.startswith("/")
    }
    leads |= {
        line.old: Redirect.normalise_path(line.target)
        for line in lines
        if not line.page and "://" not in line.target
    }
    own = {line.old for line in lines if line.page or "://" in line.target}
    to_pages = set(
        Redirect.objects.exclude(redirect_page=None)
        .exclude(old_path__in=leads)
        .values_list("old_path", flat=True)
    )
    for line in lines:
        at, steps = line.old, 0
        while at in leads and steps <= MOST_STEPS:
            at, steps = leads[at], steps + 1
        if steps > MOST_STEPS:
            report.faults.append(_told(line.row, _("alamat %s kembali ke dirinya sendiri.") % line.old))
        elif steps and at not in own and at not in to_pages and not _answers(at):
            words = _("alamat baru %s tidak ada di portal ini.") % line.target
            report.faults.append(_told(line.row, words))


def _answers(path: str) -> bool:
    """Whether a route of the portal stands there; pages were looked up before."""
    plain = urlsplit(path).path
    for candidate in (plain, f"{plain}/"):
        try:
            if resolve(candidate).view_name != "wagtail_serve":
                return True
        except Resolver404:
            continue
    return plain in ("", "/") and HomePage.objects.live().exists()


def _take(line: Line, there: Redirect | None, report: RedirectReport, dry_run: bool) -> None:
    link = "" if line.page else line.target
    wanted = (line.page.pk if line.page else None, link, True)
    if there and (there.redirect_page_id, there.redirect_link, there.is_permanent) == wanted:
        report.same += 1
        return
    if there:
        report.changed += 1
    else:
        report.new += 1
    if not dry_run:
        redirect = there or Redirect(old_path=line.old)
        redirect.redirect_page, redirect.redirect_link, redirect.is_permanent = line.page, link, True
        redirect.automatically_created = False
        redirect.save()
