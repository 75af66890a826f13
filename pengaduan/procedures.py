"""The built-in procedures: which steps a unit's desk takes, who owes each, and on which clock.

Terms are not here: each step's is the Rule of (procedure, step).
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from opd_pages.models.membership import Role

KAPAS, BRIEF, RAPID = "kapas", "ringkas", "reaksi_cepat"
PROCEDURE_CHOICES = [(KAPAS, _("Kapas")), (BRIEF, _("Ringkas")), (RAPID, _("Reaksi cepat"))]
