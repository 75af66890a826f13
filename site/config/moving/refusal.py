class MoveRefused(Exception):
    """Why nothing was moved, as a person reads it."""
