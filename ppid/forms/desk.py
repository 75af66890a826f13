"""The forms behind the desk's buttons. Each cleans to the keyword arguments of its verb."""

from django import forms
from django.db.models import Q
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from cases.actions import ActionForm
from cases.forms.actions import TEXT
from cases.forms.documents import DocumentsField
from cases.models import CaseFile
from opd_pages.forms.fields import UnitField
from opd_pages.models import Leader, Level, Unit

from ..models import ConsequenceTest, Decision, ExclusionGround
from ..models.notice import GIVING, REFUSING
from ..selectors.enclosures import drafted_enclosures

SHORT = {"max_length": 200}
DAY = {
    "widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    "error_messages": {"invalid": _("Tulis tanggal seperti 24-11-2026.")},
}


class AssignForm(ActionForm):
    unit = UnitField(
        label=_("Dijawab oleh"),
        required=False,
        empty_label=_("PPID kantor ini"),
        help_text=_("Pilih kantor lain bila informasinya dikuasai kantor itu."),
    )
    note = forms.CharField(label=_("Catatan untuk PPID"), required=False, **TEXT)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        here = self.case.responsible_unit_id
        offices = Unit.objects.current().filter(
            ~Q(kind__level__in=[Level.VILLAGE, Level.PARTNER]) | Q(kind__level=Level.VILLAGE, parent=here)
        )
        self.fields["unit"].offer(offices.exclude(pk=here))


class MissingForm(ActionForm):
    missing = forms.CharField(label=_("Apa yang perlu dilengkapi pemohon?"), **TEXT)


class ConsequenceTestForm(ActionForm):
    number = forms.CharField(label=_("Nomor uji konsekuensi"), max_length=80)
    information = forms.CharField(
        label=_("Informasi yang diuji"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    ground = forms.ModelChoiceField(
        label=_("Alasan pengecualian"), queryset=ExclusionGround.objects.all(), empty_label=_("Pilih alasan")
    )
    legal_basis = forms.CharField(label=_("Dasar hukum"), max_length=300)
    if_opened = forms.CharField(
        label=_("Akibat bila dibuka"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    if_closed = forms.CharField(
        label=_("Manfaat bila ditutup"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    closed_until = forms.DateField(
        label=_("Ditutup sampai"),
        required=False,
        help_text=_("Huruf a sampai f tidak berlaku selamanya."),
        **DAY,
    )
    decided_by = forms.CharField(
        label=_("Pejabat yang menetapkan"), help_text=_("Nama dan jabatan."), max_length=160
    )
    decided_on = forms.DateField(label=_("Ditetapkan tanggal"), **DAY)

    def clean(self) -> dict:
        cleaned = super().clean()
        decided, until, ground = (cleaned.get(name) for name in ("decided_on", "closed_until", "ground"))
        if decided and decided > timezone.localdate():
            self.add_error("decided_on", __("Uji konsekuensi dicatat sesudah ditetapkan."))
        if decided and until and until < decided:
            self.add_error("closed_until", __("Tanggal ini mendahului tanggal penetapan."))
        elif until and until < timezone.localdate():
            self.add_error("closed_until", __("Masa penutupan ini sudah lewat; informasinya terbuka."))
        if ground and not ground.is_permanent and not until and "closed_until" not in self.errors:
            self.add_error(
                "closed_until", __("Alasan ini tidak berlaku selamanya. Tulis sampai kapan ditutup.")
            )
        return cleaned


class EnclosuresField(forms.ModelMultipleChoiceField):
    """Documents by kind, size and when they came: they have no names of their own."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, file: CaseFile) -> str:
        words = {
            "kind": file.extension[1:].upper(),
            "size": filesizeformat(file.size),
            "when": date_format(timezone.localtime(file.event.at), "j F, H.i"),
        }
        return __("Dokumen %(kind)s, %(size)s, dilampirkan %(when)s") % words


class NoticeForm(ActionForm):
    """The seven parts of UU 14/2008 Ps 22(7). Where scripts run, a field stands there only for the decision that calls
    for it.
    """

    decision = forms.ChoiceField(label=_("Keputusan"), choices=Decision, widget=forms.RadioSelect)
    held_by = forms.CharField(label=_("Badan publik yang menguasai, bila diketahui"), required=False, **SHORT)
    consequence_test = forms.ModelChoiceField(
        label=_("Uji konsekuensi"),
        help_text=_("Penolakan memerlukan uji konsekuensi. Bila belum ada, catat lebih dahulu."),
        queryset=ConsequenceTest.objects.none(),
        required=False,
        empty_label=_("Pilih uji konsekuensi"),
    )
    material = forms.CharField(
        label=_("Informasi yang diberikan"),
        required=False,
        help_text=_("Sebutkan dokumen, atau tuliskan jawabannya."),
        **TEXT,
    )
    redactions = forms.CharField(label=_("Bagian yang dihitamkan dan alasannya"), required=False, **TEXT)
    medium = forms.CharField(
        label=_("Media dan format"),
        required=False,
        help_text=_("Misalnya berkas PDF melalui surel."),
        **SHORT,
    )
    documents = DocumentsField(label=_("Dokumen yang diberikan"))
    without = EnclosuresField(
        label=_("Jangan sertakan lagi"),
        help_text=_("Dokumen ini sudah ada dalam rancangan. Centang yang tidak jadi diberikan."),
        queryset=CaseFile.objects.none(),
        required=False,
    )
    fee = forms.IntegerField(
        label=_("Biaya, dalam rupiah"), required=False, min_value=0, max_value=1_000_000_000
    )
    payment = forms.CharField(label=_("Cara pembayaran"), required=False, **SHORT)
    reason = forms.CharField(label=_("Penjelasan kepada pemohon"), required=False, **TEXT)

    NEEDED = {
        "consequence_test": (REFUSING, _("Pilih uji konsekuensi yang mendasari penolakan.")),
        "material": (GIVING, _("Sebutkan informasi yang diberikan.")),
        "redactions": (
            (Decision.PARTIALLY_GRANTED,),
            _("Sebutkan bagian yang tidak diberikan dan alasannya."),
        ),
        "medium": (GIVING, _("Sebutkan media dan formatnya.")),
    }
    SHOWN = {
        "held_by": (Decision.NOT_HELD,),
        "consequence_test": REFUSING,
        "material": GIVING,
        "redactions": (Decision.PARTIALLY_GRANTED,),
        "medium": GIVING,
        "documents": GIVING,
        "without": GIVING,
        "fee": GIVING,
        "payment": GIVING,
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        in_force = Q(closed_until=None) | Q(closed_until__gte=timezone.localdate())
        above = [int(pk) for pk in self.case.lineage.strip("/").split("/")]
        tests = ConsequenceTest.objects.filter(in_force, unit__in=above)
        tests = tests.filter(Q(case=None) | Q(case__is_demo=self.case.is_demo))
        self.fields["consequence_test"].queryset = tests.select_related("ground")
        for name, decisions in self.SHOWN.items():
            self.fields[name].shown_when = ("decision", " ".join(decisions))
        enclosed = drafted_enclosures(self.case).select_related("event")
        self.fields["without"].queryset = enclosed
        if draft := self.case.notices.first():
            for name in self.fields.keys() - {"documents", "without"}:
                self.fields[name].initial = getattr(draft, name)
        if not enclosed:
            del self.fields["without"]

    def clean(self) -> dict:
        cleaned = super().clean()
        for name, (decisions, advice) in self.NEEDED.items():
            if cleaned.get("decision") in decisions and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, advice)
        if (
            cleaned.get("documents")
            and cleaned.get("decision") not in GIVING
            and "decision" not in self.errors
        ):
            self.add_error("documents", __("Dokumen hanya menyertai informasi yang diberikan."))
        cleaned["fee"] = cleaned.get("fee") or 0
        if cleaned["fee"] and not cleaned.get("payment") and "payment" not in self.errors:
            self.add_error("payment", __("Sebutkan cara pembayarannya."))
        return cleaned


class IssueForm(ActionForm):
    letter_number = forms.CharField(
        label=_("Nomor surat"), help_text=_("Nomor dari buku agenda kantor Anda."), max_length=80
    )
    signer = forms.CharField(label=_("Nama penanda tangan"), max_length=120)
    signer_office = forms.CharField(label=_("Jabatan penanda tangan"), max_length=120)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        leader = Leader.objects.filter(unit=self.case.responsible_unit_id).first()
        if leader and not leader.is_vacant:
            self.fields["signer"].initial, self.fields["signer_office"].initial = leader.name, leader.title


class HandOverForm(ActionForm):
    how = forms.CharField(label=_("Kepada siapa dan bagaimana diserahkan"), **TEXT)
    documents = DocumentsField(label=_("Dokumen yang diserahkan lewat halaman lacak"))
