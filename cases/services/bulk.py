"""Very many rows at once, past Django's models: COPY on PostgreSQL, executemany on SQLite."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache

from django.db import connection
from django.db.models import PROTECT, AutoField, DateTimeField, Field, ForeignObjectRel, Model

from .inserting import PLAIN


def reserve_keys(model: type[Model], count: int) -> range:
    """Keys that nobody else will take."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            taken = "UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s RETURNING seq"
            if not (found := cursor.execute(taken, [count, table]).fetchone()):
                cursor.execute("INSERT INTO sqlite_sequence (seq, name) VALUES (%s, %s)", [count, table])
            (last,) = found or (count,)
            return range(last - count + 1, last + 1)
        while True:
            cursor.execute(
                "SELECT min(key), max(key) FROM (SELECT nextval(series.name) AS key FROM (SELECT"
                " pg_get_serial_sequence(%s, 'id')::regclass AS name OFFSET 0) series, generate_series(1, %s)) AS keys",
                [table, count],
            )
            first, last = cursor.fetchone()
            # Where somebody took one of them meanwhile, all are left unused.
            if last - first == count - 1:
                return range(first, last + 1)


def write_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Insert rows of these fields. Moments are as `written`, JSON is text. Fields not named take their default."""
    names, rest = columns_with_defaults(model, columns)
    into = f"{model._meta.db_table} ({', '.join(map(connection.ops.quote_name, names))})"
    whole = ((*row, *rest) for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            places = ", ".join(["%s"] * len(names))
            cursor.executemany(f"INSERT INTO {into} VALUES ({places})", whole)  # noqa: S608
            return
        with connection.wrap_database_errors, cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in whole:
                copy.write_row(row)


@lru_cache(maxsize=100_000)
def written(moment: datetime) -> str:
    """A moment as the database takes it in."""
    if connection.vendor == "sqlite":
        return connection.ops.adapt_datetimefield_value(moment)
    return moment.astimezone(UTC).isoformat()


def columns_with_defaults(model: type[Model], fields: Sequence[str]) -> tuple[list[str], tuple]:
    """The columns of these fields and after them those of all that have a default; and these defaults."""
    defaults = {
        field.column: field.get_db_prep_save(field.get_default(), connection)
        for field in model._meta.local_concrete_fields
        if field.name not in fields and not isinstance(field, AutoField) and field.get_default() is not None
    }
    return [*(model._meta.get_field(name).column for name in fields), *defaults], tuple(defaults.values())


def update_rows(model: type[Model], columns: Sequence[str], rows: Sequence[Model]) -> None:
    """Write these fields of rows that are there already; on PostgreSQL one statement for all of them."""
    if not rows:
        return
    fields = [model._meta.pk, *(model._meta.get_field(name) for name in columns)]
    values = [_column(field, rows) for field in fields]
    key, *names = [field.column for field in fields]
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            lists = ", ".join(f"%s::{field.db_type(connection)}[]" for field in fields)
            new = ", ".join(f"{name} = new.{name}" for name in names)
            cursor.execute(
                f"UPDATE {table} SET {new} FROM unnest({lists}) AS new({key}, {', '.join(names)})"  # noqa: S608
                f" WHERE {table}.{key} = new.{key}",
                values,
            )
            return
        new = ", ".join(f"{name} = %s" for name in names)
        keys, *others = values
        cursor.executemany(
            f"UPDATE {table} SET {new} WHERE {key} = %s",  # noqa: S608
            list(zip(*others, keys, strict=True)),
        )


def _column(field: Field, rows: Sequence[Model]) -> list:
    """What the database is given for a field of each row."""
    values = [getattr(row, field.attname) for row in rows]
    if isinstance(field, DateTimeField):
        return [None if value is None else written(value) for value in values]
    return values if type(field) in PLAIN else [field.get_db_prep_save(value, connection) for value in values]


def delete_rows(model: type[Model], keys: Sequence) -> None:
    """Delete these rows after what would keep them, and what would keep that. Django would read each of them first."""
    if not keys:
        return
    for relation in protecting(model):
        hanging = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": keys})
        delete_rows(relation.related_model, list(hanging.values_list("pk", flat=True)))
    rows = model._base_manager.filter(pk__in=keys)
    rows._raw_delete(rows.db)


def protecting(model: type[Model]) -> Iterator[ForeignObjectRel]:
    """The relations whose rows keep a row of this table from being deleted. Other children are parts of their parent."""
    for field in model._meta.get_fields(include_hidden=True):
        if isinstance(field, ForeignObjectRel) and getattr(field, "on_delete", None) is PROTECT:
            yield field
