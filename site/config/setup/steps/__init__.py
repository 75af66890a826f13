"""The steps of `manage.py setup`, in their order."""

from .administrator import AdministratorStep
from .base import Refused, Step
from .identity import IdentityStep
from .mail import MailStep
from .pages import PagesStep
from .units import UnitsStep

STEPS: tuple[type[Step], ...] = (IdentityStep, UnitsStep, PagesStep, AdministratorStep, MailStep)

__all__ = ["STEPS", "Refused", "Step"]
