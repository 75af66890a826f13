"""The form at /lapor/: what a citizen tells, checked, and turned into a Report."""

import secrets

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import HintedRadio, MailField, PhoneField
from cases.forms.held_photos import HoldingForm
from cases.forms.submission import submission_key
from cases.models import IdentityMode
from cases.selectors.places import Places
from cases.services.receipt import Identity
from opd_pages.models import Level, Unit

from ..models import Category, ReportClass
from ..services.receiving import Report

SHORTEST, LONGEST = 10, 4000


class ClassRadio(HintedRadio):
    hints = {
        ReportClass.COMPLAINT: _("Ada yang rusak, salah, atau tidak dilayani."),
        ReportClass.ASPIRATION: _("Usul atau harapan."),
        ReportClass.INFORMATION: _("Anda ingin mengetahui sesuatu dari pemerintah."),
        ReportClass.WHISTLEBLOWING: _(
            "Diteruskan kepada inspektorat; kantor yang dilaporkan tidak melihatnya."
        ),
    }


class IdentityRadio(HintedRadio):
    hints = {
        IdentityMode.NAMED: _("Nama Anda tidak pernah ditampilkan kepada umum."),
        IdentityMode.ANONYMOUS: _(
            "Petugas yang menangani tidak melihat nama dan nomor Anda. Hanya koordinator kabupaten yang dapat "
            "membukanya, dengan alasan yang dicatat."
        ),
        IdentityMode.NONE: _(
            "Kami tidak menyimpan nama dan nomor Anda. Simpan baik-baik kode akses, karena kami tidak dapat "
            "mengirimkannya lagi."
        ),
    }


class ReportForm(HoldingForm):
    field_order = ("words", "photos")

    addressed_to = forms.CharField(widget=forms.HiddenInput, required=False)
    words = forms.CharField(
        label=_("Ceritakan apa yang terjadi"),
        help_text=_("Tulis seperti Anda bercerita kepada tetangga; tidak perlu bahasa resmi."),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={
            "required": _("Tuliskan apa yang terjadi."),
            "min_length": _("Ceritakan sedikit lebih banyak, supaya petugas mengerti."),
        },
    )
    use_photo_location = forms.BooleanField(
        label=_("Pakai lokasi dari foto"),
        required=False,
        help_text=_("Bila foto menyimpan tempat pengambilannya. Hanya petugas yang melihatnya."),
    )
    district = forms.ChoiceField(label=_("Kecamatan"), required=False)
    village = forms.ChoiceField(label=_("Desa atau kelurahan"), required=False)
    landmark = forms.CharField(
        label=_("Patokan"),
        required=False,
        max_length=200,
        help_text=_("Misalnya “depan SDN 2, sebelah selatan jembatan”."),
    )
    category = forms.ModelChoiceField(
        label=_("Tentang apa"),
        queryset=Category.objects.filter(is_active=True),
        required=False,
        empty_label=_("Belum tahu"),
        # The office's own words, in every language of the interface.
        widget=forms.Select(attrs={"lang": "id"}),
    )
    report_class = forms.ChoiceField(
        label=_("Jenis laporan"), choices=ReportClass, widget=ClassRadio, initial=ReportClass.COMPLAINT
    )
    is_about_officer = forms.ChoiceField(
        label=_("Apakah ini tentang petugas atau kantor?"),
        help_text=_("Bila ya, laporan tidak dikirim kepada kantor itu, tetapi kepada yang mengawasinya."),
        # No answer is chosen beforehand: the wrong one would send the report to whom it accuses.
        choices=[("no", _("Tidak")), ("yes", _("Ya"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih Tidak atau Ya, supaya laporan sampai kepada yang tepat.")},
    )
    accused = forms.ChoiceField(
        label=_("Kantor yang dimaksud"), required=False, help_text=_("Bila jawaban Anda Ya, pilih kantornya.")
    )
    identity_mode = forms.ChoiceField(
        label=_("Nama Anda"), choices=IdentityMode, widget=IdentityRadio, initial=IdentityMode.NAMED
    )
    name = forms.CharField(
        label=_("Nama"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(required=False)
    email = MailField(required=False)
    is_secret = forms.BooleanField(
        label=_("Rahasia"), required=False, help_text=_("Laporan ini tidak ditampilkan kepada umum.")
    )
    is_vulnerable = forms.BooleanField(
        label=_("Menyangkut anak, lansia, penyandang disabilitas, atau korban kekerasan"),
        required=False,
        help_text=_("Laporan seperti ini didahulukan."),
    )

    def __init__(self, *args, places: Places, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        self.fields["district"].choices = [("", _("Pilih kecamatan")), *places.district_choices]
        self.fields["village"].choices = [("", _("Pilih desa")), *places.village_choices]
        self.fields["village"].widget.attrs["data-within"] = self["district"].auto_id
        self.fields["accused"].choices = [("", _("Pilih kantor")), *places.office_choices]
        if not self.is_bound:
            self.fields["submission_key"].initial = secrets.token_urlsafe(24)

    def clean_addressed_to(self) -> Unit | None:
        return self.places.by_short_code(self.cleaned_data["addressed_to"])

    def clean(self) -> dict:
        cleaned = super().clean()
        district, village = cleaned.get("district"), cleaned.get("village")
        if village and district and not self.places.is_within(village, district):
            self.add_error("village", __("Desa ini tidak berada di kecamatan yang dipilih."))
        if cleaned.get("is_about_officer") == "yes" and not (
            cleaned.get("accused") or cleaned.get("addressed_to")
        ):
            self.add_error(
                "accused", __("Pilih kantor yang dimaksud, supaya laporan tidak dikirim kepadanya.")
            )
        if cleaned.get("is_about_officer") == "no" and cleaned.get("accused"):
            self.add_error(
                "is_about_officer",
                __(
                    "Anda memilih kantor yang dimaksud. Jawab Ya supaya laporan tidak dikirim kepadanya, "
                    "atau kosongkan pilihan kantor."
                ),
            )
        if cleaned.get("identity_mode") == IdentityMode.NONE:
            self._forget_identity(cleaned)
        elif cleaned.get("identity_mode"):
            self._want_identity(cleaned)
        return cleaned

    def _forget_identity(self, cleaned: dict) -> None:
        """Whatever was typed before choosing to stay unknown is neither kept nor judged."""
        for name in ("name", "phone", "email"):
            cleaned[name] = ""
            self.errors.pop(name, None)

    def _want_identity(self, cleaned: dict) -> None:
        if not cleaned.get("name"):
            self.add_error("name", __("Tulis nama Anda, atau pilih tanpa identitas."))
        self._must_be_reachable(cleaned)

    def _must_be_reachable(self, cleaned: dict) -> None:
        reachable = cleaned.get("phone") or cleaned.get("email")
        if not reachable and not {"phone", "email"} & set(self.errors):
            self.add_error("phone", __("Tulis nomor HP atau surel, supaya kami dapat mengabari Anda."))

    def report(self) -> Report:
        """The report that the valid form tells."""
        return self._report(addressed_to=self.cleaned_data["addressed_to"])

    @staticmethod
    def where(unit: Unit) -> dict[str, str]:
        """The fields of the place, filled with a unit's own kecamatan and desa."""
        if unit.kind.level == Level.DISTRICT:
            return {"district": str(unit.pk)}
        if unit.kind.level == Level.VILLAGE:
            return {"district": str(unit.parent_id), "village": str(unit.pk)}
        return {}

    def _report(self, *, addressed_to: Unit | None, **more) -> Report:
        cleaned = self.cleaned_data
        identity = Identity(
            IdentityMode(cleaned["identity_mode"]), cleaned["name"], cleaned["phone"], cleaned["email"]
        )
        village = self.places.get(cleaned["village"])
        accused = None
        if cleaned["is_about_officer"] == "yes" or cleaned["report_class"] == ReportClass.WHISTLEBLOWING:
            accused = self.places.get(cleaned["accused"]) or cleaned.get("addressed_to")
        locations = [image.location for image in cleaned["photos"] if image.location]
        return Report(
            words=cleaned["words"],
            identity=identity,
            report_class=cleaned["report_class"],
            addressed_to=addressed_to,
            accused=accused,
            category=cleaned["category"],
            district=self.places.get(cleaned["district"]) or (village.parent if village else None),
            village=village,
            landmark=cleaned["landmark"],
            location=locations[0] if locations and cleaned["use_photo_location"] else None,
            images=cleaned["photos"],
            is_secret=cleaned["is_secret"],
            is_vulnerable=cleaned["is_vulnerable"],
            submission_key=submission_key(type(self), self.data, self.files),
            **more,
        )
