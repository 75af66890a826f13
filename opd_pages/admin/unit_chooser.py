"""Choosing one of hundreds of units in a page's form: by its name, where a list would be endless."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet


class UnitFilterForm(BaseFilterForm):
    q = forms.CharField(label=_("Cari"), required=False, max_length=100)

    def filter(self, objects):
        from ..selectors.directory import matching, readable

        query = readable(self.cleaned_data.get("q") or "")
        self.is_searching, self.search_query = bool(query), query
        return matching(objects, query)


class CurrentUnits:
    filter_form_class = UnitFilterForm

    def get_object_list(self):
        from ..models import Unit

        units = Unit.objects.current().select_related("kind", "parent__kind")
        return units.order_by("kind__order", "name", "parent__name", "pk")

    @property
    def columns(self):
        return [self.title_column, Column("place", label=_("Letak"), accessor="place_name")]


class UnitChooseView(CurrentUnits, ChooseView):
    pass


class UnitChooseResultsView(CurrentUnits, ChooseResultsView):
    pass


class UnitChooserViewSet(ChooserViewSet):
    model = "opd_pages.Unit"
    icon = "group"
    choose_one_text = _("Pilih unit")
    choose_another_text = _("Pilih unit lain")
    edit_item_text = _("Ubah unit ini")
    choose_view_class = UnitChooseView
    choose_results_view_class = UnitChooseResultsView
    per_page = 20
    # The registers keep their own fields.
    register_widget = False


unit_chooser = UnitChooserViewSet("unit_chooser")
UnitChooserWidget = unit_chooser.widget_class
