"""Units for everybody: the list, the short address behind a poster's QR code, and the poster itself."""

import re

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from home.models import PortalSettings

from ..addresses import page_address, published_page_address, unit_address
from ..models import ContactSheet, Unit
from ..posters import draw_pdf, draw_png
from ..selectors.contact_files import contact_card, contact_json
from ..selectors.contacts import MOST_MERGERS, public_sheet
from ..selectors.directory import about, directory
from ..selectors.district_map import district_map
from ..selectors.pages import published_contacts
from ..selectors.pledges import signed_sheet
from ..selectors.posters import poster_digest, published_poster
from ..services.scans import count_scan
from ..vcards import vcard
from .paging import page_links


@require_safe
def unit_directory(request: HttpRequest) -> HttpResponse:
    found = directory(request.GET.dict())
    rows = [
        {"url": unit_address(unit), "title": unit.place_name, "meta": about(unit)} for unit in found.units
    ]
    services = [
        {
            "url": page_address(service.page),
            "title": service.page.title,
            "meta": service.unit.place_name if service.unit else "",
        }
        for service in found.services
    ]
    context = {"directory": found, "rows": rows, "services": services, **page_links(request, found.units)}
    return render(request, "opd_pages/directory.html", context)


@require_safe
def unit_map(request: HttpRequest) -> HttpResponse:
    return render(request, "opd_pages/district_map.html", {"map": district_map()})


@require_safe
@cache_control(private=True, no_cache=True)
def unit_short(request: HttpRequest, code: str) -> HttpResponse:
    """The contacts that hold today, whatever print led here: an older version, a unit that was merged since.

    Kept in no shared cache, so that a scan is counted here: an address with a version was printed.
    """
    try:
        named = named_unit(code)
    except Http404:
        return render(request, "opd_pages/unit_unknown.html", {"code": code[:20]}, status=404)
    unit = request.shown_unit = unit_today(named)
    contacts = published_contacts(
        unit, public_sheet(unit), PortalSettings.load(request).confirm_contacts_every_days
    )
    printed = _printed_version(request)
    is_old_print = unit == named and 0 < printed < contacts.version
    if printed and request.method == "GET":
        count_scan(unit, is_old_print=is_old_print or unit != named)
    context = {
        "unit": unit,
        "merged": named if unit != named else None,
        "contacts": contacts,
        "is_old_print": is_old_print,
        "page_url": published_page_address(unit),
    }
    return render(request, "opd_pages/unit_short.html", context)


@require_safe
@cache_control(public=True, no_cache=True)
def poster_pdf(request: HttpRequest, short_code: str) -> HttpResponse:
    return _poster(request, short_code, draw_pdf, "application/pdf", "pdf")


@require_safe
@cache_control(public=True, no_cache=True)
def poster_png(request: HttpRequest, short_code: str) -> HttpResponse:
    return _poster(request, short_code, draw_png, "image/png", "png")


def _poster(request: HttpRequest, short_code: str, draw, media_type: str, extension: str) -> HttpResponse:
    """Drawn anew unless the reader holds the same one: a withdrawn number leaves every poster at once.

    An ended unit has no poster: its address leads to that of the unit in its place.
    """
    named = named_unit(short_code)
    unit = unit_today(named)
    if unit != named:
        return redirect(request.resolver_match.view_name, unit.short_code)
    poster = published_poster(unit) if unit.is_current else None
    if poster is None:
        return render(request, "opd_pages/poster_missing.html", {"unit": unit}, status=404)
    etag = quote_etag(poster_digest(poster))
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(draw(poster), content_type=media_type)
        name = f"poster-{unit.short_code.lower()}-v{poster.version}.{extension}"
        response["Content-Disposition"] = f'inline; filename="{name}"'
    response["ETag"] = etag
    return response


@require_safe
@cache_control(public=True, no_cache=True)
def contact_card_file(request: HttpRequest, short_code: str) -> HttpResponse:
    """The unit for the phone's address book."""
    return _contact_file(request, short_code, _card_response)


@require_safe
@cache_control(public=True, no_cache=True)
def contact_json_file(request: HttpRequest, short_code: str) -> HttpResponse:
    """One unit's contacts. There is no address that gives those of all: nobody is to gather numbers in bulk."""
    return _contact_file(request, short_code, _json_response)


def _contact_file(request: HttpRequest, short_code: str, respond) -> HttpResponse:
    """Where no poster is, no file is: of an ended unit that of the one in its place."""
    named = named_unit(short_code)
    unit = unit_today(named)
    if unit != named:
        return redirect(request.resolver_match.view_name, unit.short_code)
    sheet = public_sheet(unit) if unit.is_current else None
    if sheet is None or not sheet.contacts.all():
        raise Http404
    response = respond(unit, sheet)
    response["X-Robots-Tag"] = "noindex"
    return response


def _card_response(unit: Unit, sheet: ContactSheet) -> HttpResponse:
    response = HttpResponse(vcard(contact_card(unit, sheet)), content_type="text/vcard; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{unit.short_code.lower()}.vcf"'
    return response


def _json_response(unit: Unit, sheet: ContactSheet) -> HttpResponse:
    return JsonResponse(contact_json(unit, sheet), json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def signed_pledge(request: HttpRequest, short_code: str) -> HttpResponse:
    """The sheet with the head's signature, while the commitment holds."""
    sheet = signed_sheet(named_unit(short_code))
    if sheet is None:
        raise Http404
    return redirect(sheet.url)


def named_unit(code: str) -> Unit:
    """The unit of a short code in any case. Raises Http404."""
    code = code.upper()
    units = Unit.objects.select_related(
        "kind", "parent__kind", "page", "successor__kind", "successor__parent__kind"
    )
    unit = units.filter(short_code=code).first() if re.fullmatch(r"[A-Z0-9-]{1,20}", code) else None
    if unit is None:
        raise Http404
    return unit


def unit_today(unit: Unit) -> Unit:
    """The unit, or the one that does its work today, through a few mergers."""
    for _step in range(MOST_MERGERS):
        if unit.is_current or unit.successor is None:
            break
        unit = unit.successor
    return unit


def _printed_version(request: HttpRequest) -> int:
    """The poster's version in the address; 0 where there is none, or junk."""
    typed = request.GET.get("v", "")
    return int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else 0
