"""Where the rooms above enter what they show on a unit's page, and what follows from changes of units."""

from home.registry import Registry

# Callables (unit) -> {"template": str, ...context} or None, shown on the unit's page in their order.
unit_panels: Registry = Registry()

# Callables (old: Unit, into: Unit, by: User) -> None, called in the transaction of a merger: open cases follow.
unit_merged: Registry = Registry()

# Callables (unit: Unit) -> None, called when a unit stands elsewhere in the tree, with its new lineage and area.
unit_moved: Registry = Registry()
