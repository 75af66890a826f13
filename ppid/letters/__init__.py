"""Letters of the PPID as PDF: what goes in, and how it is typeset. Their words are rows (ppid.models.LetterTemplate)."""

from .drawing import draw_letter
from .notice import notice_letter

__all__ = ["draw_letter", "notice_letter"]
