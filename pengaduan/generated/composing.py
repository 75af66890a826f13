"""From a draft of an invented complaint to the rows it has in every table. Reads no database, so that several processes can."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.db.models import Model

from cases.canonical import canonical
from cases.history import hash_of, in_utc, words_hash
from cases.models import Case, Deadline, Event, EventWords, IdentityMode, Party, Task
from cases.models.history import ActorKind
from cases.services.bulk import Block, block_of
from cases.services.receipt import Clock, subject_of

from ..models import Answer, Complaint, Outcome, ReportClass, Satisfaction
from ..workflow import KIND
from .drafts import Draft, Place, Setting, key_of
from .lives import Step
from .words import complaint, phrase

COLUMNS = {
    model: names.split()
    for model, names in {
        Case: "id kind number submission_key receiving_unit responsible_unit area lineage handler status version subject"
        " place identity_mode published_at received_at closed_at due_at is_demo chain_length chain_head",
        Complaint: "case report_class category procedure district village landmark public_text",
        Event: "id case seq at kind actor_kind actor role data is_demo prev hash",
        EventWords: "event text salt is_internal",
        Party: "case name phone email phone_hash email_hash",
        Deadline: "id case step rule unit starts_at due_at because outer_step ended_at",
        Task: "case step unit role section deadline opened_at done_at done_by",
        Answer: "case text outcome drafted_by drafted_at approved_by approved_at satisfaction rated_at",
    }.items()
}
Rows = dict[type[Model], list[tuple]]
# Of a hundred: reports with a name, and copies that anyone may read.
NAMED, PUBLISHED = 86, 30
# What waits at the desk in each open state; an answered one waits for its reporter.
STEPS = {"received": "verify", "verified": "dispose", "in_progress": "draft"}


def compose(setting: Setting, drafts: Sequence[Draft]) -> dict[type[Model], Block]:
    """The rows of these complaints by table, in the order in which they can be written."""
    rows: Rows = {model: [] for model in COLUMNS}
    for draft in drafts:
        _Complaint(setting, draft, rows).compose()
    return {model: block_of(model, COLUMNS[model], of_model) for model, of_model in rows.items()}


@dataclass
class _Complaint:
    setting: Setting
    draft: Draft
    rows: Rows
    at: datetime = field(init=False)
    head: str = ""
    length: int = 0
    # When each state was reached.
    reached: dict[str, datetime] = field(default_factory=dict)

    def compose(self) -> None:
        draft, self.at = self.draft, self.draft.received_at
        self.dice = Random(draft.order)  # noqa: S311
        self.place = self.setting.places[draft.place]
        self.words, landmark = complaint(self.place.name, self.dice)
        clocks = self.setting.clocks.first(self.place.desk, self.at)
        is_named = self.dice.random() * 100 < NAMED
        mode = (
            IdentityMode.NAMED if is_named else self.dice.choice((IdentityMode.ANONYMOUS, IdentityMode.NONE))
        )
        self._event(
            "received",
            ActorKind.REPORTER,
            "",
            _receipt_data(self.place, clocks),
            self.words,
            is_internal=False,
        )
        for step in draft.life.steps:
            self._take(step)
        running = self._clocks(clocks)
        self._tasks()
        self._answer()
        if mode != IdentityMode.NONE:
            self.rows[Party].append((draft.case_id, *self.dice.choice(self.setting.people)))
        is_public = self.is_closed and self.dice.random() * 100 < PUBLISHED
        self._case(mode, min(running, default=None), is_public)
        self.rows[Complaint].append(
            (
                *(draft.case_id, ReportClass.COMPLAINT.value, self.dice.choice(self.setting.categories)),
                *(self.place.desk.procedure_code, self.place.district_id, self.place.village_id, landmark),
                self.words if is_public else "",
            )
        )

    @property
    def is_closed(self) -> bool:
        return self.draft.life.status not in {"answered", *STEPS}

    def _take(self, step: Step) -> None:
        self.at = min(self.at + timedelta(hours=self.dice.randint(*step.hours)), self.setting.now)
        data = {}
        if step.to:
            data = {"from": next(reversed(self.reached), "received"), "to": step.to}
            self.reached[step.to] = self.at
        if step.says == "answers":
            data["outcome"] = Outcome.DONE.value
        words = phrase(step.says, self.dice) if step.says else ""
        self._event(step.kind, step.by, str(step.role), data, words, is_internal=step.is_internal)

    def _event(self, kind: str, by: str, role: str, data: dict, words: str, *, is_internal: bool) -> None:
        event_id = self.draft.event_ids[self.length]
        self.length += 1
        if words:
            salt = secrets.token_hex(16)
            data = data | {"words": words_hash(words, salt)}
            self.rows[EventWords].append((event_id, words, salt, is_internal))
        actor = self.setting.officer_id if by == ActorKind.STAFF else None
        said, prev = canonical(data), self.head
        self.head = hash_of(
            *(self.draft.number, self.length, in_utc(self.at), kind, str(by), actor, role, said, True, prev)
        )
        self.rows[Event].append(
            (
                *(event_id, self.draft.case_id, self.length, self.at, kind, str(by), actor, role),
                *(said, True, prev, self.head),
            )
        )

    def _clocks(self, clocks: Sequence[Clock]) -> list[datetime]:
        """Write the clocks down; returns when those that still run are due."""
        end = self.at if self.is_closed else None
        answered = self.reached.get("answered")
        ends = {
            "law": answered or end,
            "answer": answered or end,
            "verify": self.reached.get("verified", end),
        }
        if answered:
            clocks = (*clocks, self.setting.clocks.confirmation(answered))
            ends["confirm"] = end
        for key, clock in zip(self.draft.clock_ids, clocks, strict=True):
            starts = answered if clock.step == "confirm" else self.draft.received_at
            self.rows[Deadline].append(
                (
                    *(key, self.draft.case_id, clock.step, clock.rule.pk if clock.rule else None),
                    *(self.place.unit.pk, starts, clock.due.at, clock.due.because, clock.outer_step),
                    ends[clock.step],
                )
            )
        return [clock.due.at for clock in clocks if ends[clock.step] is None]

    def _tasks(self) -> None:
        _law, answer, verify = self.draft.clock_ids[:3]
        officer = self.setting.officer_id
        verified = self.reached.get("verified")
        self._task(
            "verify",
            verify,
            self.draft.received_at,
            verified or (self.at if self.is_closed else None),
            officer,
        )
        if (status := self.draft.life.status) in ("verified", "in_progress"):
            self._task(STEPS[status], answer, self.at, None, officer)

    def _task(self, step: str, clock: int, opened: datetime, done: datetime | None, officer: int) -> None:
        chair = self.place.chairs[step]
        self.rows[Task].append(
            (
                *(self.draft.case_id, step, chair.unit_id, chair.role, chair.section_id, clock),
                *(opened, done, officer if done else None),
            )
        )

    def _answer(self) -> None:
        if (answered := self.reached.get("answered")) is None:
            return
        officer, rated = self.setting.officer_id, self.reached.get("resolved")
        self.rows[Answer].append(
            (
                *(self.draft.case_id, phrase("answers", self.dice), Outcome.DONE.value, officer, answered),
                *(officer, answered, Satisfaction.SATISFIED.value if rated else None, rated),
            )
        )

    def _case(self, mode: IdentityMode, due_at: datetime | None, is_public: bool) -> None:
        draft, unit = self.draft, self.place.unit
        handler = self.setting.officer_id if "verified" in self.reached else None
        self.rows[Case].append(
            (
                *(draft.case_id, KIND, draft.number, key_of(draft.order), unit.pk, unit.pk),
                *(unit.area_id, unit.lineage, handler, draft.life.status, self.length),
                *(subject_of(self.words), self.place.name, mode.value, self.at if is_public else None),
                *(
                    draft.received_at,
                    self.at if self.is_closed else None,
                    due_at,
                    True,
                    self.length,
                    self.head,
                ),
            )
        )


def _receipt_data(place: Place, clocks: Sequence[Clock]) -> dict:
    return {
        "unit": place.unit.short_code,
        "clocks": {clock.step: clock.due.because for clock in clocks},
        "channel": "web",
        "class": ReportClass.COMPLAINT.value,
    }
