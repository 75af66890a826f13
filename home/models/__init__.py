from .collections import DocumentsPage, FaqPage, GalleryPage
from .pages import BasePage, HomePage, PlainPage
from .portal import PortalSettings
from .user import User

__all__ = [
    "BasePage",
    "DocumentsPage",
    "FaqPage",
    "GalleryPage",
    "HomePage",
    "PlainPage",
    "PortalSettings",
    "User",
]
