"""Asking at a terminal: a default in brackets, and the question again with the reason while the answer will not do."""

import getpass
from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

Answer = TypeVar("Answer")
YES, NO = ("y", "ya"), ("t", "tidak")
EMPTY = "-"


class Console:
    def ask(self, question: str, default: str, check: Callable[[str], Answer]) -> Answer:
        """What `check` makes of the answer; it raises ValidationError or ValueError for one that will not do."""
        prompt = f"{capfirst(question)} [{default}]: " if default else f"{capfirst(question)}: "
        while True:
            typed = input(prompt).strip()
            try:
                return check("" if typed == EMPTY else typed or default)
            except (ValidationError, ValueError) as fault:
                self.complain(fault)

    def ask_new_password(self, check: Callable[[str], str]) -> str:
        while True:
            password = getpass.getpass(_("Kata sandi (tidak tampak saat diketik): "))
            try:
                check(password)
            except ValidationError as fault:
                self.complain(fault)
                continue
            if getpass.getpass(_("Kata sandi, sekali lagi: ")) == password:
                return password
            self.say(_("  Keduanya tidak sama."))

    def agree(self, question: str, *, default: bool = True) -> bool:
        while True:
            typed = input(f"{question} [{_('Ya/tidak') if default else _('ya/Tidak')}]: ").strip().lower()
            if not typed:
                return default
            if typed in YES + NO:
                return typed in YES
            self.say(_("  Jawab ya atau tidak."))

    def complain(self, fault: Exception) -> None:
        for words in reasons(fault):
            self.say(f"  {words}")

    def say(self, line: str) -> None:
        print(line, flush=True)


def reasons(fault: Exception) -> list[str]:
    return list(fault.messages) if isinstance(fault, ValidationError) else str(fault).splitlines()
