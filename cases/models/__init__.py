from .case import Case, IdentityMode, Urgency
from .clock import ClockSettings, Deadline, Holiday, HolidayDecree, OfficeHours, Rule
from .erasure import Erasable, Erasure, RetentionRule
from .files import CaseFile, PublicPhoto
from .history import Event, EventWords
from .lasting_key import LastingKey
from .messages import MessageTemplate, OutboxMessage
from .numbering import NumberSeries
from .party import Party
from .recount import HolidayImport, Recount
from .roots import DailyRoot, RootBlock, VerifiedMark
from .sweep import SweepMark
from .task import Task
from .vouched import Vouched

__all__ = [
    "Case",
    "CaseFile",
    "ClockSettings",
    "DailyRoot",
    "Deadline",
    "Erasable",
    "Erasure",
    "Event",
    "EventWords",
    "Holiday",
    "HolidayDecree",
    "HolidayImport",
    "IdentityMode",
    "LastingKey",
    "MessageTemplate",
    "NumberSeries",
    "OfficeHours",
    "OutboxMessage",
    "Party",
    "PublicPhoto",
    "Recount",
    "RetentionRule",
    "RootBlock",
    "Rule",
    "SweepMark",
    "Task",
    "Urgency",
    "VerifiedMark",
    "Vouched",
]
