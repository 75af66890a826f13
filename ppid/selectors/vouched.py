"""What of requests stands for good, and is vouched for by their history."""

from collections.abc import Iterator

from ..models import ConsequenceTest, Notice
from .enclosures import hashes, issued_enclosures


def vouched(first: int, last: int) -> Iterator[tuple[int, str]]:
    """The cases between these keys that have a notice issued or a weighing recorded, each with its hash. 5 queries.

    A notice stands with the documents that are there, or that were there when the law had them erased.
    """
    between = {"case__gte": first, "case__lte": last}
    notices = Notice.objects.filter(**between).exclude(issued_at=None).order_by()
    documents = issued_enclosures(list(notices.values_list("case_id", flat=True)))
    for notice in notices.iterator():
        if notice.case_id in documents:
            notice.enclosed = hashes(documents[notice.case_id], notice.salt)
        yield notice.case_id, notice.vouched_hash()
    for test in ConsequenceTest.objects.filter(**between).order_by().iterator():
        yield test.case_id, test.vouched_hash()
