"""What fills a letter's fields where an administrator words it."""

from django.utils.translation import gettext_lazy as _

SAMPLE = {
    "received": _("10 November 2026"),
    "number": "2026-PIP-DKI-000012",
    "body": _("Dinas Komunikasi dan Informatika"),
    "ground": _("Pasal 17 huruf h UU 14/2008 (rahasia pribadi)"),
    "test": "12/UK/2026",
    "superior": _("Sekretaris Daerah"),
    "objection_until": _("Selasa, 24 November 2026"),
    "format": "PDF",
    "fee": _("tidak dipungut biaya"),
    "way": _("surel"),
}
