"""What a mail leads to that asks whether contacts still hold: opening it shows, a button confirms.

Mail scanners open every link they find, so a look confirms nothing. The link stands for its person without a log-in,
and can do one thing: say that what the public already sees is still true.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from home.models import PortalSettings, User

from ..confirmation_links import asked_unit, read_link
from ..models import Confirmation
from ..selectors.contacts import contact_state
from ..selectors.keepers import keeps_contacts
from ..selectors.pages import published_contacts
from ..services.contacts import ContactRefusal, confirm


class _Asked:
    """What the link asks, as it stands now."""

    def __init__(self, confirmation: Confirmation, person: User) -> None:
        self.confirmation, self.person = confirmation, person
        self.unit = asked_unit(confirmation)
        self.state = contact_state(self.unit)

    @cached_property
    def is_confirmed(self) -> bool:
        """Somebody has confirmed since: this person, or another."""
        sheet = self.state.sheet
        return sheet is not None and sheet.confirmed_at > self.confirmation.confirmed_at

    @property
    def is_changed(self) -> bool:
        return not self.state.is_confirmed


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_by_link(request: HttpRequest, token: str) -> HttpResponse:
    found = read_link(token)
    if found is None or not keeps_contacts(found[1], asked_unit(found[0])):
        return render(request, "opd_pages/confirm_link_over.html", status=410)
    asked = _Asked(*found)
    if request.method == "POST" and not (asked.is_confirmed or asked.is_changed):
        try:
            confirm(asked.unit, asked.person, seen=request.POST.get("isi", ""))
        except ContactRefusal as refusal:
            return _page(request, asked, refusal=refusal)
        return redirect(request.path)
    return _page(request, asked)


def _page(request: HttpRequest, asked: _Asked, *, refusal: ContactRefusal | None = None) -> HttpResponse:
    days = PortalSettings.load(request).confirm_contacts_every_days
    context = {
        "unit": asked.unit,
        "contacts": published_contacts(asked.unit, asked.state.sheet, days),
        "is_confirmed": asked.is_confirmed,
        "is_changed": asked.is_changed,
        "content_hash": asked.state.content_hash,
        "refusal": refusal,
    }
    return render(request, "opd_pages/confirm_by_link.html", context, status=409 if refusal else 200)
