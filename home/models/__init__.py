from .collections import DocumentsPage, FaqPage, GalleryPage
from .day_mark import DayMark, NetworkMark
from .lasting import Lasting
from .pages import BasePage, HomePage, PlainPage
from .portal import PortalSettings
from .user import User

__all__ = [
    "BasePage",
    "DayMark",
    "DocumentsPage",
    "FaqPage",
    "GalleryPage",
    "HomePage",
    "Lasting",
    "NetworkMark",
    "PlainPage",
    "PortalSettings",
    "User",
]
