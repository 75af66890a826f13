from .alert import Alert, AlertLevel
from .budget import BudgetPage, Stage
from .commitment import Commitment, CommitmentSource, CommitmentsPage, CommitmentState
from .confirmation_request import ConfirmationRequest
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
from .leaders_page import LeadersPage
from .membership import Membership, Role
from .news import EventPage, NewsFigures, NewsIndexPage, NewsPage
from .outline import UnitOutline
from .page import UnitPage
from .personal_value import PersonalValue
from .pledge import Pledge
from .scan import PosterScans
from .search_word import SearchWord
from .service import ServicePage
from .unit import Level, Section, Unit, UnitKind
from .unreachable import Fault, UnreachableReport

__all__ = [
    "Alert",
    "AlertLevel",
    "BudgetPage",
    "Channel",
    "Commitment",
    "CommitmentSource",
    "CommitmentState",
    "CommitmentsPage",
    "Confirmation",
    "ConfirmationRequest",
    "ConfirmedContact",
    "ConfirmedLeader",
    "Consent",
    "Contact",
    "ContactSheet",
    "EventPage",
    "Fault",
    "Leader",
    "LeadersPage",
    "Level",
    "Membership",
    "NewsFigures",
    "NewsIndexPage",
    "NewsPage",
    "PersonalValue",
    "Pledge",
    "PosterScans",
    "Role",
    "SearchWord",
    "Section",
    "ServicePage",
    "Stage",
    "Standing",
    "Unit",
    "UnitKind",
    "UnitOutline",
    "UnitPage",
    "UnreachableReport",
]
