"""From drafts of invented complaints to the rows they have in every table. Reads no database, so that another process can."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from random import Random

from django.db.models import Model

from cases.hashing import hash_of, in_utc, new_salt, words_hash
from cases.models import Case, Deadline, Event, EventWords, IdentityMode, Party, Task
from cases.models.history import ActorKind
from cases.services.bulk import written
from cases.services.receipt import subject_of
from cases.vouching import ALONE, KEY

from ..models import Answer, Complaint, Outcome, ReportClass, Satisfaction
from ..selectors.vouched import copy_hash
from ..workflow import KIND
from .clocks import Ticking
from .drafts import Draft, Place, Setting, key_of
from .lives import RECEIVED, Step
from .words import complaints, phrases

COLUMNS = {
    model: names.split()
    for model, names in {
        Case: "id kind number submission_key receiving_unit responsible_unit area lineage handler status version subject"
        " place identity_mode published_at received_at closed_at due_at is_demo chain_length chain_head",
        Complaint: "case report_class category procedure district village landmark public_text copy_salt",
        Event: "id case seq at kind actor_kind actor role data is_demo prev hash",
        EventWords: "event text salt is_internal",
        Party: "case name phone email phone_hash email_hash",
        Deadline: "step rule starts_at due_at because outer_step id case unit ended_at",
        Task: "case step unit role section deadline opened_at done_at done_by",
        Answer: "case text outcome drafted_by drafted_at approved_by approved_at satisfaction rated_at",
    }.items()
}
Rows = dict[type[Model], list[tuple]]
# Of a hundred: reports with a name, and those without; copies that anyone may read.
MODES = {IdentityMode.NAMED.value: 86, IdentityMode.ANONYMOUS.value: 7, IdentityMode.NONE.value: 7}
PUBLISHED = 30
# What waits at the desk in each open state; an answered one waits for its reporter.
STEPS = {"received": "verify", "verified": "dispose", "in_progress": "draft"}
STAFF, NONE, DONE = ActorKind.STAFF.value, IdentityMode.NONE.value, Outcome.DONE.value
COMPLAINT, SATISFIED = ReportClass.COMPLAINT.value, Satisfaction.SATISFIED.value


def compose(setting: Setting, drafts: Sequence[Draft]) -> Rows:
    """The rows of these complaints by table, in the order in which they can be written."""
    rows: Rows = {model: [] for model in COLUMNS}
    dice = Random(drafts[0].order)  # noqa: S311
    told = complaints([setting.places[draft.place].name for draft in drafts], dice)
    modes = dice.choices(list(MODES), list(MODES.values()), k=len(drafts))
    for draft, (words, landmark), mode in zip(drafts, told, modes, strict=True):
        _Complaint(setting, draft, dice, rows).compose(words, landmark, mode)
    return rows


class _Complaint:
    """Moments are kept as they are written, but for `at`: where its history stands."""

    def __init__(self, setting: Setting, draft: Draft, dice: Random, rows: Rows) -> None:
        self.setting, self.draft, self.dice, self.rows = setting, draft, dice, rows
        self.place: Place = setting.places[draft.place]
        self.at, self.head = draft.received_at, ""
        # When each state was reached.
        self.reached: dict[str, str] = {}
        self.answer: tuple[str, datetime] | None = None

    def compose(self, words: str, landmark: str, mode: str) -> None:
        draft, place, unit, dice = self.draft, self.place, self.place.unit, self.dice
        status, length = draft.life.status, 1 + len(draft.life.steps)
        clocks, said = self.setting.clocks.first(place.desk, self.at)
        is_closed = status != "answered" and status not in STEPS
        salt = new_salt() if is_closed and dice.random() * 100 < PUBLISHED else ""
        received = self._event(1, RECEIVED, f'{said[:-1]},"unit":{place.quoted_code}}}', words)
        self._live(copy_hash(words, (), salt) if salt else "")
        closed = _moment(self.at)[1] if is_closed else None
        due = min(self._clocks(clocks, closed), default=None)
        self._tasks(received, closed)
        self._answer()
        if mode != NONE:
            self.rows[Party].append((draft.case_id, *dice.choice(self.setting.people)))
        self.rows[Case].append(
            (
                *(draft.case_id, KIND, draft.number, key_of(draft.order), unit.pk, unit.pk, unit.area_id),
                *(unit.lineage, self.setting.officer_id if "verified" in self.reached else None, status),
                *(length, subject_of(words), place.name, mode, closed if salt else None),
                *(received, closed, due, True, length, self.head),
            )
        )
        self.rows[Complaint].append(
            (
                *(draft.case_id, COMPLAINT, dice.choice(self.setting.categories), place.desk.procedure_code),
                *(place.district_id, place.village_id, landmark, words if salt else "", salt),
            )
        )

    def _live(self, copy: str) -> None:
        """`copy`: the hash of what anyone may read, of which its end tells."""
        life, drafted = self.draft.life, ""
        for seq, (step, said) in enumerate(zip(life.steps, life.said, strict=True), start=2):
            if copy and step is life.steps[-1]:
                said = f'{{"{ALONE}":true,{said[1:-1]},"{KEY}":"{copy}"}}'
            first, last = step.hours
            later = timedelta(hours=first + int(self.dice.random() * (last - first + 1)))
            self.at = min(self.at + later, self.setting.now)
            words = self.dice.choice(phrases()[step.says]) if step.says else ""
            if step.to == "answered":
                # What goes out is what was drafted.
                words = drafted
            at = self._event(seq, step, said, words)
            if step.to:
                self.reached[step.to] = at
            if step.kind == "answer_drafted":
                drafted = words
            if step.to == "answered":
                self.answer = words, self.at

    def _event(self, seq: int, step: Step, said: str, words: str) -> str:
        """The next event of its history, which says this in canonical JSON. Returns when it was."""
        key, prev, number = self.draft.event_id + seq - 1, self.head, self.draft.number
        hashed, at = _moment(self.at)
        if words:
            salt = new_salt()
            # Of all names "words" is the last.
            said = f'{said[:-1]}{"," if len(said) > 2 else ""}"words":"{words_hash(words, salt)}"}}'
            self.rows[EventWords].append((key, words, salt, step.is_internal))
        actor = self.setting.officer_id if step.by == STAFF else None
        self.head = hash_of(number, seq, hashed, step.kind, step.by, actor, step.role, said, True, prev)
        self.rows[Event].append(
            (
                *(key, self.draft.case_id, seq, at, step.kind, step.by, actor, step.role, said, True, prev),
                self.head,
            )
        )
        return at

    def _clocks(self, clocks: Sequence[Ticking], closed: str | None) -> Iterator[str]:
        """Write the clocks down; those that still run are due at these moments."""
        answered = self.reached.get("answered", closed)
        ends = {"law": answered, "answer": answered, "verify": self.reached.get("verified", closed)}
        if self.answer:
            clocks = (*clocks, self.setting.clocks.confirmation(self.answer[1]))
            ends["confirm"] = closed
        for key, clock in enumerate(clocks, start=self.draft.clock_id):
            end = ends[clock.step]
            self.rows[Deadline].append((*clock, key, self.draft.case_id, self.place.unit.pk, end))
            if end is None:
                yield clock.due_at

    def _tasks(self, received: str, closed: str | None) -> None:
        # The first clocks are the law's, the promise's and the first look's.
        clock, status = self.draft.clock_id, self.draft.life.status
        self._task("verify", clock + 2, received, self.reached.get("verified", closed))
        if status in ("verified", "in_progress"):
            self._task(STEPS[status], clock + 1, self.reached[status], None)

    def _task(self, step: str, clock: int, opened: str, done: str | None) -> None:
        officer = self.setting.officer_id if done else None
        self.rows[Task].append(
            (self.draft.case_id, step, *self.place.chairs[step], clock, opened, done, officer)
        )

    def _answer(self) -> None:
        if self.answer is None:
            return
        officer, at, rated = self.setting.officer_id, self.reached["answered"], self.reached.get("resolved")
        self.rows[Answer].append(
            (
                *(self.draft.case_id, self.answer[0], DONE, officer, at, officer, at),
                *(SATISFIED if rated else None, rated),
            )
        )


@lru_cache(maxsize=10_000)
def _moment(at: datetime) -> tuple[str, str]:
    """A moment as it is hashed, and as it is written."""
    return in_utc(at), written(at)
