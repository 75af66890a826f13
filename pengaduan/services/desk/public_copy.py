"""What anyone may read of a report: the copy, the photos and the answer that an officer has looked at."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from cases.actors import Staff
from cases.hashing import new_salt
from cases.history import clean_words
from cases.models import Case
from cases.services.changes import CaseChange, CaseRefusal, change
from cases.services.files import dispose
from cases.services.public_photos import Shown, show_photos
from cases.vouching import standing_alone
from opd_pages.models import Role

from ...guards import latest_answer
from ...selectors.vouched import vouched

# What was no report of its own has no public copy either, nor what goes on as a request for information.
NOT_SHOWN = frozenset({"duplicate", "archived", "withdrawn", "handed_to_ppid"})


def why_not_shown(case: Case) -> str | None:
    """Why there is no public copy of it now, or None. Whom a report accuses would read it there like anyone."""
    if case.is_secret:
        return _("Laporan rahasia tidak ditampilkan kepada umum.")
    if case.concerns_unit_id:
        return _(
            "Laporan ini disimpan dari kantor yang dilaporkan, maka tidak ditampilkan kepada umum selama begitu."
        )
    if case.status in NOT_SHOWN:
        return _("Laporan ini tidak ditampilkan kepada umum, karena: %s.") % case.public_status
    return None


def publish_copy(
    changing: CaseChange,
    public_text: str,
    public_photos: Iterable[Shown] = (),
    public_answer: str | None = None,
) -> None:
    """Show the reviewed copy, the photos that were looked at and the answer as worded for anyone; take all back where
    the text is empty. Without `public_answer` the answer's words stay as they are.

    Raises CaseRefusal where there is none to be: why_not_shown.
    """
    case, public_text = changing.case, clean_words(public_text)
    if not public_text:
        take_copy_back(changing)
        return
    if reason := why_not_shown(case):
        raise CaseRefusal(reason)
    _keep_copy(case, public_text, new_salt())
    show_photos(case, public_photos)
    if public_answer is not None and (answer := latest_answer(case)):
        answer.public_text = clean_words(public_answer)
        answer.save(update_fields=["public_text"])
    case.published_at = case.published_at or changing.at
    changing.finish_tasks("public_answer")
    ((_case, found),) = vouched(case.pk, case.pk)
    changing.record(
        "copy_published",
        text="\n\n".join(filter(None, [public_text, public_answer])),
        photos=case.public_photos.count(),
        **standing_alone(found),
    )


def _keep_copy(case: Case, text: str, salt: str) -> None:
    case.complaint.public_text, case.complaint.copy_salt = text, salt
    case.complaint.save(update_fields=["public_text", "copy_salt"])


def take_copy_back(changing: CaseChange) -> None:
    """Nobody outside reads anything of the report any more."""
    case = changing.case
    if case.published_at is None:
        return
    _keep_copy(case, "", "")
    dispose(case.public_photos.all())
    case.answers.update(public_text="")
    case.published_at = None
    changing.finish_tasks("public_answer")
    changing.record("copy_withdrawn", **standing_alone())


def change_public_copy(
    case: Case,
    *,
    by: Staff,
    seen: int | None,
    public_text: str = "",
    public_photos: Iterable[Shown] = (),
    public_answer: str = "",
    at: datetime | None = None,
) -> None:
    """Word the public copy and its answer anew, or take them back, at any time."""
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(Role.OPERATOR, Role.HEAD)
        publish_copy(changing, public_text, public_photos, public_answer)
