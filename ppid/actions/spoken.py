"""What the applicant says by phone or at the counter, and an officer writes down."""

from django.utils.translation import gettext_lazy as _

from cases.actions import Action
from cases.actors import Staff
from cases.allowed import for_the_reporter
from cases.forms.actions import ReasonForm
from cases.models import Case, Task

from ..forms import applicant as forms
from ..guards import was_answered_by
from ..models.notice import DENYING, GIVING
from ..services import applicant
from ..workflow import BEING_HANDLED


def may_say_enough(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    return case.status in GIVING and _may_speak(staff, case)


def may_accept(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    return case.status in DENYING and _may_speak(staff, case)


def _may_speak(staff: Staff, case: Case) -> bool:
    """Nobody is the voice of an applicant whom they answered."""
    return applicant.writes_down(staff, case) and not was_answered_by(case, staff.user)


def may_complete(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    return case.status == "incomplete" and applicant.writes_down(staff, case)


def may_withdraw(staff: Staff, case: Case, tasks: list[Task]) -> bool:
    """Nobody who owes the answer says for the applicant that none is wanted."""
    owes_it = any(task.step == "draft" and staff.may_do(task) for task in tasks)
    return case.status in BEING_HANDLED and applicant.writes_down(staff, case) and not owes_it


SPOKEN_ACTIONS = (
    Action(
        "spoken-completion",
        _("Catat kelengkapan lisan pemohon"),
        forms.CompleteForm,
        may_complete,
        for_the_reporter(applicant.complete),
        done=_("Kelengkapan dari pemohon dicatat."),
    ),
    Action(
        "spoken-enough",
        _("Catat bahwa pemohon sudah menerima informasi"),
        forms.EnoughForm,
        may_say_enough,
        for_the_reporter(applicant.say_enough),
        done=_("Permohonan selesai."),
        hint=_("Tanyakan dahulu: dengan ini pemohon menyatakan tidak mengajukan keberatan."),
    ),
    Action(
        "spoken-acceptance",
        _("Catat bahwa pemohon menerima jawaban dan tidak mengajukan keberatan"),
        forms.EnoughForm,
        may_accept,
        for_the_reporter(applicant.say_enough),
        done=_("Permohonan selesai."),
        hint=_("Tanyakan dahulu: permohonan selesai tanpa informasi yang diminta."),
    ),
    Action(
        "spoken-withdrawal",
        _("Catat pencabutan lisan oleh pemohon"),
        ReasonForm,
        may_withdraw,
        for_the_reporter(applicant.withdraw),
        done=_("Permohonan dicabut. Pemohon dikabari."),
        is_danger=True,
    ),
)
