"""Several people at once, each with a database connection of their own, on real transactions."""

import threading
from collections import Counter
from time import sleep

import pytest
from django.core import mail
from django.db import connection

from cases.actors import Reporter, Staff
from cases.history import verify
from cases.models import Case, IdentityMode, NumberSeries, OutboxMessage
from cases.services import changes, receipt
from cases.services.changes import CaseBusy, CaseChanged, change
from cases.services.outbox import CALL_REPORTER, deliver_due
from cases.services.receipt import Identity
from cases.services.sweep import sweep
from opd_pages.models import Role
from pengaduan.services import answers, reporter
from pengaduan.services import desk as desk_services
from pengaduan.services.receiving import Report, receive_report
from tests.factories import member
from tests.pengaduan.desk import TUESDAY
from tests.pengaduan.steps import answered, drafted, event_kinds, fresh, later, open_steps
from tests.threads import PATIENCE, at_once

pytestmark = pytest.mark.usefixtures("committed")


def test_of_two_who_verify_at_once_one_wins_and_the_other_reads_what_changed(desk):
    case = desk.receive()
    people = [desk.staff("operator"), desk.staff("head")]
    results = at_once(
        *(
            lambda by=by: desk_services.verify(case, by=by, seen=1, told_head="langsung", at=later(hours=1))
            for by in people
        )
    )
    assert Counter(map(type, results)) == {type(None): 1, CaseChanged: 1}
    (changed,) = [result for result in results if result is not None]
    winner = people[results.index(None)]
    assert [(event.kind, event.actor) for event in changed.since] == [
        ("head_told", winner.user),
        ("moved", winner.user),
    ]
    after = fresh(case)
    assert (after.status, after.version, after.handler) == ("verified", 2, winner.user)
    assert event_kinds(case) == ["received", "moved", "head_told"]
    assert open_steps(case) == ["dispose"]
    assert case.messages.filter(template="desk_task").count() == 1
    assert list(verify()) == []


def test_two_different_moves_at_once_do_not_mix(desk):
    case = desk.receive()
    head, operator = desk.staff("head"), desk.staff("operator")
    results = at_once(
        lambda: desk_services.verify(case, by=operator, seen=1, at=TUESDAY),
        lambda: desk_services.pass_on(
            case, by=head, seen=1, unit=desk.office.works, reason="Jalan.", at=TUESDAY
        ),
    )
    assert Counter(map(type, results)) == {type(None): 1, CaseChanged: 1}
    after = fresh(case)
    if results[0] is None:
        assert (after.status, after.responsible_unit, open_steps(case)) == (
            "verified",
            desk.office.kapas,
            ["dispose"],
        )
    else:
        assert (after.status, after.responsible_unit, open_steps(case)) == (
            "received",
            desk.office.works,
            ["verify"],
        )
    assert list(verify()) == []


def test_two_heads_publish_one_answer_once(desk):
    case = drafted(desk, desk.receive())
    heads = [desk.staff("head"), Staff.of(member("plh-camat", desk.office.kapas, Role.HEAD))]
    at = later(hours=1)
    results = at_once(
        *(lambda by=by: answers.publish_answer(case, by=by, seen=case.version, at=at) for by in heads)
    )
    assert sorted(type(result).__name__ for result in results) == ["Answer", "CaseChanged"]
    assert case.messages.filter(template="complaint_answered").count() == 1
    assert case.deadlines.filter(step="confirm").count() == 1


def test_the_reporters_yes_and_the_systems_closing_at_once_end_the_case_once(desk):
    case = answered(desk, desk.receive())
    results = at_once(
        lambda: reporter.rate(case, by=Reporter(), satisfaction=4, is_solved=True, at=later(days=30)),
        lambda: sweep(later(days=30)),
    )
    ways = [event.data["to"] for event in case.events.filter(kind="moved").order_by("seq")]
    assert ways[:3] == ["verified", "in_progress", "answered"]
    assert ways[3:] == (["resolved"] if results[0] is None else ["closed_unconfirmed"])
    assert fresh(case).status == ways[-1]
    assert list(verify()) == []


def test_whoever_waits_for_another_goes_on_when_that_one_is_done(desk):
    case = desk.receive()
    is_held = threading.Event()

    def hold() -> None:
        with change(case, by=desk.staff("operator")) as changing:
            changing.record("note", text="Pertama.")
            is_held.set()
            sleep(0.3)

    def wait() -> None:
        assert is_held.wait(PATIENCE)
        with change(case, by=desk.staff("head")) as changing:
            changing.record("note", text="Kedua.")

    assert at_once(hold, wait) == [None, None]
    words = case.events.filter(kind="note").order_by("seq").values_list("words__text", flat=True)
    assert list(words) == ["Pertama.", "Kedua."]
    assert list(verify()) == []


def test_whoever_waits_too_long_is_told_so(desk, monkeypatch):
    case = desk.receive()
    monkeypatch.setattr(changes, "LOCK_WAIT", "200ms")
    is_held, is_refused = threading.Event(), threading.Event()

    def hold() -> None:
        with change(case, by=desk.staff("operator")) as changing:
            changing.record("note")
            is_held.set()
            assert is_refused.wait(PATIENCE)

    def give_up() -> None:
        if connection.vendor == "sqlite":
            connection.cursor().execute("PRAGMA busy_timeout = 200")
        assert is_held.wait(PATIENCE)
        try:
            with change(case, by=desk.staff("head")) as changing:
                changing.record("note")
        finally:
            is_refused.set()

    held, refused = at_once(hold, give_up)
    assert held is None
    assert isinstance(refused, CaseBusy)
    assert str(refused) == "Laporan ini sedang disimpan petugas lain. Coba lagi sebentar."
    assert event_kinds(case) == ["received", "note"]


def test_fifty_receipts_at_once_are_numbered_without_gap_or_double(desk):
    people = 8
    units = [desk.office.kapas, desk.office.dander]
    member("operator-dander", desk.office.dander, Role.OPERATOR)

    def receive_some(share: range) -> list[str]:
        return [desk.receive(district=units[index % 2]).number for index in share]

    shares = [range(person, 50, people) for person in range(people)]
    results = at_once(*(lambda share=share: receive_some(share) for share in shares))
    numbers = sorted(number for share in results for number in share)
    assert numbers == [f"2026-ADU-{code}-{count:06d}" for code in ("DDR", "KPS") for count in range(1, 26)]
    assert sorted(NumberSeries.objects.values_list("last", flat=True)) == [25, 25]
    assert list(verify()) == []


def test_receipts_that_fail_among_others_leave_no_gap(desk, monkeypatch):
    insert = receipt.insert_together

    def insert_sometimes(rows):
        insert(rows := list(rows))
        if any(getattr(row, "landmark", "") == "gagal" for row in rows):
            raise OSError("disk")

    monkeypatch.setattr(receipt, "insert_together", insert_sometimes)
    results = at_once(
        *(
            lambda index=index: desk.receive(landmark="gagal" if index % 3 == 0 else "").number
            for index in range(8)
        )
    )
    assert Counter(map(type, results)) == {OSError: 3, str: 5}
    assert sorted(Case.objects.values_list("number", flat=True)) == [
        f"2026-ADU-KPS-{count:06d}" for count in range(1, 6)
    ]


def test_a_form_that_is_sent_twice_at_once_makes_one_case(desk):
    report = Report(
        words="Lampu jalan mati.",
        identity=Identity(IdentityMode.NAMED, "Warga Uji", "+6281234567890", "warga@contoh.test"),
        district=desk.office.kapas,
        submission_key="k" * 43,
    )
    results = at_once(*[lambda: receive_report(report, by=Reporter(), at=TUESDAY)] * 4)
    assert {case.number for case, _is_new in results} == {"2026-ADU-KPS-000001"}
    assert sorted(is_new for _case, is_new in results) == [False, False, False, True]
    assert OutboxMessage.objects.filter(to_reporter=True).count() == 1
    assert NumberSeries.objects.get().last == 1
    assert list(verify()) == []


def test_two_workers_at_once_send_each_message_once(desk):
    member("operator-2", desk.office.kapas, Role.OPERATOR)
    for _ in range(6):
        desk.receive()
    at_once(*[lambda: deliver_due(now=later(hours=1))] * 2)
    deliver_due(now=later(hours=1))
    sent = Counter(message.extra_headers["Message-ID"] for message in mail.outbox)
    assert (len(sent), set(sent.values())) == (6 * 3, {1})
    assert OutboxMessage.objects.filter(sent_at=None, dropped_at=None).count() == 0


def test_two_workers_at_once_ask_for_one_call(desk):
    by_phone = Identity(IdentityMode.NAMED, "Warga Uji", "+6281234567890")
    case = desk.receive(identity=by_phone)
    OutboxMessage.objects.filter(to_reporter=False).delete()
    with change(case, by=desk.staff("operator"), at=TUESDAY) as changing:
        changing.record("note")
        changing.notify_reporter("complaint_status")
    at_once(*[lambda: deliver_due(now=later(hours=1), limit=1)] * 2)
    deliver_due(now=later(hours=1))
    assert case.tasks.filter(step=CALL_REPORTER).count() == 1


def test_two_sweeps_at_once_do_everything_once(desk):
    late, silent = desk.receive(), answered(desk, desk.receive())
    assert at_once(*[lambda: sweep(later(days=30))] * 2) == [None, None]
    assert event_kinds(late).count("overdue") == 1
    assert [event.data["to"] for event in silent.events.filter(kind="moved")].count("closed_unconfirmed") == 1
    assert list(verify()) == []
