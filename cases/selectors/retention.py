"""What is erased without anybody asking: only what verified rules say, since nothing else is."""

from typing import Any

from home.services.site import PRIVACY

from ..kinds import all_kinds
from ..models import Erasable, RetentionRule


def rules_in_force() -> list[RetentionRule]:
    """1 query."""
    kinds = [kind.kind for kind in all_kinds()]
    return [rule for rule in RetentionRule.objects.filter(kind__in=kinds) if rule.is_verified]


def how_many_there_should_be() -> int:
    return len(all_kinds()) * len(Erasable)


def retention_panel(page) -> dict[str, Any] | None:
    """Below the page on privacy: what is in force, and nothing that waits for the legal department."""
    if page.slug != PRIVACY:
        return None
    rules = rules_in_force()
    return {
        "template": "cases/retention.html",
        "rules": rules,
        "is_whole": len(rules) == how_many_there_should_be(),
    }
