from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import modeladmin_register

from opd_pages.admin.register import Register, yes_or_no

from .forms.categories import CategoryForm
from .models import Category, DeskSettings, SectionDuty


@modeladmin_register
class CategoryRegister(Register):
    """A category that is no longer offered stays: reports were made under it."""

    model = Category
    menu_label = _("Kategori laporan")
    menu_icon = "tag"
    menu_order = 320
    list_display = ("name", "hint", "unit", "is_offered", "order")
    list_filter = ("is_active",)
    list_select_related = ("unit__kind",)
    search_fields = ("name", "hint")
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("hint"),
            FieldPanel("unit"),
            FieldRowPanel([FieldPanel("order"), FieldPanel("is_active")]),
        ],
        base_form_class=CategoryForm,
    )

    @admin.display(description=_("Ditawarkan"), ordering="is_active")
    def is_offered(self, category: Category) -> str:
        return yes_or_no(category.is_active)


@modeladmin_register
class DeskRegister(Register):
    """Which procedure a unit's desk follows, when it is opened, who is on duty; without a row it is the short one."""

    model = DeskSettings
    menu_label = _("Meja layanan unit")
    menu_icon = "clipboard-list"
    menu_order = 330
    list_display = ("unit", "procedure_code", "first_opening", "on_duty")
    list_filter = ("procedure_code",)
    list_select_related = ("unit__kind", "on_duty")
    search_fields = ("unit__name",)
    panels = [
        FieldPanel("unit"),
        FieldPanel("procedure_code"),
        FieldRowPanel([FieldPanel("first_opening"), FieldPanel("minutes_before_closing")]),
        FieldPanel("on_duty"),
    ]


@modeladmin_register
class SectionDutyRegister(Register):
    """Which section usually looks into a category: the head's first button in the morning."""

    model = SectionDuty
    permission_helper_class = PermissionHelper
    menu_label = _("Tugas seksi")
    menu_icon = "list-ul"
    menu_order = 340
    list_display = ("section", "unit", "category")
    list_select_related = ("section__unit__kind", "category")
    search_fields = ("section__name", "section__unit__name")
    panels = [FieldPanel("section"), FieldPanel("category")]

    @admin.display(description=_("Unit"))
    def unit(self, duty: SectionDuty) -> str:
        return duty.section.unit.full_name
