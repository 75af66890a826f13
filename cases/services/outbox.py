"""Messages: written down with the change they tell of, sent later, at least once, and only while they are true."""

import logging
import math
import time
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from home.models import User
from opd_pages.confirmation_links import confirmation_link
from opd_pages.models import Confirmation, Level, Membership, Role, Section, Unit
from opd_pages.services.confirmation_requests import is_still_asked

from ..actors import Staff
from ..channels import AddressRefused, Message, NotSent, Reachable, TryLater, channels
from ..kinds import Promise, kind_of
from ..models import Case, IdentityMode, OutboxMessage, Task
from ..own_messages import own_message
from ..visibility import can_see
from .message_words import desk_link, running_promise, worded
from .staffing import CALL_REPORTER, Chair, taker
from .turns import Refusal, Turn

logger = logging.getLogger(__name__)

CONTACTS_DUE = "contacts_due"  # the kernel's one message about no case
# A claimed row that nobody reported on is free again after this.
LEASE = timedelta(minutes=5)
BACK_OFF = [timedelta(minutes=m) for m in (1, 5, 30, 120, 360, 1440)]
STUCK_AFTER_TRIES = 4
LOST_SHOWN_FOR = timedelta(days=30)


def message_to(case: Case | None, template: str, *, at: datetime, **addressee) -> OutboxMessage:
    """An unsaved row, for whoever writes several at once."""
    return OutboxMessage(
        case=case,
        template=template,
        created_at=at,
        next_try_at=at,
        message_id=f"<{uuid.uuid4()}@pendopo>",
        **addressee,
    )


def queue_messages(
    case: Case,
    template: str,
    *,
    at: datetime,
    to_reporter: bool = False,
    recipient=None,
    unit: Unit | None = None,
    role: str = "",
    section: Section | None = None,
) -> None:
    """Write down that somebody must hear of this: the reporter, one officer, or whoever holds a role at a unit when
    it is sent."""
    if to_reporter and case.identity_mode == IdentityMode.NONE:
        return
    addressee = {
        "to_reporter": to_reporter,
        "recipient": recipient,
        "unit": unit,
        "role": role,
        "section": section,
    }
    message_to(case, template, at=at, **addressee).save()


def is_waiting(case: Case, template: str) -> bool:
    """Whether somebody is still to be written to of the same thing."""
    return case.messages.filter(template=template, sent_at=None, dropped_at=None).exists()


def deliver_due(
    *,
    now: datetime | None = None,
    limit: int = 50,
    stop_at: float = math.inf,
    turn: Turn | None = None,
) -> int:
    """Send what is waiting; returns how many rows were worked on. A row that fails stands back, the others go on.

    Sending takes its time: each row is claimed at its own moment, unless `now` stands still. After `stop_at`, a moment
    of time.monotonic(), none is begun. Whoever gives a `turn` ends it with judge_refusals.
    """
    own_turn = turn or Turn()
    waiting = OutboxMessage.objects.filter(
        sent_at=None, dropped_at=None, next_try_at__lte=now or timezone.now()
    ).order_by("next_try_at")
    worked = 0
    for pk, next_try_at in list(waiting.values_list("pk", "next_try_at")[:limit]):
        if time.monotonic() >= stop_at:
            break
        moment = now or timezone.now()
        # Claimed by moving its time: a second worker that read the same row finds it moved.
        claimed = OutboxMessage.objects.filter(
            pk=pk, next_try_at=next_try_at, sent_at=None, dropped_at=None
        ).update(next_try_at=moment + LEASE, tries=F("tries") + 1)
        if claimed:
            worked += 1
            _work_on(pk, moment, own_turn)
    if turn is None:
        judge_refusals(own_turn)
    return worked


def call_back(now: datetime) -> None:
    """What waits for longer than any pause was put off while the clock stood ahead."""
    waiting = OutboxMessage.objects.filter(sent_at=None, dropped_at=None)
    waiting.filter(next_try_at__gt=now + BACK_OFF[-1] + LEASE).update(next_try_at=now)


def judge_refusals(turn: Turn) -> None:
    """End a turn: who was refused for good is called or listed, unless the channel refused everybody. Then it is the
    channel that is at fault, and all are tried again."""
    faults = turn.of_the_channel()
    for refusal in turn.refusals:
        try:
            if fault := faults.get(refusal.fault.channel):
                _stand_back(refusal.row, fault, refusal.at)
            else:
                _give_up(refusal.row, refusal.at, fault_words(refusal.fault))
        except Exception as fault:
            _stand_back(refusal.row, fault, refusal.at)


def _work_on(pk: int, now: datetime, turn: Turn) -> None:
    related = ("case__responsible_unit__kind", "recipient", "unit", "confirmation__sheet__unit__kind")
    row = OutboxMessage.objects.select_related(*related).get(pk=pk)
    try:
        if not _is_true(row, now):
            _close(row, now, dropped=True)
        elif row.unit_id:
            _split(row, now)
        elif row.to_reporter:
            _to_reporter(row, now, turn)
        else:
            _to_officer(row, now, turn)
    except Exception as fault:
        _stand_back(row, fault, now)


def _stand_back(row: OutboxMessage, fault: Exception, now: datetime) -> None:
    row.last_fault = fault_words(fault)
    logger.warning("message %s failed: %s", row.pk, row.last_fault)
    row.next_try_at = now + BACK_OFF[min(row.tries, len(BACK_OFF)) - 1]
    row.save(update_fields=["last_fault", "next_try_at"])


def _is_true(row: OutboxMessage, now: datetime) -> bool:
    """Whether what the message says still holds: the case may have gone on since it was written down."""
    if own := own_message(row.template):
        return own.is_true(row, now)
    if row.confirmation:
        return is_still_asked(row.confirmation, row.recipient)
    needs = kind_of(row.case).needs_of(row.template) if row.case else None
    if needs is None:
        return True
    if needs.states and row.case.status not in needs.states:
        return False
    if needs.promise:
        promise = running_promise(row.case)
        if promise is None or (promise.due_at < now) != (needs.promise == Promise.LATE):
            return False
    if needs.is_owed and row.recipient:
        officer = Staff.of(row.recipient)
        return any(officer.may_do(task) for task in row.case.tasks.filter(done_at=None))
    return True


def fault_words(fault: Exception) -> str:
    """What went wrong. Only a channel's own faults are safe to quote: others may repeat the address."""
    return str(fault) if isinstance(fault, NotSent) else type(fault).__name__


def _split(row: OutboxMessage, now: datetime) -> None:
    """One row for each person who holds the role now, or stands in where nobody does, and may see the case."""
    chair = Chair(row.unit_id, row.role, row.section_id)
    if row.case:
        chair = taker(row.case, row.unit, row.role, row.section_id)
    held = Membership.objects.current().filter(unit=chair.unit_id, role=chair.role).select_related("user")
    held = held.order_by("pk")
    if chair.section_id:
        held = held.filter(section=chair.section_id)
    people = {member.user_id: member.user for member in held if member.user.is_active}
    if not people:
        _close(row, now, dropped=True, fault=_("Tidak ada yang memegang peran ini."))
        return
    seeing = [user for user in people.values() if row.case is None or can_see(Staff.of(user), row.case)]
    with transaction.atomic():
        OutboxMessage.objects.bulk_create(
            message_to(row.case, row.template, at=now, recipient=user) for user in seeing
        )
        _close(row, now, dropped=not seeing)


def _to_officer(row: OutboxMessage, now: datetime, turn: Turn) -> None:
    if not row.recipient.is_active or (row.case and not can_see(Staff.of(row.recipient), row.case)):
        _close(row, now, dropped=True)
        return
    link = confirmation_link(row.confirmation, row.recipient) if row.confirmation else desk_link(row.case)
    try:
        _send(row, Reachable(email=row.recipient.email), link, now, turn)
    except OutOfReach:
        _close(row, now, dropped=True, fault=_("Petugas ini tidak mempunyai alamat yang dapat dikirimi."))


def _to_reporter(row: OutboxMessage, now: datetime, turn: Turn) -> None:
    """By whatever channel reaches them, else by a call."""
    party = getattr(row.case, "party", None)
    if party is None:
        _close(row, now, dropped=True)
        return
    try:
        _send(row, Reachable(party.email, party.phone), settings.PUBLIC_URL + reverse("track"), now, turn)
    except OutOfReach:
        _give_up(row, now)


def _give_up(row: OutboxMessage, now: datetime, fault: str = "") -> None:
    """A reporter who left a number is called; anybody else to whom a fault stood in the way stands on the stuck list."""
    party = getattr(row.case, "party", None) if row.to_reporter else None
    if party is None or not party.phone:
        _close(row, now, dropped=True, fault=fault)
        return
    with transaction.atomic():
        _ask_to_call(row.case, now)
        _close(row, now, fault=fault)


def _ask_to_call(case: Case, now: datetime) -> None:
    """Whom no channel reaches is called: by the desk (the head, of a secret case), or if anonymous by the coordinator."""
    Case.objects.select_for_update().get(pk=case.pk)  # two workers open one task
    if case.identity_mode == IdentityMode.ANONYMOUS:
        # Nobody stands in for the coordinator here: nobody else may know the number.
        root = Unit.objects.filter(parent=None, kind__level=Level.ROOT)
        unit_id, role = root.values_list("pk", flat=True).first(), Role.COORDINATOR
    else:
        role = Role.HEAD if case.is_secret else Role.OPERATOR
        unit_id, role, _section = taker(case, case.responsible_unit, role)
    if unit_id is None:
        raise CannotBeCalled(_("Belum ada unit kabupaten yang dapat menelepon."))
    if not case.tasks.filter(step=CALL_REPORTER, done_at=None).exists():
        Task.objects.create(case=case, step=CALL_REPORTER, unit_id=unit_id, role=role, opened_at=now)


class OutOfReach(Exception):
    """No channel reaches this person."""


def _send(row: OutboxMessage, person: Reachable, link: str, now: datetime, turn: Turn) -> None:
    """By the first channel that takes it. Where every one that reaches the person has refused for good, the turn
    knows it.

    Raises OutOfReach where none reaches the person, and TryLater where a channel raises anything else: then it is all
    tried again.
    """
    ways = [(channel, address) for channel in channels if (address := channel.address(person))]
    if not ways:
        raise OutOfReach
    subject, body = worded(row, link)
    for channel, address in ways:
        try:
            channel.send(Message(row.message_id, address, subject, body))
        except AddressRefused as fault:
            fault.channel = channel.name
            logger.warning("message %s refused: %s", row.pk, fault)
            refusal = Refusal(row, address, fault, now)
        except Exception as fault:
            later = fault if isinstance(fault, NotSent) else TryLater(type(fault).__name__)
            later.channel = channel.name
            raise later from None
        else:
            turn.took.add(channel.name)
            _close(row, now)
            return
    turn.refusals.append(refusal)


def _close(row: OutboxMessage, now: datetime, *, dropped: bool = False, fault: str = "") -> None:
    row.dropped_at, row.sent_at = (now, None) if dropped else (None, now)
    row.last_fault = fault
    row.save(update_fields=["dropped_at", "sent_at", "last_fault", "settled_by"])


def ask_to_confirm(confirmation: Confirmation, person: User, at: datetime) -> None:
    """Write down that somebody is to be asked whether a unit's contacts still hold."""
    message_to(None, CONTACTS_DUE, at=at, recipient=person, confirmation=confirmation).save()


def stuck_messages() -> QuerySet[OutboxMessage]:
    """What was tried often and never went out, and what lately had nobody to go to: somebody must do something."""
    waits = Q(dropped_at=None, tries__gte=STUCK_AFTER_TRIES)
    return OutboxMessage.objects.filter(waits | _lost(), sent_at=None)


def lost_messages() -> QuerySet[OutboxMessage]:
    """Those of the stuck ones that no turn tries again."""
    return OutboxMessage.objects.filter(_lost(), sent_at=None)


def _lost() -> Q:
    return Q(dropped_at__gte=timezone.now() - LOST_SHOWN_FOR) & ~Q(last_fault="")


class CannotBeCalled(Exception):
    """There is nobody to call, or no number; str() is what a person may read."""


def retry(row: OutboxMessage) -> None:
    """Send a stuck message at the next turn, as if it were new."""
    row.tries, row.dropped_at, row.next_try_at = 0, None, timezone.now()
    row.save(update_fields=["tries", "dropped_at", "next_try_at"])


def let_be(row: OutboxMessage, *, by: User) -> None:
    """Take a stuck message off the list: whoever it was for knows by another way, or no longer needs to."""
    row.settled_by = by
    _close(row, timezone.now(), dropped=True)


def settled_messages() -> QuerySet[OutboxMessage]:
    """What somebody lately took off the list of the stuck, the latest first."""
    lately = OutboxMessage.objects.filter(dropped_at__gte=timezone.now() - LOST_SHOWN_FOR, sent_at=None)
    return lately.filter(settled_by__isnull=False).order_by("-dropped_at")


def call_instead(row: OutboxMessage, *, by: User) -> None:
    """Have the reporter called in place of a message that does not reach them. Raises CannotBeCalled."""
    party = getattr(row.case, "party", None) if row.to_reporter else None
    if party is None or not party.phone:
        raise CannotBeCalled(_("Nomor telepon tidak ada."))
    now = timezone.now()
    with transaction.atomic():
        _ask_to_call(row.case, now)
        row.settled_by = by
        _close(row, now, dropped=True)
