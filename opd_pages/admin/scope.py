"""In /admin/ an editor meets what is public, and what belongs to the own unit and those below it: nothing else.

Wagtail asks who may change a page or a file, but shows more than that: drafts of others in choosers, in reports, in the
questions that bulk actions ask, and all files by its API. Whoever keeps the whole portal is not narrowed.
"""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from wagtail.documents.permissions import permission_policy as documents
from wagtail.images.permissions import permission_policy as images
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

# Histories and lists over the pages of all units; and files, which no page of /admin/ asks the API for.
CLOSED = ("admin/reports/", "admin/api/main/documents/", "admin/api/main/images/")
CHOOSERS = "admin/choose-page/"
# Where Wagtail looks for the page above, of which the root has none, and for rows by whatever was sent as their keys.
BELOW_ANOTHER = ("/set_position/", "admin/choose-page/chosen-multiple/")
CHOSEN = "/chosen-multiple/"
TAGS = "admin/tag-autocomplete/"
PAGE_ARGUMENTS = frozenset({"page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk"})
FILE_ARGUMENTS = {"document_id": documents, "doc_id": documents, "image_id": images}
BULK = {"page": PagePermissionPolicy(), "document": documents, "image": images}
ON_PAGES, ON_FILES = {"add", "change", "publish"}, {"add", "change", "choose"}


def keeps_the_portal(user) -> bool:
    return user.is_superuser or user.has_perm("opd_pages.change_unit")


class AdminScopeMiddleware:
    """Asks nothing outside /admin/; there at most 3 queries for an address that names a page or a file."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        route = request.resolver_match.route.lstrip("^")
        if (
            not route.startswith("admin/")
            # Who may not enter at all is turned away by Wagtail.
            or not request.user.has_perm("wagtailadmin.access_admin")
        ):
            return None
        if route.endswith((*BELOW_ANOTHER, CHOSEN)) and not _can_be_answered(request, route, kwargs):
            raise Http404
        if keeps_the_portal(request.user):
            return None
        if route.startswith(TAGS):
            # The words of all units' files in one list.
            return JsonResponse([], safe=False)
        if route.startswith(CLOSED) or not _is_within(request, route, args, kwargs):
            raise PermissionDenied
        return None


def _can_be_answered(request: HttpRequest, route: str, kwargs) -> bool:
    keys = [*request.GET.getlist("id"), *(value for name, value in kwargs.items() if name in PAGE_ARGUMENTS)]
    if not all(_is_key(key) for key in keys):
        return False
    return not (route.endswith(BELOW_ANOTHER) and Page.objects.filter(pk__in=keys, depth=1).exists())


def _is_key(text: object) -> bool:
    return str(text).isdecimal() and len(str(text)) < 19


def _is_within(request: HttpRequest, route: str, args, kwargs) -> bool:
    user = request.user
    pages = {value for name, value in kwargs.items() if name in PAGE_ARGUMENTS}
    if route.startswith("admin/pages/") and args:
        pages.add(args[0])  # comparisons of revisions
    sent = [*request.GET.getlist("id"), *(request.POST.getlist("id") if request.method == "POST" else [])]
    if route.startswith(CHOOSERS):
        known = Page.objects.filter(_shown_in_choosers(user))
        return _holds(known, [*pages, *sent])
    if not _holds(PagePermissionPolicy().explorable_instances(user), pages):
        return False
    for name, policy in FILE_ARGUMENTS.items():
        if name in kwargs and not _holds(
            policy.instances_user_has_any_permission_for(user, ON_FILES), [kwargs[name]]
        ):
            return False
    if route.startswith("admin/bulk/") and (policy := BULK.get(kwargs.get("model_name"))):
        may = ON_PAGES if kwargs["model_name"] == "page" else ON_FILES
        return _holds(policy.instances_user_has_any_permission_for(user, may), sent)
    return True


def _holds(rows: QuerySet, keys: Iterable) -> bool:
    """Whether all these keys are among the rows; "all" of a list is narrowed by Wagtail itself."""
    wanted = {int(key) for key in keys if _is_key(key)}
    return not wanted or rows.filter(pk__in=wanted).count() == len(wanted)


def _shown_in_choosers(user) -> Q:
    """What is published, what one keeps oneself, and the root, where choosing begins."""
    own = PagePermissionPolicy().instances_user_has_any_permission_for(user, ON_PAGES)
    return Q(live=True) | Q(depth=1) | Q(pk__in=own.values("pk"))


def narrow_page_chooser(pages: QuerySet, request: HttpRequest) -> QuerySet:
    return pages if keeps_the_portal(request.user) else pages.filter(_shown_in_choosers(request.user))
