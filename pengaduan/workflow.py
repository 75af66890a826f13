"""The complaint's states and moves. What a lawyer would check stands here, and only here."""

from django.utils.translation import gettext_lazy as _

from cases.workflow import PARENT, REPORTER, REPORTER_BY_VOICE, SYSTEM, Move, State, Workflow
from opd_pages.models.membership import Role

from . import guards

KIND = "complaint"
OPERATOR, HEAD, SECTION_HEAD = Role.OPERATOR, Role.HEAD, Role.SECTION_HEAD
COORDINATOR, INSPECTOR = Role.COORDINATOR, Role.INSPECTOR
DESK = (OPERATOR, HEAD)
# Reopening is decided by somebody else than the desk that answered; in a small office that is the unit above.
SOMEONE_ELSE = (PARENT, COORDINATOR, INSPECTOR)
THE_REPORTER = (REPORTER, REPORTER_BY_VOICE)


def _clarifications() -> list[Move]:
    """Asking the reporter, and going on where the case stood when asked."""
    moves = []
    for state in ("received", "verified", "in_progress"):
        moves.append(Move(state, "needs_clarification", by=(*DESK, SECTION_HEAD), needs_text=True))
        moves.append(
            Move("needs_clarification", state, by=THE_REPORTER, needs_text=True, guard=guards.asked_in(state))
        )
    return moves


def _endings() -> list[Move]:
    """Ways in which an office ends a case without an answer of its own; each says why."""
    moves = []
    for state in ("received", "verified", "in_progress", "reopened"):
        moves.append(Move(state, "not_our_authority", by=(*DESK, COORDINATOR), needs_text=True))
        moves.append(Move(state, "handed_to_ppid", by=(*DESK, COORDINATOR), guard=guards.accuses_nobody))
        moves.append(Move(state, "duplicate", by=DESK, needs_text=True))
        moves.append(Move(state, "archived", by=DESK, needs_text=True))
    return moves


def _hand_overs() -> list[Move]:
    """A report given to another unit is looked at there as if it had just come."""
    return [
        Move(state, "received", by=(*DESK, *SOMEONE_ELSE))
        for state in ("verified", "in_progress", "reopened")
    ]


def _withdrawals() -> list[Move]:
    states = ("received", "needs_clarification", "verified", "in_progress", "postponed", "reopened")
    return [Move(state, "withdrawn", by=THE_REPORTER, needs_text=True) for state in states]


def _reopenings() -> list[Move]:
    states = (
        "answered",
        "closed_unconfirmed",
        "upheld",
        "deemed_withdrawn",
        "not_our_authority",
        "duplicate",
        "archived",
        # What was withdrawn by mistake, or in somebody's name, can be taken back.
        "withdrawn",
    )
    return [Move(state, "reopen_requested", by=THE_REPORTER, needs_text=True) for state in states]


COMPLAINT = Workflow(
    kind=KIND,
    initial="received",
    states=(
        State("received", public=_("Diterima")),
        State("needs_clarification", public=_("Menunggu keterangan pelapor"), pauses_clock=True),
        State("verified", public=_("Diverifikasi")),
        State("in_progress", public=_("Sedang ditangani")),
        # The office may put off its promise, not the law.
        State("postponed", public=_("Ditunda"), pauses_clock=True, runs_on=("law", "postponement")),
        State("answered", public=_("Dijawab")),
        State("resolved", public=_("Selesai menurut pelapor"), final=True),
        State("closed_unconfirmed", public=_("Ditutup tanpa tanggapan pelapor"), closed=True),
        # The reporter spoke and somebody else looked again: neither silence nor a solution.
        State("upheld", public=_("Tetap ditutup setelah ditinjau"), closed=True),
        State("not_our_authority", public=_("Bukan wewenang pemerintah kabupaten"), closed=True),
        # It goes on as a request for information, with a number and rights of its own.
        State("handed_to_ppid", public=_("Dilanjutkan sebagai permohonan informasi"), final=True),
        State("duplicate", public=_("Sama dengan laporan lain"), closed=True),
        State("archived", public=_("Diarsipkan"), closed=True),
        State("withdrawn", public=_("Dicabut pelapor"), closed=True),
        State("deemed_withdrawn", public=_("Dianggap dicabut"), closed=True),
        State("reopen_requested", public=_("Diminta dibuka kembali")),
        State("reopened", public=_("Dibuka kembali")),
    ),
    moves=(
        Move("received", "verified", by=DESK),
        *_clarifications(),
        # UU 25/2009 Ps 44(3): what is not completed in time counts as withdrawn.
        Move("needs_clarification", "deemed_withdrawn", by=(SYSTEM,)),
        Move("verified", "in_progress", by=DESK),
        Move("verified", "postponed", by=DESK, needs_text=True),
        Move("in_progress", "postponed", by=DESK, needs_text=True),
        Move("postponed", "in_progress", by=(*DESK, SYSTEM)),
        # Where nobody heads the unit, the step falls to the unit above.
        Move("in_progress", "answered", by=(HEAD, *SOMEONE_ELSE), guard=guards.an_answer_is_approved),
        Move("answered", "resolved", by=THE_REPORTER, guard=guards.may_be_closed),
        Move("answered", "closed_unconfirmed", by=(SYSTEM,), guard=guards.may_be_closed),
        *_hand_overs(),
        *_endings(),
        *_withdrawals(),
        *_reopenings(),
        Move("reopen_requested", "reopened", by=SOMEONE_ELSE, guard=guards.not_one_who_answered),
        Move(
            "reopen_requested",
            "upheld",
            by=SOMEONE_ELSE,
            needs_text=True,
            guard=guards.refuses_for_good,
        ),
        Move(
            "reopen_requested",
            "answered",
            by=SOMEONE_ELSE,
            needs_text=True,
            guard=guards.refuses_for_now,
        ),
        Move("reopened", "in_progress", by=DESK),
    ),
)
