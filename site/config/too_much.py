"""What is said where a form brought more than is read, or than the disk takes, and so nothing of it could be kept."""

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import bad_request

from cases.forms.documents import DocumentsField
from cases.forms.photos import PhotosField
from cases.quarantine import NotStored

WHAT = {RequestDataTooBig: "words", TooManyFieldsSent: "fields", TooManyFilesSent: "files"}


def bad_or_too_much(request: HttpRequest, exception: Exception) -> HttpResponse:
    """413 with the limit and the way back to the form, 503 where the disk takes nothing; Django's own 400 for everything
    else."""
    if isinstance(exception, BadRequest):
        # A form that names another encoding than UTF-8: Django refuses to read it again, also for this very page.
        request.encoding = settings.DEFAULT_CHARSET
    return _answer(request, exception)


@requires_csrf_token
def _answer(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, NotStored):
        return render(request, "not_stored.html", {"form_address": _where_from(request)}, status=503)
    what = WHAT.get(type(exception))
    if what is None:
        return bad_request(request, exception)
    context = {
        "what": what,
        "form_address": _where_from(request),
        "most_files": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
        "most_photos": PhotosField.limits.max_files,
        "most_documents": DocumentsField.limits.max_files,
        "most_megabytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 2**20,
        "most_fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
    }
    return render(request, "413.html", context, status=413)


def _where_from(request: HttpRequest) -> str:
    """The page with the form, where the browser names one of ours; what a form is sent to may have no page."""
    page = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if ours else ""
