"""The forms behind the desk's buttons. Each cleans to the keyword arguments of its verb."""

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from cases.actions import ActionForm
from cases.forms.actions import TEXT, ReasonForm
from cases.forms.documents import DocumentsField
from cases.forms.photos import PhotosField
from cases.forms.public_photos import offer_public_photos
from cases.forms.public_words import PublicWordsForm
from cases.masking import masked
from cases.selectors.personal_data import personal_data_in
from opd_pages.models import Level, Role, Section, Unit

from ..guards import latest_answer
from ..models import Outcome, Satisfaction
from ..services.desk import why_not_shown

TOLD_HOW = [
    ("langsung", _("bertemu langsung")),
    ("telepon", _("telepon")),
    ("pesan", _("pesan singkat atau WhatsApp")),
]


class PublicCopyForm(PublicWordsForm):
    """Arrives with the report's own words, without the personal data that were found in them."""

    public_words = ("public_text", "public_answer")

    public_text = forms.CharField(
        label=_("Salinan untuk umum"),
        help_text=_("Tulis ulang tanpa nama, nomor, dan hal pribadi. Kosongkan untuk menariknya."),
        required=False,
        **TEXT,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        complaint = self.case.complaint
        self._propose("public_text", complaint.public_text, complaint.words)
        if answer := latest_answer(self.case):
            self.fields["public_answer"] = forms.CharField(
                label=_("Jawaban untuk umum"),
                help_text=_(
                    "Tulis tanpa nama, nomor, dan hal pribadi. Kosongkan bila tidak untuk ditampilkan."
                ),
                required=False,
                **TEXT,
            )
            self._propose("public_answer", answer.public_text, answer.text)
        offer_public_photos(self)
        self.ask_again()

    def _propose(self, name: str, published: str, original: str) -> None:
        """What is published already, or else the original masked, with what was masked."""
        field = self.fields[name]
        if published or self.is_bound:
            field.initial = published
            return
        spans = personal_data_in(original)
        field.initial = masked(original, spans)
        self.tell(
            name,
            __(
                "Sudah disamarkan: %s. Yang bukan milik pribadi boleh ditulis kembali. "
                "Nama orang tidak dikenali; baca sekali lagi."
            ),
            original,
            spans,
        )


class VerifyForm(PublicWordsForm):
    public_words = ("public_text",)

    told_head = forms.ChoiceField(
        label=_("Pimpinan sudah diberi tahu lewat"),
        choices=TOLD_HOW,
        widget=forms.RadioSelect,
        required=False,
    )
    is_urgent = forms.BooleanField(label=_("Mendesak"), required=False)
    public_text = forms.CharField(
        label=_("Salinan untuk umum"),
        help_text=_(
            "Tulis ulang tanpa nama, nomor, dan hal pribadi. Kosongkan bila tidak untuk ditampilkan."
        ),
        required=False,
        **TEXT,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if why_not_shown(self.case):
            del self.fields["public_text"]
        else:
            offer_public_photos(self)
            self.fields["public_text"].initial = self.case.complaint.public_text
            if not self.is_bound:
                words = self.case.complaint.words
                self.tell("public_text", __("Dalam laporan ini ada: %s."), words, personal_data_in(words))
        roles = self.actor.roles_on(self.case)
        # Kapas, step 1: whoever opens the desk tells the head directly; the head needs no telling.
        if self.case.complaint.desk_procedure.opens_twice and Role.HEAD not in roles:
            self.fields["told_head"].required = True
        else:
            del self.fields["told_head"]
        self.ask_again()

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.data.get(self.add_prefix("public_text")) and (reason := why_not_shown(self.case)):
            self.add_error(None, reason)
        return cleaned


class QuestionForm(ActionForm):
    question = forms.CharField(label=_("Apa yang perlu dijelaskan pelapor?"), **TEXT)


class DisposeForm(ActionForm):
    section = forms.ModelChoiceField(
        label=_("Kepada"), queryset=Section.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    instruction = forms.CharField(label=_("Perintah"), required=False, **TEXT)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].queryset = Section.objects.filter(unit=self.case.responsible_unit)


class FindingsForm(ActionForm):
    findings = forms.CharField(label=_("Temuan"), **TEXT)
    images = PhotosField(label=_("Foto temuan"))
    documents = DocumentsField(label=_("Dokumen temuan"))


class PostponeForm(ReasonForm):
    until = forms.DateField(
        label=_("Ditunda sampai"),
        help_text=_("Pada hari itu laporan dilanjutkan. Batas menurut peraturan tetap berjalan."),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Tulis tanggal seperti 24-11-2026.")},
    )


class DecisionForm(ActionForm):
    decision = forms.CharField(label=_("Tindak lanjut yang diputuskan"), **TEXT)


def offices_for(case) -> "forms.models.QuerySet":
    """Units a report can be passed on to: everyone above the desa, and the unit's own desa; never the accused."""
    upper = Unit.objects.current().exclude(kind__level__in=[Level.VILLAGE, Level.PARTNER])
    below = Unit.objects.current().filter(parent=case.responsible_unit)
    offices = (upper | below).exclude(pk__in=[case.responsible_unit_id, case.concerns_unit_id or 0])
    return offices.select_related("kind", "parent__kind").order_by("kind__order", "name")


class KeepFromForm(ActionForm):
    unit = forms.ModelChoiceField(
        label=_("Kantor yang dilaporkan"), queryset=Unit.objects.none(), empty_label=_("Pilih kantor")
    )
    reason = forms.CharField(label=_("Alasan"), **TEXT)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.current().exclude(kind__level=Level.PARTNER)
        self.fields["unit"].queryset = units.select_related("kind", "parent__kind").order_by(
            "kind__order", "name"
        )


class PassOnForm(ActionForm):
    unit = forms.ModelChoiceField(
        label=_("Kepada"), queryset=Unit.objects.none(), empty_label=_("Pilih unit")
    )
    reason = forms.CharField(label=_("Alasan, terbaca oleh pelapor"), **TEXT)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = offices_for(self.case)


class HandToPpidForm(ActionForm):
    note = forms.CharField(label=_("Penjelasan, terbaca oleh pelapor"), required=False, **TEXT)


class DraftForm(ActionForm):
    text = forms.CharField(
        label=_("Jawaban kepada pelapor"), max_length=4000, widget=forms.Textarea(attrs={"rows": 7})
    )
    outcome = forms.ChoiceField(label=_("Hasil"), choices=Outcome, widget=forms.RadioSelect)
    promised_until = forms.DateField(
        label=_("Dijanjikan selesai paling lambat"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Tulis tanggal seperti 24-11-2026.")},
    )
    passed_to = forms.ModelChoiceField(
        label=_("Diteruskan kepada"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("Pilih unit"),
    )
    documents = DocumentsField(label=_("Dokumen untuk pelapor"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passed_to"].queryset = offices_for(self.case)
        # Where scripts run, a field stands there only for the outcome that calls for it.
        self.fields["promised_until"].shown_when = ("outcome", Outcome.PROMISED)
        self.fields["passed_to"].shown_when = ("outcome", Outcome.PASSED_ON)

    def clean(self) -> dict:
        cleaned = super().clean()
        outcome = cleaned.get("outcome")
        if (
            outcome == Outcome.PROMISED
            and not cleaned.get("promised_until")
            and "promised_until" not in self.errors
        ):
            self.add_error("promised_until", __("Janji memerlukan tanggal."))
        if outcome == Outcome.PASSED_ON and not cleaned.get("passed_to"):
            self.add_error("passed_to", __("Pilih kepada siapa laporan diteruskan."))
        return cleaned


class CheckPromiseForm(ActionForm):
    is_kept = forms.TypedChoiceField(
        label=_("Hasil pemeriksaan"),
        choices=[("yes", _("Sudah ditepati")), ("no", _("Belum ditepati"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    findings = forms.CharField(label=_("Apa yang Anda lihat atau dengar dari pelapor?"), **TEXT)
    images = PhotosField(label=_("Foto bukti"))


class ReopeningForm(ActionForm):
    is_granted = forms.TypedChoiceField(
        label=_("Keputusan"),
        choices=[("yes", _("Dibuka kembali")), ("no", _("Tetap ditutup"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Alasan, terbaca oleh pelapor"), **TEXT)


class RatingForm(ActionForm):
    satisfaction = forms.TypedChoiceField(
        label=_("Seberapa puas Anda dengan jawaban ini?"),
        choices=Satisfaction,
        coerce=int,
        widget=forms.RadioSelect,
    )
    is_solved = forms.TypedChoiceField(
        label=_("Apakah jawaban ini menyelesaikan masalah Anda?"),
        choices=[("yes", _("Ya, sudah selesai")), ("no", _("Belum"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("Tambahan"), required=False, **TEXT)


class ReplyForm(ActionForm):
    words = forms.CharField(label=_("Balasan Anda"), **TEXT)
    images = PhotosField()


class SpokenReplyForm(ReplyForm):
    words = forms.CharField(label=_("Yang dikatakan pelapor"), **TEXT)
