"""Receiving a request for information: who answers, until when, and who looks at it first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from cases.actors import Actor
from cases.intake import AcceptedImage
from cases.models import Case
from cases.services.clockwork import clockwork
from cases.services.receipt import Clock, FirstTask, Identity, NewCase, receive
from cases.services.staffing import nearest_desk
from opd_pages.models import Role, Unit

from ..models import ApplicantKind, Channel, InformationRequest, PpidSettings
from ..workflow import KIND

# Who can take up a request at a unit, the usual one first.
FIRST_LOOK = (Role.OPERATOR, Role.PPID_ASSISTANT, Role.HEAD, Role.COORDINATOR)


class NoUnit(LookupError):
    """The installation has no unit that could receive a request."""


@dataclass(frozen=True)
class Request:
    """What an applicant, or an officer for them, has told; every field checked by the form."""

    words: str
    identity: Identity
    applicant_kind: str = ApplicantKind.PERSON
    id_number: str = ""
    address: str = ""
    occupation: str = ""
    represented: str = ""
    purpose: str = ""
    obtaining: str = ""
    delivery: str = ""
    # The office that is asked; None: the PPID utama.
    body: Unit | None = None
    # The power of attorney, where somebody asks for another.
    images: Sequence[AcceptedImage] = ()
    channel: str = Channel.WEB
    # As said at the counter; None: now.
    received_at: datetime | None = None
    submission_key: str | None = None


def receive_request(
    request: Request, *, by: Actor, at: datetime | None = None, is_demo: bool = False
) -> tuple[Case, bool]:
    """Receive a request; (case, False) where the same submission was received before. Raises NoUnit, NoRule.

    The ten days of the written notice begin with the receipt, also of one that was spoken (UU 14/2008 Ps 22(7)).
    """
    at = at or timezone.now()
    received_at = request.received_at or at
    body = request.body or PpidSettings.in_force().receiving_unit()
    if body is None:
        raise NoUnit
    unit, role = nearest_desk(body, FIRST_LOOK)
    new = NewCase(
        kind=KIND,
        unit=unit,
        words=request.words,
        identity=request.identity,
        clocks=first_clocks(received_at),
        tasks=[FirstTask("assign", role, clock="assign")],
        images=request.images,
        submission_key=request.submission_key,
        received_at=received_at,
        is_demo=is_demo,
        reporter_message="request_received",
        desk_message="desk_new_request",
        data={"channel": request.channel, "asked_of": body.short_code},
    )

    def request_of(case: Case) -> Iterator[InformationRequest]:
        yield InformationRequest(
            case=case,
            applicant_kind=request.applicant_kind,
            id_number=request.id_number,
            address=request.address,
            occupation=request.occupation,
            represented=request.represented,
            purpose=request.purpose,
            obtaining=request.obtaining,
            delivery=request.delivery,
            channel=request.channel,
        )

    return receive(new, by=by, at=at, details=request_of)


def first_clocks(received_at: datetime) -> list[Clock]:
    """The law's promise, and the first look within it."""
    works, day = clockwork(), timezone.localdate(received_at)
    rule = works.rule(KIND, "notice", day)
    notice = works.due(rule, received_at)
    look = works.rule(KIND, "assign", day)
    return [
        Clock("notice", notice, rule=rule),
        Clock("assign", works.due(look, received_at, outer=notice), rule=look, outer_step="notice"),
    ]
