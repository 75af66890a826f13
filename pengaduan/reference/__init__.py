"""What complaints start with: rules of time and of retention with their legal basis, messages, categories."""

from pathlib import Path

from home.reference import enter_reference_rows

HERE = Path(__file__).parent


def enter_all(using: str = "default") -> None:
    from cases.models import MessageTemplate, RetentionRule, Rule
    from cases.services.clockwork import reference_changed

    from ..models import Category

    rules = enter_reference_rows(Rule, HERE / "rules.json", key=("procedure", "step"), using=using)
    enter_reference_rows(MessageTemplate, HERE / "messages.json", key=("code",), using=using)
    enter_reference_rows(RetentionRule, HERE / "retention.json", key=("kind", "subject"), using=using)
    enter_reference_rows(Category, HERE / "categories.json", using=using)
    if rules:
        reference_changed()
