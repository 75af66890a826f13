from django.contrib import admin
from django.db import transaction
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, PageChooserPanel
from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper
from wagtail_modeladmin.views import CreateView, EditView

from ..forms.units import OfUnitForm, SearchWordForm, UnitForm, UnitKindForm
from ..models import Leader, SearchWord, Section, Unit, UnitKind
from ..selectors.keepers import kept_units
from ..services.changed_contacts import contact_changed
from ..services.unit_pages import open_unit_page, open_unit_pages, units_to_open
from .register import OnlyRead, Register, WordsInAddress


class OpensPage:
    """A unit that is saved has its page, group and collection, in their right place."""

    @transaction.atomic
    def form_valid(self, form):
        response = super().form_valid(form)
        if self.instance.is_current:
            open_unit_page(self.instance)
        contact_changed(self.instance)
        return response


class UnitCreateView(OpensPage, CreateView):
    pass


class UnitEditView(OpensPage, EditView):
    pass


class UnitKindEditView(EditView):
    """Units are called by their kind, and so are their pages."""

    def form_valid(self, form):
        response = super().form_valid(form)
        open_unit_pages(units_to_open().filter(kind=self.instance))
        return response


class UnitButtons(ButtonHelper):
    def get_buttons_for_obj(self, obj, *args, **kwargs):
        buttons = super().get_buttons_for_obj(obj, *args, **kwargs)
        if obj.is_current and self.permission_helper.user_can_edit_obj(self.request.user, obj):
            classes = self.finalise_classname(["button-secondary", *kwargs.get("classnames_add", [])])
            for name, label, title in (
                ("merge_unit", _("Gabungkan"), _("Gabungkan %s ke unit lain")),
                ("end_unit", _("Akhiri unit"), _("Akhiri %s tanpa penerus")),
            ):
                buttons.append(
                    {
                        "url": reverse(name, args=[obj.pk]),
                        "label": label,
                        "classname": classes,
                        "title": title % obj,
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
            FieldPanel("news_is_reviewed"),
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
    edit_view_class = UnitKindEditView
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


class LeaderButtons(ButtonHelper):
    """To the desk where a leader is changed, for who keeps the unit's contacts."""

    @cached_property
    def kept(self) -> set[int]:
        return set(kept_units(self.request.user).values_list("pk", flat=True))

    def get_buttons_for_obj(self, obj, *args, **kwargs):
        if obj.unit_id not in self.kept:
            return []
        return [
            {
                "url": reverse("contact_desk", args=[obj.unit.short_code]),
                "label": _("Buka meja kontak"),
                "classname": self.finalise_classname(["button-secondary"]),
                "title": _("Kontak dan pimpinan %s") % obj.unit.place_name,
            }
        ]


class LeaderRegister(Register):
    """Who leads which unit. At /meja/kontak/ a change also ends the predecessor's photo and personal numbers."""

    model = Leader
    permission_helper_class = OnlyRead
    button_helper_class = LeaderButtons
    menu_label = gettext_lazy("Pimpinan")
    menu_icon = "user"
    list_display = ("shown_title", "shown_name", "place")
    list_select_related = ("unit__kind", "unit__parent__kind")
    search_fields = ("name", "office", "unit__name")

    @admin.display(description=gettext_lazy("Jabatan"), ordering="office")
    def shown_title(self, leader: Leader) -> str:
        return leader.title

    @admin.display(description=gettext_lazy("Nama"), ordering="name")
    def shown_name(self, leader: Leader) -> str:
        return leader.name or _("jabatan kosong")

    @admin.display(description=gettext_lazy("Unit"), ordering="unit__name")
    def place(self, leader: Leader) -> str:
        return leader.unit.place_name


class SearchWordRegister(Register):
    """What citizens call an office or its services. A word with several meanings has several rows."""

    model = SearchWord
    permission_helper_class = PermissionHelper
    menu_label = gettext_lazy("Kata pencarian")
    menu_icon = "search"
    list_display = ("word", "place", "service")
    list_select_related = ("unit__kind", "unit__parent__kind", "page")
    search_fields = ("word", "unit__name", "page__title")
    edit_handler = ObjectList(
        [FieldPanel("word"), FieldPanel("unit"), PageChooserPanel("page")], base_form_class=SearchWordForm
    )

    @admin.display(description=gettext_lazy("Kantor"), ordering="unit__name")
    def place(self, word: SearchWord) -> str:
        return word.unit.place_name if word.unit else ""

    @admin.display(description=gettext_lazy("Halaman layanan"), ordering="page__title")
    def service(self, word: SearchWord) -> str:
        return word.page.title if word.page else ""
