"""What the desk does with a report before it is answered, and once it is asked to look again."""

from cases.services.notes import add_note, reporter_called, take_over

from .handing_over import (
    HANDED_OVER_IN,
    PASSING_ON,
    clear_accused,
    hand_over,
    hand_to_ppid,
    keep_from,
    pass_on,
)
from .orders import ask_for_draft, decide_follow_up, dispose, report_findings, return_disposition, verify
from .public_copy import change_public_copy, take_copy_back, why_not_shown
from .setting_aside import ask_reporter, decide_reopening, end_without_answer, postpone, take_up_again

__all__ = [
    "HANDED_OVER_IN",
    "PASSING_ON",
    "add_note",
    "ask_for_draft",
    "ask_reporter",
    "change_public_copy",
    "clear_accused",
    "decide_follow_up",
    "decide_reopening",
    "dispose",
    "end_without_answer",
    "hand_over",
    "hand_to_ppid",
    "keep_from",
    "pass_on",
    "postpone",
    "report_findings",
    "reporter_called",
    "return_disposition",
    "take_copy_back",
    "take_over",
    "take_up_again",
    "verify",
    "why_not_shown",
]
