"""Who the reporter is: encrypted at rest, shown to few, and never without a line in the history."""

import json
from smtplib import SMTPRecipientsRefused

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from cases.actors import Reporter, Staff
from cases.encryption import decrypt, hashes_to_find, keyed_hash
from cases.history import verify
from cases.models import Case, IdentityMode, Party
from cases.services.changes import CaseChanged, CaseRefusal, WordsMissing
from cases.services.identity import CLOSED, FREE, WITH_REASON, identity_access, masked, reveal_identity
from cases.services.outbox import deliver_due
from cases.services.receipt import Identity
from opd_pages.models import Role
from pengaduan.services import desk as desk_services
from pengaduan.services import reporter
from tests.browsers import act, browser
from tests.factories import member
from tests.pengaduan.steps import answered, event_kinds, fresh, later

NAME, PHONE, EMAIL = "Sulastri Widyaningrum", "+6281298765432", "sulastri.w@surel.test"
NAMED = Identity(IdentityMode.NAMED, NAME, PHONE, EMAIL)
ANONYMOUS = Identity(IdentityMode.ANONYMOUS, NAME, PHONE, EMAIL)
REASON = "Pelapor perlu didampingi saat diperiksa."


def whole_database() -> str:
    """Every column of every row of every table, as the database keeps it."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += cursor.fetchall()
    return "\n".join(json.dumps([str(value) for value in row], ensure_ascii=False) for row in rows).lower()


def refuse(*_messages):
    raise SMTPRecipientsRefused({EMAIL: (550, f"<{EMAIL}> {NAME} unknown".encode())})


@pytest.mark.parametrize("identity", [NAMED, ANONYMOUS], ids=["named", "anonymous"])
def test_no_table_holds_a_plain_identity_whatever_happens_to_the_case(desk, identity, monkeypatch, caplog):
    case = desk.receive(identity=identity)
    answered(desk, case)
    with monkeypatch.context() as broken:
        broken.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
        deliver_due(now=later(hours=1))
    deliver_due(now=later(hours=2))
    reveal_identity(case, by=desk.staff("coordinator"), reason=REASON)
    reporter.rate(case, by=Reporter(), satisfaction=4, is_solved=True, at=later(hours=3))
    kept = whole_database() + caplog.text.lower()
    assert "smtprecipientsrefused 550" in kept
    plain = [NAME, "Sulastri", "Widyaningrum", PHONE, PHONE[1:], f"0{PHONE[3:]}", EMAIL, EMAIL.split("@")[0]]
    assert [words for words in plain if words.lower() in kept] == []


def test_the_plain_identity_would_be_found_by_that_search(desk):
    case = desk.receive(identity=NAMED)
    desk.head.first_name = NAME
    desk.head.save()
    assert NAME.lower() in whole_database()
    assert Party.objects.get(case=case).name == NAME


def test_without_identity_no_row_is_kept_even_if_something_was_typed(desk):
    desk.receive(identity=Identity(IdentityMode.NONE, NAME, PHONE, EMAIL))
    assert Party.objects.count() == 0


def test_the_same_name_looks_different_in_every_row(desk):
    for _ in range(2):
        desk.receive(identity=NAMED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM cases_party")
        first, second = [token for (token,) in cursor.fetchall()]
    assert first != second
    assert (decrypt(first), decrypt(second)) == (NAME, NAME)


def test_a_reporter_is_found_again_by_phone_and_by_email_in_any_case(desk):
    case = desk.receive(identity=NAMED)
    assert Party.objects.get(phone_hash=keyed_hash("phone", PHONE)).case == case
    assert Party.objects.get(email_hash=keyed_hash("email", EMAIL)).case == case
    desk.receive(identity=Identity(IdentityMode.NAMED, NAME, "", EMAIL.upper()))
    assert Party.objects.filter(email_hash=keyed_hash("email", EMAIL)).count() == 2


def test_a_phone_and_an_email_with_the_same_letters_have_different_hashes():
    assert keyed_hash("phone", EMAIL) != keyed_hash("email", EMAIL)


def test_a_new_key_in_front_opens_old_rows_and_closes_new_ones(desk, settings):
    old = settings.IDENTITY_KEYS[0]
    before = desk.receive(identity=NAMED)
    settings.IDENTITY_KEYS = [Fernet.generate_key().decode(), old]
    after = desk.receive(identity=NAMED)
    assert [party.name for party in Party.objects.order_by("pk")] == [NAME, NAME]
    found = Party.objects.filter(phone_hash__in=hashes_to_find("phone", PHONE)).order_by("pk")
    assert [party.case for party in found] == [before, after]
    settings.IDENTITY_KEYS = [old]
    with pytest.raises(ImproperlyConfigured, match="Identitas tidak terbuka"):
        Party.objects.get(case=after)


# --- Showing it --------------------------------------------------------------------------------------------------------


def test_the_head_looks_without_a_reason_and_the_history_says_so(desk):
    case = desk.receive(identity=NAMED)
    party = reveal_identity(case, by=desk.staff("head"))
    assert (party.name, party.phone, party.email) == (NAME, PHONE, EMAIL)
    last = case.events.order_by("seq").last()
    assert (last.kind, last.actor, last.role) == ("identity_revealed", desk.head, Role.HEAD)
    assert list(verify()) == []


def test_the_coordinator_looks_with_a_reason_that_stays_internal(desk):
    case = desk.receive(identity=ANONYMOUS)
    reveal_identity(case, by=desk.staff("coordinator"), reason=REASON)
    last = case.events.select_related("words").order_by("seq").last()
    assert (last.kind, last.actor, last.words.text) == ("identity_revealed", desk.coordinator, REASON)
    assert last.words.is_internal is True


@pytest.mark.parametrize("reason", ["", "x", " " * 20, "penting", "\x00" * 20])
def test_a_reason_that_says_nothing_opens_nothing(desk, reason):
    case = desk.receive(identity=ANONYMOUS)
    with pytest.raises(WordsMissing):
        reveal_identity(case, by=desk.staff("coordinator"), reason=reason)
    assert event_kinds(case) == ["received"]


@pytest.mark.parametrize("person", ["operator", "builder", "drafter"])
def test_whom_it_is_closed_to_is_refused_and_nothing_is_written(desk, person):
    case = desk.receive(identity=NAMED)
    with pytest.raises(CaseRefusal, match="tidak terbuka untuk Anda"):
        reveal_identity(case, by=desk.staff(person), reason=REASON)
    assert (event_kinds(case), fresh(case).version) == (["received"], 1)


BY_PHONE = Identity(IdentityMode.NAMED, NAME, PHONE)


def to_be_called(desk, **report) -> Case:
    case = desk.receive(identity=BY_PHONE, **report)
    deliver_due(now=later(hours=1))
    return fresh(case)


def test_whoever_is_to_call_the_reporter_sees_the_number_and_the_history_says_so(desk):
    case = to_be_called(desk)
    assert reveal_identity(case, by=desk.staff("operator")).phone == PHONE
    assert event_kinds(case)[-1] == "identity_revealed"
    assert identity_access(desk.staff("drafter"), case) == CLOSED
    desk_services.reporter_called(case, by=desk.staff("operator"), seen=None, note="Sudah.")
    assert identity_access(desk.staff("operator"), fresh(case)) == CLOSED


def test_where_the_handler_has_left_the_desk_calls(desk):
    gone = member("mutasi", desk.office.kapas, Role.OPERATOR)
    case = desk.receive(identity=BY_PHONE)
    desk_services.verify(case, by=Staff.of(gone), seen=None, at=later())
    gone.memberships.update(valid_until="2021-01-01")
    deliver_due(now=later(hours=1))
    assert identity_access(desk.staff("operator"), fresh(case)) == FREE


def test_whoever_takes_the_report_over_handles_it(desk):
    case = desk.receive(identity=NAMED)
    client = browser(desk.operator)
    assert act(client, case, "take-over").status_code == 302
    assert (fresh(case).handler, event_kinds(case)) == (desk.operator, ["received", "taken_over"])
    assert identity_access(desk.staff("operator"), fresh(case)) == FREE
    assert act(client, case, "take-over").status_code == 403
    with pytest.raises(CaseRefusal):
        desk_services.take_over(case, by=desk.staff("drafter"), seen=None)


def test_a_look_is_no_change_for_whoever_has_the_case_before_them(desk):
    case = desk.receive(identity=NAMED)
    reveal_identity(case, by=desk.staff("head"))
    assert fresh(case).version == case.version
    desk_services.verify(case, by=desk.staff("operator"), seen=case.version, at=later(hours=1))
    with pytest.raises(CaseChanged) as changed:
        desk_services.add_note(case, by=desk.staff("drafter"), seen=case.version, note="Sudah?")
    assert [event.kind for event in changed.value.since] == ["moved"]
    assert list(verify()) == []


def test_a_coordinator_of_a_kecamatan_does_not_open_who_stays_anonymous(desk):
    local = Staff.of(member("koordinator-kapas", desk.office.kapas, Role.COORDINATOR))
    case = desk.receive(identity=ANONYMOUS)
    assert identity_access(local, case) == CLOSED
    assert identity_access(desk.staff("coordinator"), case) == WITH_REASON


def test_nobody_else_says_that_an_anonymous_reporter_was_called(desk):
    case = desk.receive(identity=Identity(IdentityMode.ANONYMOUS, NAME, PHONE))
    deliver_due(now=later(hours=1))
    for person in ("operator", "head"):
        with pytest.raises(CaseRefusal, match="yang menunggu Anda"):
            desk_services.reporter_called(case, by=desk.staff(person), seen=None, note="Sudah.")
        assert act(browser(getattr(desk, person)), case, "called", note="Sudah.").status_code == 403
    desk_services.reporter_called(case, by=desk.staff("coordinator"), seen=None, note="Sudah.")
    assert not case.tasks.filter(step="call_reporter", done_at=None).exists()


def test_the_head_may_call_in_the_operators_place(desk):
    case = to_be_called(desk)
    desk_services.reporter_called(case, by=desk.staff("head"), seen=None, note="Sudah.")
    assert not case.tasks.filter(step="call_reporter", done_at=None).exists()


def test_an_officer_of_the_accused_unit_is_refused(desk):
    case = desk.receive(identity=NAMED, accused=desk.office.bakalan)
    accused = Staff.of(member("kades", desk.office.bakalan, Role.HEAD))
    Case.objects.filter(pk=case.pk).update(handler=accused.user)
    with pytest.raises(CaseRefusal, match="tidak terbuka untuk Anda"):
        reveal_identity(case, by=accused, reason=REASON)


def test_there_is_nothing_to_show_where_nothing_was_kept(desk):
    case = desk.receive(identity=Identity(IdentityMode.NONE))
    with pytest.raises(CaseRefusal, match="tidak terbuka untuk Anda"):
        reveal_identity(case, by=desk.staff("coordinator"), reason=REASON)


@pytest.mark.parametrize(
    ("plain", "shown"),
    [
        ("", ""),
        ("B", "B•"),
        ("Budi", "B•••"),
        (NAME, "S••••••••"),
        (PHONE, "+62••••••••432"),
        ("+6", "+6•+6"),
    ],
)
def test_a_masked_identity_shows_only_enough_to_recognise(plain, shown):
    assert masked(plain) == shown
