"""What reaches /admin/ by something else than Wagtail's own pages is refused instead of failing.

A browser never sends it so; a script, a cut connection or somebody's own hand does. Wagtail takes the counts of its
blocks, the JSON of its texts, the keys of its rows and the filters of its lists for granted.
"""

import logging
from types import TracebackType

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import BadRequest, ValidationError
from django.db import DataError
from django.http import HttpRequest, HttpResponse

from .too_much import bad_or_too_much

logger = logging.getLogger(__name__)

# A list asked for by a field it does not have, and values that no row can hold.
ODD_VALUES = (IncorrectLookupParameters, OverflowError, DataError)
# Functions that make values of what was sent, and know nothing else: what fails within them is the sender's.
READERS = {"value_from_datadict", "to_python", "get_prep_value", "_construct_form"}
FAULTS = (LookupError, ValueError, TypeError, AttributeError, ValidationError)


class UnreadableMiddleware:
    """Asks nothing; steps in where a page of /admin/ failed over what it was sent."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not request.resolver_match.route.lstrip("^").startswith("admin/") or not _is_the_senders(
            exception
        ):
            return None
        # What was sent may be somebody's words: only the kind of fault is told.
        logger.warning("what was sent could not be read: %s", type(exception).__name__)
        return bad_or_too_much(request, BadRequest("unreadable"))


def _is_the_senders(exception: Exception) -> bool:
    if isinstance(exception, ODD_VALUES):
        return True
    return isinstance(exception, FAULTS) and _arose_in_reading(exception.__traceback__)


def _arose_in_reading(traceback: TracebackType | None) -> bool:
    while traceback:
        if traceback.tb_frame.f_code.co_name in READERS:
            return True
        traceback = traceback.tb_next
    return False
