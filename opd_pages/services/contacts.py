"""A unit's contacts: kept, confirmed, published, withdrawn."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from home.models import User

from ..models import (
    Confirmation,
    ConfirmedContact,
    ConfirmedLeader,
    Consent,
    Contact,
    ContactSheet,
    Leader,
    Unit,
)
from ..selectors.contacts import content_hash, publishable_contacts

STEP = 10


class ContactRefusal(ValueError):
    """What was asked cannot be done; the message says why, to a person."""


class NothingToConfirm(ContactRefusal):
    def __init__(self) -> None:
        super().__init__(_("Belum ada kontak yang dapat ditampilkan. Tambahkan paling sedikit satu."))


class ContactsChanged(ContactRefusal):
    def __init__(self) -> None:
        super().__init__(
            _("Kontak ini baru saja diubah orang lain. Periksa dulu isinya, lalu konfirmasi lagi.")
        )


class NotPersonal(ContactRefusal):
    def __init__(self) -> None:
        super().__init__(_("Ini nomor kantor: tidak perlu persetujuan."))


def lock(unit: Unit) -> None:
    """Let one person at a time change a unit's contacts. Wants a transaction."""
    Unit.objects.select_for_update().only("pk").get(pk=unit.pk)


@transaction.atomic
def confirm(
    unit: Unit, by: User | None, at: datetime | None = None, *, seen: str | None = None
) -> Confirmation:
    """Publish the contacts as they stand. The same content again only renews the date and outdates no poster.

    `seen` is the content_hash of what the person was looking at. Raises NothingToConfirm, ContactsChanged.
    """
    lock(unit)
    contacts, leaders = publishable_contacts(unit), list(unit.leaders.all())
    if not contacts:
        raise NothingToConfirm
    current = content_hash(contacts, leaders)
    if seen is not None and seen != current:
        raise ContactsChanged
    sheet = ContactSheet.objects.filter(unit=unit).order_by("-version").first()
    if sheet is None or sheet.content_hash != current:
        sheet = _publish(unit, contacts, leaders)
    return sheet.confirmations.create(confirmed_at=at or timezone.now(), confirmed_by=by)


@transaction.atomic
def save_contact(contact: Contact, *, by: User) -> None:
    """Add or change a contact. A consent was given for one number: another number has none."""
    lock(contact.unit)
    before = Contact.objects.filter(pk=contact.pk).first()
    if before is None:
        last = contact.unit.contacts.aggregate(last=Max("order"))["last"] or 0
        contact.order = last + STEP
    contact.save()
    if before and (before.channel, before.value) != (contact.channel, contact.value):
        _end_consents(Consent.objects.filter(contact=contact), by)
        contact.refresh_from_db()
    if contact.is_personal and not contact.has_consent:
        _take_down(contact.unit, [contact])


@transaction.atomic
def remove_contact(contact: Contact) -> None:
    """Delete a contact: an office's stays public until the next confirmation, a personal one goes at once."""
    lock(contact.unit)
    if contact.is_personal:
        _take_down(contact.unit, [contact])
    contact.delete()


@transaction.atomic
def move(contact: Contact, *, up: bool) -> None:
    """Let a contact change places with the one before or after it; at either end nothing happens."""
    lock(contact.unit)
    row = list(contact.unit.contacts.all())
    place = row.index(contact)
    other = place - 1 if up else place + 1
    if 0 <= other < len(row):
        row[place], row[other] = row[other], row[place]
    for position, moved in enumerate(row, start=1):
        moved.order = position * STEP
    Contact.objects.bulk_update(row, ["order"])


def record_consent(contact: Contact, holder: Leader | str, given_on: date, by: User) -> Consent:
    """Note that a personal number's holder lets it be shown. A leader's consent ends with the office held.

    Raises NotPersonal.
    """
    if not contact.is_personal:
        raise NotPersonal
    leader = holder if isinstance(holder, Leader) else None
    given = {
        "holder": leader.name if leader else holder,
        "leader": leader,
        "given_on": given_on,
        "recorded_by": by,
        "withdrawn_at": None,
        "withdrawn_by": None,
    }
    return Consent.objects.update_or_create(contact=contact, defaults=given)[0]


@transaction.atomic
def withdraw(contact: Contact, by: User) -> None:
    """Take a personal number down wherever the unit shows it, on every channel, at once (UU 27/2022 Ps 9)."""
    lock(contact.unit)
    same = list(contact.unit.contacts.filter(is_personal=True, value=contact.value))
    _end_consents(Consent.objects.filter(contact__in=same), by)
    _take_down(contact.unit, same)


def end_consents_of(leader: Leader, by: User) -> None:
    """The personal numbers of somebody who left the office are taken down. Wants a transaction."""
    consents = Consent.objects.filter(leader=leader, withdrawn_at=None)
    contacts = [consent.contact for consent in consents.select_related("contact")]
    _end_consents(consents, by)
    _take_down(leader.unit, contacts)


def _end_consents(consents, by: User) -> None:
    consents.filter(withdrawn_at=None).update(withdrawn_at=timezone.now(), withdrawn_by=by)


def _take_down(unit: Unit, contacts: list[Contact]) -> None:
    """Delete contacts from all sheets. Where the public saw one, the rest becomes a new version: prints are old now.

    What is left was confirmed with the sheet before: its confirmation goes on, with its date.
    """
    values = {contact.value for contact in contacts}
    rows = ConfirmedContact.objects.filter(sheet__unit=unit)
    rows = rows.filter(Q(source__in=contacts) | Q(source=None, value__in=values))
    touched = list(ContactSheet.objects.filter(contacts__in=rows).distinct().order_by("version"))
    if not touched:
        return
    rows.delete()
    ContactSheet.objects.filter(pk__in=[sheet.pk for sheet in touched]).update(content_hash="")
    last = ContactSheet.objects.filter(unit=unit).order_by("-version").first()
    if last == touched[-1]:
        rest = _publish(unit, list(last.contacts.all()), list(last.leaders.all()))
        confirmed = last.confirmations.first()
        rest.confirmations.create(confirmed_at=confirmed.confirmed_at, confirmed_by=confirmed.confirmed_by)


def _publish(
    unit: Unit, contacts: Iterable[Contact | ConfirmedContact], leaders: Iterable[Leader | ConfirmedLeader]
) -> ContactSheet:
    last = ContactSheet.objects.filter(unit=unit).aggregate(last=Max("version"))["last"] or 0
    sheet = ContactSheet.objects.create(
        unit=unit, version=last + 1, content_hash=content_hash(contacts, leaders)
    )
    ConfirmedContact.objects.bulk_create(
        ConfirmedContact(
            sheet=sheet,
            source_id=row.pk if isinstance(row, Contact) else row.source_id,
            channel=row.channel,
            value=row.value,
            label=row.label,
            hours=row.hours,
            order=position,
        )
        for position, row in enumerate(contacts, start=1)
    )
    ConfirmedLeader.objects.bulk_create(
        ConfirmedLeader(
            sheet=sheet,
            source_id=row.pk if isinstance(row, Leader) else row.source_id,
            rank=row.rank,
            office=row.office,
            standing=row.standing,
            name=row.name,
        )
        for row in leaders
    )
    return sheet
