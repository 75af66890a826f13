"""What a message says, made from the truth of the moment in which it is sent."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from home.models import PortalSettings
from opd_pages.models import Confirmation

from ..access_codes import access_code, shown
from ..calendar import day_words
from ..kinds import kind_of
from ..models import Case, Deadline, MessageTemplate, OutboxMessage
from ..own_messages import own_message
from ..wording import FIELDS, fill


def worded(row: OutboxMessage, link: str) -> tuple[str, str]:
    """Subject and body."""
    if own := own_message(row.template):
        return own.worded(row)
    template = MessageTemplate.objects.get(code=row.template)
    if row.confirmation:
        values = _confirmation_values(row.confirmation, link=link)
    else:
        values = _case_values(row.case, link=link, for_reporter=row.to_reporter)
    # One line: a subject cannot bring headers of its own.
    return " ".join(fill(template.subject, values).split()), fill(template.body, values)


def desk_link(case: Case | None) -> str:
    return settings.PUBLIC_URL + (reverse("desk_case", args=[case.number]) if case else "/")


def _case_values(case: Case, *, link: str, for_reporter: bool) -> dict[str, str]:
    """What a message can say of a case. The code and the subject are the reporter's; officers read them at the desk."""
    promise, kind = running_promise(case), kind_of(case)
    status = str(kind.workflow.state(case.status).public)
    due = day_words(timezone.localdate(promise.due_at)) if promise else _("tanpa batas waktu")
    told = {"unit": case.responsible_unit.full_name, "due": due, "status": status, "case": str(kind.noun)}
    if promise:
        told |= {"because": promise.because}
        sentence = _("%(unit)s menjawab paling lambat %(due)s.\nDihitung %(because)s.") % told
    else:
        sentence = _("Keadaan %(case)s sekarang: %(status)s.") % told
    return {
        "portal": PortalSettings.load().region_name,
        "number": case.number,
        "code": shown(access_code(case.number, case.code_version)) if for_reporter else "",
        "subject": case.subject if for_reporter else "",
        "promise": sentence,
        "step": str(kind.step_titles.get(promise.step, "")) if promise else "",
        "because": "",
        "link": link,
        **told,
    }


def _confirmation_values(confirmation: Confirmation, *, link: str) -> dict[str, str]:
    """What that message can say."""
    portal = PortalSettings.load()
    confirmed_on = timezone.localdate(confirmation.confirmed_at)
    due = confirmed_on + timedelta(days=portal.confirm_contacts_every_days)
    values = dict.fromkeys(FIELDS, "")
    return values | {
        "portal": portal.region_name,
        "unit": confirmation.sheet.unit.place_name,
        "due": day_words(due),
        "link": link,
    }


def running_promise(case: Case) -> Deadline | None:
    """The nearest promise to the reporter that runs: neither ended nor standing still."""
    running = case.deadlines.filter(ended_at=None, paused_at=None, step__in=kind_of(case).promised_steps)
    return running.order_by("due_at").first()
