from .answer import Answer, Outcome, Satisfaction
from .category import Category, SectionDuty
from .complaint import Channel, Complaint, ReportClass
from .desk import DeskSettings
from .disposition import Disposition

__all__ = [
    "Answer",
    "Category",
    "Channel",
    "Complaint",
    "DeskSettings",
    "Disposition",
    "Outcome",
    "ReportClass",
    "Satisfaction",
    "SectionDuty",
]
