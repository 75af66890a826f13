from .case import Case, IdentityMode, Urgency
from .clock import ClockSettings, Deadline, Holiday, HolidayDecree, OfficeHours, Rule
from .files import CaseFile
from .history import Event, EventWords
from .messages import MessageTemplate, OutboxMessage
from .numbering import NumberSeries
from .party import Party
from .recount import HolidayImport, Recount
from .roots import DailyRoot, RootBlock, VerifiedMark
from .sweep import SweepMark
from .task import Task

__all__ = [
    "Case",
    "CaseFile",
    "ClockSettings",
    "DailyRoot",
    "Deadline",
    "Event",
    "EventWords",
    "Holiday",
    "HolidayDecree",
    "HolidayImport",
    "IdentityMode",
    "MessageTemplate",
    "NumberSeries",
    "OfficeHours",
    "OutboxMessage",
    "Party",
    "Recount",
    "RootBlock",
    "Rule",
    "SweepMark",
    "Task",
    "Urgency",
    "VerifiedMark",
]
