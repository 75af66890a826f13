"""What an officer adds who writes down what somebody else said: when that was."""

from datetime import datetime, timedelta

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

# Later than any letter lies about: a slip in the year.
LONGEST_AGO = timedelta(days=300)


class ReceivedForm(forms.Form):
    """Cleans to `received_at`, never in the future. Mixed into a form of the public."""

    received_on = forms.DateField(
        label=_("Diterima tanggal"),
        help_text=_("Batas waktu dihitung sejak hari ini, juga bila baru dicatat kemudian."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Tulis tanggal seperti 24-11-2026.")},
    )
    received_time = forms.TimeField(
        label=_("Pukul"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Tulis jam seperti 09.30.")},
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            now = timezone.localtime()
            self.fields["received_on"].initial, self.fields["received_time"].initial = now.date(), now.time()

    def clean(self) -> dict:
        cleaned = super().clean()
        day, hour = cleaned.get("received_on"), cleaned.get("received_time")
        if day and hour:
            cleaned["received_at"] = datetime.combine(day, hour, settings.OFFICE_ZONE)
            if cleaned["received_at"] > timezone.now():
                field = "received_on" if day > timezone.localdate() else "received_time"
                self.add_error(field, __("Waktu diterima tidak dapat sesudah sekarang."))
            elif timezone.now() - cleaned["received_at"] > LONGEST_AGO:
                self.add_error(
                    "received_on", __("Tanggal ini sudah lama sekali. Periksa bulan dan tahunnya.")
                )
        return cleaned
