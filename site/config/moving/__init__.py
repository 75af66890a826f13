"""A whole portal goes from its SQLite file to PostgreSQL: every row as it stands, in one transaction."""

from .moving import move, planned
from .refusal import MoveRefused
from .source import open_source

__all__ = ["MoveRefused", "move", "open_source", "planned"]
