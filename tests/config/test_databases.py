import pytest
from django.db import connection


@pytest.mark.only_on("postgresql")
def test_postgresql_compiles_no_statement(db):
    """That would take longer than running it."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
