"""What nothing costs: a view that does nothing, and a transaction that writes one row."""

from dataclasses import dataclass

from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from home.models import User
from tests.second_factor import log_in_by_both

from .load import Load, under_load
from .results import Result, milliseconds


def browser(user: User | None = None) -> Client:
    client = Client(headers={"host": "localhost"})
    if user:
        log_in_by_both(client, user)
    return client


def open_page(client: Client, address: str) -> None:
    status = client.get(address).status_code
    if status != 200:
        raise SystemExit(f"{address}: {status}")


@dataclass(frozen=True)
class Baseline:
    """`view` and `transaction` in milliseconds, `transactions` in one second at eight connections."""

    view: float
    transaction: float
    transactions: float

    @classmethod
    def measure(cls) -> "Baseline":
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bench_bare (id integer, words varchar(40))")
        client, address = browser(), reverse("alive")
        load = under_load(lambda number: write_one_row)
        found = cls(
            milliseconds(lambda: open_page(client, address), 100),
            milliseconds(write_one_row, 100),
            load.per_second,
        )
        Result("empty view", found.view, "ms").tell()
        Result("bare transaction", found.transaction, "ms").tell()
        Result("bare transactions, 8 connections", found.transactions, "/s").tell()
        return found

    def to_view(self, value: float) -> str:
        return f"{value / self.view:.1f} views"

    def to_transactions(self, load: Load) -> str:
        return f"1/{self.transactions / load.per_second:.1f} of bare"


def write_one_row() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_bare (id, words) VALUES (1, 'bare')")
