"""What the shared desk, tracking page and messages are told about complaints."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.kinds import CaseKind, MessageNeeds
from cases.models import Case, Erasable, EventWords
from cases.wording import OF_A_CASE, RECEIPT
from opd_pages.models import Role

from .actions import DESK_ACTIONS, REPORTER_ACTIONS
from .models import Answer, Complaint, DeskSettings
from .procedures import PROCEDURE_TITLES, STEP_TITLES
from .selectors.vouched import vouched
from .services import lapses, recounting
from .services.desk import take_copy_back
from .services.erasing import erase_words
from .workflow import COMPLAINT

EVENT_TITLES = {
    "received": _("Laporan masuk"),
    "head_told": _("Pimpinan diberi tahu ({how})"),
    "copy_published": _("Salinan untuk umum ditampilkan"),
    "copy_withdrawn": _("Salinan untuk umum ditarik"),
    "disposed": _("Diteruskan kepada {section}"),
    "disposed_spoken": _("Perintah lisan pimpinan: diteruskan kepada {section}"),
    "disposition_returned": _("Perintah dikembalikan kepada pimpinan"),
    "findings_reported": _("Temuan dilaporkan"),
    "follow_up_decided": _("Tindak lanjut diputuskan"),
    "answer_drafted": _("Jawaban dirumuskan"),
    "draft_returned": _("Rumusan jawaban dikembalikan"),
    "promise_kept": _("Janji diperiksa dan sudah ditepati"),
    "promise_not_kept": _("Janji diperiksa dan belum ditepati"),
    "passed_on": _("Diteruskan dari {from} ke {to}"),
    "goes_on_as": _("Dilanjutkan sebagai permohonan informasi {number}"),
    "unit_merged": _("{from} berakhir atau bergabung; laporan ini kini dipegang {to}"),
    "kept_from": _("Laporan ini tentang {unit}; tidak lagi dilihat oleh mereka"),
    "accused_cleared": _("Laporan ini ternyata bukan tentang {unit}"),
    "accused_merged": _(
        "{from} bergabung ke unit lain; laporan ini tetap tidak dilihat oleh yang dilaporkan"
    ),
    "step_readdressed": _("{step} kini menunggu {to}"),
    "note": _("Catatan petugas"),
    "reporter_called": _("Pelapor ditelepon"),
    "reporter_replied": _("Pelapor menambah keterangan"),
    "rated": _("Tanggapan pelapor: {satisfaction}"),
    "taken_over": _("Penanganan diambil alih"),
    "identity_revealed": _("Identitas pelapor dilihat"),
    "deadline_moved": _("Batas waktu bergeser: {step}"),
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
        "kept_from",
        "accused_cleared",
        "accused_merged",
        "step_readdressed",
        "note",
        "reporter_called",
        "taken_over",
        "identity_revealed",
        "copy_published",
        "copy_withdrawn",
    }
)


def summaries(cases: Sequence[Case]) -> dict[int, dict[str, Any]]:
    """By case: the complaint with its place, its words, the answer in force and the one that waits.

    3 queries, however many cases.
    """
    places = ("category", "district__kind", "village__kind", "village__parent__kind")
    complaints = Complaint.objects.select_related(*places).in_bulk([case.pk for case in cases])
    first_words = EventWords.objects.filter(event__case__in=cases, event__seq=1)
    words = dict(first_words.values_list("event__case_id", "text"))
    answers: dict[int, list[Answer]] = {}
    rows = Answer.objects.filter(case__in=cases).select_related(
        "passed_to__kind", "approved_by", "drafted_by"
    )
    for answer in rows.order_by("-pk"):
        answers.setdefault(answer.case_id, []).append(answer)
    found = {}
    for case in cases:
        case.complaint = complaints[case.pk]
        case.complaint.words = words.get(case.pk, "")
        given = answers.get(case.pk, [])
        found[case.pk] = {
            "complaint": case.complaint,
            "words": case.complaint.words,
            "answer": next((answer for answer in given if answer.approved_at), None),
            "pending_answer": next(
                (answer for answer in given if not answer.approved_at and not answer.returned_at), None
            ),
        }
    return found


def on_duty(case: Case):
    """Who is told besides the desk when a promise lapses on a day off."""
    desk = DeskSettings.objects.select_related("on_duty").filter(unit=case.responsible_unit_id).first()
    return desk.on_duty if desk else None


MESSAGE_NEEDS = {
    "complaint_clarify": MessageNeeds(frozenset({"needs_clarification"})),
    # Until the reporter has said something to the answer.
    "complaint_answered": MessageNeeds(frozenset({"answered", "closed_unconfirmed", "upheld"})),
    "complaint_withdrawn": MessageNeeds(frozenset({"withdrawn"})),
    "desk_withdrawn": MessageNeeds(frozenset({"withdrawn"})),
    "desk_promise_not_kept": MessageNeeds(frozenset({"answered"})),
    "desk_new_complaint": MessageNeeds(frozenset({"received"})),
}

OWN_MESSAGES = {
    "complaint_answered": OF_A_CASE,
    "complaint_clarify": OF_A_CASE,
    "complaint_received": RECEIPT,
    "complaint_status": OF_A_CASE,
    "complaint_withdrawn": OF_A_CASE,
    "desk_new_complaint": OF_A_CASE,
    "desk_promise_not_kept": OF_A_CASE,
    "desk_reply": OF_A_CASE,
    "desk_withdrawn": OF_A_CASE,
}

COMPLAINTS = CaseKind(
    workflow=COMPLAINT,
    number_code="ADU",
    label=_("Pengaduan"),
    desk_template="pengaduan/desk_case.html",
    tracking_template="pengaduan/tracked.html",
    receipt_template="pengaduan/receipt.html",
    noun=_("laporan"),
    person=_("pelapor"),
    public_template="pengaduan/public.html",
    card_template="pengaduan/morning_card.html",
    summaries=summaries,
    step_titles=STEP_TITLES,
    procedure_titles=PROCEDURE_TITLES,
    event_titles=EVENT_TITLES,
    internal_events=INTERNAL_EVENTS,
    promised_steps=("answer", "promise"),
    counter_route="record_report",
    counter_label=_("Catat laporan"),
    actions=DESK_ACTIONS,
    reporter_actions=REPORTER_ACTIONS,
    on_lapse={
        "confirm": lapses.close_unconfirmed,
        "complete": lapses.deem_withdrawn,
        "postponement": lapses.end_postponement,
    },
    recounts={"law": recounting.recount_law, "verify": recounting.recount_first_look},
    on_duty=on_duty,
    watched_by=Role.COORDINATOR,
    message_needs=MESSAGE_NEEDS,
    own_messages=OWN_MESSAGES,
    erasers={Erasable.WORDS: erase_words},
    take_copy_back=take_copy_back,
    vouched=vouched,
    copied={"answer_drafted": (Answer, "text")},
)
