"""What is asked at the first start, and what counts as an answer."""

import base64

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from home.models import PortalSettings
from home.models.portal import LONGEST_HOTLINE_NAME, MOST_HOTLINES, hotline_number

# bytes; carried by a page from its preview to its import. The villages of a kabupaten take a tenth of it.
LARGEST_LIST = 1024 * 1024

MAIL_ADDRESS = dict.fromkeys(
    ["required", "invalid"], _("Tulis alamat surel lengkap, misalnya siti@contoh.go.id.")
)


class HotlinesField(forms.CharField):
    """`Nama=Nomor`, several with a semicolon between. Cleans to [(name, number)]."""

    def to_python(self, value: str) -> list[tuple[str, str]]:
        return [self._hotline(part) for part in super().to_python(value).split(";") if part.strip()]

    def validate(self, value: list) -> None:
        super().validate(value)
        if len(value) > MOST_HOTLINES:
            raise ValidationError(_("Paling banyak %s nomor penting.") % MOST_HOTLINES)

    def _hotline(self, part: str) -> tuple[str, str]:
        label, _sign, number = (piece.strip() for piece in part.partition("="))
        if not label or len(label) > LONGEST_HOTLINE_NAME or not hotline_number.regex.match(number):
            raise ValidationError(
                _('"%s" belum lengkap. Tulis nama, tanda sama dengan, lalu nomor, misalnya Darurat=112.')
                % part.strip()
            )
        return label, number


class IdentityForm(forms.ModelForm):
    hotlines = HotlinesField(label=_("nomor penting, ditulis Nama=Nomor; Nama=Nomor"), required=False)

    class Meta:
        model = PortalSettings
        fields = ["region_name", "tagline", "slogan", "primary_color", "accent_color"]

    def clean_region_name(self) -> str:
        name = " ".join(self.cleaned_data["region_name"].split())
        if name == PortalSettings._meta.get_field("region_name").default:
            raise ValidationError(_("Tulis nama lengkapnya, misalnya Kabupaten Bojonegoro."))
        return name

    def save(self, commit: bool = True) -> PortalSettings:
        self.instance.hotlines = [
            ("hotline", {"label": label, "number": number}) for label, number in self.cleaned_data["hotlines"]
        ]
        return super().save(commit)


class RegionForm(forms.Form):
    """The kabupaten itself, where no list of units brings it."""

    region_code = forms.RegexField(
        r"^[0-9]{2}\.[0-9]{2}$",
        label=_("kode wilayah kabupaten atau kota, misalnya 35.22"),
        error_messages=dict.fromkeys(
            ["required", "invalid"], _("Tulis empat angka dengan titik di tengah, misalnya 35.22.")
        ),
    )


class AdministratorForm(forms.ModelForm):
    """A new administrator."""

    email = forms.EmailField(error_messages=MAIL_ADDRESS)
    password = forms.CharField(strip=False, error_messages={"required": _("Kata sandi belum diisi.")})

    class Meta:
        model = get_user_model()
        fields = ["username", "first_name"]
        error_messages = {"username": {"required": _("Tulis nama penggunanya, misalnya siti.rahma.")}}

    def clean_password(self) -> str:
        known = {name: self.cleaned_data.get(name, "") for name in ("username", "first_name", "email")}
        validate_password(self.cleaned_data["password"], get_user_model()(**known))
        return self.cleaned_data["password"]


class UnitListForm(forms.Form):
    """A list of units, to be looked at before it is taken. Cleans to {"file": bytes}."""

    file = forms.FileField(
        label=_("Berkas CSV"),
        help_text=_("Judul kolom: kode, nama, jenis, kode_induk, kode_singkat, situs, alamat, telepon."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": _("Pilih berkasnya."), "empty": _("Berkas ini kosong.")},
    )

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_LIST:
            raise ValidationError(_("Berkas lebih besar dari 1 MB. Bagi menjadi beberapa berkas."))
        return file.read()


class SeenListForm(forms.Form):
    """The same list once it was looked at, carried by the page itself. Cleans to {"file": bytes}."""

    file = forms.CharField(widget=forms.HiddenInput)

    @staticmethod
    def carried(content: bytes) -> str:
        return base64.b64encode(content).decode()

    def clean_file(self) -> bytes:
        try:
            return base64.b64decode(self.cleaned_data["file"], validate=True)
        except ValueError:
            raise ValidationError(_("Berkasnya tidak terbawa utuh. Unggah sekali lagi.")) from None


class MailTestForm(forms.Form):
    address = forms.EmailField(label=_("Alamat surel"), error_messages=MAIL_ADDRESS)


class MailCodeForm(forms.Form):
    code = forms.CharField(
        label=_("Kode dari surel uji"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Ketik kode yang ada di surel uji.")},
    )
