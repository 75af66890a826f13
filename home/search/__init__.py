"""Site search: one question, put to every room that has something to find."""

from .question import Question, ask
from .results import Found, Section, Source, look

__all__ = ["Found", "Question", "Section", "Source", "ask", "look"]
