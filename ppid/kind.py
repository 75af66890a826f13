"""What the shared desk, tracking page and messages are told about requests for information."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.kinds import CaseKind, MessageNeeds
from cases.models import Case, Erasable, EventWords
from cases.wording import OF_A_CASE, RECEIPT
from opd_pages.models import Role

from .actions import APPLICANT_ACTIONS, DESK_ACTIONS
from .models import Channel, InformationRequest, Notice
from .selectors.objections import objection_windows
from .selectors.vouched import vouched
from .services import lapses
from .services.erasing import erase_identity, erase_words
from .services.taking_over import take_over_report
from .steps import PROCEDURE_TITLES, STEP_TITLES
from .workflow import DECIDED, REQUEST

EVENT_TITLES = {
    "received": _("Permohonan masuk"),
    "passed_on": _("Diteruskan dari {from} ke {to}"),
    "unit_merged": _("{from} berakhir atau bergabung; permohonan ini kini dipegang {to}"),
    "step_readdressed": _("{step} kini menunggu {to}"),
    "consequence_tested": _("Uji konsekuensi {number} dicatat (Pasal 17 huruf {letter})"),
    "notice_drafted": _("Rancangan pemberitahuan tertulis disusun"),
    "delivered": _("Informasi diserahkan kepada pemohon"),
    "not_completed": _("Permohonan tidak dilengkapi sampai batas waktunya"),
    "came_as": _("Berasal dari laporan {number}"),
    "deadline_extended": _("Batas waktu diperpanjang: {step}"),
    "deadline_moved": _("Batas waktu bergeser: {step}"),
    "overdue": _("Terlambat; pimpinan dan atasan PPID diingatkan"),
    "note": _("Catatan petugas"),
    "reporter_called": _("Pemohon ditelepon"),
    "taken_over": _("Penanganan diambil alih"),
    "identity_revealed": _("Identitas pemohon dilihat"),
}
INTERNAL_EVENTS = frozenset(
    {
        "step_readdressed",
        "consequence_tested",
        "notice_drafted",
        "note",
        "reporter_called",
        "taken_over",
        "identity_revealed",
    }
)


def summaries(cases: Sequence[Case]) -> dict[int, dict[str, Any]]:
    """By case: the request, the information asked for, the notice and the time for an objection.

    4 queries, however many cases; at most 7 where the time for an objection has begun for any.
    """
    requests = InformationRequest.objects.in_bulk([case.pk for case in cases])
    first_words = EventWords.objects.filter(event__case__in=cases, event__seq=1)
    words = dict(first_words.values_list("event__case_id", "text"))
    rows = Notice.objects.filter(case__in=cases).select_related("consequence_test__ground", "drafted_by")
    notices = {notice.case_id: notice for notice in rows}
    windows = objection_windows(cases)
    found = {}
    for case in cases:
        case.information_request = requests[case.pk]
        notice = notices.get(case.pk)
        found[case.pk] = {
            "details": case.information_request,
            "words": words.get(case.pk, ""),
            "notice": notice if notice and notice.issued_at else None,
            "draft": notice if notice and not notice.issued_at else None,
            "objection": windows.get(case.pk),
        }
    return found


MESSAGE_NEEDS = {
    "request_incomplete": MessageNeeds(frozenset({"incomplete"})),
    "request_decided": MessageNeeds(frozenset(DECIDED)),
    "desk_new_request": MessageNeeds(frozenset({"received", "incomplete"})),
    "desk_completed": MessageNeeds(frozenset({"received"})),
    "desk_not_completed": MessageNeeds(frozenset({"incomplete"})),
    "desk_request_withdrawn": MessageNeeds(frozenset({"withdrawn"})),
}

OWN_MESSAGES = {
    "desk_completed": OF_A_CASE,
    "desk_new_request": OF_A_CASE,
    "desk_not_completed": OF_A_CASE,
    "desk_request_withdrawn": OF_A_CASE,
    "request_decided": OF_A_CASE,
    "request_extended": OF_A_CASE,
    "request_incomplete": OF_A_CASE,
    "request_received": RECEIPT,
    "request_status": OF_A_CASE,
}
# For whoever words them.
SAMPLE = {
    "case": _("permohonan"),
    "number": "2026-PIP-DKI-000012",
    "subject": _("Rencana kerja dan anggaran tahun 2026"),
    "unit": _("Dinas Komunikasi dan Informatika"),
    "status": _("Jawaban sedang disusun"),
    "promise": _("Dinas Komunikasi dan Informatika menjawab paling lambat Selasa, 24 November 2026."),
    "step": STEP_TITLES["notice"],
    "because": _("10 hari kerja sejak 10 November 2026"),
}

REQUESTS = CaseKind(
    workflow=REQUEST,
    number_code="PIP",
    label=_("Permohonan informasi"),
    noun=_("permohonan"),
    person=_("pemohon"),
    desk_template="ppid/desk_case.html",
    tracking_template="ppid/tracked.html",
    receipt_template="ppid/receipt.html",
    card_template="ppid/morning_card.html",
    summaries=summaries,
    step_titles=STEP_TITLES,
    procedure_titles=PROCEDURE_TITLES,
    event_titles=EVENT_TITLES,
    internal_events=INTERNAL_EVENTS,
    promised_steps=("notice",),
    # A power of attorney names two people; the photos of a report that was handed over name nobody.
    files_identify=lambda case: case.information_request.channel != Channel.HANDED_OVER,
    identity_steps=frozenset({"draft", "deliver"}),
    counter_route="record_request",
    counter_label=_("Catat permohonan informasi"),
    actions=DESK_ACTIONS,
    reporter_actions=APPLICANT_ACTIONS,
    takes_over=take_over_report,
    on_lapse={
        "complete": lapses.note_not_completed,
        "objection": lapses.close_without_objection,
    },
    # The head of the kabupaten's secretariat is the PPID's superior.
    watched_by=Role.HEAD,
    message_needs=MESSAGE_NEEDS,
    own_messages=OWN_MESSAGES,
    sample=SAMPLE,
    erasers={Erasable.IDENTITY: erase_identity, Erasable.WORDS: erase_words},
    vouched=vouched,
)
