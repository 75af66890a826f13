"""JSON that stays in the database as the very text that is hashed."""

from functools import partial

from django.db.models import JSONField, TextField, Transform

from ..canonical import canonical


class CanonicalJSONField(JSONField):
    """Written as canonical JSON and read as what it says. Only its keys can be asked for, and are compared as text.

    PostgreSQL keeps the text of a `json` column as it is, which its `jsonb` does not.
    """

    def db_type(self, connection) -> str:
        return "json" if connection.vendor == "postgresql" else super().db_type(connection)

    def get_db_prep_value(self, value, connection, prepared=False):
        return canonical(value)

    def from_db_value(self, value, expression, connection):
        # psycopg has read what is in a json column.
        return super().from_db_value(value, expression, connection) if isinstance(value, str) else value

    def get_transform(self, name):
        return partial(_Said, name)


class _Said(Transform):
    """What stands under a key, as text."""

    output_field = TextField()

    def __init__(self, key: str, *expressions, **extra):
        super().__init__(*expressions, **extra)
        self.key = key

    def as_sql(self, compiler, connection):
        said, params = compiler.compile(self.lhs)
        return f"({said} ->> %s)", [*params, self.key]

    def as_sqlite(self, compiler, connection):
        said, params = compiler.compile(self.lhs)
        return f"json_extract({said}, %s)", [*params, f'$."{self.key}"']
