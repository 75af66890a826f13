from datetime import timedelta
from urllib.parse import urlsplit

from django import forms
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from home.models import User

from ..models import Alert, AlertLevel
from ..selectors.alerts import alert_reach
from ..services.alerts import publish_alert
from .fields import UnitField

NOT_A_MOMENT = {
    "invalid": _("Tulis tanggal dan jam, misalnya 24-11-2026 09.30."),
    "required": _("Isi tanggal dan jamnya."),
}
FORMATS = ["%d-%m-%Y %H.%M", "%d-%m-%Y %H:%M", "%d/%m/%Y %H:%M", "%d/%m/%Y %H.%M"]


class MomentField(forms.DateTimeField):
    """A day and an hour, chosen in the browser or typed as people write them."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **kwargs):
        super().__init__(input_formats=FORMATS, error_messages=NOT_A_MOMENT, **kwargs)


class AlertForm(forms.ModelForm):
    unit = UnitField(label=_("Untuk halaman"), help_text=Alert._meta.get_field("unit").help_text)
    level = forms.ChoiceField(label=_("Tingkat"), choices=AlertLevel, widget=forms.RadioSelect)
    starts_at = MomentField(label=_("Mulai"))
    ends_at = MomentField(
        label=_("Berakhir"),
        help_text=_("Peringatan hilang dengan sendirinya pada waktu ini. Paling lama 31 hari."),
    )

    class Meta:
        model = Alert
        fields = ("unit", "level", "title", "text", "link", "starts_at", "ends_at")
        widgets = {"text": forms.Textarea(attrs={"rows": 3, "maxlength": 280})}

    def __init__(self, *args, by: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].offer(alert_reach(by))
        self.by = by
        if not self.is_bound and self.instance._state.adding:
            now = timezone.localtime()
            self.initial |= {
                "starts_at": now,
                "ends_at": now + timedelta(days=1),
                "level": AlertLevel.WARNING,
            }

    def clean_link(self) -> str:
        """A page of the portal, or the whole address of another one; nothing a browser would run."""
        link = self.cleaned_data["link"].strip()
        is_ours = link.startswith("/") and url_has_allowed_host_and_scheme(link, allowed_hosts=None)
        try:
            address = urlsplit(link)
        except ValueError:
            address = urlsplit("")
        if link and not is_ours and not (address.scheme in ("http", "https") and address.netloc):
            raise forms.ValidationError(_("Tulis alamat seperti /unit/ atau https://contoh.go.id/."))
        return link

    def clean(self) -> dict:
        cleaned = super().clean()
        if (ends := cleaned.get("ends_at")) and ends <= timezone.now():
            self.add_error("ends_at", _("Waktu ini sudah lewat. Pilih waktu berakhir yang akan datang."))
        return cleaned

    def save(self, commit: bool = True) -> Alert:
        return publish_alert(self.instance, by=self.by)
