from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail_modeladmin.options import modeladmin_register

from opd_pages.admin.register import Register

from .forms.categories import CategoryForm
from .models import Category


@modeladmin_register
class CategoryRegister(Register):
    """A category that is no longer offered stays: reports were made under it."""

    model = Category
    menu_label = _("Kategori laporan")
    menu_icon = "tag"
    menu_order = 320
    list_display = ("name", "hint", "unit", "is_active", "order")
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
