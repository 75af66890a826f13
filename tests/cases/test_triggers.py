"""The database itself refuses to change history, whoever asks and however."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from cases import triggers
from cases.apps import history_is_guarded
from cases.history import verify
from cases.models import Case, DailyRoot, Event
from cases.services.changes import change
from cases.services.daily_root import publish_root
from tests.pengaduan.desk import TUESDAY

IS_POSTGRESQL = connection.vendor == "postgresql"
COLUMNS = "id, case_id, seq, at, kind, actor_kind, actor_id, role, data, is_demo, prev, hash"
SAME_ROW = f"SELECT {COLUMNS} FROM cases_event WHERE seq = 2"
OTHER_ID = SAME_ROW.replace("id, case_id", "id + 1000, case_id", 1)
ATTEMPTS = [
    "UPDATE cases_event SET kind = 'forged' WHERE seq = 2",
    "UPDATE cases_event SET is_demo = NOT is_demo",
    "DELETE FROM cases_event WHERE seq = 2",
    "DELETE FROM cases_event",
    f"INSERT INTO cases_event ({COLUMNS}) {SAME_ROW} ON CONFLICT (id) DO UPDATE SET kind = 'forged'",
    f"INSERT INTO cases_event ({COLUMNS}) {OTHER_ID} ON CONFLICT (case_id, seq) DO UPDATE SET kind = 'forged'",
]
if IS_POSTGRESQL:
    ATTEMPTS += ["TRUNCATE cases_event CASCADE", "TRUNCATE cases_case CASCADE"]
else:
    # SQLite takes an upsert's SELECT apart only where it has a WHERE, which these have.
    ATTEMPTS += [
        f"INSERT OR REPLACE INTO cases_event ({COLUMNS}) {SAME_ROW}",
        f"INSERT OR REPLACE INTO cases_event ({COLUMNS}) {OTHER_ID}",
        f"REPLACE INTO cases_event ({COLUMNS}) {OTHER_ID}",
        "UPDATE OR REPLACE cases_event SET seq = 1 WHERE seq = 2",
        "UPDATE OR IGNORE cases_event SET kind = 'forged'",
    ]

refused = pytest.raises(IntegrityError, match="riwayat hanya dapat ditambah")


@pytest.fixture
def event(desk) -> Event:
    """The second event of a case; no words hang on it."""
    case = desk.receive()
    with change(case, by=desk.staff("operator")) as changing:
        event = changing.record("note")
    # Leave no check waiting, which PostgreSQL would complain of first.
    connection.check_constraints()
    return event


@pytest.mark.parametrize("statement", ATTEMPTS)
def test_sql_that_would_change_history_is_refused(event, statement):
    before = list(Event.objects.order_by("pk").values())
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(Event.objects.order_by("pk").values()) == before


def save(event):
    event.kind = "forged"
    event.save()


def update(event):
    Event.objects.filter(pk=event.pk).update(kind="forged")


def bulk_update(event):
    event.kind = "forged"
    Event.objects.bulk_update([event], ["kind"])


def bulk_upsert(event):
    event.kind = "forged"
    Event.objects.bulk_create([event], update_conflicts=True, unique_fields=["id"], update_fields=["kind"])


def delete(event):
    event.delete()


def delete_in_bulk(event):
    Event.objects.filter(pk=event.pk).delete()


@pytest.mark.parametrize(
    "attempt", [save, update, bulk_update, bulk_upsert, delete, delete_in_bulk], ids=lambda a: a.__name__
)
def test_django_is_refused_like_everybody(event, attempt):
    with refused, transaction.atomic():
        attempt(event)
    assert Event.objects.get(pk=event.pk).kind == "note"


def test_an_event_can_still_be_added(event, desk):
    with change(event.case_id, by=desk.staff("operator")) as changing:
        changing.record("note")
    assert Event.objects.count() == 3


def test_a_demonstration_can_be_cleared_and_the_rest_stays(event):
    demo = Case.objects.get(pk=event.case_id)
    demo.pk, demo.number, demo.submission_key = None, "2026-ADU-DEMO-KPS-000001", None
    demo.is_demo, demo.chain_length, demo.chain_head = True, 0, ""
    demo.save()
    with change(demo.pk, by=_system()) as changing:
        changing.record("note")
    with transaction.atomic():
        Event.objects.filter(case=demo).delete()
        demo.delete()
    assert Event.objects.count() == 2
    assert list(verify()) == []


def _system():
    from cases.actors import System

    return System()


def test_a_delete_that_takes_both_deletes_neither(event):
    Event(case_id=event.case_id, seq=3, at=event.at, kind="note", actor_kind="system", is_demo=True).save()
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_event WHERE seq > 1")
    assert Event.objects.count() == 3


def test_triggers_that_are_gone_are_an_error_and_migrate_puts_them_back(event):
    assert history_is_guarded(databases=["default"]) == []
    triggers.lift(connection)
    assert [error.id for error in history_is_guarded(databases=["default"])] == ["cases.E001"]
    call_command("migrate", verbosity=0)
    assert history_is_guarded(databases=["default"]) == []
    with refused, transaction.atomic():
        update(event)


@pytest.mark.parametrize("guarded", triggers.GUARDED, ids=lambda guarded: guarded.table)
def test_one_missing_trigger_is_named(event, guarded):
    name = min(guarded.wanted(connection))
    on_table = f" ON {guarded.table}" if IS_POSTGRESQL else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on_table}")
    (error,) = history_is_guarded(databases=["default"])
    assert (
        error.msg
        == f"Riwayat atau masa berlaku tidak terjaga: pemicu {name} tidak ada di basis data default."
    )


ROOT_COLUMNS = "id, date, root, leaves, last_event, computed_at, prev, hash"
SAME_ROOT = f"SELECT {ROOT_COLUMNS} FROM cases_dailyroot WHERE leaves = 1"
ON_ROOTS = [
    "UPDATE cases_dailyroot SET root = 'forged'",
    "DELETE FROM cases_dailyroot",
    f"INSERT INTO cases_dailyroot ({ROOT_COLUMNS}) {SAME_ROOT} ON CONFLICT (date) DO UPDATE SET root = 'forged'",
]
if IS_POSTGRESQL:
    ON_ROOTS += ["TRUNCATE cases_dailyroot CASCADE"]
else:
    ON_ROOTS += [
        f"INSERT OR REPLACE INTO cases_dailyroot ({ROOT_COLUMNS}) {SAME_ROOT}",
        f"REPLACE INTO cases_dailyroot ({ROOT_COLUMNS}) {SAME_ROOT.replace('id, date', 'id + 1, date')}",
        f"REPLACE INTO cases_dailyroot ({ROOT_COLUMNS})"
        f" {SAME_ROOT.replace('id, date', 'id + 1, DATE(date, ' + repr('+1 day') + ')')}",
    ]


@pytest.mark.parametrize("statement", ON_ROOTS)
def test_sql_that_would_change_a_daily_root_is_refused(event, statement):
    publish_root(TUESDAY)
    connection.check_constraints()
    before = list(DailyRoot.objects.values())
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(DailyRoot.objects.values()) == before


if IS_POSTGRESQL:

    def test_a_trigger_that_is_switched_off_counts_as_missing(event):
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE cases_event DISABLE TRIGGER cases_event_no_change")
        assert triggers.missing(connection) == {"cases_event_no_change"}
