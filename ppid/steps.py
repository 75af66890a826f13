"""The steps of a request for information. No term stands here: a step's term is its Rule, which the office may change."""

from django.utils.translation import gettext_lazy as _

from .workflow import KIND

PROCEDURE_TITLES = {KIND: _("Permohonan informasi, menurut undang-undang")}

STEP_TITLES = {
    "assign": _("Permohonan diperiksa dan diteruskan"),
    "draft": _("Pemberitahuan tertulis disusun"),
    "deliver": _("Informasi diserahkan"),
    "call_reporter": _("Telepon pemohon"),
    "notice": _("Pemberitahuan tertulis"),
    "complete": _("Kelengkapan dari pemohon"),
    "objection": _("Masa mengajukan keberatan"),
}
