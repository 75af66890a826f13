from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.languages import in_indonesian
from home.models import User

from ..models import Leader, Pledge, Unit
from ..services.contacts import ContactRefusal
from ..services.pledges import NobodyToPledge, NothingPledged, record_pledge
from ..services.portraits import paint_anew

USUAL = _(
    "Saya berkomitmen menyelenggarakan layanan pengaduan di %(unit)s. Setiap laporan warga kami terima, kami "
    "tindak lanjuti, dan kami jawab dalam batas waktunya. Kontak yang kami terbitkan selalu benar dan dijawab."
)


class PledgeForm(forms.Form):
    """What the head has signed: its words, a photo of the sheet, or both."""

    text = forms.CharField(
        label=_("Isi komitmen"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Tulis seperti yang ditandatangani."),
    )
    new_picture = forms.FileField(
        label=_("Foto lembar yang ditandatangani"),
        required=False,
        help_text=_("JPG, PNG, atau WebP, paling besar 10 MB. Tampil di halaman unit."),
        widget=forms.FileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp", "data-largest": 10 * 1024 * 1024}
        ),
    )
    signed_on = forms.DateField(
        label=_("Ditandatangani tanggal"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Isi tanggalnya."), "invalid": _("Tulis tanggal seperti 2026-11-24.")},
    )

    def __init__(self, *args, unit: Unit, leader: Leader | None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.leader = leader
        with in_indonesian():
            self.fields["text"].initial = str(USUAL % {"unit": unit.full_name})

    def clean_signed_on(self):
        day = self.cleaned_data["signed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Tanggal ini belum tiba."))
        return day

    def clean_new_picture(self) -> bytes | None:
        upload = self.cleaned_data["new_picture"]
        if not upload:
            return None
        try:
            return paint_anew(upload)
        except ContactRefusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.leader is None or self.leader.is_vacant:
            raise forms.ValidationError(str(NobodyToPledge()))
        if not cleaned.get("text") and not cleaned.get("new_picture") and not self.has_error("new_picture"):
            self.add_error("text", str(NothingPledged()))
        return cleaned

    def save_for(self, by: User) -> Pledge:
        """Raises NothingPledged, NobodyToPledge."""
        return record_pledge(
            self.leader,
            by=by,
            signed_on=self.cleaned_data["signed_on"],
            text=self.cleaned_data["text"],
            picture=self.cleaned_data["new_picture"],
        )
