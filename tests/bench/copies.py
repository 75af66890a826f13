"""A copy of the portal's database as it is now, beside it."""

from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper


def copy_of_the_portal(size: int) -> BaseDatabaseWrapper:
    """A connection to the copy; its name tells how many cases it has."""
    name = f"with_{size}"
    if connection.vendor == "sqlite":
        file = settings.DATA_DIR / f"{name}.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        return _connection(name, file)
    original = connection.settings_dict["NAME"]
    connection.close()  # A database that is copied is not in use.
    beside = _connection("beside", "template1")
    with beside.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
    beside.close()
    return _connection(name, name)


def _connection(alias: str, name) -> BaseDatabaseWrapper:
    connections.settings[alias] = connection.settings_dict | {"NAME": name}
    return connections[alias]
