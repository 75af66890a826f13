"""The registers of the PPID: grounds of exclusion, words of letters, and what was weighed."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail_modeladmin.options import ModelAdminGroup, modeladmin_register

from cases.admin.message_preview import PreviewedEditView, WordsPreview
from opd_pages.admin.register import OnlyRead, OnlyWorded, Register, yes_or_no

from .forms.registers import LetterTemplateForm
from .letters.sample import SAMPLE
from .models import ConsequenceTest, ExclusionGround, LetterTemplate


class ExclusionGroundRegister(Register):
    model = ExclusionGround
    menu_label = _("Alasan pengecualian")
    menu_icon = "lock"
    list_display = ("letter", "title", "legal_basis", "for_ever")
    search_fields = ("title", "legal_basis")
    panels = [
        FieldRowPanel([FieldPanel("letter"), FieldPanel("is_permanent")]),
        FieldPanel("title"),
        FieldPanel("legal_basis"),
    ]

    @admin.display(description=_("Berlaku selamanya"), ordering="is_permanent")
    def for_ever(self, ground: ExclusionGround) -> str:
        return yes_or_no(ground.is_permanent)


class ConsequenceTestRegister(Register):
    """Written down at the desk, by the PPID whose request gave rise to it."""

    model = ConsequenceTest
    permission_helper_class = OnlyRead
    menu_label = _("Uji konsekuensi")
    menu_icon = "doc-full"
    list_display = ("number", "information", "ground", "unit", "closed_until", "decided_on")
    list_select_related = ("ground", "unit__kind")
    search_fields = ("number", "information")
    inspect_view_enabled = True
    inspect_view_fields = (
        "number",
        "information",
        "ground",
        "legal_basis",
        "if_opened",
        "if_closed",
        "closed_until",
        "decided_by",
        "decided_on",
    )


class LetterTemplateRegister(Register):
    model = LetterTemplate
    permission_helper_class = OnlyWorded
    edit_view_class = PreviewedEditView
    menu_label = _("Templat surat")
    menu_icon = "mail"
    list_display = ("title", "subject")
    search_fields = ("title", "subject", "body")
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("subject"),
            FieldPanel("body", widget=forms.Textarea(attrs={"rows": 10})),
            FieldPanel("closing", widget=forms.Textarea(attrs={"rows": 6})),
            WordsPreview(lambda template: SAMPLE, parts=("subject", "body", "closing")),
        ],
        base_form_class=LetterTemplateForm,
    )


@modeladmin_register
class PpidRegisters(ModelAdminGroup):
    menu_label = _("PPID")
    menu_icon = "doc-full"
    menu_order = 350
    items = (ExclusionGroundRegister, ConsequenceTestRegister, LetterTemplateRegister)
