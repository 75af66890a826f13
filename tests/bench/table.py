"""The last thing that is printed: a line for each measure, both databases beside each other."""

DATABASES = ("SQLite", "PostgreSQL")


def print_table(results: list[dict]) -> None:
    rows: dict[str, dict[str, dict]] = {}
    for result in results:
        rows.setdefault(result["what"], {})[result["database"]] = result
    lines = [("what", *DATABASES, "bar", "met")]
    for what, by_database in rows.items():
        found = list(by_database.values())
        bars = dict.fromkeys(result["bar"] for result in found if result["bar"])
        cells = [_cell(by_database.get(name)) for name in DATABASES]
        lines.append((what, *cells, " · ".join(bars), _met([result["met"] for result in found])))
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _cell(result: dict | None) -> str:
    if result is None:
        return "–"
    value = result["value"]
    number = f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}"
    against = f" ({result['against']})" if result["against"] else ""
    return f"{number} {result['unit']}".strip() + against


def _met(verdicts: list[bool | None]) -> str:
    judged = [verdict for verdict in verdicts if verdict is not None]
    if not judged:
        return ""
    return "yes" if all(judged) else "NO"
