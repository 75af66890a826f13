"""What must be true before a complaint moves. Each guard returns the reason why not, or None."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from cases.actors import Voice
from cases.models import Case
from opd_pages.models.membership import Role

from .models.answer import Outcome


def latest_answer(case: Case):
    """The answer in force: the newest that was approved, or None."""
    return case.answers.exclude(approved_at=None).order_by("-pk").first()


def pending_answer(case: Case):
    """The wording that waits for the head, or None."""
    return case.answers.filter(approved_at=None, returned_at=None).order_by("-pk").first()


def an_answer_is_approved(case: Case, changing) -> str | None:
    """The head has just approved the answer that goes out with this move, or who stands in for the head."""
    if Role.HEAD not in changing.roles and not changing.owes("approve"):
        return _("Jawaban diterbitkan oleh pimpinan unit.")
    answer = latest_answer(case)
    if answer is None or answer.approved_at != changing.at:
        return _("Belum ada jawaban yang disetujui.")
    return None


def accuses_nobody(case: Case, changing) -> str | None:
    """The report is about no office or officer, who would be told of it, and not secret, as no request is"""
    if case.is_secret:
        return _("Laporan rahasia tidak diserahkan kepada PPID: permohonan informasi tidak dirahasiakan.")
    if case.concerns_unit_id or case.is_supervisory:
        return _("Laporan tentang petugas atau kantor tidak diserahkan kepada PPID.")
    return None


def open_promise(case: Case):
    """The oldest promise of the case that nobody has checked yet, or None: a later answer does not redeem it."""
    promised = case.answers.filter(outcome=Outcome.PROMISED, checked_at=None).exclude(approved_at=None)
    return promised.order_by("pk").first()


def nothing_is_promised(case: Case, changing) -> str | None:
    if open_promise(case):
        return _("Janji pada jawaban ini belum diperiksa; laporan tetap terbuka sampai diperiksa orang lain.")
    return None


def something_is_promised(case: Case, changing) -> str | None:
    return None if open_promise(case) else _("Tidak ada janji terbuka pada laporan ini.")


def not_one_who_answered(case: Case, changing) -> str | None:
    """Nobody judges their own answer, whatever else they are."""
    answer = latest_answer(case)
    if answer and answer.was_given_by(changing.actor.user):
        return _("Permintaan ini diputuskan oleh orang lain, bukan oleh yang menjawab.")
    return None


def refuses_for_good(case: Case, changing) -> str | None:
    return nothing_is_promised(case, changing) or not_one_who_answered(case, changing)


def refuses_for_now(case: Case, changing) -> str | None:
    return something_is_promised(case, changing) or not_one_who_answered(case, changing)


def may_be_closed(case: Case, changing) -> str | None:
    """An open promise keeps its complaint open. Nobody is the voice of a reporter whom they answered."""
    return nothing_is_promised(case, changing) or not_the_answerer(case, changing)


def not_the_answerer(case: Case, changing) -> str | None:
    if not isinstance(changing.actor, Voice):
        return None
    answer = latest_answer(case)
    if answer and answer.was_given_by(changing.actor.user):
        return _("Tanggapan lisan pelapor dicatat oleh petugas lain, bukan oleh yang menjawab.")
    return None


def asked_in(state: str) -> Callable[[Case, object], str | None]:
    """The question was asked while the case stood in this state, so that is where it goes on."""

    def guard(case: Case, changing) -> str | None:
        """The question was asked in that state."""
        asked = case.events.filter(kind="moved", data__to="needs_clarification").order_by("-seq").first()
        if asked is None or asked.data["from"] != state:
            return _("Laporan ini dilanjutkan dari keadaannya semula.")
        return None

    return guard
