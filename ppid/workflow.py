"""The states and moves of a request for information (UU 14/2008). What a lawyer would check stands here, and only here."""

from django.utils.translation import gettext_lazy as _

from cases.workflow import PARENT, REPORTER, REPORTER_BY_VOICE, SYSTEM, Move, State, Workflow
from opd_pages.models.membership import Role

from . import guards

KIND = "information_request"
OPERATOR, HEAD, ASSISTANT, COORDINATOR = Role.OPERATOR, Role.HEAD, Role.PPID_ASSISTANT, Role.COORDINATOR
DESK = (OPERATOR, HEAD, ASSISTANT)
# Who looks first; where nobody sits at the desk, the unit above.
ASSIGNING = (*DESK, PARENT, COORDINATOR)
# The unit's PPID pembantu; where there is none, whoever the step has been given to.
ANSWERING = (ASSISTANT, HEAD, OPERATOR, PARENT, COORDINATOR)
THE_APPLICANT = (REPORTER, REPORTER_BY_VOICE)
BEING_HANDLED = ("received", "incomplete", "assigned", "drafting")
DECIDED = ("granted", "partially_granted", "refused", "not_held")


def pauses_while_incomplete() -> bool:
    """Whether the law's ten days stand still is disputed: the office's setting says."""
    from .models import PpidSettings

    return PpidSettings.in_force().incomplete_pauses_clock


def _notices() -> list[Move]:
    """The written notice goes out (Ps 22(7))."""
    return [Move("drafting", state, by=ANSWERING, guard=guards.issued_as(state)) for state in DECIDED]


def _endings() -> list[Move]:
    """The applicant says it is enough, or lets the time for an objection pass (Ps 36(1))."""
    return [
        Move(state, "closed", by=(*THE_APPLICANT, SYSTEM), guard=guards.may_be_closed) for state in DECIDED
    ]


REQUEST = Workflow(
    kind=KIND,
    initial="received",
    states=(
        State("received", public=_("Diterima")),
        State(
            "incomplete", public=_("Menunggu kelengkapan dari pemohon"), pauses_clock=pauses_while_incomplete
        ),
        State("assigned", public=_("Diteruskan kepada PPID")),
        State("drafting", public=_("Jawaban sedang disusun")),
        State("granted", public=_("Dikabulkan")),
        State("partially_granted", public=_("Dikabulkan sebagian")),
        State("refused", public=_("Ditolak")),
        State("not_held", public=_("Informasi tidak dikuasai")),
        State("closed", public=_("Selesai"), final=True),
        State("withdrawn", public=_("Dicabut pemohon"), final=True),
    ),
    moves=(
        Move("received", "incomplete", by=(*ASSIGNING, SYSTEM), needs_text=True),
        Move("incomplete", "received", by=THE_APPLICANT),
        Move("received", "assigned", by=ASSIGNING),
        # What the applicant did not add in time is answered as it stands.
        Move("incomplete", "assigned", by=ASSIGNING),
        Move("assigned", "received", by=ANSWERING, needs_text=True, guard=guards.owes_the_answer),
        Move("drafting", "received", by=ANSWERING, needs_text=True, guard=guards.owes_the_answer),
        Move("assigned", "drafting", by=ANSWERING, guard=guards.owes_the_answer),
        *_notices(),
        *_endings(),
        *(Move(state, "withdrawn", by=THE_APPLICANT, needs_text=True) for state in BEING_HANDLED),
    ),
)
