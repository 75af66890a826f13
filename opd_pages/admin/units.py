from django.contrib import admin
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper
from wagtail_modeladmin.views import CreateView, EditView

from ..forms.units import OfUnitForm, UnitForm, UnitKindForm
from ..models import Leader, Section, Unit, UnitKind
from ..services.unit_pages import open_unit_page
from .register import Register, WordsInAddress


class OpensPage:
    """A unit that is saved has its page, group and collection, in their right place."""

    @transaction.atomic
    def form_valid(self, form):
        response = super().form_valid(form)
        if self.instance.is_current:
            open_unit_page(self.instance)
        return response


class UnitCreateView(OpensPage, CreateView):
    pass


class UnitEditView(OpensPage, EditView):
    pass


class UnitButtons(ButtonHelper):
    def get_buttons_for_obj(self, obj, *args, **kwargs):
        buttons = super().get_buttons_for_obj(obj, *args, **kwargs)
        if obj.is_current and self.permission_helper.user_can_edit_obj(self.request.user, obj):
            buttons.append(
                {
                    "url": reverse("merge_unit", args=[obj.pk]),
                    "label": _("Gabungkan"),
                    "classname": self.finalise_classname(
                        ["button-secondary", *kwargs.get("classnames_add", [])]
                    ),
                    "title": _("Gabungkan %s ke unit lain") % obj,
                }
            )
        return buttons


class UnitRegister(Register):
    model = Unit
    menu_label = gettext_lazy("Unit")
    menu_icon = "group"
    list_display = ("shown_name", "above", "code", "short_code", "valid_until")
    list_filter = ("kind__level",)
    list_select_related = ("kind", "parent__kind")
    search_fields = ("name", "code", "short_code")
    create_view_class = UnitCreateView
    edit_view_class = UnitEditView
    button_helper_class = UnitButtons
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("code"), FieldPanel("short_code")]),
            FieldPanel("name"),
            FieldPanel("kind"),
            FieldPanel("parent"),
            MultiFieldPanel(
                [FieldPanel("address"), FieldPanel("website"), FieldPanel("description")],
                heading=gettext_lazy("Keterangan"),
            ),
            FieldPanel("valid_from"),
        ],
        base_form_class=UnitForm,
    )

    @admin.display(description=gettext_lazy("Nama"), ordering="name")
    def shown_name(self, unit: Unit) -> str:
        return unit.full_name

    @admin.display(description=gettext_lazy("Induk"), ordering="parent__name")
    def above(self, unit: Unit) -> str:
        return unit.parent.full_name if unit.parent else ""


class UnitKindRegister(Register):
    model = UnitKind
    menu_label = gettext_lazy("Jenis unit")
    menu_icon = "list-ul"
    url_helper_class = WordsInAddress
    list_display = ("label", "code", "level", "head_office")
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("code"), FieldPanel("level")]),
            FieldRowPanel([FieldPanel("label"), FieldPanel("prefixes_name")]),
            FieldPanel("head_office"),
            FieldPanel("order"),
        ],
        base_form_class=UnitKindForm,
    )


class SectionRegister(Register):
    model = Section
    permission_helper_class = PermissionHelper
    menu_label = gettext_lazy("Seksi")
    menu_icon = "folder-open-inverse"
    list_display = ("name", "place", "order")
    list_select_related = ("unit__kind", "unit__parent__kind")
    search_fields = ("name", "unit__name")
    edit_handler = ObjectList(
        [FieldPanel("unit"), FieldPanel("name"), FieldPanel("order")], base_form_class=OfUnitForm
    )

    @admin.display(description=gettext_lazy("Unit"), ordering="unit__name")
    def place(self, section: Section) -> str:
        return section.unit.place_name


class LeaderRegister(Register):
    model = Leader
    permission_helper_class = PermissionHelper
    menu_label = gettext_lazy("Pimpinan")
    menu_icon = "user"
    list_display = ("shown_title", "shown_name", "place", "rank")
    list_select_related = ("unit__kind", "unit__parent__kind")
    search_fields = ("name", "office", "unit__name")
    edit_handler = ObjectList(
        [
            FieldPanel("unit"),
            FieldPanel("rank"),
            FieldRowPanel([FieldPanel("office"), FieldPanel("standing")]),
            FieldPanel("name"),
            FieldPanel("photo"),
        ],
        base_form_class=OfUnitForm,
    )

    @admin.display(description=gettext_lazy("Jabatan"), ordering="office")
    def shown_title(self, leader: Leader) -> str:
        return leader.title

    @admin.display(description=gettext_lazy("Nama"), ordering="name")
    def shown_name(self, leader: Leader) -> str:
        return leader.name or _("jabatan kosong")

    @admin.display(description=gettext_lazy("Unit"), ordering="unit__name")
    def place(self, leader: Leader) -> str:
        return leader.unit.place_name
