from django import forms
from django.templatetags.static import static
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.forms.pages import PortalPageForm

from ..budgets.reading import BadBudget, read_budget


def _what_to_upload() -> str:
    return format_html(
        _(
            "CSV atau XLSX dengan kolom kelompok, uraian, anggaran, dan bila ada realisasi, paling banyak 500 baris. "
            '<a href="{}" download>Unduh contohnya</a>. Berkas baru mengganti seluruh tabel.'
        ),
        static("contoh-anggaran.csv"),
    )


class BudgetPageForm(PortalPageForm):
    """The file is read before anything is saved: one fault, and the page keeps the table it had."""

    upload = forms.FileField(
        label=gettext_lazy("Tabel anggaran"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text=lazy(_what_to_upload, str)(),
    )

    def clean_upload(self):
        """The rows of the file; None without a file."""
        file = self.cleaned_data["upload"]
        if file is None:
            return None
        try:
            return [row.stored() for row in read_budget(file)]
        except BadBudget as fault:
            raise forms.ValidationError(list(fault.faults)) from fault

    def clean(self):
        cleaned = super().clean()
        rows = cleaned.get("upload")
        if rows is not None:
            self.instance.rows = rows
        elif not self.instance.rows and not self.is_deferred_validation and "upload" not in self.errors:
            self.add_error("upload", _("Unggah tabel anggarannya."))
        self._refuse_twice(cleaned)
        return cleaned

    def _refuse_twice(self, cleaned: dict) -> None:
        """One page for a year and stage of a unit: two would contradict each other."""
        year, stage = cleaned.get("year"), cleaned.get("stage")
        if year is None or not stage or self.parent_page is None:
            return
        others = type(self.instance).objects.child_of(self.parent_page).exclude(pk=self.instance.pk)
        if others.filter(year=year, stage=stage).exists():
            self.add_error(
                "year", _("Anggaran tahun dan tahap ini sudah ada. Perbarui halaman yang sudah ada.")
            )
