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
from .outline import UnitOutline
from .page import UnitPage
from .scan import PosterScans
from .search_word import SearchWord
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
    "SearchWord",
    "Section",
    "Standing",
    "Unit",
    "UnitKind",
    "UnitOutline",
    "UnitPage",
]
