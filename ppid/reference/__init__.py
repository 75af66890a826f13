"""What requests for information start with: rules of time and of retention, grounds, messages, words of letters."""

from pathlib import Path

from home.reference import enter_reference_rows

HERE = Path(__file__).parent


def enter_all(using: str = "default") -> None:
    from cases.models import MessageTemplate, RetentionRule, Rule
    from cases.services.clockwork import reference_changed

    from ..models import ExclusionGround, LetterTemplate

    rules = enter_reference_rows(Rule, HERE / "rules.json", key=("procedure", "step"), using=using)
    enter_reference_rows(RetentionRule, HERE / "retention.json", key=("kind", "subject"), using=using)
    enter_reference_rows(MessageTemplate, HERE / "messages.json", key=("code",), using=using)
    enter_reference_rows(LetterTemplate, HERE / "letters.json", key=("code",), using=using)
    enter_reference_rows(ExclusionGround, HERE / "grounds.json", key=("letter",), using=using)
    if rules:
        reference_changed()
