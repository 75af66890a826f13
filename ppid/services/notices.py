"""From the consequence test and the first draft of the written notice to the information in the applicant's hands."""

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from cases.actors import Staff
from cases.intake import AcceptedDocument
from cases.models import Case, CaseFile
from cases.services.changes import CaseRefusal, change
from cases.services.files import dispose
from opd_pages.models import Role

from ..letters.notice import kept, notice_letter
from ..models import ConsequenceTest, Decision, ExclusionGround, InformationRequest, Notice
from ..models.notice import GIVING, REFUSING
from ..selectors.enclosures import drafted_enclosures, hashes
from ..workflow import ANSWERING
from .desk import rule_of


def record_consequence_test(
    case: Case,
    *,
    by: Staff,
    seen: int | None,
    number: str,
    information: str,
    ground: ExclusionGround,
    legal_basis: str,
    if_opened: str,
    if_closed: str,
    decided_by: str,
    decided_on: date,
    closed_until: date | None = None,
    at: datetime | None = None,
) -> ConsequenceTest:
    """Enter a weighing that the deciding officer has signed (UU 14/2008 Ps 19)."""
    with change(case, by=by, seen=seen, at=at) as changing:
        _only_who_answers(changing)
        test = ConsequenceTest.objects.create(
            number=number,
            unit=changing.case.responsible_unit,
            case=changing.case,
            information=information,
            ground=ground,
            legal_basis=legal_basis,
            if_opened=if_opened,
            if_closed=if_closed,
            closed_until=closed_until,
            decided_by=decided_by,
            decided_on=decided_on,
        )
        changing.record(
            "consequence_tested", number=number, letter=ground.letter, vouched=test.vouched_hash()
        )
        return test


def draft_notice(
    case: Case,
    *,
    by: Staff,
    seen: int | None,
    decision: str,
    held_by: str = "",
    consequence_test: ConsequenceTest | None = None,
    reason: str = "",
    material: str = "",
    redactions: str = "",
    medium: str = "",
    fee: int = 0,
    payment: str = "",
    documents: Iterable[AcceptedDocument] = (),
    without: Iterable[CaseFile] = (),
    at: datetime | None = None,
) -> Notice:
    """Word the seven parts of UU 14/2008 Ps 22(7). A newer draft takes the place of the one before.

    Parts that the decision leaves empty are not kept. `documents` go out with the notice, beside those of earlier
    drafts, of which `without` are thrown away. Raises CaseRefusal for a refusal that was not weighed, or whose
    weighing no longer holds.
    """
    with change(case, by=by, seen=seen, at=at) as changing:
        _only_who_answers(changing)
        gives, refuses = decision in GIVING, decision in REFUSING
        if refuses:
            _only_weighed(consequence_test, changing.at)
        parts = {
            "decision": decision,
            "held_by": held_by if decision == Decision.NOT_HELD else "",
            "consequence_test": consequence_test if refuses else None,
            "reason": reason,
            "material": material if gives else "",
            "redactions": redactions if decision == Decision.PARTIALLY_GRANTED else "",
            "medium": medium if gives else "",
            "fee": fee if gives else 0,
            "payment": payment if gives else "",
            "drafted_by": by.user,
            "drafted_at": changing.at,
        }
        notice, _is_new = Notice.objects.update_or_create(case=changing.case, defaults=parts)
        if changing.case.status == "assigned":
            changing.move("drafting")
        changing.case.handler = by.user
        event = changing.record("notice_drafted", decision=decision)
        enclosed = drafted_enclosures(changing.case)
        dispose(enclosed.filter(pk__in=[file.pk for file in without]) if gives else enclosed)
        changing.attach(event, documents if gives else (), by_reporter=False)
        return notice


def issue_notice(
    case: Case,
    *,
    by: Staff,
    seen: int | None,
    letter_number: str,
    signer: str,
    signer_office: str,
    at: datetime | None = None,
) -> Notice:
    """The notice goes out, signed and numbered by the office: the ten days end, and the time for an objection begins."""
    with change(case, by=by, seen=seen, at=at) as changing:
        notice = changing.case.notices.first()
        if notice is None or notice.issued_at:
            raise CaseRefusal(_("Belum ada rancangan pemberitahuan yang dapat diterbitkan."))
        if notice.decision in REFUSING:
            _only_weighed(notice.consequence_test, changing.at)
        notice.letter_number, notice.signer, notice.signer_office = letter_number, signer, signer_office
        notice.issued_by, notice.issued_at = by.user, changing.at
        # The letter names its last day.
        changing.start_clock("objection", rule=rule_of("objection", changing.at))
        enclosed = drafted_enclosures(changing.case)
        notice.enclosed = hashes(enclosed.values_list("sha256", flat=True), notice.salt)
        notice.letter = kept(notice_letter(changing.case, notice, shows_identity=False))
        notice.save()
        event = changing.move(
            notice.decision, text=notice.reason, letter=letter_number, vouched=notice.vouched_hash()
        )
        # What was enclosed with the drafts goes out with it.
        enclosed.update(event=event)
        changing.finish_tasks("draft")
        changing.end_clocks("notice")
        if notice.gives:
            task = changing.open_task("deliver", role=Role.OPERATOR)
            changing.notify("desk_task", role=task.role, unit=task.unit)
        changing.notify_reporter("request_decided")
        return notice


def hand_over_information(
    case: Case,
    *,
    by: Staff,
    seen: int | None,
    how: str,
    documents: Iterable[AcceptedDocument] = (),
    at: datetime | None = None,
) -> None:
    """The applicant has been given the information, or has seen it; `documents` are given by this portal itself."""
    with change(case, by=by, seen=seen, at=at) as changing:
        if not changing.owes("deliver"):
            changing.only_for(Role.HEAD, Role.PPID_ASSISTANT)
        if not changing.finish_tasks("deliver"):
            raise CaseRefusal(_("Tidak ada informasi yang menunggu diserahkan."))
        InformationRequest.objects.filter(case=changing.case).update(delivered_at=changing.at)
        event = changing.record("delivered", text=how, internal=False)
        changing.attach(event, documents, by_reporter=False)
        changing.notify_reporter("request_status")


def _only_weighed(test: ConsequenceTest | None, at: datetime) -> None:
    """UU 14/2008 Ps 19 and 20: nothing is refused unweighed, or by a weighing whose time is over."""
    if test is None:
        raise CaseRefusal(_("Penolakan memerlukan uji konsekuensi. Catat uji konsekuensinya lebih dahulu."))
    if not test.holds(timezone.localdate(at)):
        raise CaseRefusal(
            _("Masa uji konsekuensinya sudah lewat. Informasinya terbuka, atau perlu diuji lagi.")
        )


def _only_who_answers(changing) -> None:
    changing.only_for(*ANSWERING)
    if changing.case.status not in ("assigned", "drafting") or not changing.owes("draft"):
        raise CaseRefusal(_("Pemberitahuan tertulis disusun oleh PPID yang ditugasi."))
