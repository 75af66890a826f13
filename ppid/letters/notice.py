"""The written notice (UU 14/2008 Ps 22(7)): all seven parts, whatever the office's words around them."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from cases.calendar import date_words, day_words
from cases.models import Case, Party
from cases.services.clockwork import clockwork
from cases.wording import fill
from home.models import PortalSettings
from opd_pages.models import Level
from opd_pages.selectors.posters import crest_file

from ..models import Decision, InformationRequest, LetterTemplate, Notice, PpidSettings
from ..workflow import KIND
from .content import Letter

BLANK = "……"


def notice_letter(case: Case, notice: Notice) -> Letter:
    """The letter of a notice as it was issued, or as it would be issued today. 7 queries."""
    unit, request = case.responsible_unit, InformationRequest.objects.get(case=case)
    party = Party.objects.filter(case=case).first()
    template = LetterTemplate.objects.get(code=notice.decision)
    settings, portal = PpidSettings.in_force(), PortalSettings.load()
    at = notice.issued_at or timezone.now()
    test = notice.consequence_test
    values = {
        "received": date_words(timezone.localdate(case.received_at)),
        "number": case.number,
        "body": unit.full_name,
        "ground": str(test.ground) if test else "",
        "test": test.number if test else "",
        "superior": settings.superior,
        "objection_until": day_words(timezone.localdate(_objection_until(case, at))),
        "format": notice.medium,
        "fee": _fee(notice),
        "way": request.get_delivery_display() or request.get_obtaining_display(),
    }
    name = party.name if party and party.name else _("Pemohon informasi")
    return Letter(
        region=portal.region_name,
        unit=unit.full_name,
        address=unit.address,
        number=notice.letter_number or BLANK,
        subject=fill(template.subject, values),
        place=unit.name if unit.kind.level in (Level.DISTRICT, Level.VILLAGE) else settings.seat,
        day=timezone.localdate(at),
        to=tuple(line for line in (_("Yth. %s") % name, request.address) if line),
        paragraphs=paragraphs(fill(template.body, values)),
        facts=seven_parts(notice, unit.full_name),
        closing=paragraphs(fill(template.closing, values)),
        signer=notice.signer or BLANK,
        signer_office=notice.signer_office or BLANK,
        copies=(settings.superior,),
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
        (_("d. Yang diberikan"), notice.material or none),
        (_("e. Yang dihitamkan"), notice.redactions or none),
        (_("f. Media dan format"), notice.medium or none),
        (_("g. Biaya"), _fee(notice)),
    )


def paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part for part in (" ".join(part.split()) for part in text.split("\n\n")) if part)


def _fee(notice: Notice) -> str:
    if not notice.fee:
        return _("tidak dipungut biaya")
    amount = f"Rp{number_format(notice.fee, force_grouping=True)}"
    return f"{amount}, {notice.payment}" if notice.payment else amount


def _objection_until(case: Case, at: datetime) -> datetime:
    running = case.deadlines.filter(step="objection").first()
    if running:
        return running.due_at
    works = clockwork()
    return works.due(works.rule(KIND, "objection", timezone.localdate(at)), at).at
