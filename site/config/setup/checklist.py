"""What stands between an installation and its first report, as the administrator sees it."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cases.models import Rule
from cases.selectors.retention import how_many_there_should_be, rules_in_force
from home.models import PortalSettings
from home.services.mail_proof import mail_is_proven
from opd_pages.models import Level, Membership, Role, Unit
from opd_pages.services.unit_pages import units_to_open
from ppid.models import PpidPage

# Whom a citizen addresses; what comes for a desa without a desk goes to its kecamatan.
DESK_LEVELS = (Level.DISTRICT, Level.AGENCY)
MEMBERSHIPS = "opd_pages_membership_modeladmin_index"


@dataclass(frozen=True)
class Item:
    """One line: what, whether it is done, how it stands, and where it is done."""

    title: str
    is_done: bool
    words: str
    link: str = ""


def checklist() -> list[Item]:
    """In the order in which an office goes about it. About a dozen queries, whatever the number of units."""
    return [identity(), units(), coordinator(), desks(), mail(), ppid_page(), rules(), retention()]


def identity() -> Item:
    portal = PortalSettings.load()
    missing = []
    if portal.region_name == PortalSettings._meta.get_field("region_name").default:
        missing.append(_("nama daerah"))
    if not portal.crest_id:
        missing.append(_("lambang"))
    if not portal.hotlines:
        missing.append(_("nomor penting"))
    words = _("Belum diisi: %s.") % ", ".join(missing) if missing else portal.region_name
    return Item(
        _("Identitas"), not missing, words, reverse("wagtailsettings:edit", args=["home", "portalsettings"])
    )


def units() -> Item:
    count, without_page = Unit.objects.current().count(), units_to_open().count()
    words = _("%(units)s unit, %(pages)s di antaranya sudah berhalaman.") % {
        "units": count,
        "pages": count - without_page,
    }
    # The kabupaten alone is nobody's kecamatan.
    return Item(_("Unit dan halamannya"), count > 1 and not without_page, words, reverse("setup_units"))


def coordinator() -> Item:
    people = Membership.objects.current().filter(role=Role.COORDINATOR, user__is_active=True)
    names = sorted({str(member.user) for member in people.select_related("user")})
    words = ", ".join(names) or _("Belum ada. Laporan untuk unit tanpa petugas tidak akan dilihat siapa pun.")
    return Item(_("Koordinator pengaduan kabupaten"), bool(names), words, reverse(MEMBERSHIPS))


def desks() -> Item:
    offices = Unit.objects.current().at(*DESK_LEVELS)
    staffed = offices.filter(_held(Role.OPERATOR), _held(Role.HEAD)).count()
    words = _("%(staffed)s dari %(offices)s kecamatan dan perangkat daerah punya operator dan pimpinan.") % {
        "staffed": staffed,
        "offices": offices.count(),
    }
    return Item(_("Petugas meja layanan"), staffed > 0, words, reverse(MEMBERSHIPS))


def _held(role: Role) -> Exists:
    return Exists(Membership.objects.current().filter(unit=OuterRef("pk"), role=role, user__is_active=True))


def mail() -> Item:
    portal = PortalSettings.load()
    if mail_is_proven():
        seen = date_format(localtime(portal.mail_test_seen_at), "j F Y")
        return Item(_("Surel keluar"), True, _("Surel uji sudah dibaca %s.") % seen, reverse("setup_mail"))
    sent = portal.mail_test_sent_at
    words = _("Surel uji sudah dikirim; kodenya belum diketik.") if sent else _("Belum diuji.")
    return Item(_("Surel keluar"), False, words, reverse("setup_mail"))


def ppid_page() -> Item:
    page = PpidPage.objects.first()
    if page is None:
        return Item(_("Halaman PPID"), False, _("Belum ada. Jalankan manage.py setup sekali lagi."))
    words = _("Sudah terbit.") if page.live else _("Sudah dibuat, belum diterbitkan.")
    return Item(_("Halaman PPID"), page.live, words, reverse("wagtailadmin_pages:edit", args=[page.pk]))


def rules() -> Item:
    known = list(Rule.objects.all())
    verified = sum(rule.is_verified for rule in known)
    words = _("%(verified)s dari %(rules)s aturan sudah diverifikasi Bagian Hukum.") % {
        "verified": verified,
        "rules": len(known),
    }
    link = reverse("cases_rule_modeladmin_index")
    return Item(_("Aturan waktu"), bool(known) and verified == len(known), words, link)


def retention() -> Item:
    """By a rule that nobody has verified nothing is erased."""
    in_force, wanted = len(rules_in_force()), how_many_there_should_be()
    words = _("%(verified)s dari %(rules)s aturan berlaku; menurut yang lain tidak ada yang dihapus.") % {
        "verified": in_force,
        "rules": wanted,
    }
    link = reverse("cases_retentionrule_modeladmin_index")
    return Item(_("Masa simpan data pribadi"), in_force == wanted, words, link)
