"""The applicant's own buttons on the tracking page."""

from django.utils.translation import gettext_lazy as _

from cases.actions import Action
from cases.forms.actions import ReasonForm

from ..forms import applicant as forms
from ..services import applicant
from ..workflow import BEING_HANDLED, DECIDED

APPLICANT_ACTIONS = (
    Action(
        "complete",
        _("Lengkapi permohonan"),
        forms.CompleteForm,
        lambda actor, case, tasks: case.status == "incomplete",
        applicant.complete,
        done=_("Terima kasih. Permohonan Anda sudah dilengkapi."),
        stands_open=lambda case: True,
    ),
    Action(
        "enough",
        _("Informasi sudah saya terima"),
        forms.EnoughForm,
        lambda actor, case, tasks: case.status in DECIDED,
        applicant.say_enough,
        done=_("Terima kasih. Permohonan ini selesai."),
        hint=_("Permohonan selesai, dan Anda tidak mengajukan keberatan."),
    ),
    Action(
        "withdraw",
        _("Cabut permohonan"),
        ReasonForm,
        lambda actor, case, tasks: case.status in BEING_HANDLED,
        applicant.withdraw,
        done=_("Permohonan Anda sudah dicabut."),
        is_danger=True,
    ),
)
