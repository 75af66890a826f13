"""What the worker calls. Thin: the work is in services, and may be done twice without harm."""

from .services import sweep as sweeping


def sweep() -> None:
    sweeping.sweep()
