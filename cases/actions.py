"""What somebody can do with a case on the desk or the tracking page: a button, its form, and the verb behind it."""

from collections.abc import Callable
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


@dataclass(frozen=True)
class Action:
    """`allowed(actor, case, open_tasks)` says whether the button is shown; the verb checks again for itself.

    `perform(case, by, seen, **cleaned_data)` raises CaseRefusal. `quick(actor, case)` returns the form's data with
    which one tap on the head's morning screen does it, or None where the form must be opened.
    """

    name: str
    label: str
    form: type[ActionForm]
    allowed: Callable[[Any, "Case", "list[Task]"], bool]
    perform: Callable[..., Any]
    done: str = ""
    hint: str = ""
    is_primary: bool = False
    is_danger: bool = False
    quick: Callable[[Any, "Case"], dict[str, Any] | None] | None = None
    quick_label: Callable[[Any, "Case"], str] | None = None
