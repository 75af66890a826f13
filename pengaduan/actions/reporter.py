"""The reporter's own buttons on the tracking page."""

from django.utils.translation import gettext_lazy as _

from cases.actions import Action
from cases.forms.actions import ReasonForm
from cases.models import Case

from ..forms import desk as forms
from ..services import reporter
from ..workflow import COMPLAINT


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
        stands_open=lambda case: True,
    ),
    Action(
        "reply",
        _("Balas atau tambah keterangan"),
        forms.ReplyForm,
        _is_open,
        reporter.reply,
        done=_("Balasan Anda sudah kami terima."),
        stands_open=lambda case: case.paused_at is not None,
    ),
    Action(
        "reopen",
        _("Minta dibuka kembali"),
        ReasonForm,
        lambda actor, case, tasks: COMPLAINT.move(case.status, "reopen_requested") is not None,
        reporter.ask_to_reopen,
        done=_("Permintaan Anda dicatat. Yang memutuskan bukan kantor yang menjawab."),
        hint=_("Ceritakan apa yang belum selesai. Yang memutuskan bukan kantor yang menjawab."),
    ),
    Action(
        "withdraw",
        _("Cabut laporan"),
        ReasonForm,
        lambda actor, case, tasks: COMPLAINT.move(case.status, "withdrawn") is not None,
        reporter.withdraw,
        done=_("Laporan Anda sudah dicabut. Anda dapat meminta dibuka kembali."),
        is_danger=True,
    ),
)
