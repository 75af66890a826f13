"""The registers of how long things are kept, and of what was erased."""

from django.contrib import admin
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail_modeladmin.options import ModelAdminGroup

from opd_pages.admin.register import OnlyRead, Register

from ..forms.registers import RetentionRuleForm
from ..models import Erasure, RetentionRule
from .verification import VERIFICATION, ShowsVerification


class RetentionRuleRegister(ShowsVerification, Register):
    """A rule stops when its verification is taken out: erasures speak of it."""

    model = RetentionRule
    menu_label = _("Aturan penyimpanan")
    menu_icon = "history"
    list_display = ("kind_title", "subject", "months", "legal_basis", "verification")
    edit_handler = ObjectList(
        [
            FieldPanel("kind"),
            FieldPanel("subject"),
            FieldPanel("months"),
            FieldPanel("keeps_public_copy"),
            FieldPanel("legal_basis"),
            VERIFICATION,
        ],
        base_form_class=RetentionRuleForm,
    )

    @admin.display(description=_("Jenis perkara"), ordering="kind")
    def kind_title(self, rule: RetentionRule) -> str:
        return rule.kind_title


class ErasureRegister(Register):
    model = Erasure
    permission_helper_class = OnlyRead
    menu_label = _("Penghapusan")
    menu_icon = "bin"
    list_display = ("moment", "number", "subject", "basis", "rows", "erased_by")
    list_filter = ("subject",)
    list_select_related = ("case", "erased_by")
    search_fields = ("case__number",)

    @admin.display(description=_("Waktu"), ordering="at")
    def moment(self, erasure: Erasure) -> str:
        return date_format(timezone.localtime(erasure.at), "j F Y, H.i")

    @admin.display(description=_("Nomor"), ordering="case__number")
    def number(self, erasure: Erasure) -> str:
        return erasure.case.number


class PersonalDataRegisters(ModelAdminGroup):
    menu_label = _("Data pribadi")
    menu_icon = "lock"
    menu_order = 315
    items = (RetentionRuleRegister, ErasureRegister)
