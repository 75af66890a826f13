"""The desk's and the reporter's buttons for a complaint: who sees which, and the verb behind each."""

from .desk import OWN_ACTIONS
from .reporter import REPORTER_ACTIONS
from .spoken import SPOKEN_ACTIONS

DESK_ACTIONS = (*OWN_ACTIONS, *SPOKEN_ACTIONS)

__all__ = ["DESK_ACTIONS", "REPORTER_ACTIONS"]
