"""Receiving a report: what is written, in how few statements, and what is left when it fails."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage, storages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.actors import Reporter
from cases.intake import AcceptedImage
from cases.models import Case, IdentityMode, NumberSeries, Party
from cases.models.history import ActorKind
from cases.quarantine import NotStored
from cases.services import receipt
from cases.services.clockwork import NoRule
from cases.services.receipt import Identity, received_before, subject_of
from opd_pages.models import Role, Unit
from pengaduan.models import Complaint, ReportClass
from pengaduan.services import receiving
from pengaduan.services.receiving import Report, receive_report
from tests.factories import member

from .desk import TUESDAY
from .steps import open_steps

PHOTO = AcceptedImage(content=b"photo", width=4, height=3, sha256="0" * 64, location=None)


def statements(captured: CaptureQueriesContext) -> list[str]:
    """INSERT case, SELECT membership …: what each statement does to which table."""
    asked = [query["sql"] for query in captured.captured_queries]
    return [shape(sql) for together in asked for sql in re.split("; (?=INSERT INTO )", together)]


def shape(sql: str) -> str:
    verb, *_rest = sql.split(maxsplit=1)
    table = re.search(r'(?:INTO|FROM|UPDATE) "?([a-z_]+)', sql)
    return f"{verb} {table[1].rpartition('_')[2]}" if table else verb


@pytest.mark.parametrize("images", [[], [PHOTO] * 4], ids=["words-alone", "four-photos"])
def test_a_receipt_is_twelve_statements_at_most_and_reads_no_table_in_its_transaction(
    committed, desk, images
):
    desk.receive()
    desk.receive()
    with CaptureQueriesContext(connection) as captured:
        desk.receive(images=images)
    done = statements(captured)
    begin = done.index("BEGIN")
    assert done[:begin] == ["SELECT membership", "SELECT desksettings", "SELECT sweepmark"]
    assert done[begin:] == [
        "BEGIN",
        "INSERT numberseries",
        "INSERT case",
        "INSERT event",
        "INSERT eventwords",
        "INSERT complaint",
        "INSERT party",
        "INSERT deadline",
        "INSERT task",
        "INSERT outboxmessage",
        *(["INSERT casefile"] if images else []),
        "COMMIT",
    ]


def test_a_receipt_costs_the_same_among_many(desk):
    def cost() -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            desk.receive(accused=desk.office.bakalan)
        return statements(captured)

    desk.receive()
    cost()
    few = cost()
    for number in range(20):
        desk.receive()
        member(f"tambahan-{number}", desk.office.kapas, Role.OPERATOR)
    assert cost() == few


def test_a_report_is_written_down_as_it_was_told(desk):
    office = desk.office
    case = desk.receive(
        village=office.bakalan,
        landmark="depan SDN 2",
        location=(-7.1501234, 111.8812345),
        is_vulnerable=True,
        report_class=ReportClass.ASPIRATION,
    )
    complaint = Complaint.objects.get()
    assert (case.status, case.version, case.handler, case.closed_at) == ("received", 1, None, None)
    assert (case.received_at, case.place) == (TUESDAY, "Desa Bakalan, Kecamatan Kapas")
    assert (case.area, case.lineage) == (office.kapas, office.kapas.lineage)
    assert (case.urgency, case.is_vulnerable, case.is_secret, case.is_supervisory) == (
        "urgent",
        True,
        False,
        False,
    )
    assert (complaint.latitude, complaint.longitude) == (Decimal("-7.15012"), Decimal("111.88123"))
    assert complaint.place == "depan SDN 2, Desa Bakalan, Kecamatan Kapas"
    assert case.due_at == min(case.deadlines.values_list("due_at", flat=True))


def test_the_words_stand_in_the_history_and_its_first_words_on_the_case(desk):
    words = "Lampu jalan mati.\r\n" * 20
    case = desk.receive(words=f"  {words}\x00")
    event = case.events.select_related("words").get()
    assert (event.kind, event.actor_kind, event.actor) == ("received", ActorKind.REPORTER, None)
    assert event.words.text == words.replace("\r\n", "\n").strip()
    assert event.words.is_internal is False
    assert case.subject == "Lampu jalan mati. " * 4 + "Lampu jalan mati…"


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("Jalan rusak.", "Jalan rusak"),
        ("Jalan rusak. Tolong.", "Jalan rusak. Tolong"),
        ("Jalan di depan pasar rusak. Tolong diperbaiki.", "Jalan di depan pasar rusak"),
        ("  Jalan\n\nrusak  ", "Jalan rusak"),
        ("x" * 500, "x" * 90 + "…"),
        ("", ""),
        ("a" * 85 + ", dan seterusnya", "a" * 85 + "…"),
    ],
)
def test_a_subject_is_the_first_sentence_that_says_enough_cut_at_a_word(words, subject):
    assert subject_of(words) == subject


def test_a_secret_report_waits_for_the_head_and_not_for_the_desk(desk):
    case = desk.receive(is_secret=True)
    assert list(case.tasks.values_list("step", "role")) == [("verify", Role.HEAD)]
    assert list(case.messages.filter(to_reporter=False).values_list("role", flat=True)) == [Role.HEAD]


def test_photos_lie_outside_the_web_root_under_names_of_ours(desk, settings):
    case = desk.receive(images=[PHOTO, PHOTO])
    rows = list(case.files.all())
    assert [(row.by_reporter, row.size) for row in rows] == [(True, 5)] * 2
    assert [Path(storages["cases"].path(row.path)).read_bytes() for row in rows] == [b"photo"] * 2
    assert len({row.key for row in rows}) == 2
    assert settings.CASE_FILES_ROOT not in settings.MEDIA_ROOT.parents
    assert settings.MEDIA_ROOT not in settings.CASE_FILES_ROOT.parents


def written_files(settings) -> list[str]:
    return [path.name for path in settings.CASE_FILES_ROOT.rglob("*") if path.is_file()]


def test_a_receipt_whose_photos_cannot_be_written_down_leaves_nothing(desk, settings, monkeypatch):
    desk.receive()
    monkeypatch.setattr(receipt, "insert_together", fail)
    with pytest.raises(OSError, match="disk"):
        desk.receive(images=[PHOTO])
    assert_only_the_first_is_there(settings)


def test_a_receipt_whose_second_photo_does_not_fit_on_the_disk_leaves_nothing(desk, settings, monkeypatch):
    desk.receive()
    save, room = FileSystemStorage.save, iter([True])
    monkeypatch.setattr(
        FileSystemStorage, "save", lambda *given: save(*given) if next(room, False) else fail()
    )
    with pytest.raises(NotStored, match="disk"):
        desk.receive(images=[PHOTO, PHOTO])
    assert_only_the_first_is_there(settings)


def assert_only_the_first_is_there(settings) -> None:
    assert [Case.objects.count(), Complaint.objects.count(), Party.objects.count()] == [1, 1, 1]
    assert NumberSeries.objects.get().last == 1
    assert written_files(settings) == []


def fail(*_args, **_options):
    raise OSError("disk")


def test_without_a_rule_nothing_is_received(desk):
    from cases.models import Rule

    Rule.objects.filter(procedure="kapas", step="answer").delete()
    with pytest.raises(NoRule, match="kapas/answer"):
        desk.receive()
    assert Case.objects.count() == 0


def test_the_same_words_without_a_submission_key_are_two_reports(desk):
    assert desk.receive().pk != desk.receive().pk
    assert received_before(None) is None
    assert received_before("") is None


def test_a_demonstration_is_marked_in_case_events_and_number(desk):
    report = Report(words="Contoh.", identity=Identity(IdentityMode.NONE), district=desk.office.kapas)
    case, _is_new = receive_report(report, by=Reporter(), at=TUESDAY, is_demo=True)
    assert (case.number, case.is_demo, case.events.get().is_demo) == ("2026-ADU-DEMO-KPS-000001", True, True)


def test_each_procedure_begins_with_somebody_looking(desk):
    for unit in Unit.objects.all():
        member(f"operator-{unit.short_code}".lower(), unit, Role.OPERATOR)
        assert open_steps(desk.receive(addressed_to=unit)) == ["verify"]


def test_the_law_knows_a_term_for_every_class_of_report():
    assert set(receiving.LAW_STEPS) == set(ReportClass)
