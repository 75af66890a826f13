"""The applicant's own buttons on the tracking page."""

from django.utils.translation import gettext_lazy as _

from cases.actions import Action
from cases.forms.actions import ReasonForm

from ..forms import applicant as forms
from ..models.notice import DENYING, GIVING
from ..services import applicant
from ..workflow import BEING_HANDLED

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
        lambda actor, case, tasks: case.status in GIVING,
        applicant.say_enough,
        done=_("Terima kasih. Permohonan ini selesai."),
        hint=_(
            "Permohonan selesai. Dengan ini Anda menyatakan tidak mengajukan keberatan, juga atas bagian yang tidak "
            "diberikan, meskipun waktunya masih ada. Bila informasinya kurang atau tidak sesuai, jangan pilih ini."
        ),
    ),
    Action(
        "accept",
        _("Saya terima jawaban ini dan tidak mengajukan keberatan"),
        forms.EnoughForm,
        lambda actor, case, tasks: case.status in DENYING,
        applicant.say_enough,
        done=_("Terima kasih. Permohonan ini selesai."),
        hint=_(
            "Permohonan selesai tanpa informasi yang Anda minta, dan Anda tidak mengajukan keberatan meskipun waktunya "
            "masih ada. Bila Anda tidak setuju dengan jawabannya, jangan pilih ini."
        ),
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
