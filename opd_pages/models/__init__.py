from .alert import Alert, AlertLevel
from .budget import BudgetPage, Stage
from .commitment import Commitment, CommitmentSource, CommitmentsPage, CommitmentState
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
from .news import EventPage, NetworkVotes, NewsFigures, NewsIndexPage, NewsPage, VoteMark
from .outline import UnitOutline
from .page import UnitPage
from .scan import PosterScans
from .search_word import SearchWord
from .service import ServicePage
from .unit import Level, Section, Unit, UnitKind

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
    "ConfirmedContact",
    "ConfirmedLeader",
    "Consent",
    "Contact",
    "ContactSheet",
    "EventPage",
    "Leader",
    "LeadersPage",
    "Level",
    "Membership",
    "NetworkVotes",
    "NewsFigures",
    "NewsIndexPage",
    "NewsPage",
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
    "VoteMark",
]
