"""What the reporter says by phone or at the counter, and an officer writes down."""

from django.utils.translation import gettext_lazy as _

from cases.actions import Action
from cases.actors import Staff, Voice
from cases.allowed import for_the_reporter, is_involved, may_move, voice_may
from cases.forms.actions import ReasonForm
from cases.models import Case, Task

from ..forms import desk as forms
from ..services import reporter
from .allowed import may_rate_for_reporter


def _may_reply_for_reporter(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    return case.status == "needs_clarification" and is_involved(staff, case, tasks)


def _may_withdraw_for_reporter(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    return may_move(Voice(staff), case, "withdrawn") and reporter.may_withdraw_for_reporter(staff, case)


SPOKEN_ACTIONS = (
    Action(
        "spoken-reply",
        _("Catat keterangan lisan pelapor"),
        forms.SpokenReplyForm,
        _may_reply_for_reporter,
        for_the_reporter(reporter.reply),
        done=_("Keterangan pelapor dicatat."),
    ),
    Action(
        "spoken-rating",
        _("Catat tanggapan lisan pelapor"),
        forms.RatingForm,
        may_rate_for_reporter,
        for_the_reporter(reporter.rate),
        done=_("Tanggapan pelapor dicatat."),
    ),
    Action(
        "spoken-reopening",
        _("Catat permintaan lisan buka kembali"),
        ReasonForm,
        voice_may("reopen_requested"),
        for_the_reporter(reporter.ask_to_reopen),
        done=_("Permintaan dicatat dan diputuskan oleh atasan."),
    ),
    Action(
        "spoken-withdrawal",
        _("Catat pencabutan lisan oleh pelapor"),
        ReasonForm,
        _may_withdraw_for_reporter,
        for_the_reporter(reporter.withdraw),
        done=_("Laporan dicabut. Pelapor dikabari dan dapat meminta dibuka kembali."),
        is_danger=True,
    ),
)
