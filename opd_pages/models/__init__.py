from .alert import Alert, AlertLevel
from .contact import (
    Channel,
    Confirmation,
    ConfirmedContact,
    ConfirmedLeader,
    Consent,
    Contact,
    ContactSheet,
)
from .leader import Leader, Standing
from .membership import Membership, Role
from .page import UnitPage
from .scan import PosterScans
from .unit import Level, Section, Unit, UnitKind

__all__ = [
    "Alert",
    "AlertLevel",
    "Channel",
    "Confirmation",
    "ConfirmedContact",
    "ConfirmedLeader",
    "Consent",
    "Contact",
    "ContactSheet",
    "Leader",
    "Level",
    "Membership",
    "PosterScans",
    "Role",
    "Section",
    "Standing",
    "Unit",
    "UnitKind",
    "UnitPage",
]
