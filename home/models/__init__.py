from .pages import BasePage, HomePage, PlainPage
from .portal import PortalSettings
from .user import User

__all__ = ["BasePage", "HomePage", "PlainPage", "PortalSettings", "User"]
