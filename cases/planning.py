"""What PostgreSQL is told of the rows, so that it goes about the desk's lists well."""

from django.db.backends.base.base import BaseDatabaseWrapper

# Open cases have a date and closed ones none. Taking the two for independent, it expects a fiftieth of what is overdue, and
# puts all of it in order for the first page instead of reading that off an index.
OPEN_DATES = "CREATE STATISTICS IF NOT EXISTS case_open_dates (mcv) ON closed_at, due_at FROM cases_case"


def install(connection: BaseDatabaseWrapper) -> None:
    """Safe to repeat. SQLite plans without statistics."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(OPEN_DATES)


def count_rows(connection: BaseDatabaseWrapper) -> None:
    """After very many rows at once. PostgreSQL would go about them as if there were none until it counts by itself, minutes later."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
