"""What of requests stands for good, and is vouched for by their history."""

from collections.abc import Collection, Iterator

from ..models import ConsequenceTest, Notice
from .enclosures import hashes, issued_enclosures


def vouched(cases: Collection[int]) -> Iterator[tuple[int, str]]:
    """The cases that have a notice issued or a weighing recorded, each with its hash. 4 queries.

    A notice stands with the documents that are there, or that were there when the law had them erased.
    """
    documents = issued_enclosures(cases)
    for notice in Notice.objects.filter(case__in=cases).exclude(issued_at=None).order_by().iterator():
        if notice.case_id in documents:
            notice.enclosed = hashes(documents[notice.case_id], notice.salt)
        yield notice.case_id, notice.vouched_hash()
    for test in ConsequenceTest.objects.filter(case__in=cases).order_by().iterator():
        yield test.case_id, test.vouched_hash()
