"""Where the rooms above enter what they show on a unit's page, and what follows from changes of units."""

from dataclasses import dataclass

from home.registry import Registry

# Callables (unit) -> {"template": str, ...context} or None, shown on the unit's page in their order.
unit_panels: Registry = Registry()

# Callables (old: Unit, into: Unit, by: User) -> None, called in the transaction in which a unit ends: open cases
# follow to its successor, or to its parent where it has none.
unit_merged: Registry = Registry()

# Callables (unit: Unit) -> None, called when a unit stands elsewhere in the tree, with its new lineage and area.
unit_moved: Registry = Registry()

# Callables (request, person) -> button or None: what may be done with somebody's account, in the register of people.
person_buttons: Registry = Registry()

# Callables (confirmation: Confirmation, person: User, now: datetime) -> None: how somebody is asked whether a unit's
# contacts still hold. Called in the transaction in which the request is noted.
confirmation_asked: Registry = Registry()

# Callable (text: str) -> str, the first counts: a keyed hash that stays the same as long as the installation lives.
fingerprints: Registry = Registry()


@dataclass(frozen=True)
class OpenCases:
    """How many of a kind are open and late, and where they are listed."""

    label: str
    open: int
    late: int
    url: str


# Callables (user: User) -> list of OpenCases: what is still open at this person's desk, and nothing they may not see.
open_cases: Registry = Registry()
