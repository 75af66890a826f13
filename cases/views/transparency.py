"""/transparansi/: the daily roots for anyone, as a page, a feed and JSON, and a place to check a proof."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from home.languages import in_indonesian

from ..forms.transparency import ProofForm
from ..kinds import nouns
from ..models import DailyRoot
from ..selectors.transparency import delayed_until, examine
from ..services.daily_root import published

LATEST = 14
IN_FEED = 30
IN_JSON = 400
SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "periksa_bukti.py"

for_everybody = cache_control(public=True, max_age=300)


@require_safe
@for_everybody
def overview(request: HttpRequest) -> HttpResponse:
    roots = list(DailyRoot.objects.order_by("-date")[:LATEST])
    context = {"roots": roots, "nouns": nouns(), "delayed_until": delayed_until(roots[0] if roots else None)}
    return render(request, "cases/transparency.html", context)


@require_safe
@for_everybody
@in_indonesian()
def feed(request: HttpRequest) -> HttpResponse:
    """Atom: whoever subscribes keeps the roots out of the portal's reach."""
    page = settings.PUBLIC_URL + reverse("transparency")
    atom = Atom1Feed(
        title=_("Sidik harian riwayat perkara"),
        link=page,
        description=_("Satu sidik setiap malam dari riwayat semua perkara."),
        language="id",
        feed_url=settings.PUBLIC_URL + reverse("transparency_feed"),
    )
    for root in DailyRoot.objects.order_by("-date")[:IN_FEED]:
        atom.add_item(
            title=_("Sidik harian %s") % date_format(root.date, "j F Y"),
            link=f"{page}#{root.date}",
            unique_id=f"{page}#{root.date}",
            description=_("%(root)s (%(leaves)s perkara)") % {"root": root.root, "leaves": root.leaves},
            pubdate=root.computed_at,
            updateddate=root.computed_at,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@require_safe
@for_everybody
@in_indonesian()
def roots_json(request: HttpRequest) -> HttpResponse:
    """The roots, newest first: all that their hashes cover. `older` is the address of those before, or null."""
    roots = DailyRoot.objects.order_by("-date")
    if before := request.GET.get("sebelum"):
        try:
            roots = roots.filter(date__lt=date.fromisoformat(before))
        except ValueError:
            return JsonResponse({"error": _("Tanggal ditulis seperti 2026-11-24.")}, status=400)
    page = list(roots[: IN_JSON + 1])
    older = None
    if len(page) > IN_JSON:
        older = f"{settings.PUBLIC_URL}{reverse('transparency_json')}?sebelum={page[IN_JSON - 1].date}"
    return JsonResponse(
        {"roots": [published(root) | {"hash": root.hash} for root in page[:IN_JSON]], "older": older}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def check_proof(request: HttpRequest) -> HttpResponse:
    """Whether a pasted proof leads to a published root. By POST, though nothing is written: a proof names a case, and
    what stands in an address is kept in logs."""
    form = ProofForm(request.POST or None)
    is_sent = request.method == "POST"
    examined = examine(form.cleaned_data["proof"]) if is_sent and form.is_valid() else None
    status = 422 if is_sent and examined is None else 200
    return render(
        request, "cases/transparency_check.html", {"form": form, "examined": examined}, status=status
    )


@require_safe
@for_everybody
def script(request: HttpRequest) -> HttpResponse:
    """The program that checks a proof without this portal."""
    return HttpResponse(SCRIPT.read_text(), content_type="text/plain; charset=utf-8")
