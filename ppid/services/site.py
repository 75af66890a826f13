"""The PPID's place in the page tree."""

from pathlib import Path

from django.utils.translation import gettext as _

from home.models import HomePage

from ..models import PpidPage

BODY = Path(__file__).resolve().parents[1] / "starting_pages" / "ppid.html"


def open_ppid_page(home: HomePage) -> PpidPage:
    """Make /ppid/ where there is none yet. What the office wrote stays."""
    existing = PpidPage.objects.first()
    if existing:
        return existing
    page = PpidPage(
        title=_("Informasi publik (PPID)"),
        slug="ppid",
        introduction=_("Setiap orang berhak memperoleh informasi publik."),
        body=BODY.read_text(encoding="utf-8"),
    )
    home.add_child(instance=page)
    page.save_revision().publish()
    return page
