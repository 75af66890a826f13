"""The form of a request for information: at /ppid/permohonan/ for anyone, and at the counter for an officer."""

import re
import secrets

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from cases.forms.counter import ReceivedForm
from cases.forms.fields import HintedRadio, MailField, PhoneField
from cases.forms.held_photos import HoldingForm
from cases.forms.photos import PhotosField
from cases.forms.submission import submission_key
from cases.models import IdentityMode
from cases.selectors.places import Places
from cases.services.receipt import Identity
from opd_pages.models import Unit

from ..models import ApplicantKind, Channel, Delivery, Obtaining
from ..services.receiving import Request

SHORTEST, LONGEST = 10, 4000
NIK = re.compile(r"[0-9]{16}")


def clean_id_number(kind: str, typed: str) -> str:
    """A NIK without the spaces people type; the number of a deed as it stands. Raises ValidationError."""
    if kind != ApplicantKind.PERSON:
        return typed
    digits = re.sub(r"[\s.-]", "", typed)
    if not NIK.fullmatch(digits):
        raise forms.ValidationError(__("NIK terdiri atas 16 angka. Periksa kembali pada KTP Anda."))
    return digits


class ObtainingRadio(HintedRadio):
    hints = {
        Obtaining.SEEING: _("Anda datang ke kantor. Tidak dipungut biaya."),
        Obtaining.HARD_COPY: _("Biaya penyalinan, bila ada, diberitahukan lebih dahulu."),
    }


class AskingForm(HoldingForm):
    """What is asked for, by whom, and how it should come. No copy of an identity card is wanted."""

    words = forms.CharField(
        label=_("Informasi yang Anda perlukan"),
        help_text=_("Sebutkan sejelas mungkin, misalnya tahun, tempat, atau nama kegiatannya."),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": _("Tuliskan informasi yang Anda perlukan."),
            "min_length": _("Jelaskan sedikit lebih banyak, supaya petugas mengerti."),
        },
    )
    purpose = forms.CharField(
        label=_("Tujuan penggunaan informasi"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Tuliskan tujuan penggunaan informasi.")},
    )
    body = forms.ChoiceField(label=_("Ditujukan kepada"), required=False)
    obtaining = forms.ChoiceField(
        label=_("Cara memperoleh informasi"),
        choices=Obtaining,
        widget=ObtainingRadio,
        initial=Obtaining.SOFT_COPY,
        error_messages={"required": _("Pilih cara memperoleh informasi.")},
    )
    delivery = forms.ChoiceField(
        label=_("Cara mendapatkan salinan"),
        choices=Delivery,
        widget=forms.RadioSelect,
        required=False,
        initial=Delivery.EMAIL,
    )
    applicant_kind = forms.ChoiceField(
        label=_("Pemohon"), choices=ApplicantKind, widget=forms.RadioSelect, initial=ApplicantKind.PERSON
    )
    name = forms.CharField(
        label=_("Nama"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Tulis nama pemohon.")},
    )
    id_number = forms.CharField(
        label=_("NIK, atau nomor akta badan hukum"),
        help_text=_("Disimpan terenkripsi dan tidak ditampilkan kepada umum. Salinan KTP tidak diperlukan."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Tulis NIK, atau nomor akta bila pemohon badan hukum.")},
    )
    address = forms.CharField(
        label=_("Alamat"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "street-address"}),
        error_messages={"required": _("Tulis alamat pemohon.")},
    )
    phone = PhoneField(required=False)
    email = MailField(required=False)
    occupation = forms.CharField(label=_("Pekerjaan"), max_length=80, required=False)
    is_proxy = forms.BooleanField(label=_("Saya memohon atas nama orang lain"), required=False)
    represented = forms.CharField(label=_("Nama pemberi kuasa"), max_length=120, required=False)
    photos = PhotosField(label=_("Foto surat kuasa"))

    def __init__(self, *args, places: Places, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        self.fields["body"].choices = [("", _("PPID utama kabupaten")), *places.office_choices]
        if not self.is_bound:
            self.fields["submission_key"].initial = secrets.token_urlsafe(24)

    def clean_body(self) -> Unit | None:
        return self.places.get(self.cleaned_data["body"])

    def clean(self) -> dict:
        cleaned = super().clean()
        self._check_id_number(cleaned)
        self._check_way(cleaned)
        if cleaned.get("is_proxy"):
            if not cleaned.get("represented"):
                self.add_error("represented", __("Tulis nama yang memberi kuasa."))
            if not cleaned.get("photos") and "photos" not in self.errors:
                self.add_error("photos", __("Sertakan foto surat kuasa."))
        return cleaned

    def _check_id_number(self, cleaned: dict) -> None:
        if not (cleaned.get("applicant_kind") and cleaned.get("id_number")):
            return
        try:
            cleaned["id_number"] = clean_id_number(cleaned["applicant_kind"], cleaned["id_number"])
        except forms.ValidationError as fault:
            self.add_error("id_number", fault)

    def _check_way(self, cleaned: dict) -> None:
        if cleaned.get("obtaining") == Obtaining.SEEING:
            cleaned["delivery"] = ""
        elif cleaned.get("obtaining") and not cleaned.get("delivery") and "delivery" not in self.errors:
            self.add_error("delivery", __("Pilih cara mendapatkan salinan."))
        if (
            cleaned.get("delivery") == Delivery.EMAIL
            and not cleaned.get("email")
            and "email" not in self.errors
        ):
            self.add_error("email", __("Tulis surel Anda, supaya salinan dapat dikirim ke sana."))

    def _request(self, **more) -> Request:
        cleaned = self.cleaned_data
        is_proxy = cleaned["is_proxy"]
        return Request(
            words=cleaned["words"],
            identity=Identity(IdentityMode.NAMED, cleaned["name"], cleaned["phone"], cleaned["email"]),
            applicant_kind=cleaned["applicant_kind"],
            id_number=cleaned["id_number"],
            address=cleaned["address"],
            occupation=cleaned["occupation"],
            represented=cleaned["represented"] if is_proxy else "",
            purpose=cleaned["purpose"],
            obtaining=cleaned["obtaining"],
            delivery=cleaned["delivery"],
            body=cleaned["body"],
            images=cleaned["photos"] if is_proxy else [],
            submission_key=submission_key(type(self), self.data, self.files),
            **more,
        )


class RequestForm(AskingForm):
    """At /ppid/permohonan/: who asks from afar must be reachable."""

    def clean(self) -> dict:
        cleaned = super().clean()
        reachable = cleaned.get("phone") or cleaned.get("email")
        if not reachable and not {"phone", "email"} & set(self.errors):
            self.add_error("phone", __("Tulis nomor HP atau surel, supaya kami dapat mengabari Anda."))
        return cleaned

    def request(self) -> Request:
        """The request that the valid form tells."""
        return self._request()


class CounterForm(ReceivedForm, AskingForm):
    """What an applicant says or hands in at an office, with the day and hour at which they did."""

    channel = forms.ChoiceField(
        label=_("Permohonan disampaikan"),
        choices=[
            (channel.value, channel.label) for channel in (Channel.COUNTER, Channel.PHONE, Channel.LETTER)
        ],
        widget=forms.RadioSelect,
        initial=Channel.COUNTER,
    )

    def __init__(self, *args, units: list[Unit], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = [(str(unit.pk), unit.place_name) for unit in units]
        self.fields["body"].label = _("Diterima oleh")
        self.fields["body"].required = True
        self.fields["words"].label = _("Informasi yang diminta")
        self.fields["is_proxy"].label = _("Pemohon mewakili orang lain")
        self.fields["delivery"].initial = Delivery.IN_PERSON

    def request(self) -> Request:
        cleaned = self.cleaned_data
        return self._request(channel=cleaned["channel"], received_at=cleaned["received_at"])
