from django.core.paginator import Page
from django.http import HttpRequest
from django.utils.translation import gettext as _


def page_links(request: HttpRequest, page: Page) -> dict[str, str]:
    """{"previous_url", "next_url", "position"} for components/pagination.html; the other choices stay in the address."""
    position = _("%(first)s–%(last)s dari %(total)s") % {
        "first": page.start_index(),
        "last": page.end_index(),
        "total": page.paginator.count,
    }
    return {
        "previous_url": _address(request, page.previous_page_number()) if page.has_previous() else "",
        "next_url": _address(request, page.next_page_number()) if page.has_next() else "",
        "position": position,
    }


def _address(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["halaman"] = number
    return f"?{query.urlencode()}"
