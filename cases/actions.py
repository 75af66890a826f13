"""What somebody can do with a case on the desk or the tracking page: a button, its form, and the verb behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from .models import Case, Task


class ActionForm(forms.Form):
    """The form behind a button. Subclasses see the case and who acts, to offer the right choices."""

    def __init__(self, *args: Any, case: "Case", actor: Any, **kwargs: Any) -> None:
        self.case, self.actor = case, actor
        super().__init__(*args, **kwargs)

    def typed(self) -> list[tuple[str, str]]:
        """What somebody wrote, by label: to be handed back where the form itself is no longer offered."""
        texts = [field for field in self if isinstance(field.field.widget, forms.Textarea)]
        return [(str(field.label), field.value()) for field in texts if field.value()]


@dataclass(frozen=True)
class Action:
    """`allowed(actor, case, open_tasks)` says whether the button is shown; the verb checks again for itself.

    `perform(case, by, seen, **cleaned_data)` raises CaseRefusal. `done` is what the person reads afterwards.
    `quick(actor, cases)` returns by case's key the labels and form values with which one tap on the morning screen
    does it; a known number of queries, however many cases.
    """

    name: str
    label: str
    form: type[ActionForm]
    allowed: Callable[[Any, "Case", "list[Task]"], bool]
    perform: Callable[..., Any]
    done: str = ""
    hint: str = ""
    short_label: str = ""
    is_danger: bool = False
    # Whether its form stands open on the reporter's page before anybody asks for it: callable(case).
    stands_open: Callable[["Case"], bool] = lambda case: False
    # The steps that this action does for whoever owes them.
    steps: tuple[str, ...] = ()
    # On the head's morning screen; `waits_for_step`: only while one of its steps is open.
    on_morning_screen: bool = False
    waits_for_step: bool = False
    is_only_quick: bool = False
    quick: Callable[[Any, "Sequence[Case]"], dict[int, list[tuple[str, dict[str, Any]]]]] = (
        lambda actor, cases: {}
    )
