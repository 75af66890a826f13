"""The desk's and the reporter's buttons for a complaint: who sees which, and the verb behind each."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from cases.actions import Action
from cases.actors import Staff, Voice
from cases.models import Case, Task
from cases.workflow import PARENT
from opd_pages.models import Role

from .forms import desk as forms
from .guards import latest_answer, pending_answer
from .models import SectionDuty
from .services import answers, desk, reporter
from .workflow import COMPLAINT

DESK = {Role.OPERATOR, Role.HEAD}
BEFORE_ANSWER = {"received", "verified", "in_progress", "reopened"}


def _can_move(staff, case: Case, target: str) -> bool:
    move = COMPLAINT.move(case.status, target)
    return move is not None and bool(staff.roles_on(case) & set(move.by))


def can_move(target: str):
    return lambda staff, case, tasks: _can_move(staff, case, target)


def owes(step: str, *, or_roles: frozenset[str] = frozenset({Role.HEAD})):
    """An open task of this step is this officer's; the head may do whatever their unit owes."""

    def allowed(staff: Staff, case: Case, tasks: list[Task]) -> bool:
        return any(
            task.step == step and (staff.may_do(task) or bool(staff.roles_on(case) & or_roles))
            for task in tasks
        )

    return allowed


def _may_dispose(role: Role):
    def allowed(staff: Staff, case: Case, tasks: list[Task]) -> bool:
        return (
            role in staff.roles_on(case)
            and case.status in ("verified", "in_progress", "reopened")
            and case.complaint.desk_procedure.is_disposed
        )

    return allowed


def _may_draft(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    return case.status in ("verified", "in_progress", "reopened") and (
        owes("draft", or_roles=frozenset({Role.HEAD, Role.PPID_ASSISTANT}))(staff, case, tasks)
        or (Role.HEAD in staff.roles_on(case) and case.status == "in_progress")
    )


def _waits_for_approval(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    return Role.HEAD in staff.roles_on(case) and any(task.step == "approve" for task in tasks)


def _may_check_promise(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    if not staff.roles_on(case) & {*DESK, Role.SECTION_HEAD, Role.COORDINATOR, PARENT}:
        return False
    answer = latest_answer(case) if case.status == "answered" else None
    return bool(answer) and answer.is_open_promise and not answer.was_given_by(staff.user)


def _may_speak_for_reporter(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    answer = latest_answer(case) if case.status == "answered" and staff.roles_on(case) else None
    return bool(answer) and not answer.was_given_by(staff.user)


def _suggested_section(staff: Staff, case: Case) -> list[tuple[str, dict]]:
    """The section that usually looks into this category, for the head's single tap."""
    duties = SectionDuty.objects.filter(
        section__unit=case.responsible_unit, category=case.complaint.category_id
    )
    duty = duties.select_related("section").first()
    return [(duty.section.name, {"section": duty.section_id})] if duty else []


def _publish_at_once(staff: Staff, case: Case) -> list[tuple[str, dict]]:
    answer = pending_answer(case)
    return [(str(_("Setujui dan terbitkan")), {})] if answer else []


def _say_for_reporter(case: Case, *, by: Staff, **said) -> None:
    reporter.rate(case, by=Voice(by), **said)


def _reopen_for_reporter(case: Case, *, by: Staff, **said) -> None:
    reporter.ask_to_reopen(case, by=Voice(by), **said)


def _withdraw_for_reporter(case: Case, *, by: Staff, **said) -> None:
    reporter.withdraw(case, by=Voice(by), **said)


def _reply_for_reporter(case: Case, *, by: Staff, **said) -> None:
    reporter.reply(case, by=Voice(by), **said)


def _voice_may(target: str):
    return lambda staff, case, tasks: bool(staff.roles_on(case)) and _can_move(Voice(staff), case, target)


DESK_ACTIONS = (
    Action(
        "publish",
        _("Setujui dan terbitkan jawaban"),
        forms.NoForm,
        _waits_for_approval,
        answers.publish_answer,
        done=_("Jawaban sudah terbit. Pelapor dikabari."),
        on_morning_screen=True,
        quick=_publish_at_once,
        is_only_quick=True,
        steps=("approve",),
    ),
    Action(
        "return-draft",
        _("Kembalikan rumusan jawaban"),
        forms.ReasonForm,
        _waits_for_approval,
        answers.return_draft,
        done=_("Rumusan dikembalikan."),
        short_label=_("Kembalikan"),
        on_morning_screen=True,
    ),
    Action(
        "verify",
        _("Verifikasi laporan"),
        forms.VerifyForm,
        can_move("verified"),
        desk.verify,
        done=_("Laporan diverifikasi dan pimpinan diberi tahu."),
        on_morning_screen=True,
        short_label=_("Verifikasi"),
        steps=("verify",),
    ),
    Action(
        "dispose",
        _("Perintahkan kepada seksi"),
        forms.DisposeForm,
        _may_dispose(Role.HEAD),
        desk.dispose,
        done=_("Perintah disampaikan kepada seksi."),
        short_label=_("Seksi lain"),
        on_morning_screen=True,
        quick=_suggested_section,
        steps=("dispose",),
        waits_for_step=True,
    ),
    Action(
        "record-order",
        _("Catat perintah lisan pimpinan"),
        forms.DisposeForm,
        _may_dispose(Role.OPERATOR),
        partial(desk.dispose, is_spoken=True),
        done=_("Perintah lisan dicatat dan disampaikan kepada seksi."),
        hint=_("Pimpinan memberi perintah langsung; Anda mencatatnya."),
    ),
    Action(
        "findings",
        _("Laporkan temuan"),
        forms.FindingsForm,
        owes("investigate"),
        desk.report_findings,
        done=_("Temuan dilaporkan kepada pimpinan."),
        steps=("investigate",),
    ),
    Action(
        "return-order",
        _("Kembalikan perintah"),
        forms.ReasonForm,
        owes("investigate", or_roles=frozenset()),
        desk.return_disposition,
        done=_("Perintah dikembalikan kepada pimpinan."),
    ),
    Action(
        "decide",
        _("Putuskan tindak lanjut"),
        forms.DecisionForm,
        owes("study"),
        desk.decide_follow_up,
        done=_("Tindak lanjut dicatat."),
        short_label=_("Putuskan"),
        on_morning_screen=True,
        steps=("study",),
    ),
    Action(
        "draft",
        _("Rumuskan jawaban"),
        forms.DraftForm,
        _may_draft,
        answers.draft_answer,
        done=_("Rumusan jawaban disampaikan kepada pimpinan."),
        steps=("draft",),
    ),
    Action(
        "ask",
        _("Minta keterangan pelapor"),
        forms.QuestionForm,
        can_move("needs_clarification"),
        desk.ask_reporter,
        done=_("Pertanyaan disampaikan. Waktu penanganan berhenti sementara."),
    ),
    Action(
        "check-promise",
        _("Periksa janji"),
        forms.CheckPromiseForm,
        _may_check_promise,
        answers.check_promise,
        done=_("Janji dicatat sudah ditepati."),
        hint=_("Anda melihat sendiri atau menelepon pelapor, dan janji itu sudah ditepati."),
        steps=("check_promise",),
    ),
    Action(
        "decide-reopening",
        _("Putuskan permintaan buka kembali"),
        forms.ReopeningForm,
        can_move("reopened"),
        desk.decide_reopening,
        done=_("Keputusan dicatat."),
        on_morning_screen=True,
        short_label=_("Putuskan"),
        steps=("decide_reopening",),
    ),
    Action(
        "called",
        _("Pelapor sudah ditelepon"),
        forms.NoteForm,
        owes("call_reporter"),
        desk.reporter_called,
        done=_("Percakapan dicatat."),
        steps=("call_reporter",),
    ),
    Action(
        "resume",
        _("Lanjutkan penanganan"),
        forms.NoForm,
        lambda staff, case, tasks: case.status == "postponed" and _can_move(staff, case, "in_progress"),
        desk.take_up_again,
        done=_("Penanganan dilanjutkan."),
    ),
    Action(
        "pass-on",
        _("Teruskan ke unit lain"),
        forms.PassOnForm,
        lambda staff, case, tasks: (
            case.status in BEFORE_ANSWER and bool(staff.roles_on(case) & {*DESK, Role.COORDINATOR})
        ),
        desk.pass_on,
        done=_("Laporan diteruskan. Pelapor dikabari."),
    ),
    Action(
        "not-ours",
        _("Bukan wewenang kabupaten"),
        forms.ReasonForm,
        can_move("not_our_authority"),
        partial(desk.end_without_answer, target="not_our_authority"),
        done=_("Laporan ditutup sebagai bukan wewenang. Pelapor dikabari."),
        hint=_("Tulis siapa yang berwenang dan bagaimana pelapor dapat menghubunginya."),
        short_label=_("Bukan wewenang"),
        on_morning_screen=True,
        is_danger=True,
    ),
    Action(
        "postpone",
        _("Tunda"),
        forms.ReasonForm,
        can_move("postponed"),
        desk.postpone,
        done=_("Laporan ditunda. Waktu penanganan berhenti sementara."),
    ),
    Action(
        "duplicate",
        _("Sama dengan laporan lain"),
        forms.ReasonForm,
        can_move("duplicate"),
        partial(desk.end_without_answer, target="duplicate"),
        done=_("Laporan ditutup sebagai laporan yang sama."),
        hint=_("Tulis nomor laporan yang sama."),
        is_danger=True,
    ),
    Action(
        "archive",
        _("Arsipkan"),
        forms.ReasonForm,
        can_move("archived"),
        partial(desk.end_without_answer, target="archived"),
        done=_("Laporan diarsipkan."),
        hint=_("Misalnya promosi, ujian coba, atau tidak dapat dimengerti."),
        is_danger=True,
    ),
    Action(
        "public-copy",
        _("Atur salinan untuk umum"),
        forms.PublicCopyForm,
        lambda staff, case, tasks: (
            not case.is_secret and case.status != "received" and bool(staff.roles_on(case) & DESK)
        ),
        desk.change_public_copy,
        done=_("Salinan untuk umum diperbarui."),
    ),
    Action(
        "note",
        _("Tambah catatan internal"),
        forms.NoteForm,
        lambda staff, case, tasks: bool(staff.roles_on(case)),
        desk.add_note,
        done=_("Catatan disimpan."),
    ),
    Action(
        "spoken-reply",
        _("Catat keterangan lisan pelapor"),
        forms.ReplyForm,
        lambda staff, case, tasks: case.status == "needs_clarification" and bool(staff.roles_on(case)),
        _reply_for_reporter,
        done=_("Keterangan pelapor dicatat."),
    ),
    Action(
        "spoken-rating",
        _("Catat tanggapan lisan pelapor"),
        forms.RatingForm,
        _may_speak_for_reporter,
        _say_for_reporter,
        done=_("Tanggapan pelapor dicatat."),
    ),
    Action(
        "spoken-reopening",
        _("Catat permintaan lisan buka kembali"),
        forms.ReasonForm,
        _voice_may("reopen_requested"),
        _reopen_for_reporter,
        done=_("Permintaan dicatat dan diputuskan oleh atasan."),
    ),
    Action(
        "spoken-withdrawal",
        _("Catat pencabutan lisan oleh pelapor"),
        forms.ReasonForm,
        _voice_may("withdrawn"),
        _withdraw_for_reporter,
        done=_("Laporan dicabut."),
        is_danger=True,
    ),
)


def _is_open(actor, case: Case, tasks) -> bool:
    return case.closed_at is None and case.status != "reopen_requested"


REPORTER_ACTIONS = (
    Action(
        "rate",
        _("Beri tanggapan"),
        forms.RatingForm,
        lambda actor, case, tasks: case.status == "answered",
        reporter.rate,
        done=_("Terima kasih. Tanggapan Anda kami catat."),
    ),
    Action(
        "reply",
        _("Balas atau tambah keterangan"),
        forms.ReplyForm,
        _is_open,
        reporter.reply,
        done=_("Balasan Anda sudah kami terima."),
    ),
    Action(
        "reopen",
        _("Minta dibuka kembali"),
        forms.ReasonForm,
        lambda actor, case, tasks: COMPLAINT.move(case.status, "reopen_requested") is not None,
        reporter.ask_to_reopen,
        done=_("Permintaan Anda dicatat. Yang memutuskan bukan kantor yang menjawab."),
        hint=_("Ceritakan apa yang belum selesai. Yang memutuskan bukan kantor yang menjawab."),
    ),
    Action(
        "withdraw",
        _("Cabut laporan"),
        forms.ReasonForm,
        lambda actor, case, tasks: COMPLAINT.move(case.status, "withdrawn") is not None,
        reporter.withdraw,
        done=_("Laporan Anda sudah dicabut."),
        is_danger=True,
    ),
)
