"""Erasing what is kept of people no longer than the law allows, or what they ask back; the history stays whole.

Words and identities are in the chain only as salted hashes (cases.history), so that a case verifies afterwards as before.
"""

import calendar
import logging
import math
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time
from time import monotonic

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from opd_pages.models import Role

from .. import word_index
from ..actors import Staff, System
from ..history import clean_words
from ..kinds import all_kinds, kind_named, kind_of
from ..models import (
    Case,
    CaseFile,
    Deadline,
    Erasable,
    Erasure,
    EventWords,
    Party,
    RetentionRule,
    SweepMark,
    Task,
)
from .changes import CaseChange, CaseRefusal, WordsMissing, change
from .files import dispose
from .identity import SHORTEST_REASON

logger = logging.getLogger(__name__)

MARK = "erasure"
PAGE = 200
# A part of the sweep's turn; what is left is taken up at the next.
SECONDS = 5
# Why something was erased stays, as whoever asked for it was told.
REASONS = [subject.event_kind for subject in Erasable]


def _identity(case: Case) -> int:
    return Party.objects.filter(case=case).delete()[0]


def _words(case: Case) -> int:
    case.subject = ""
    return EventWords.objects.filter(event__case=case).exclude(event__kind__in=REASONS).delete()[0]


def _files(case: Case) -> int:
    files = list(case.files.all())
    dispose(files)
    return len(files)


ERASERS: Mapping[Erasable, Callable[[Case], int]] = {
    Erasable.IDENTITY: _identity,
    Erasable.WORDS: _words,
    Erasable.FILES: _files,
}
# Where something of it is left.
LEFT = {
    Erasable.IDENTITY: Exists(Party.objects.filter(case=OuterRef("pk"))),
    Erasable.WORDS: Exists(
        EventWords.objects.filter(event__case=OuterRef("pk")).exclude(event__kind__in=REASONS)
    ),
    Erasable.FILES: Exists(CaseFile.objects.filter(case=OuterRef("pk"))),
}


def at_rest() -> QuerySet[Case]:
    """Cases of which nothing is still owed to anybody: closed, with no clock, step or promise, nor going on as another."""
    running = Deadline.objects.filter(case=OuterRef("pk"), ended_at=None)
    owed = Task.objects.filter(case=OuterRef("pk"), done_at=None)
    cases = Case.objects.exclude(closed_at=None).exclude(Exists(running)).exclude(Exists(owed))
    return cases.filter(Q(goes_on_as=None) | Q(goes_on_as__closed_at__isnull=False))


def due_for_erasure(rule: RetentionRule, now: datetime) -> QuerySet[Case]:
    """The cases at rest that were closed longer ago than the rule lets anything be kept."""
    before = datetime.combine(
        _months_before(timezone.localdate(now), rule.months), time(0), settings.OFFICE_ZONE
    )
    cases = at_rest().filter(LEFT[Erasable(rule.subject)], kind=rule.kind, closed_at__lt=before)
    held = kind_named(rule.kind).holds
    return cases.exclude(held) if held else cases


def _months_before(day: date, months: int) -> date:
    """The same day so many months ago; the last of the month where that has none."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def erase_expired(
    now: datetime,
    *,
    stop_at: float = math.inf,
    note: Callable[[RetentionRule, int], None] = lambda rule, done: None,
) -> bool:
    """Erase what the verified rules no longer let be kept; False where `stop_at`, of time.monotonic(), came first.

    A case that fails is logged and passed by. `note` hears after each case how many a rule has had.
    """
    for rule in RetentionRule.objects.filter(kind__in=[kind.kind for kind in all_kinds()]):
        if not rule.is_verified:
            continue
        done = last = 0
        while page := list(
            due_for_erasure(rule, now).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:PAGE]
        ):
            for last in page:
                if monotonic() >= stop_at:
                    return False
                done += _expire(last, rule, now)
                note(rule, done)
    return True


def _expire(pk: int, rule: RetentionRule, now: datetime) -> bool:
    try:
        with change(pk, by=System(), at=now) as changing:
            # Once more, now that nobody else can change it.
            if not due_for_erasure(rule, now).filter(pk=pk).exists():
                return False
            erase(changing, Erasable(rule.subject), basis=rule.legal_basis, rule=rule)
            return True
    except Exception:
        logger.exception("case %s: %s was not erased", pk, rule.subject)
        return False


def erase_nightly(now: datetime) -> None:
    """A duty of the sweep: once a day, over as many turns as it takes. At the end no piece of the index holds erased words."""
    mark = SweepMark.objects.filter(name=MARK).first()
    # A mark of a day to come was made while the clock stood ahead.
    if mark and timezone.localdate(mark.at) == timezone.localdate(now):
        return
    if erase_expired(now, stop_at=monotonic() + SECONDS):
        SweepMark.objects.update_or_create(name=MARK, defaults={"at": now})
        # After the mark: where an index is too large for the time a task has, the sweep is not ended by it each minute.
        word_index.tidy(connection)


def erase(
    changing: CaseChange,
    subject: Erasable,
    *,
    basis: str,
    rule: RetentionRule | None = None,
    reason: str = "",
) -> Erasure:
    """Take one thing out of a case, with what its procedure keeps of it, and leave a tombstone and a line of history.

    With the words goes what anyone may read of them, but where the rule keeps that.
    """
    case = changing.case
    if subject == Erasable.WORDS and not (rule and rule.keeps_public_copy):
        kind_of(case).take_copy_back(changing)
    rows = ERASERS[subject](case)
    if more := kind_of(case).erasers.get(subject):
        rows += more(case)
    changing.record(subject.event_kind, text=reason, basis=basis, rows=rows)
    return Erasure.objects.create(
        case=case,
        subject=subject,
        at=changing.at,
        rule=rule,
        basis=basis,
        erased_by=changing.actor.user,
        rows=rows,
    )


def erase_at_request(
    case: Case,
    *,
    by: Staff,
    seen: int | None,
    subjects: Collection[str],
    reason: str,
    at: datetime | None = None,
) -> list[Erasure]:
    """What the person asks to have erased (UU 27/2022 Ps 8), by the coordinator; no rule keeps a public copy of it.

    Raises CaseRefusal while something is still owed, or where nothing of it is left; WordsMissing without a reason.
    """
    with change(case, by=by, seen=seen, at=at) as changing:
        changing.only_for(Role.COORDINATOR)
        noun = kind_of(case).noun
        if len(clean_words(reason)) < SHORTEST_REASON:
            raise WordsMissing(_("Tuliskan alasannya dengan jelas; alasan ini dicatat dalam riwayat."))
        held = kind_of(case).holds
        rows = at_rest().filter(pk=case.pk)
        if not (rows.exclude(held) if held else rows).exists():
            raise CaseRefusal(_("Data belum dapat dihapus: %s ini masih berjalan.") % noun)
        wanted = [subject for subject in Erasable if subject in subjects]
        left = [
            subject
            for subject in wanted
            # After a rule's turn the reviewed copy may be all that is left of the words.
            if rows.filter(LEFT[subject]).exists()
            or (subject == Erasable.WORDS and changing.case.published_at)
        ]
        if not left:
            raise CaseRefusal(_("Data itu sudah tidak disimpan."))
        basis = "permintaan yang bersangkutan"  # it is kept
        return [erase(changing, subject, basis=basis, reason=reason) for subject in left]
