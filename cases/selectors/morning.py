"""The head's morning screen: what waits for an order, with the few taps that give it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from ..actions import Action
from ..actors import Staff
from ..kinds import CaseKind, kind_of
from ..models import Case, Task
from .desk import MINE, Row, addressed_to, in_tab, row_of

MOST_CARDS, MOST_BUTTONS = 30, 3


@dataclass(frozen=True)
class Button:
    """`values` is what one tap sends; None where the button opens the action's form on the case's page."""

    action: Action
    label: str
    values: Mapping[str, Any] | None = None


@dataclass
class Card:
    """A case with the steps that wait for this officer, and three buttons at most."""

    case: Case
    row: Row
    tasks: list[Task]
    template: str
    summary: Mapping[str, Any]
    buttons: list[Button] = field(default_factory=list)


@dataclass(frozen=True)
class Morning:
    cards: list[Card]
    has_more: bool


def morning(staff: Staff, *, now: datetime | None = None) -> Morning:
    """What waits for this officer's own order: the urgent first, then the soonest.

    2 queries, and for each kind of case those of its summaries and quick actions, however many cards.
    """
    now = now or timezone.now()
    found = list(in_tab(staff, MINE, now=now).select_related("responsible_unit__kind")[: MOST_CARDS + 1])
    cases = found[:MOST_CARDS]
    tasks: dict[int, list[Task]] = {case.pk: [] for case in cases}
    for task in Task.objects.filter(addressed_to(staff), case__in=cases, done_at=None).order_by("opened_at"):
        tasks[task.case_id].append(task)
    by_kind: dict[str, list[Case]] = {}
    for case in cases:
        by_kind.setdefault(case.kind, []).append(case)
    cards: dict[int, Card] = {}
    for of_kind in by_kind.values():
        kind = kind_of(of_kind[0])
        summaries = kind.summaries(of_kind)
        for case in of_kind:
            steps = [task.step for task in tasks[case.pk]]
            row = row_of(case, steps, now)
            cards[case.pk] = Card(case, row, tasks[case.pk], kind.card_template, summaries[case.pk])
        _give_buttons(staff, kind, [cards[case.pk] for case in of_kind])
    return Morning([cards[case.pk] for case in cases], len(found) > MOST_CARDS)


def _give_buttons(staff: Staff, kind: CaseKind, cards: list[Card]) -> None:
    """What one tap does first, in the order of the kind's actions."""
    for action in kind.actions:
        offered = [card for card in cards if action.on_morning_screen and _is_offered(action, staff, card)]
        if not offered:
            continue
        quick = action.quick(staff, [card.case for card in offered])
        for card in offered:
            buttons = [Button(action, label, values) for label, values in quick.get(card.case.pk, ())]
            if not action.is_only_quick:
                buttons.append(Button(action, str(action.short_label or action.label)))
            card.buttons = (card.buttons + buttons)[:MOST_BUTTONS]


def _is_offered(action: Action, staff: Staff, card: Card) -> bool:
    waits = not action.waits_for_step or any(task.step in action.steps for task in card.tasks)
    return waits and action.allowed(staff, card.case, card.tasks)
