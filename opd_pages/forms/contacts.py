"""Forms of those who keep a unit's contacts."""

from django import forms
from django.forms.models import construct_instance
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.models import User

from ..channels import Channel, InvalidContact, normalise
from ..models import Consent, Contact, Leader
from ..services.contacts import (
    ContactRefusal,
    StaysPersonal,
    check_office_number,
    record_consent,
    save_contact,
)
from ..services.leaders import change_leader
from ..services.portraits import paint_anew, remove_portrait, show_portrait

SOMEBODY_ELSE = "lain"


class ContactForm(forms.ModelForm):
    class Meta:
        model = Contact
        fields = ("channel", "value", "label", "hours", "is_personal")
        help_texts = {"hours": _("Misalnya Senin sampai Jumat, 08.00–15.00.")}
        error_messages = {
            "channel": {"required": _("Pilih salurannya, misalnya Telepon kantor.")},
            "value": {"required": _("Isi nomor, alamat, atau nama akunnya.")},
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = [("", _("Pilih saluran")), *Channel.choices]

    def clean(self) -> dict:
        cleaned = super().clean()
        channel, value = cleaned.get("channel"), cleaned.get("value")
        if not channel or not value:
            return cleaned
        try:
            cleaned["value"] = normalise(channel, value)
        except InvalidContact as fault:
            self.add_error("value", str(fault))
            return cleaned
        same = Contact.objects.filter(unit=self.instance.unit, channel=channel, value=cleaned["value"])
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("value", _("Kontak ini sudah ada di daftar."))
            return cleaned
        try:
            check_office_number(
                Contact(pk=self.instance.pk, value=cleaned["value"], is_personal=cleaned["is_personal"])
            )
        except StaysPersonal as refusal:
            self.add_error("is_personal", str(refusal))
        return cleaned

    def _post_clean(self) -> None:
        # The model's check of the value was made above; made twice it would tell the same fault twice.
        self.instance = construct_instance(self, self.instance, self._meta.fields)

    def save_for(self, by: User) -> Contact:
        save_contact(self.instance, by=by)
        return self.instance


class ConsentForm(forms.Form):
    holder = forms.ChoiceField(
        label=_("Nomor ini milik"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih pemilik nomornya.")},
    )
    other_holder = forms.CharField(
        label=_("Nama pemilik nomor"),
        max_length=120,
        required=False,
        help_text=_("Isi bila bukan milik pimpinan di atas."),
    )
    given_on = forms.DateField(
        label=_("Disetujui tanggal"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    has_agreed = forms.BooleanField(
        label=_("Pemilik nomor setuju nomornya tampil di halaman dan poster"),
        help_text=_("Persetujuan dapat dicabut kapan saja; nomor langsung hilang."),
        error_messages={"required": _("Tanyakan dulu kepada pemilik nomor, lalu beri tanda di sini.")},
    )

    def __init__(self, *args, contact: Contact, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.contact = contact
        self.leaders = {
            str(leader.pk): leader for leader in contact.unit.leaders.all() if not leader.is_vacant
        }
        self.fields["holder"].choices = [
            *((pk, f"{leader.name} ({leader.title})") for pk, leader in self.leaders.items()),
            (SOMEBODY_ELSE, _("Orang lain")),
        ]

    def clean_given_on(self):
        day = self.cleaned_data["given_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Tanggal ini belum tiba."))
        return day

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("holder") == SOMEBODY_ELSE and not cleaned.get("other_holder", "").strip():
            self.add_error("other_holder", _("Sebutkan nama pemilik nomor."))
        return cleaned

    def save_for(self, by: User) -> Consent:
        """Raises NotPersonal."""
        chosen = self.cleaned_data["holder"]
        holder = self.leaders.get(chosen) or self.cleaned_data["other_holder"].strip()
        return record_consent(self.contact, holder, self.cleaned_data["given_on"], by)


class LeaderForm(forms.ModelForm):
    is_same_person = forms.BooleanField(
        label=_("Orangnya sama, hanya penulisan namanya yang dibetulkan"),
        help_text=_(
            "Tanpa tanda ini, nama baru berarti pejabat baru: foto dan nomor pribadi pejabat lama dihapus."
        ),
        required=False,
    )
    new_photo = forms.FileField(
        label=_("Foto"),
        help_text=_("JPG, PNG, atau WebP, paling besar 10 MB. Langsung tampil setelah disimpan."),
        required=False,
        widget=forms.FileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp", "data-largest": 10 * 1024 * 1024}
        ),
    )
    without_photo = forms.BooleanField(label=_("Hapus foto yang sekarang"), required=False)

    class Meta:
        model = Leader
        fields = ("office", "name", "standing")
        widgets = {"standing": forms.RadioSelect}
        error_messages = {"office": {"required": _("Isi nama jabatannya, misalnya Camat Kapas.")}}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.photo_id:
            del self.fields["without_photo"]
        if not self.instance.pk or self.instance.is_vacant:
            del self.fields["is_same_person"]

    def clean_new_photo(self) -> bytes | None:
        upload = self.cleaned_data["new_photo"]
        if not upload:
            return None
        try:
            return paint_anew(upload)
        except ContactRefusal as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("new_photo") and not cleaned.get("name"):
            self.add_error("new_photo", _("Jabatan kosong tidak memakai foto. Isi namanya dulu."))
        return cleaned

    def save_for(self, by: User) -> Leader:
        change_leader(
            self.instance,
            by=by,
            name=self.cleaned_data["name"],
            office=self.cleaned_data["office"],
            standing=self.cleaned_data["standing"],
            is_same_person=self.cleaned_data.get("is_same_person", False),
        )
        if self.cleaned_data.get("new_photo"):
            show_portrait(self.instance, self.cleaned_data["new_photo"], by=by)
        elif self.cleaned_data.get("without_photo"):
            remove_portrait(self.instance)
        return self.instance
