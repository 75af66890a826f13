"""A report that somebody tells: at the counter, on the telephone, over the radio, or to the head on the way."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from cases.forms.counter import ReceivedForm
from opd_pages.models import Level, Unit

from ..models import Channel, ReportClass
from ..services.receiving import Report
from .report import ReportForm


class CounterForm(ReceivedForm, ReportForm):
    """The questions of /lapor/, asked by an officer."""

    channel = forms.ChoiceField(
        label=_("Laporan disampaikan melalui"),
        choices=[(channel, capfirst(channel.label)) for channel in Channel if channel != Channel.WEB],
        widget=forms.RadioSelect,
        initial=Channel.COUNTER,
    )
    desk = forms.ChoiceField(label=_("Diterima oleh"))

    def __init__(self, *args, units: list[Unit], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # Who receives is not who is meant: no page of an office led here.
        del self.fields["addressed_to"]
        self.units = {str(unit.pk): unit for unit in units}
        self.fields["desk"].choices = [(key, unit.place_name) for key, unit in self.units.items()]
        self.fields["words"].label = _("Apa yang dilaporkan")
        self.fields["words"].help_text = _("Tulis seperti yang dikatakan pelapor.")
        self.fields["identity_mode"].label = _("Nama pelapor")
        self.fields["identity_mode"].widget.hints = {}
        self.fields["phone"].help_text = _("Tanpa nomor atau surel, pelapor hanya dapat melacak dengan kode.")

    def clean(self) -> dict:
        cleaned = super().clean()
        if self._is_for_other_ears(cleaned):
            self.add_error(
                None,
                __(
                    "Laporan tentang kantor Anda sendiri, atau tentang pelanggaran oleh petugas, tidak dicatat di "
                    "sini. Persilakan pelapor mengisinya sendiri di halaman Laporkan masalah: laporannya tidak akan "
                    "terlihat oleh kantor yang dilaporkan."
                ),
            )
        return cleaned

    def _is_for_other_ears(self, cleaned: dict) -> bool:
        """Whoever writes a report down knows of it and holds its code."""
        if cleaned.get("is_about_officer") == "yes" and cleaned.get("accused") in self.units:
            return True
        is_whistle = cleaned.get("report_class") == ReportClass.WHISTLEBLOWING
        return is_whistle and not any(unit.kind.level == Level.INSPECTORATE for unit in self.units.values())

    def _must_be_reachable(self, cleaned: dict) -> None:
        """Whoever stands at the counter takes the code home."""

    def report(self) -> Report:
        cleaned = self.cleaned_data
        return self._report(
            addressed_to=self.units[cleaned["desk"]],
            channel=cleaned["channel"],
            received_at=cleaned["received_at"],
        )
