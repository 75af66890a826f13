"""Wagtail's search in the database, with SQLite's own way of it."""

from django.db import connection
from modelsearch.backends import database


def SearchBackend(params):  # Wagtail looks for this name.
    if connection.vendor != "sqlite":
        return database.SearchBackend(params)
    # Its tables are there on SQLite only.
    from .sqlite import Backend

    return Backend(params)
