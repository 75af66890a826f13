"""The forms behind the desk's buttons. Each cleans to the keyword arguments of its verb."""

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from cases.actions import ActionForm
from cases.forms.photos import PhotosField
from cases.models import CaseFile
from opd_pages.models import Level, Role, Section, Unit

from ..guards import latest_answer
from ..models import Outcome, Satisfaction

TEXT = {"max_length": 4000, "widget": forms.Textarea(attrs={"rows": 4})}
TOLD_HOW = [
    ("langsung", _("bertemu langsung")),
    ("telepon", _("telepon")),
    ("pesan", _("pesan singkat atau WhatsApp")),
]


class NoForm(ActionForm):
    """A button and nothing else."""


class PublicPhotosField(forms.ModelMultipleChoiceField):
    """Which of the reporter's photos anyone may see, each shown; none unless an officer has looked and ticked it."""

    def __init__(self, files: list[CaseFile]) -> None:
        self.numbers = {file.pk: number for number, file in enumerate(files, start=1)}
        super().__init__(
            CaseFile.objects.filter(pk__in=self.numbers),
            label=_("Foto yang boleh ditampilkan"),
            help_text=_("Hanya foto tanpa wajah, pelat nomor, atau surat pribadi."),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            initial=[file.pk for file in files if file.is_public],
        )

    def label_from_instance(self, file: CaseFile) -> str:
        name = __("Foto %(n)s") % {"n": self.numbers[file.pk]}
        address = reverse("case_file", args=[file.key])
        return format_html('{} <img src="{}" alt="" width="160" loading="lazy">', name, address)


def offer_photos(form: ActionForm) -> None:
    """Add the question about photos where the reporter sent any."""
    if files := list(CaseFile.objects.filter(case=form.case, by_reporter=True)):
        form.fields["public_photos"] = PublicPhotosField(files)


class PublicCopyForm(ActionForm):
    public_text = forms.CharField(
        label=_("Salinan untuk umum"),
        help_text=_("Tulis ulang tanpa nama, nomor, dan hal pribadi. Kosongkan untuk menariknya."),
        required=False,
        **TEXT,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["public_text"].initial = self.case.complaint.public_text
        if answer := latest_answer(self.case):
            self.fields["public_answer"] = forms.CharField(
                label=_("Jawaban untuk umum"),
                help_text=_(
                    "Tulis tanpa nama, nomor, dan hal pribadi. Kosongkan bila tidak untuk ditampilkan."
                ),
                required=False,
                initial=answer.public_text or answer.text,
                **TEXT,
            )
        offer_photos(self)


class VerifyForm(ActionForm):
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
        if self.case.is_secret:
            del self.fields["public_text"]
        else:
            offer_photos(self)
        roles = self.actor.roles_on(self.case)
        # Kapas, step 1: whoever opens the desk tells the head directly; the head needs no telling.
        if self.case.complaint.desk_procedure.opens_twice and Role.HEAD not in roles:
            self.fields["told_head"].required = True
        else:
            del self.fields["told_head"]


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


class ReasonForm(ActionForm):
    reason = forms.CharField(label=_("Alasan"), **TEXT)


class PostponeForm(ReasonForm):
    until = forms.DateField(
        label=_("Ditunda sampai"),
        help_text=_("Pada hari itu laporan dilanjutkan. Batas menurut peraturan tetap berjalan."),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": _("Tulis tanggal seperti 24-11-2026.")},
    )


class DecisionForm(ActionForm):
    decision = forms.CharField(label=_("Tindak lanjut yang diputuskan"), **TEXT)


class NoteForm(ActionForm):
    note = forms.CharField(label=_("Catatan"), **TEXT)


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
