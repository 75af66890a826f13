from .case import Case, IdentityMode, Urgency
from .clock import ClockSettings, Deadline, Holiday, HolidayDecree, OfficeHours, Rule
from .files import CaseFile
from .history import Event, EventWords
from .messages import MessageTemplate, OutboxMessage
from .numbering import NumberSeries
from .party import Party
from .sweep import SweepMark
from .task import Task

__all__ = [
    "Case",
    "CaseFile",
    "ClockSettings",
    "Deadline",
    "Event",
    "EventWords",
    "Holiday",
    "HolidayDecree",
    "IdentityMode",
    "MessageTemplate",
    "NumberSeries",
    "OfficeHours",
    "OutboxMessage",
    "Party",
    "Rule",
    "SweepMark",
    "Task",
    "Urgency",
]
