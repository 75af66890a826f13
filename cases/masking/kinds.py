"""What is looked for."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _


class PersonalData(StrEnum):
    NIK = "nik"
    FAMILY_CARD = "family_card"
    PHONE = "phone"
    PLATE = "plate"
    ACCOUNT = "account"
    EMAIL = "email"
    # Of electricity, water, the net or an insurance: whoever enters it where it is paid reads the holder's name.
    CUSTOMER = "customer"
    NPWP = "npwp"
    PASSPORT = "passport"

    @property
    def label(self) -> str:
        """The words that stand in its place."""
        return {
            PersonalData.NIK: _("NIK"),
            PersonalData.FAMILY_CARD: _("nomor KK"),
            PersonalData.PHONE: _("nomor telepon"),
            PersonalData.PLATE: _("pelat nomor"),
            PersonalData.ACCOUNT: _("nomor rekening"),
            PersonalData.EMAIL: _("alamat surel"),
            PersonalData.CUSTOMER: _("nomor pelanggan"),
            PersonalData.NPWP: _("NPWP"),
            PersonalData.PASSPORT: _("nomor paspor"),
        }[self]


@dataclass(frozen=True, order=True)
class Span:
    """Where personal data stand: `text[start:end]`."""

    start: int
    end: int
    kind: PersonalData
