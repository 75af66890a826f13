"""What was issued to an applicant, and weighed before, stands as it was, or the check of history names the request."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases import history, vouching
from cases.actors import Reporter, Staff
from cases.history import verify
from cases.models import Case, Erasable, Event
from cases.services.erasure import erase_at_request
from opd_pages.models import Role
from ppid.models import ConsequenceTest, ExclusionGround, Notice
from ppid.services import applicant, notices
from tests.cases.guard import lifted_guard
from tests.cases.test_history import verify_history
from tests.factories import make_user, member

from .desk import MONDAY, SIGNED, fresh, parts
from .test_notices import document

CLEAN = "tidak ada kejanggalan."


def weigh(desk, case: Case) -> ConsequenceTest:
    return notices.record_consequence_test(
        case,
        by=desk.staff("assistant"),
        seen=None,
        number="180/4/UK/2026",
        information="Alamat penerima bantuan.\r\nBaris kedua.",
        ground=ExclusionGround.objects.get(letter="h"),
        legal_basis="UU 27/2022",
        if_opened="Penerima bantuan dapat diganggu – “sungguh”.",
        if_closed="Data pribadi terlindungi.",
        decided_by="Dra. Wiwik, Ketua PPID Pembantu",
        decided_on=timezone.localdate(MONDAY) - timedelta(days=6),
        at=MONDAY,
    )


@pytest.fixture
def case(desk) -> Case:
    """A request of which a part was weighed and refused, and the rest given for a fee."""
    case = desk.assigned()
    told = {
        "consequence_test": weigh(desk, case),
        "reason": "Memuat alamat.",
        "fee": 15_000,
        "payment": "Tunai",
    }
    notices.draft_notice(
        case, by=desk.staff("assistant"), seen=None, at=MONDAY, **parts(desk, "partially_granted") | told
    )
    notices.issue_notice(case, by=desk.staff("assistant"), seen=None, at=MONDAY, **SIGNED)
    return fresh(case)


def seq_of(case: Case, kind: str) -> int:
    return case.events.filter(kind=kind).latest("seq").seq


def test_what_was_issued_and_weighed_is_confirmed_as_it_stands(case, desk):
    desk.drafted()
    for decision in ("granted", "refused", "not_held"):
        desk.decided(decision=decision)
    code, lines = verify_history()
    assert (code, lines[0].endswith(CLEAN)) == (0, True)


def other_letter(part, value):
    def tamper(notice):
        Notice.objects.filter(pk=notice.pk).update(letter=notice.letter | {part: value})

    return tamper


def other(**parts):
    return lambda notice: Notice.objects.filter(pk=notice.pk).update(**parts)


def other_test(notice):
    another = ConsequenceTest.objects.create(
        **{
            field.attname: getattr(notice.consequence_test, field.attname)
            for field in notice.consequence_test._meta.fields
        }
        | {"id": None, "case_id": None}
    )
    Notice.objects.filter(pk=notice.pk).update(consequence_test=another)


def other_hand(notice):
    Notice.objects.filter(pk=notice.pk).update(issued_by=make_user("orang-lain"))


ALTERED = [
    other(decision="granted"),
    other(held_by="Dinas Sosial"),
    other_test,
    other(reason=""),
    other(material="Rencana kerja 2026, 13 halaman."),
    other(redactions="Alamat penerima bantuan"),
    other(medium="Cetak"),
    other(fee=0),
    other(payment="Transfer"),
    other(letter_number="480/13/35.22.14/2026"),
    other(signer="Drs. Wiwik"),
    other(signer_office="Camat"),
    other(issued_at=MONDAY - timedelta(days=1)),
    other(drafted_at=MONDAY - timedelta(days=1)),
    other_hand,
    other(salt="0" * 32),
    other(letter=None),
    other_letter("facts", []),
    other_letter("number", "480/13/35.22.14/2026"),
    other_letter("day", "2026-03-15"),
]


@pytest.mark.parametrize("tamper", ALTERED)
def test_a_notice_that_was_changed_after_it_was_issued_is_named(case, tamper):
    tamper(Notice.objects.get(case=case))
    code, lines = verify_history()
    assert (code, lines[:-1]) == (1, [f"{case.number} #{seq_of(case, 'moved')}: {vouching.CHANGED}"])
    assert lines[-1].endswith(" 1 kejanggalan.")


def test_whatever_is_kept_of_a_notice_is_vouched_for():
    columns = {field.attname for field in Notice._meta.concrete_fields}
    assert columns - set(Notice.stands) == {"id", "case_id", "salt"}
    columns = {field.attname for field in ConsequenceTest._meta.concrete_fields}
    assert columns - set(ConsequenceTest.stands) == {"id", "case_id", "salt"}


def test_the_daily_check_names_a_notice_of_old(case, desk):
    assert verify_history("--new")[0] == 0
    other(fee=0)(Notice.objects.get(case=case))
    found = f"{case.number} #{seq_of(case, 'moved')}: {vouching.CHANGED}"
    for _again in range(2):
        assert verify_history("--new")[1][0] == found
    assert verify_history("--since", "1000000")[1][0] == found
    assert verify_history("--case", case.number)[1][0] == found
    assert verify_history("--case", desk.decided().number)[0] == 0


@pytest.mark.parametrize(
    "lose",
    [
        lambda rows: rows.delete(),
        lambda rows: rows.update(issued_at=None),
        lambda rows: rows.update(case=Case.objects.latest("pk")),
    ],
    ids=["deleted", "a draft again", "gone over"],
)
@pytest.mark.parametrize("arguments", [[], ["--since", "1000000"]], ids=["whole", "daily"])
def test_a_notice_that_is_gone_is_missed(case, desk, lose, arguments):
    other_case = desk.drafted(decision="not_held")
    Notice.objects.filter(case=other_case).delete()
    lose(Notice.objects.filter(case=case))
    assert verify_history(*arguments)[1][0] == f"{case.number} #{seq_of(case, 'moved')}: {vouching.GONE}"


def test_a_notice_that_nobody_issued_is_told(desk):
    case = desk.drafted()
    Notice.objects.filter(case=case).update(issued_at=MONDAY, letter_number="1")
    assert verify_history()[1][:-1] == [f"{case.number}: {vouching.UNTOLD}"]


def test_notices_that_changed_places_are_both_named(desk):
    cases = [desk.decided(), desk.decided()]
    first, second = (Notice.objects.get(case=case) for case in cases)
    first.material, second.material = second.material, "Lain."
    for notice, one in ((first, second), (second, first)):
        names = [*Notice.stands, "salt"]
        Notice.objects.filter(pk=notice.pk).update(**{name: getattr(one, name) for name in names})
    assert verify_history()[1][:-1] == [
        f"{case.number} #{seq_of(case, 'moved')}: {vouching.CHANGED}" for case in cases
    ]


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (lambda rows: rows.update(if_opened="Tidak ada."), vouching.CHANGED),
        (lambda rows: rows.update(closed_until="2030-01-01"), vouching.CHANGED),
        (lambda rows: rows.update(case=None), vouching.GONE),
    ],
)
def test_a_weighing_that_was_changed_or_is_gone_is_named(case, tamper, found):
    tamper(ConsequenceTest.objects.filter(case=case))
    assert verify_history()[1][:-1] == [f"{case.number} #{seq_of(case, 'consequence_tested')}: {found}"]


def test_a_hash_cannot_be_taken_out_of_its_event(case):
    with lifted_guard():
        event = case.events.filter(kind="moved").latest("seq")
        data = {name: said for name, said in event.data.items() if name != vouching.KEY}
        Event.objects.filter(pk=event.pk).update(data=data)
    assert verify_history()[1][:-1] == [
        f"{case.number} #{event.seq}: isi tidak cocok dengan sidiknya",
        f"{case.number}: {vouching.UNTOLD}",
    ]


@pytest.mark.parametrize(
    "tampering",
    [
        *("issued_at = 'kemarin'", "letter = 'no json'", "letter = '7'", "fee = 1.5", "fee = 'x'"),
        *("material = CAST(material AS blob)", "salt = CAST(salt AS blob)"),
    ],
)
@pytest.mark.only_on("sqlite")  # PostgreSQL holds every column to its type
def test_what_sqlite_lets_into_a_column_of_another_type_is_named(case, desk, tampering):
    desk.decided()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute(f"UPDATE ppid_notice SET {tampering} WHERE case_id = %s", [case.pk])
        lines = verify_history()[1]
        Notice.objects.filter(case=case).delete()
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
    assert lines[0] in (
        f"{case.number} #{seq_of(case, 'moved')}: {vouching.CHANGED}",
        f"{case.number}: {vouching.UNREADABLE}",
    )
    assert lines[1].endswith(" 1 kejanggalan.")


def test_what_is_recorded_between_two_statements_is_no_fault(case, monkeypatch):
    compared = history.compare
    monkeypatch.setattr(history, "compare", lambda *given, **how: compared(*given, **how)._replace(said={}))
    assert verify_history()[0] == 0


# --- What the law may want erased -------------------------------------------------------------------------------------


def test_what_was_issued_stands_when_words_identity_and_files_are_erased(case, desk):
    issued = seq_of(case, "moved")
    notices.hand_over_information(case, by=desk.staff("operator"), seen=None, how="Dikirim.", at=MONDAY)
    applicant.say_enough(case, by=Reporter(), at=MONDAY)
    coordinator = Staff.of(member("koordinator", desk.office.regency, Role.COORDINATOR))
    erase_at_request(
        case, by=coordinator, seen=None, subjects=list(Erasable), reason="Diminta sendiri oleh pemohon."
    )
    assert verify_history()[0] == 0
    # The law erases none of it: emptied, it was somebody else.
    Notice.objects.filter(case=case).update(reason="", letter=None)
    assert verify_history()[1][:-1] == [f"{case.number} #{issued}: {vouching.CHANGED}"]


def test_nobody_guesses_from_the_history_what_was_issued(case):
    notice = Notice.objects.get(case=case)
    event = case.events.filter(kind="moved").latest("seq")
    assert event.data[vouching.KEY] == notice.vouched_hash()
    assert len(notice.salt) == 32
    notice.salt = ""
    assert event.data[vouching.KEY] != notice.vouched_hash()


# --- Documents --------------------------------------------------------------------------------------------------------


@pytest.fixture
def enclosing(desk) -> Case:
    """A request that was granted with two documents, and a third one handed over later."""
    case = desk.assigned()
    told = parts(desk, "granted") | {"documents": [document("satu"), document("dua")]}
    notices.draft_notice(case, by=desk.staff("assistant"), seen=None, at=MONDAY, **told)
    notices.issue_notice(case, by=desk.staff("assistant"), seen=None, at=MONDAY, **SIGNED)
    notices.hand_over_information(
        case, by=desk.staff("operator"), seen=None, how="Dikirim.", documents=[document("tiga")], at=MONDAY
    )
    return fresh(case)


def of_the_notice(case: Case):
    return case.files.filter(event__kind="moved")


def another_document(case):
    of_the_notice(case).filter(pk=of_the_notice(case).first().pk).update(sha256="0" * 64)


def one_document_less(case):
    of_the_notice(case).first().delete()


def one_document_more(case):
    case.files.filter(event__kind="delivered").update(event=of_the_notice(case).first().event)


def other_words_about_documents(case):
    Notice.objects.filter(case=case).update(enclosed=[])
    of_the_notice(case).delete()


@pytest.mark.parametrize(
    "tamper", [another_document, one_document_less, one_document_more, other_words_about_documents]
)
def test_a_notice_stands_with_the_documents_that_went_out_with_it(enclosing, tamper):
    assert verify_history()[0] == 0
    tamper(enclosing)
    assert verify_history()[1][:-1] == [
        f"{enclosing.number} #{seq_of(enclosing, 'moved')}: {vouching.CHANGED}"
    ]


def test_documents_that_the_law_had_erased_are_known_by_their_salted_hashes(enclosing, desk):
    issued = seq_of(enclosing, "moved")
    digests = [file.sha256 for file in of_the_notice(enclosing)]
    applicant.say_enough(enclosing, by=Reporter(), at=MONDAY)
    coordinator = Staff.of(member("koordinator", desk.office.regency, Role.COORDINATOR))
    erase_at_request(
        enclosing,
        by=coordinator,
        seen=None,
        subjects=[Erasable.FILES],
        reason="Diminta sendiri oleh pemohon.",
    )
    assert (enclosing.files.count(), verify_history()[0]) == (0, 0)
    notice = Notice.objects.get(case=enclosing)
    assert len(notice.enclosed) == 2
    assert not set(notice.enclosed) & set(digests)
    Notice.objects.update(enclosed=notice.enclosed[:1])
    assert verify_history()[1][:-1] == [f"{enclosing.number} #{issued}: {vouching.CHANGED}"]


# --- What it costs ----------------------------------------------------------------------------------------------------


def queries() -> int:
    with CaptureQueriesContext(connection) as captured:
        assert list(verify()) == []
    return len(captured)


def test_three_notices_are_looked_at_in_as_many_queries_as_one(desk):
    desk.decided()
    alone = queries()
    desk.decided(decision="refused")
    desk.decided(decision="not_held")
    assert queries() == alone
