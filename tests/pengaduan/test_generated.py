"""Invented complaints by the thousand: as the services would have left them, marked, resumed, and gone without a trace."""

import os
import signal
from collections import Counter
from io import StringIO
from multiprocessing import get_context

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, connections, transaction
from django.test import override_settings

from cases import triggers
from cases.history import verify
from cases.models import Case, Event, EventWords, NumberSeries, Party, Task
from cases.selectors.search import search
from cases.services.bulk import delete_rows
from cases.services.recounting import move_clocks
from home.models import User
from pengaduan.generated import drafts, making, writing
from pengaduan.generated.clearing import clear_generated
from pengaduan.generated.composing import COLUMNS
from pengaduan.generated.drafts import generated
from pengaduan.models import Answer
from pengaduan.workflow import COMPLAINT
from tests.browsers import browser, received_now, soup

COUNT = 60


@pytest.fixture
def made(desk) -> list[Case]:
    making.generate(COUNT)
    return list(generated().order_by("pk"))


def test_every_history_is_whole(made):
    assert (list(verify()), len(made)) == ([], COUNT)


def test_each_series_of_numbers_has_no_gap(made):
    last = {(row.year, row.unit.short_code): row.last for row in NumberSeries.objects.select_related("unit")}
    expected = [
        f"{year}-ADU-DEMO-{code}-{number:06d}"
        for (year, code), end in last.items()
        for number in range(1, end + 1)
    ]
    assert sorted(case.number for case in made) == sorted(expected)


def test_every_move_is_one_of_the_workflow(made):
    moves = {(event.data["from"], event.data["to"]) for event in Event.objects.filter(kind="moved")}
    assert {move for move in moves if COMPLAINT.move(*move) is None} == set()


def test_a_case_stands_where_its_last_move_led(made):
    last = {event.case_id: event.data["to"] for event in Event.objects.filter(kind="moved").order_by("seq")}
    assert {case.pk: case.status for case in made} == {
        case.pk: last.get(case.pk, "received") for case in made
    }


def test_a_fifth_is_open_and_these_are_the_newest(made):
    assert [case.closed_at is None for case in made] == [False] * (COUNT * 4 // 5) + [True] * (COUNT // 5)


def test_only_open_cases_have_clocks_that_run_and_are_due_when_the_first_of_these_ends(made):
    running = {
        case.pk: min((clock.due_at for clock in case.deadlines.filter(ended_at=None)), default=None)
        for case in made
    }
    assert {case.pk: case.due_at for case in made} == running
    assert {case.pk for case in made if case.closed_at} == {pk for pk, due in running.items() if due is None}


def test_clocks_stand_where_the_office_itself_would_count_them_to(made):
    move_clocks({case.pk: set(case.deadlines.values_list("pk", flat=True)) for case in made}, why="Uji coba")
    assert Event.objects.filter(kind="deadline_moved").count() == 0


def test_what_waits_is_a_step_of_somebody_who_holds_the_role(made):
    waiting = Counter(Task.objects.filter(done_at=None).values_list("case__status", "step"))
    assert {pair for pair in waiting} <= {
        ("received", "verify"),
        ("verified", "dispose"),
        ("in_progress", "draft"),
    }
    assert sum(waiting.values()) == sum(
        case.status in ("received", "verified", "in_progress") for case in made
    )


def test_every_answered_case_has_its_answer(made):
    answered = {case.pk for case in made if case.status in ("answered", "resolved", "closed_unconfirmed")}
    assert set(Answer.objects.values_list("case", flat=True)) == answered


def test_nobody_real_is_in_them(made):
    assert {name[:13] for name in (party.name for party in Party.objects.all())} == {"Warga Contoh "}


def test_the_desk_shows_them_like_others(made, desk):
    case = next(case for case in reversed(made) if case.responsible_unit == desk.office.kapas)
    client = browser(desk.operator)
    page = soup(client.get(f"/meja/perkara/{case.number}/"))
    listed = soup(client.get("/meja/?tab=semua")).select("ol.inbox .number")
    assert (page.h1 is not None, case.number in [number.get_text() for number in listed]) == (True, True)


def test_each_row_hangs_on_rows_that_are_there(made):
    """Foreign keys are not looked up while they are written."""
    links = [
        (model, field)
        for model in COLUMNS
        for field in model._meta.concrete_fields
        if field.is_relation and model.objects.exclude(**{field.name: None}).exists()
    ]
    strays = {
        f"{model.__name__}.{field.name}": list(
            model.objects.exclude(**{field.name: None})
            .exclude(**{f"{field.name}__in": field.related_model._base_manager.values("pk")})
            .values_list("pk", flat=True)
        )
        for model, field in links
    }
    assert (len(links) > 20, {name: keys for name, keys in strays.items() if keys}) == (True, {})


def found(text: str) -> list[Case]:
    return search(Case.objects.all(), text, limit=COUNT).cases


def test_each_is_found_by_its_words_and_so_is_what_comes_later(made, desk):
    first = made[0].events.get(seq=1).words.text
    assert made[0] in found(first[: first.index(".")])
    told = desk.receive(words="Gajah terbang di atas pasar.")
    assert found("gajah terbang") == [told]
    EventWords.objects.filter(event__case=made[0]).delete()
    assert made[0] not in found(first[: first.index(".")])


# --- Again ------------------------------------------------------------------------------------------------------------


def test_what_was_broken_off_is_gone_on_with(desk, monkeypatch):
    monkeypatch.setattr(making, "BATCH", 20)

    def break_off(done, total):
        if done == 40:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        making.generate(COUNT, progress=break_off)
    assert generated().count() == 40
    assert making.generate(COUNT) == 20
    keys = list(generated().order_by("pk").values_list("submission_key", flat=True))
    assert keys == [f"contoh-{n:09d}" for n in range(COUNT)]


def test_a_run_that_is_killed_leaves_every_guard_and_is_gone_on_with(committed, desk, monkeypatch):
    monkeypatch.setattr(making, "BATCH", 20)
    write, written = writing.write_rows, []

    def write_or_die(model, columns, rows):
        write(model, columns, rows)
        written.append(model)
        if written.count(EventWords) == 2:
            os.kill(os.getpid(), signal.SIGKILL)

    def begin():
        monkeypatch.setattr(writing, "write_rows", write_or_die)
        making.generate(COUNT)

    killed(begin)
    assert (generated().count(), Event.objects.exclude(case__in=generated()).count()) == (20, 0)
    assert_guarded(desk)
    assert making.generate(COUNT) == 40
    assert (generated().count(), list(verify())) == (COUNT, [])
    assert_guarded(desk)


def test_a_run_that_is_killed_beside_its_processes_is_gone_on_with_at_once(committed, desk, monkeypatch):
    monkeypatch.setattr(making, "BATCH", 20)

    def die(done, total):
        os.kill(os.getpid(), signal.SIGKILL)

    killed(making.generate, COUNT, processes=2, progress=die)
    there = generated().count()
    assert 20 <= there <= COUNT
    making.generate(COUNT, processes=2)
    assert (generated().count(), list(verify())) == (COUNT, [])
    assert_guarded(desk)


def test_a_process_that_is_killed_ends_the_run_which_is_gone_on_with(committed, desk, monkeypatch):
    monkeypatch.setattr(making, "BATCH", 20)
    compose = writing.compose

    def compose_or_die(setting, drafts):
        if drafts[0].order == 20:
            os.kill(os.getpid(), signal.SIGKILL)
        return compose(setting, drafts)

    monkeypatch.setattr(writing, "compose", compose_or_die)
    with pytest.raises(writing.ChildLost):
        making.generate(COUNT, processes=2)
    monkeypatch.setattr(writing, "compose", compose)
    making.generate(COUNT, processes=2)
    assert (generated().count(), list(verify())) == (COUNT, [])
    assert_guarded(desk)


def test_what_is_missing_in_between_is_made_at_the_end(made):
    delete_rows(Case, [case.pk for case in made[:20]])
    assert making.generate(COUNT) == 20
    assert (generated().count(), list(verify()), drafts.next_order()) == (COUNT, [], COUNT + 20)


def killed(run, *arguments, **settings) -> None:
    """Run it in a process that is killed in the midst of it."""
    connections.close_all()
    child = get_context("fork").Process(target=run, args=arguments, kwargs=settings)
    child.start()
    child.join()
    assert child.exitcode == -signal.SIGKILL


def assert_guarded(desk) -> None:
    """History only grows, words enter the index, and a row hangs on one that is there."""
    assert triggers.missing(connection) == set()
    told = desk.receive(words="Gajah terbang di atas pasar.")
    assert told in found("gajah terbang")
    with pytest.raises(IntegrityError, match="riwayat hanya dapat ditambah"):
        told.events.update(kind="note")
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.create(case_id=0, step="verify", unit=desk.office.kapas, opened_at=told.received_at)


def test_enough_are_enough(made):
    assert making.generate(COUNT) == 0


def test_processes_beside_it_compose_the_same_cases(committed, desk, monkeypatch):
    monkeypatch.setattr(making, "BATCH", 20)
    making.generate(COUNT)
    expected = what_is_told()
    clear_generated()
    making.generate(COUNT, processes=2)
    assert (what_is_told(), list(verify())) == (expected, [])


def what_is_told() -> list:
    of_case = ("number", "status", "subject", "place", "identity_mode", "chain_length", "complaint__landmark")
    steps = Task.objects.order_by("case", "opened_at", "step").values_list(
        "case__number", "step", "role", "unit", "done_by__username"
    )
    people = Party.objects.order_by("pk").values_list("case__number", "phone_hash", "phone")
    words = EventWords.objects.order_by("event").values_list("event__case__number", "text", "is_internal")
    return [*generated().order_by("pk").values_list(*of_case), *steps, *people, *words]


# --- Gone -------------------------------------------------------------------------------------------------------------


def test_deleting_takes_exactly_these(desk):
    real, told = received_now(desk), received_now(desk)
    Case.objects.filter(pk=told.pk).update(is_demo=True)
    making.generate(20)
    assert clear_generated() == 20
    assert set(Case.objects.all()) == {real, told}
    assert set(Event.objects.values_list("case", flat=True)) == {real.pk, told.pk}


def test_after_the_last_one_nothing_is_left_of_them(desk):
    before = set(User.objects.all())
    making.generate(20)
    clear_generated()
    assert (set(User.objects.all()), NumberSeries.objects.count()) == (before, 0)


# --- The command ------------------------------------------------------------------------------------------------------


def run(*arguments) -> str:
    out = StringIO()
    call_command("generate_cases", *arguments, stdout=out)
    return out.getvalue()


def test_it_says_how_far_it_is(desk):
    assert run("20").splitlines()[-1] == "Laporan baru: 20; seluruhnya 20."


@pytest.mark.only_on("postgresql")
def test_postgresql_knows_how_many_there_are_before_the_first_list_is_asked_for(made):
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'cases_event'::regclass")
        assert cursor.fetchone() == (Event.objects.count(),)


@pytest.mark.parametrize("arguments", [(), ("0",), ("-5",)])
def test_without_a_number_it_says_what_it_needs(db, arguments):
    with pytest.raises(CommandError, match=r"^Sebutkan banyaknya laporan, paling sedikit 1\.$"):
        run(*arguments)


def test_production_refuses_it(desk):
    with (
        override_settings(IS_PRODUCTION=True),
        pytest.raises(CommandError, match=r"^Data contoh tidak dibuat di"),
    ):
        run("20")


def test_without_a_unit_it_says_what_to_do_first(db):
    with pytest.raises(CommandError, match=r"Jalankan dahulu manage\.py setup atau manage.py demo"):
        run("20")
