"""Rows inserted together stand as if Django had saved each."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case, Event, EventWords, IdentityMode, Party, Task
from cases.services.inserting import insert_together
from pengaduan.models import Complaint

AT = datetime(2026, 11, 24, 2, 0, 0, 123_000, tzinfo=UTC)
ODD = "tab\there, 100 % %s, “àé”; INSERT INTO nowhere"


def a_case(unit, number: str) -> Case:
    return Case(
        kind="complaint",
        number=number,
        receiving_unit=unit,
        responsible_unit=unit,
        area_id=unit.area_id,
        lineage=unit.lineage,
        status="received",
        subject=ODD,
        identity_mode=IdentityMode.NAMED,
        is_secret=True,
        received_at=AT,
    )


def rows_of(case: Case) -> list:
    event = Event(case=case, seq=1, at=AT, kind="received", data={"odd": ODD, "n": [1, None]}, hash="0" * 64)
    return [
        case,
        event,
        EventWords(event=event, text=ODD, salt="1" * 32, is_internal=False),
        Complaint(case=case, report_class="complaint", procedure="ringkas", latitude=Decimal("-7.15000")),
        Party(case=case, name="Warga Uji", phone="+62812345678"),
        *(
            Task(
                case=case, step=step, unit=case.responsible_unit, role="operator", opened_at=AT, done_at=done
            )
            for step, done in (("verify", AT), ("draft", None))
        ),
    ]


def contents(row) -> dict:
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.remote_field is None and not field.primary_key and field.attname != "number"
    }


def test_they_read_as_if_each_had_been_saved(office):
    together, one_by_one = rows_of(a_case(office.kapas, "1")), rows_of(a_case(office.kapas, "2"))
    insert_together(together)
    for row in one_by_one:
        for field in row._meta.concrete_fields:
            if field.remote_field and field.is_cached(row):
                setattr(row, field.name, field.get_cached_value(row))
        row.save(force_insert=True)
    read = [[contents(type(row).objects.get(pk=row.pk)) for row in rows] for rows in (together, one_by_one)]
    assert read[0] == read[1]


def test_each_has_its_key_and_belongs_to_the_one_before_it(office):
    case, event, words, complaint, party, *tasks = rows_of(a_case(office.kapas, "1"))
    insert_together([case, event, words, complaint, party, *tasks])
    assert Case.objects.get(pk=case.pk).number == "1"
    assert EventWords.objects.get(pk=words.pk).event.case == case
    assert (complaint.pk, Party.objects.get().case_id) == (case.pk, case.pk)
    assert [Task.objects.get(pk=task.pk).step for task in tasks] == ["verify", "draft"]


def test_one_that_was_inserted_can_be_saved_again(office):
    case = a_case(office.kapas, "1")
    insert_together([case])
    case.subject = "Lain"
    case.save()
    assert Case.objects.get().subject == "Lain"


def test_one_that_the_database_refuses_is_refused_as_ever(office):
    insert_together([a_case(office.kapas, "1")])
    with pytest.raises(IntegrityError):
        insert_together([a_case(office.kapas, "1")])


@pytest.mark.only_on("postgresql")  # SQLite is asked table by table
def test_postgresql_is_asked_twice_however_many_they_are(office):
    with CaptureQueriesContext(connection) as asked:
        insert_together(rows_of(a_case(office.kapas, "1")))
    assert len(asked) == 2
