from .contact import Channel, Confirmation, ConfirmedContact, Consent, Contact
from .leader import Leader
from .membership import Membership, Role
from .page import UnitPage
from .unit import Level, Section, Unit, UnitKind

__all__ = [
    "Channel",
    "Confirmation",
    "ConfirmedContact",
    "Consent",
    "Contact",
    "Leader",
    "Level",
    "Membership",
    "Role",
    "Section",
    "Unit",
    "UnitKind",
    "UnitPage",
]
