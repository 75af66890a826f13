"""A workflow as a picture in text (Mermaid) and as a table, for the documentation."""

from .workflow import Workflow


def drawn(workflow: Workflow) -> str:
    """A state diagram of every move, with the words the reporter reads for each state."""
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {workflow.initial}"]
    lines += [f"    {state.name} : {state.public}" for state in workflow.states]
    lines += [f"    {move.origin} --> {move.target}" for move in workflow.moves]
    lines += [f"    {state.name} --> [*]" for state in workflow.states if state.final]
    return "\n".join([*lines, "```"])


def listed(workflow: Workflow) -> str:
    """Every move with who may make it, in the order of the table."""
    rows = ["| from | to | by | needs words | only if |", "| --- | --- | --- | --- | --- |"]
    for move in workflow.moves:
        guard = (move.guard.__doc__ or move.guard.__name__).split(". ")[0].strip(".") if move.guard else ""
        words = "yes" if move.needs_text else ""
        rows.append(f"| {move.origin} | {move.target} | {', '.join(map(str, move.by))} | {words} | {guard} |")
    return "\n".join(rows)
