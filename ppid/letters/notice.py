"""The written notice (UU 14/2008 Ps 22(7)): all seven parts, whatever the office's words around them."""

import re
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from cases.calendar import NoWorkingDay, date_words, day_words
from cases.models import Case, Party
from cases.services.clockwork import NoRule, clockwork
from cases.wording import fill
from home.models import PortalSettings
from opd_pages.models import Level, Unit
from opd_pages.selectors.posters import crest_file

from ..models import Decision, InformationRequest, LetterTemplate, Notice, PpidSettings
from ..selectors.enclosures import enclosures
from ..workflow import KIND
from .content import Letter

BLANK = "……"


def notice_letter(case: Case, notice: Notice, *, shows_identity: bool) -> Letter:
    """The letter of a notice as it was issued, or as it would be issued today. At most 8 queries.

    Without identity it is addressed to nobody by name.
    """
    request = InformationRequest.objects.get(case=case)
    to = _addressee(case, request) if shows_identity else (_dear(""),)
    if notice.letter:
        return _as_issued(notice.letter, to, crest_file(PortalSettings.load()))
    return _composed(case, notice, request, to)


def kept(letter: Letter) -> dict[str, Any]:
    """What a notice keeps of its letter, so that what was signed stays as it was; not to whom it went."""
    return asdict(letter) | {"to": None, "crest": None, "day": letter.day.isoformat()}


def _as_issued(stored: dict[str, Any], to: tuple[str, ...], crest: bytes | None) -> Letter:
    parts = {name: tuple(stored[name]) for name in ("paragraphs", "closing", "copies")}
    facts = tuple(map(tuple, stored["facts"]))
    day = date.fromisoformat(stored["day"])
    return Letter(**stored | parts | {"facts": facts, "day": day, "to": to, "crest": crest})


def _addressee(case: Case, request: InformationRequest) -> tuple[str, ...]:
    party = Party.objects.filter(case=case).first()
    return tuple(line for line in (_dear(party.name if party else ""), request.address) if line)


def _dear(name: str) -> str:
    return _("Yth. %s") % (name or _("Pemohon informasi"))


def _composed(case: Case, notice: Notice, request: InformationRequest, to: tuple[str, ...]) -> Letter:
    unit = Unit.objects.select_related("kind", "parent__kind").get(pk=case.responsible_unit_id)
    level = unit.kind.level
    # The kabupaten's own name stands above already: its PPID signs.
    is_root, is_village = level == Level.ROOT, level == Level.VILLAGE
    body = _("Pemerintah %s") % unit.full_name if is_root else unit.place_name
    template = LetterTemplate.objects.get(code=notice.decision)
    settings, portal = PpidSettings.in_force(), PortalSettings.load()
    at = notice.issued_at or timezone.now()
    test = notice.consequence_test
    values = {
        "received": date_words(timezone.localdate(case.received_at)),
        "number": case.number,
        "body": body,
        "ground": str(test.ground) if test else "",
        "test": test.number if test else "",
        "superior": settings.superior,
        "objection_until": _objection_until(case, at),
        "format": notice.medium,
        "fee": _fee(notice),
        "way": request.get_delivery_display() or request.get_obtaining_display(),
    }
    return Letter(
        region=portal.region_name,
        unit=_("Pejabat Pengelola Informasi dan Dokumentasi") if is_root else unit.full_name,
        above=unit.parent.full_name if is_village and unit.parent else "",
        address=unit.address,
        number=notice.letter_number or BLANK,
        subject=fill(template.subject, values),
        place=(unit.name if is_village or level == Level.DISTRICT else settings.seat_or_region(portal))
        or BLANK,
        day=timezone.localdate(at),
        to=to,
        paragraphs=paragraphs(fill(template.body, values)),
        facts=seven_parts(notice, body),
        closing=paragraphs(fill(template.closing, values)),
        signer=notice.signer or BLANK,
        signer_office=notice.signer_office or BLANK,
        copies=(settings.superior,),
        enclosures=_enclosed(case),
        crest=crest_file(portal),
        is_draft=notice.issued_at is None,
    )


def seven_parts(notice: Notice, unit: str) -> tuple[tuple[str, str], ...]:
    """Ps 22(7) a to g, each said, also where there is nothing to say."""
    test, none = notice.consequence_test, _("tidak ada")
    decision = str(Decision(notice.decision).label)
    refusal = f"{decision}, {test.ground}" if test else decision
    if notice.reason:
        refusal = f"{refusal}. {notice.reason}"
    return (
        (_("a. Penguasaan"), (_("dikuasai %s") if notice.is_held else _("tidak dikuasai %s")) % unit),
        (_("b. Yang menguasai"), notice.held_by or (unit if notice.is_held else _("tidak diketahui"))),
        (_("c. Keputusan"), refusal),
        (_("d. Yang diberikan"), _on_one_line(notice.material) or none),
        (_("e. Yang dihitamkan"), _on_one_line(notice.redactions) or none),
        (_("f. Media dan format"), notice.medium or none),
        (_("g. Biaya"), _fee(notice)),
    )


def paragraphs(text: str) -> tuple[str, ...]:
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    return tuple(part for part in (" ".join(part.split()) for part in parts) if part)


def _on_one_line(text: str) -> str:
    """A list keeps its parts apart where lines do not."""
    return "; ".join(line for line in map(str.strip, text.splitlines()) if line)


def _fee(notice: Notice) -> str:
    if not notice.fee:
        return _("tidak dipungut biaya")
    amount = f"Rp{number_format(notice.fee, force_grouping=True)}"
    return f"{amount}, {notice.payment}" if notice.payment else amount


def _enclosed(case: Case) -> str:
    number = enclosures(case).count()
    return _("%s dokumen") % number if number else "-"


def _objection_until(case: Case, at: datetime) -> str:
    running = case.deadlines.filter(step="objection").first()
    if running:
        return day_words(timezone.localdate(running.due_at))
    works = clockwork()
    try:
        due = works.due(works.rule(KIND, "objection", timezone.localdate(at)), at)
    except (NoRule, NoWorkingDay):
        return BLANK
    return day_words(timezone.localdate(due.at))
