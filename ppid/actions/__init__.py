"""The desk's and the applicant's buttons for a request: who sees which, and the verb behind each."""

from .applicant import APPLICANT_ACTIONS
from .desk import OWN_ACTIONS
from .spoken import SPOKEN_ACTIONS

DESK_ACTIONS = (*OWN_ACTIONS, *SPOKEN_ACTIONS)

__all__ = ["APPLICANT_ACTIONS", "DESK_ACTIONS"]
