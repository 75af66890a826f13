"""A case's files: asked for one by one, and given only to whom the case itself is visible."""

from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from ..actors import Reporter, Staff
from ..kinds import kind_of
from ..models import CaseFile, PublicPhoto
from ..models.files import StoredFile
from ..selectors.timeline import Reading
from ..services.identity import names_person
from ..visibility import can_see, public_cases
from .tracking import tracked_case


@require_safe
@cache_control(private=True, no_store=True)
def case_file(request: HttpRequest, key: str) -> FileResponse:
    """404 for whoever may not see it, as for a file that never was."""
    file = CaseFile.objects.select_related("case", "event").filter(key=key).first()
    if file is None or not may_see_file(request, file):
        raise Http404
    return _content(file)


@require_safe
@cache_control(private=True, no_store=True)
def public_photo(request: HttpRequest, key: str) -> FileResponse:
    """A photo of a reviewed public copy, for anyone; gone with the copy."""
    photo = PublicPhoto.objects.select_related("case").filter(key=key, case__in=public_cases()).first()
    if photo is None:
        raise Http404
    return _content(photo)


def _content(file: StoredFile) -> FileResponse:
    try:
        content = storages["cases"].open(file.path)
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, content_type=file.media_type)
    way = "inline" if file.is_picture else "attachment"
    response["Content-Disposition"] = f'{way}; filename="{file.case.number}-{file.pk}{file.extension}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def may_see_file(request: HttpRequest, file: CaseFile) -> bool:
    tracked = tracked_case(request)
    if tracked and tracked.pk == file.case_id and _is_shown_to(Reporter(), file):
        return True
    if not request.user.is_authenticated:
        return False
    staff = Staff.of(request.user)
    return can_see(staff, file.case) and _is_shown_to(staff, file) and _may_know_by(staff, file)


def _may_know_by(staff: Staff, file: CaseFile) -> bool:
    """Whether the file tells this officer no more of who somebody is than they may know; that it told is written down."""
    identifies = file.event.seq == 1 and kind_of(file.case).files_identify(file.case)
    return not identifies or names_person(file.case, by=staff)


def _is_shown_to(reader: Staff | Reporter, file: CaseFile) -> bool:
    """A photo is seen by whoever reads the line of the history that it came with."""
    return Reading.of(reader, file.case).shows(file.event)
