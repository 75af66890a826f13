from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.models import User

from ..models import Level, Unit
from ..services.mergers import ONE_DAY, end_unit, merge_units
from .fields import UnitField
from .register import RegisterForm


def yesterday() -> date:
    return timezone.localdate() - ONE_DAY


class UnitForm(RegisterForm):
    # Case numbers, posters and the group of editors are named after them.
    settled_fields = ("code", "short_code")

    parent = UnitField(
        label=_("Induk"), required=False, help_text=_("Kosongkan hanya untuk kabupaten atau kota.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        above = Unit.objects.current().exclude(kind__level=Level.VILLAGE).exclude(pk=self.instance.pk)
        self.fields["parent"].offer(above, chosen=self.instance.parent_id)

    def clean(self):
        cleaned = super().clean()
        kind, parent = cleaned.get("kind"), cleaned.get("parent")
        if kind and "parent" not in self.errors:
            if kind.level == Level.ROOT and parent:
                self.add_error("parent", _("Kabupaten atau kota tidak mempunyai induk."))
            elif kind.level != Level.ROOT and not parent:
                self.add_error("parent", _("Pilih induk unit ini."))
        return cleaned


class UnitKindForm(RegisterForm):
    settled_fields = ("code", "level")


class OfUnitForm(RegisterForm):
    """A row that belongs to a unit and stays with it."""

    settled_fields = ("unit",)

    unit = UnitField(label=_("Unit"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(Unit.objects.current(), chosen=self.instance.unit_id)


class SearchWordForm(RegisterForm):
    unit = UnitField(label=_("Kantor"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(Unit.objects.current(), chosen=self.instance.unit_id)


class MergerForm(forms.Form):
    """Into which unit another goes up, and from which day."""

    into = UnitField(
        label=_("Penerus"), help_text=_("Laporan yang masih terbuka ikut berpindah ke unit ini.")
    )
    on = forms.DateField(
        label=_("Berlaku mulai"),
        initial=timezone.localdate,
        help_text=_("Hari pertama penerus menggantikan unit ini, hari ini atau sebelumnya."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, unit: Unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].offer(Unit.objects.current().exclude(pk=unit.pk))

    def save_for(self, unit: Unit, by: User) -> Unit:
        """Raises MergerRefused."""
        return merge_units(unit, self.cleaned_data["into"], on=self.cleaned_data["on"], by=by)


class EndingForm(forms.Form):
    """The last day of a unit that nobody succeeds."""

    last_day = forms.DateField(
        label=_("Hari terakhir"),
        initial=yesterday,
        help_text=_("Hari terakhir unit ini melayani, kemarin atau sebelumnya."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, unit: Unit, **kwargs):
        super().__init__(*args, **kwargs)

    def save_for(self, unit: Unit, by: User) -> Unit:
        """Raises MergerRefused."""
        return end_unit(unit, last_day=self.cleaned_data["last_day"], by=by)
