"""Makes the demonstration: what is missing of it, so that a second run adds nothing."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Case
from opd_pages.models import UnitPage
from opd_pages.services.importing import Progress

from .alerts import make_alerts
from .contacts import make_contacts
from .pages import make_pages
from .people import make_people
from .portal import dress_portal
from .telling import tell
from .units import ROOT, make_units, refuse_beside_an_office
from .words import make_words
from .writings import make_writings


def make_demo(
    cases: int,
    seed: int,
    *,
    say: Callable[[str], None],
    progress: Callable[[str], Progress],
    now: datetime | None = None,
) -> None:
    """Units, pages, people, contacts and cases. Raises DemoRefused beside a real kabupaten.

    The same seed tells the same tales, counted back from `now`.
    """
    refuse_beside_an_office()
    say(_("Unit baru: %s.") % make_units())
    make_pages(progress(_("Halaman")))
    say(_("Akun baru: %s.") % make_people())
    dress_portal(UnitPage.objects.get(unit__code=ROOT).collection)
    make_alerts(now or timezone.now())
    make_words()
    say(_("Unit dengan kontak baru: %s.") % make_contacts())
    say(_("Halaman contoh baru: %s.") % make_writings())
    if there := Case.objects.filter(is_demo=True).count():
        say(_("Laporan contoh sudah ada: %s. Untuk mengulangnya, hapus dahulu dengan --delete.") % there)
        return
    tell(cases, seed=seed, now=now or timezone.now(), progress=progress(_("Laporan")))
