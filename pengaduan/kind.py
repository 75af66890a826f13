"""What the shared desk, tracking page and messages are told about complaints."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.kinds import CaseKind
from cases.models import Case

from .actions import DESK_ACTIONS, REPORTER_ACTIONS
from .models import Complaint, DeskSettings
from .procedures import STEP_TITLES
from .services import lapses
from .workflow import COMPLAINT

EVENT_TITLES = {
    "received": _("Laporan masuk"),
    "head_told": _("Pimpinan diberi tahu ({how})"),
    "copy_published": _("Salinan untuk umum ditampilkan"),
    "copy_withdrawn": _("Salinan untuk umum ditarik"),
    "disposed": _("Diteruskan kepada {section}"),
    "disposition_returned": _("Perintah dikembalikan kepada pimpinan"),
    "findings_reported": _("Temuan dilaporkan"),
    "follow_up_decided": _("Tindak lanjut diputuskan"),
    "answer_drafted": _("Jawaban dirumuskan"),
    "draft_returned": _("Rumusan jawaban dikembalikan"),
    "promise_kept": _("Janji diperiksa dan sudah ditepati"),
    "passed_on": _("Diteruskan dari {from} ke {to}"),
    "unit_merged": _("{from} bergabung ke {to}; laporan ini ikut pindah"),
    "note": _("Catatan petugas"),
    "reporter_called": _("Pelapor ditelepon"),
    "reporter_replied": _("Pelapor menambah keterangan"),
    "rated": _("Tanggapan pelapor: {satisfaction}"),
    "identity_revealed": _("Identitas pelapor dilihat"),
    "deadline_moved": _("Batas waktu bergeser"),
    "overdue": _("Terlambat; pimpinan dan koordinator kabupaten diingatkan"),
}
INTERNAL_EVENTS = frozenset(
    {
        "head_told",
        "disposition_returned",
        "findings_reported",
        "follow_up_decided",
        "answer_drafted",
        "draft_returned",
        "note",
        "reporter_called",
        "identity_revealed",
        "copy_published",
        "copy_withdrawn",
    }
)


def summary(case: Case) -> Mapping[str, Any]:
    """The complaint with its place and words, the answer in force and the one that waits: 3 queries."""
    rows = Complaint.objects.select_related(
        "category", "district__kind", "village__kind", "village__parent__kind"
    )
    complaint = rows.get(case=case)
    case.complaint = complaint
    answers = list(case.answers.select_related("passed_to__kind", "approved_by", "drafted_by"))
    first = case.events.select_related("words").filter(seq=1).first()
    words = getattr(first, "words", None)
    return {
        "complaint": complaint,
        "words": words.text if words else "",
        "answer": next((answer for answer in answers if answer.approved_at), None),
        "pending_answer": next(
            (answer for answer in answers if not answer.approved_at and not answer.returned_at), None
        ),
    }


def on_duty(case: Case):
    """Who is told besides the desk when a promise lapses on a day off."""
    desk = DeskSettings.objects.select_related("on_duty").filter(unit=case.responsible_unit_id).first()
    return desk.on_duty if desk else None


COMPLAINTS = CaseKind(
    workflow=COMPLAINT,
    number_code="ADU",
    label=_("Pengaduan"),
    desk_template="pengaduan/desk_case.html",
    tracking_template="pengaduan/tracked.html",
    receipt_template="pengaduan/receipt.html",
    public_template="pengaduan/public.html",
    card_template="pengaduan/morning_card.html",
    summary=summary,
    step_titles=STEP_TITLES,
    event_titles=EVENT_TITLES,
    internal_events=INTERNAL_EVENTS,
    promised_steps=("answer", "promise"),
    actions=DESK_ACTIONS,
    reporter_actions=REPORTER_ACTIONS,
    on_lapse={"confirm": lapses.close_unconfirmed, "complete": lapses.deem_withdrawn},
    on_duty=on_duty,
)
