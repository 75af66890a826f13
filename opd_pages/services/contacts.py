"""A unit's contacts: kept, confirmed, published, withdrawn."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Q, QuerySet
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
from .changed_contacts import contact_changed
from .personal_values import is_known_personal, remember_personal
from .withdrawn_words import forget_in_pages

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


class StaysPersonal(ContactRefusal):
    def __init__(self) -> None:
        super().__init__(
            _(
                "Nomor ini tercatat sebagai nomor pribadi. Beri tanda di sini, lalu catat persetujuan pemiliknya, "
                "atau pakai nomor lain."
            )
        )


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
    confirmation = sheet.confirmations.create(confirmed_at=at or timezone.now(), confirmed_by=by)
    # Who confirms has looked, also at what citizens told.
    unit.unreachable_reports.filter(settled_at=None).update(settled_at=timezone.now())
    contact_changed(unit)
    return confirmation


@transaction.atomic
def save_contact(contact: Contact, *, by: User) -> None:
    """Add or change a contact. A consent was given for one number: another number has none.

    Raises StaysPersonal.
    """
    lock(contact.unit)
    check_office_number(contact)
    before = Contact.objects.filter(pk=contact.pk).first()
    if before is None:
        last = contact.unit.contacts.aggregate(last=Max("order"))["last"] or 0
        contact.order = last + STEP
    contact.save()
    has_changed = before and (before.channel, before.value) != (contact.channel, contact.value)
    if has_changed:
        consents = Consent.objects.filter(contact=contact)
        if before.value == contact.value:
            _end_consents(consents, by)
        else:
            if before.is_personal:
                remember_personal([before.value])
            consents.delete()  # the number it spoke of stands here no more
            # What citizens told of it was told of the other number.
            contact.unreachable_reports.filter(settled_at=None).update(settled_at=timezone.now())
        contact.refresh_from_db()
    if (has_changed and before.is_personal) or (contact.is_personal and not contact.has_consent):
        _take_down(_shown_from(contact))


def check_office_number(contact: Contact) -> None:
    """Whether a contact that is said to be the office's may be. Raises StaysPersonal.

    A number somebody consented to show is theirs, and one whose consent has ended is shown nowhere without a new one.
    """
    if contact.is_personal:
        return
    consents = Consent.objects.filter(contact__value=contact.value)
    if consents.filter(~Q(withdrawn_at=None) | Q(contact=contact.pk)).exists() or is_known_personal(
        contact.value
    ):
        raise StaysPersonal


@transaction.atomic
def remove_contact(contact: Contact) -> None:
    """Delete a contact: an office's stays public until the next confirmation, a personal one goes at once."""
    lock(contact.unit)
    if contact.is_personal:
        remember_personal([contact.value])
        _take_down(_shown_from(contact))
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
    """Take a personal number down wherever it is shown, on every channel of every unit, at once (UU 27/2022 Ps 9).

    Where it was entered as an office's number it is a personal one from now on.
    """
    same = Contact.objects.filter(value=contact.value)
    rows = ConfirmedContact.objects.filter(value=contact.value)
    # All at once and in one order: two withdrawals must not wait for each other.
    units = {
        contact.unit_id,
        *same.values_list("unit", flat=True),
        *rows.values_list("sheet__unit", flat=True),
    }
    list(Unit.objects.select_for_update().only("pk").filter(pk__in=units).order_by("pk"))
    _end_consents(Consent.objects.filter(contact__in=same), by)
    remember_personal([contact.value])
    same.update(is_personal=True)
    _take_down(rows)
    forget_in_pages(contact.channel, contact.value)


def end_consents_of(leader: Leader, by: User) -> None:
    """The personal numbers of somebody who left the office are taken down. Wants a transaction."""
    _end_in_unit(leader.unit, Consent.objects.filter(leader=leader, withdrawn_at=None), by)


def end_all_consents(unit: Unit, by: User) -> None:
    """The unit ends, and nobody is left who could withdraw for its people. Wants a transaction."""
    _end_in_unit(unit, Consent.objects.filter(contact__unit=unit, withdrawn_at=None), by)


def _end_in_unit(unit: Unit, consents: QuerySet[Consent], by: User) -> None:
    shown = set(consents.values_list("contact__channel", "contact__value"))
    values = [value for _channel, value in shown]
    _end_consents(consents, by)
    remember_personal(values)
    unit.contacts.filter(value__in=values).update(is_personal=True)
    _take_down(ConfirmedContact.objects.filter(sheet__unit=unit, value__in=values))
    for channel, value in shown:
        forget_in_pages(channel, value)


def _end_consents(consents: QuerySet[Consent], by: User) -> None:
    consents.filter(withdrawn_at=None).update(withdrawn_at=timezone.now(), withdrawn_by=by)


def _shown_from(contact: Contact) -> QuerySet[ConfirmedContact]:
    """What the unit's sheets show of a contact, also of one like it that was deleted since."""
    return ConfirmedContact.objects.filter(
        Q(source=contact) | Q(source=None, value=contact.value), sheet__unit=contact.unit
    )


def _take_down(rows: QuerySet[ConfirmedContact]) -> None:
    """Delete rows from all sheets. Where the public saw one, the rest becomes a new version: prints are old now.

    What is left was confirmed with the sheet before: its confirmation goes on, with its date.
    """
    touched = list(ContactSheet.objects.filter(contacts__in=rows).distinct().select_related("unit__kind"))
    rows.delete()
    ContactSheet.objects.filter(pk__in=[sheet.pk for sheet in touched]).update(content_hash="")
    for unit in {sheet.unit for sheet in touched}:
        last = ContactSheet.objects.filter(unit=unit).order_by("-version").first()
        if last in touched:
            rest = _publish(unit, list(last.contacts.all()), list(last.leaders.all()))
            confirmed = last.confirmations.first()
            rest.confirmations.create(
                confirmed_at=confirmed.confirmed_at, confirmed_by=confirmed.confirmed_by
            )
            contact_changed(unit)


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
