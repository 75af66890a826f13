"""What of complaints stands in rows of their own, and is vouched for by their history: what anyone may read."""

from collections.abc import Iterator, Sequence

from cases.canonical import canonical
from cases.hashing import words_hash

from ..models import Answer, Complaint


def vouched(first: int, last: int) -> Iterator[tuple[int, str]]:
    """The cases between these keys that have a public copy, each with its hash. 2 queries."""
    between = {"case__gte": first, "case__lte": last}
    answers: dict[int, list[tuple]] = {}
    worded = Answer.objects.filter(**between).exclude(public_text="").order_by("pk")
    names = ("public_text", "outcome", "promised_until", "passed_to_id")
    for case, *answer in worded.values_list("case_id", *names):
        answers.setdefault(case, []).append(tuple(answer))
    copies = Complaint.objects.filter(**between).exclude(public_text="", copy_salt="")
    for case, text, salt in copies.values_list("case_id", "public_text", "copy_salt"):
        yield case, copy_hash(text, answers.pop(case, ()), salt)
    # No copy beside them, and so no salt: whatever the history says, they do not fit it.
    for case, alone in answers.items():
        yield case, copy_hash("", alone, "")


def copy_hash(text: str, answers: Sequence[tuple], salt: str) -> str:
    """64 hex digits over the copy and each answer that is worded for anyone: its words, outcome, day and unit."""
    told = [[words, outcome, until and until.isoformat(), unit] for words, outcome, until, unit in answers]
    return words_hash(canonical([text, told]), salt)
