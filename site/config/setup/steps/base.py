from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise

from ..console import Console, reasons

Answer = TypeVar("Answer")


class Refused(Exception):
    """What was given by flags will not do. One line for each fault, beginning with its flag."""


class Step:
    """First everything is asked and checked, then it is written: a step that is broken off has done nothing.

    options: the command's flags, None for one that was not given. console is None where nobody may be asked.
    """

    title: Promise

    def __init__(
        self, options: Mapping[str, Any], console: Console | None, say: Callable[[str], None]
    ) -> None:
        self.options, self.console, self.say = options, console, say

    def gather(self) -> None:
        """Find out what is wanted. Raises Refused where nobody may be asked."""

    def carry_out(self) -> None:
        """Write it. Raises Refused where what was given turns out not to work."""

    def settle(self, flag: str, question: str, current: str, check: Callable[[str], Answer]) -> Answer:
        """The flag's value where it will do, else the answer at the terminal, else what is there already."""
        given = self.options.get(flag)
        if given is None and self.console:
            return self.console.ask(question, current, check)
        try:
            return check(current if given is None else given)
        except (ValidationError, ValueError) as fault:
            if not self.console:
                raise Refused(
                    "\n".join(f"--{flag.replace('_', '-')}: {words}" for words in reasons(fault))
                ) from fault
            self.console.complain(fault)
        return self.console.ask(question, current, check)


def field_check(bind: Callable[[dict], forms.BaseForm], answers: dict, name: str) -> Callable[[str], str]:
    """Check one field in the light of the answers so far; returns what was typed."""

    def check(typed: str) -> str:
        form = bind({**answers, name: typed})
        if name in form.errors:
            raise ValidationError(list(form.errors[name]))
        return typed

    return check
