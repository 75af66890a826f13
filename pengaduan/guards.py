"""What must be true before a complaint moves. Each guard returns the reason why not, or None."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from cases.actors import Voice
from cases.models import Case


def latest_answer(case: Case):
    """The answer in force: the newest that was approved, or None."""
    return case.answers.exclude(approved_at=None).order_by("-pk").first()


def pending_answer(case: Case):
    """The wording that waits for the head, or None."""
    return case.answers.filter(approved_at=None, returned_at=None).order_by("-pk").first()


def an_answer_is_approved(case: Case, changing) -> str | None:
    """The head has just approved the answer that goes out with this move."""
    answer = latest_answer(case)
    if answer is None or answer.approved_at != changing.at:
        return _("Belum ada jawaban yang disetujui.")
    return None


def open_promise(case: Case):
    """The answer in force where it promised something that nobody has checked yet, or None."""
    answer = latest_answer(case)
    return answer if answer is not None and answer.is_open_promise else None


def nothing_is_promised(case: Case, changing) -> str | None:
    if open_promise(case):
        return _("Janji pada jawaban ini belum diperiksa; laporan tetap terbuka sampai diperiksa orang lain.")
    return None


def something_is_promised(case: Case, changing) -> str | None:
    return None if open_promise(case) else _("Tidak ada janji terbuka pada laporan ini.")


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
