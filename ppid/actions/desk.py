"""The officers' own buttons, in the order of the procedure."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.actions import Action
from cases.actors import Staff
from cases.allowed import can_move, is_involved, may_erase, may_take_over, owes
from cases.forms.actions import NoForm, NoteForm, ReasonForm
from cases.forms.erasure import ErasureForm
from cases.models import Case, Task
from cases.services import notes
from cases.services.erasure import erase_at_request
from opd_pages.models import Role

from ..forms import desk as forms
from ..services import desk as services
from ..services import notices
from ..workflow import BEING_HANDLED

owes_the_answer = owes("draft", or_roles=frozenset())


def may_answer(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    return case.status in ("assigned", "drafting") and owes_the_answer(staff, case, tasks)


def may_issue(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    return case.status == "drafting" and owes_the_answer(staff, case, tasks)


def may_extend(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    is_owed = any(task.step in ("assign", "draft") and staff.may_do(task) for task in tasks)
    clock = services.notice_clock(case) if is_owed and case.status in BEING_HANDLED else None
    if clock is None or clock.extended_at or clock.paused_at:
        return False
    return clock.due_at >= timezone.now()


OWN_ACTIONS = (
    Action(
        "assign",
        _("Teruskan kepada PPID"),
        forms.AssignForm,
        can_move("assigned"),
        services.assign,
        done=_("Permohonan diteruskan kepada PPID."),
        short_label=_("Teruskan"),
        on_morning_screen=True,
        steps=("assign",),
    ),
    Action(
        "issue",
        _("Terbitkan pemberitahuan tertulis"),
        forms.IssueForm,
        may_issue,
        notices.issue_notice,
        done=_("Pemberitahuan tertulis terbit. Pemohon dikabari."),
        hint=_("Periksa dahulu rancangan suratnya. Sesudah terbit, isinya tidak dapat diubah."),
        short_label=_("Terbitkan"),
        on_morning_screen=True,
        steps=("draft",),
    ),
    Action(
        "draft-notice",
        _("Susun pemberitahuan tertulis"),
        forms.NoticeForm,
        may_answer,
        notices.draft_notice,
        done=_("Rancangan pemberitahuan disimpan."),
        short_label=_("Susun jawaban"),
        on_morning_screen=True,
        steps=("draft",),
    ),
    Action(
        "consequence-test",
        _("Catat uji konsekuensi"),
        forms.ConsequenceTestForm,
        may_answer,
        notices.record_consequence_test,
        done=_("Uji konsekuensi dicatat."),
        hint=_("Diperlukan sebelum informasi ditolak (UU 14/2008 Pasal 19)."),
    ),
    Action(
        "deliver",
        _("Catat penyerahan informasi"),
        forms.HandOverForm,
        owes("deliver", or_roles=frozenset({Role.HEAD, Role.PPID_ASSISTANT})),
        notices.hand_over_information,
        done=_("Penyerahan informasi dicatat."),
        steps=("deliver",),
    ),
    Action(
        "ask",
        _("Minta pemohon melengkapi"),
        forms.MissingForm,
        can_move("incomplete"),
        services.ask_to_complete,
        done=_("Permintaan kelengkapan disampaikan."),
    ),
    Action(
        "extend",
        _("Perpanjang batas waktu"),
        ReasonForm,
        may_extend,
        services.extend,
        done=_("Batas waktu diperpanjang. Pemohon dikabari."),
        hint=_("Hanya satu kali. Alasan Anda terbaca oleh pemohon (UU 14/2008 Pasal 22 ayat 8)."),
    ),
    Action(
        "give-back",
        _("Kembalikan kepada meja layanan"),
        ReasonForm,
        may_answer,
        services.give_back,
        done=_("Permohonan dikembalikan kepada meja layanan."),
    ),
    Action(
        "called",
        _("Pemohon sudah ditelepon"),
        NoteForm,
        owes("call_reporter"),
        notes.reporter_called,
        done=_("Percakapan dicatat."),
        steps=("call_reporter",),
    ),
    Action(
        "take-over",
        _("Saya yang menangani"),
        NoForm,
        may_take_over,
        notes.take_over,
        done=_("Anda kini penanggung jawab permohonan ini."),
    ),
    Action(
        "note",
        _("Tambah catatan internal"),
        NoteForm,
        is_involved,
        notes.add_note,
        done=_("Catatan disimpan."),
    ),
    Action(
        "erase",
        _("Hapus data pemohon"),
        ErasureForm,
        may_erase,
        erase_at_request,
        done=_("Data dihapus. Bahwa dan mengapa itu dihapus tetap tercatat."),
        hint=_("Atas permintaan yang bersangkutan, dan hanya bila permohonan sudah selesai."),
        is_danger=True,
    ),
)
