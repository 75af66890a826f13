"""Contacts as a person meets them: a line to read and one thing to tap."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..channels import Channel, link, shown
from ..models import ConfirmedContact, Contact, Unit

ICONS = {Channel.SHORT_NUMBER: "phone", Channel.EMAIL: "mail", Channel.WEBSITE: "web"}


@dataclass(frozen=True)
class ContactRow:
    """Everything components/channel.html shows; `href` is "" where a tap leads nowhere, `purpose` what the office
    wrote of it, "" where it wrote nothing."""

    icon: str
    value: str
    kind: str
    purpose: str
    href: str
    action: str
    hours: str

    @property
    def label(self) -> str:
        return f"{self.kind} · {self.purpose}" if self.purpose else self.kind


def contact_row(contact: Contact | ConfirmedContact, unit: Unit) -> ContactRow:
    channel = Channel(contact.channel)
    greeting = _("Halo %(unit)s, saya ingin menyampaikan: ") % {"unit": unit.place_name}
    return ContactRow(
        icon=ICONS.get(channel, channel.value),
        value=shown(channel, contact.value),
        kind=str(channel.label),
        purpose=contact.label,
        href=link(channel, contact.value, greeting=greeting),
        action=_action(channel),
        hours=contact.hours,
    )


def _action(channel: Channel) -> str:
    if channel in (Channel.PHONE, Channel.SHORT_NUMBER):
        return _("Telepon")
    if channel in (Channel.WHATSAPP, Channel.SMS, Channel.EMAIL):
        return _("Tulis")
    return _("Buka")
