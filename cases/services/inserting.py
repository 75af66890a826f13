"""New rows of several tables in one go, past Django's models: putting a statement together costs more than running it."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import compress, groupby

from django.db import connection, models
from django.db.models import AutoField, Field, Model

Tables = Sequence[tuple[type[Model], Sequence[Model]]]
# What these fields hold is what the database is given, also by Django.
PLAIN = {
    models.BigAutoField,
    models.BooleanField,
    models.CharField,
    models.ForeignKey,
    models.OneToOneField,
    models.PositiveIntegerField,
    models.PositiveSmallIntegerField,
    models.TextField,
}


def insert_together(rows: Sequence[Model]) -> None:
    """Insert unsaved rows in this order; a later one may belong to an earlier one. They get their keys; no signals.

    However many they are, PostgreSQL is asked twice: to take in the first, which it numbers, and to take in the rest.
    SQLite, which lies in this process, is asked table by table.
    """
    if connection.vendor == "postgresql":
        _insert_with_keys(rows)
    else:
        for model, of_model in _by_table(rows):
            _insert_for_keys(model, of_model)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def _by_table(rows: Iterable[Model]) -> Tables:
    return [(model, list(of_model)) for model, of_model in groupby(rows, key=type)]


def _insert_with_keys(rows: Sequence[Model]) -> None:
    """The first one's statement gives the keys of all: so they are known beforehand, and nobody else takes them."""
    first, *rest = rows
    numbered = [row for row in rest if _has_series(type(row))]
    series = (f"nextval(pg_get_serial_sequence('{row._meta.db_table}', 'id'))" for row in numbered)
    statement, values = _insertion(type(first), [first])
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} RETURNING {', '.join(['id', *series])}", values)
        for row, key in zip([first, *numbered], cursor.fetchone(), strict=True):
            row.pk = key
        insertions = [_insertion(model, of_model) for model, of_model in _by_table(rest)]
        if insertions:
            statements = "; ".join(statement for statement, _values in insertions)
            cursor.execute(statements, [value for _statement, values in insertions for value in values])


def _insert_for_keys(model: type[Model], rows: Sequence[Model]) -> None:
    statement, values = _insertion(model, rows)
    with connection.cursor() as cursor:
        if not _has_series(model):
            cursor.execute(statement, values)
            return
        cursor.execute(f"{statement} RETURNING id", values)
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key


def _has_series(model: type[Model]) -> bool:
    return isinstance(model._meta.pk, AutoField)


def _insertion(model: type[Model], rows: Sequence[Model]) -> tuple[str, list]:
    """The statement and its values, without the columns that none of the rows fills."""
    fields = model._meta.concrete_fields
    table = [[_value(field, row) for field in fields] for row in rows]
    filled = [any(value is not None for value in column) for column in zip(*table, strict=True)]
    columns = tuple(field.column for field in compress(fields, filled))
    statement = _statement(model._meta.db_table, columns, len(rows))
    return statement, [value for values in table for value in compress(values, filled)]


def _value(field: Field, row: Model) -> object:
    """What the database is given for a field."""
    if type(field) not in PLAIN:
        value = field.pre_save(row, add=True)
        return value if value is None else field.get_db_prep_save(value, connection)
    value = getattr(row, field.attname)
    if value is None and field.is_relation and field.is_cached(row):
        # It was named before it had a key.
        setattr(row, field.name, field.get_cached_value(row))
        value = getattr(row, field.attname)
    return value


@lru_cache
def _statement(table: str, columns: tuple[str, ...], count: int) -> str:
    names = ", ".join(map(connection.ops.quote_name, columns))
    row = f"({', '.join(['%s'] * len(columns))})"
    return f"INSERT INTO {table} ({names}) VALUES {', '.join([row] * count)}"  # noqa: S608
