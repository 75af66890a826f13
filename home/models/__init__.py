from .broken_link import BrokenLink, LinkCheck, LinkFault
from .collections import DocumentsPage, FaqPage, GalleryPage
from .day_mark import DayMark, NetworkMark
from .lasting import Lasting
from .pages import BasePage, HomePage, PlainPage
from .portal import PortalSettings
from .user import User

__all__ = [
    "BasePage",
    "BrokenLink",
    "DayMark",
    "DocumentsPage",
    "FaqPage",
    "GalleryPage",
    "HomePage",
    "Lasting",
    "LinkCheck",
    "LinkFault",
    "NetworkMark",
    "PlainPage",
    "PortalSettings",
    "User",
]
