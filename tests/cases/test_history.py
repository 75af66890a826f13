"""A chain of events per case: what was written stays as it was written, or is found out."""

import hashlib
import json
from contextlib import redirect_stderr
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from cases import history
from cases.actors import Reporter, System
from cases.history import event_hash, verify
from cases.models import Case, Erasable, Event, EventWords
from cases.services.changes import change
from cases.services.erasure import erase
from tests.factories import make_user
from tests.pengaduan.desk import JAKARTA, TUESDAY

from .guard import lifted_guard


@pytest.fixture
def case(desk) -> Case:
    """Three events: the report, a note with words, one without."""
    case = desk.receive()
    with change(case, by=desk.staff("operator"), at=TUESDAY) as changing:
        changing.record("note", text="Sudah ditelepon.")
        changing.record("overdue", step="answer")
    return Case.objects.get(pk=case.pk)


def verify_history(*arguments: str) -> tuple[int, list[str]]:
    """The command's exit code and all lines that it wrote."""
    lines = StringIO()
    try:
        call_command("verify_history", *arguments, stdout=lines, stderr=lines, no_color=True)
    except CommandError as fault:
        return fault.returncode, [*lines.getvalue().splitlines(), str(fault)]
    return 0, lines.getvalue().splitlines()


def test_an_untouched_history_is_confirmed_with_its_size(case, desk):
    desk.receive()
    assert verify_history() == (0, ["2 perkara, 4 peristiwa, 0 sidik harian, tidak ada kejanggalan."])


def test_each_event_names_the_hash_before_it(case):
    events = list(case.events.order_by("seq"))
    assert [event.seq for event in events] == [1, 2, 3]
    assert [event.prev for event in events] == ["", events[0].hash, events[1].hash]
    assert (case.chain_length, case.chain_head) == (3, events[2].hash)


def alter_data(events, case):
    first = events.get(seq=1)
    events.filter(seq=1).update(data=first.data | {"unit": "DDR"})


def alter_actor(events, case):
    events.filter(seq=2).update(actor=make_user("orang-lain"))


def alter_kind_of_actor(events, case):
    events.filter(seq=1).update(actor_kind="system")


def alter_role(events, case):
    events.filter(seq=2).update(role="head")


def alter_moment(events, case):
    events.filter(seq=2).update(at=TUESDAY - timedelta(milliseconds=1))


def mark_as_demo(events, case):
    events.filter(seq=2).update(is_demo=True)


def alter_words(events, case):
    EventWords.objects.filter(event__case=case, event__seq=2).update(text="Belum ditelepon.")


def lose_words(events, case):
    EventWords.objects.filter(event__case=case, event__seq=2).delete()


def lose_words_of_what_was_said_after_an_erasure(events, case):
    erase_now(case, Erasable.WORDS)
    with change(case, by=System(), at=TUESDAY) as changing:
        changing.record("note", text="Masih ditanyakan.")
    EventWords.objects.filter(event__case=case, event__seq=5).delete()


def lose_the_reason_for_erasing(events, case):
    erase_now(case, Erasable.FILES)
    EventWords.objects.filter(event__case=case, event__seq=4).delete()
    erase_now(case, Erasable.WORDS)


def lose_words_though_files_were_erased(events, case):
    erase_now(case, Erasable.FILES)
    lose_words(events, case)


def erase_now(case, subject):
    with change(case, by=System(), at=TUESDAY) as changing:
        erase(changing, subject, basis="permintaan", reason="Diminta lewat surat.")


def put_words_into_a_mouth(events, case):
    EventWords.objects.create(event=events.get(seq=3), text="Tidak terlambat.", salt="0" * 32)


def swap_two(events, case):
    events.filter(seq=2).update(seq=99)
    events.filter(seq=3).update(seq=2)
    events.filter(seq=99).update(seq=3)


def delete_last(events, case):
    events.filter(seq=3).delete()


def delete_one_in_the_middle(events, case):
    EventWords.objects.filter(event__case=case, event__seq=2).delete()
    events.filter(seq=2).delete()


def delete_all(events, case):
    EventWords.objects.filter(event__case=case).delete()
    events.delete()


def empty(events, case):
    delete_all(events, case)
    Case.objects.filter(pk=case.pk).update(chain_length=0, chain_head="")


def forge_head(events, case):
    Case.objects.filter(pk=case.pk).update(chain_head="0" * 64)


def forge_length(events, case):
    Case.objects.filter(pk=case.pk).update(chain_length=4)


def forge_event(events, case):
    event, _words = history.compose(case, kind="note", at=TUESDAY, actor=System())
    event.case = case
    event.save()


CHANGED = "isi tidak cocok dengan sidiknya"
WORDS = "kata-kata tidak cocok dengan sidiknya"
LOST = "kata-kata hilang, dan riwayatnya tidak mencatat penghapusannya"
UNLINKED = "tidak menyambung dengan peristiwa sebelumnya"
NO_RECEIPT = "peristiwa penerimaan tidak ada"
END = "akhir riwayat tidak cocok dengan perkaranya"


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (alter_data, [f"#1: {CHANGED}"]),
        (alter_actor, [f"#2: {CHANGED}"]),
        (alter_kind_of_actor, [f"#1: {CHANGED}"]),
        (alter_role, [f"#2: {CHANGED}"]),
        (alter_moment, [f"#2: {CHANGED}"]),
        (mark_as_demo, [f"#2: {CHANGED}"]),
        (alter_words, [f"#2: {WORDS}"]),
        (put_words_into_a_mouth, [f"#3: {WORDS}"]),
        (lose_words, [f"#2: {LOST}"]),
        (lose_words_of_what_was_said_after_an_erasure, [f"#5: {LOST}"]),
        (lose_the_reason_for_erasing, [f"#4: {LOST}"]),
        (lose_words_though_files_were_erased, [f"#2: {LOST}"]),
        (swap_two, [f"#2: {UNLINKED}", f"#2: {CHANGED}", f"#3: {UNLINKED}", f"#3: {CHANGED}", f"#3: {END}"]),
        (delete_last, [f"#3: {END}"]),
        (delete_one_in_the_middle, ["#2: urutan terputus"]),
        (delete_all, [f"#1: {NO_RECEIPT}"]),
        (empty, [f"#1: {NO_RECEIPT}"]),
        (forge_head, [f"#3: {END}"]),
        (forge_length, [f"#4: {END}"]),
        (forge_event, [f"#3: {END}"]),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_what_was_changed_past_the_guard_is_found(case, desk, tamper, found):
    other = desk.receive()
    with lifted_guard():
        tamper(Event.objects.filter(case=case), case)
    code, lines = verify_history()
    assert code == 1
    assert lines[:-1] == [f"{case.number} {line}" for line in found]
    assert lines[-1].startswith("2 perkara, ")
    assert verify_history("--case", other.number) == (0, ["1 perkara, 1 peristiwa, tidak ada kejanggalan."])


def test_the_last_line_counts_what_is_wrong(case):
    with lifted_guard():
        delete_last(case.events, case)
    assert verify_history("--case", case.number)[1][-1] == "1 perkara, 2 peristiwa, 1 kejanggalan."


def test_a_number_that_no_case_has_is_said_so(db):
    assert verify_history("--case", "2026-ADU-KPS-000009") == (
        1,
        ["Tidak ada perkara bernomor 2026-ADU-KPS-000009."],
    )


def test_words_that_the_law_had_erased_leave_the_chain_whole(case):
    erase_now(case, Erasable.WORDS)
    assert EventWords.objects.get(event__case=case).text == "Diminta lewat surat."
    assert verify_history() == (0, ["1 perkara, 4 peristiwa, 0 sidik harian, tidak ada kejanggalan."])


def test_the_chain_holds_no_words_that_could_be_read_or_guessed(case):
    event = case.events.select_related("words").get(seq=2)
    assert event.data == {"words": history.words_hash("Sudah ditelepon.", event.words.salt)}
    assert event.data["words"] != history.words_hash("Sudah ditelepon.", "")


def test_a_history_that_fits_is_compared_by_the_database_alone(case, desk, monkeypatch):
    monkeypatch.setattr(history, "links_of", None)
    desk.receive()
    assert list(verify()) == []


def test_what_the_database_alone_takes_amiss_is_no_fault(case, monkeypatch):
    monkeypatch.setattr(history, "compare", lambda cases, chains: (3, list(cases), {}))
    assert verify_history() == (0, ["1 perkara, 3 peristiwa, 0 sidik harian, tidak ada kejanggalan."])


def append_in_role(case: Case, role: str) -> None:
    history.append(case, kind="note", at=TUESDAY, actor=System(), role=role)
    case.save(update_fields=["chain_length", "chain_head"])


@pytest.mark.parametrize("role", ["kepala désa", 'a"b', "a\\", "a\nb\x7f\x01", "😀", ""])
def test_an_event_with_odd_letters_fits(case, role):
    append_in_role(case, role)
    assert list(verify()) == []


@pytest.mark.parametrize(
    ("role", "other"), [('a"b', 'a\\"b'), ("é", "\\u00e9"), ("é", "e"), ("a\tb", "a\\tb")]
)
def test_a_text_that_reads_the_same_once_it_is_written_as_json_is_found(case, role, other):
    append_in_role(case, role)
    with lifted_guard():
        case.events.filter(seq=4).update(role=other)
    assert [str(fault) for fault in verify()] == [f"{case.number} #4: {CHANGED}"]


def test_words_that_changed_places_are_found(case, desk):
    with change(case, by=desk.staff("operator")) as changing:
        changing.record("note", text="Sudah selesai.")
    first, second = EventWords.objects.filter(event__case=case, event__seq__in=(2, 4)).order_by("event__seq")
    for words, other in ((first, second), (second, first)):
        EventWords.objects.filter(pk=words.pk).update(text=other.text, salt=other.salt)
    assert [str(fault) for fault in verify()] == [f"{case.number} #{seq}: {WORDS}" for seq in (2, 4)]


# PostgreSQL's column takes no more than 32.
@pytest.mark.parametrize("letters", [31, 0, pytest.param(33, marks=pytest.mark.only_on("sqlite"))])
def test_no_letter_of_the_words_can_be_taken_for_the_salts_or_the_other_way_round(case, letters, monkeypatch):
    words = EventWords.objects.get(event__case=case, event__seq=2)
    whole = words.salt + words.text
    with lifted_guard():
        EventWords.objects.filter(pk=words.pk).update(salt=whole[:letters], text=whole[letters:])
    assert [str(fault) for fault in verify()] == [f"{case.number} #2: {WORDS}"]
    monkeypatch.setattr(history, "_faults_alone", lambda pk: [pk])
    assert list(verify()) == [case.pk]


def test_a_history_under_another_number_is_found(case):
    Case.objects.filter(pk=case.pk).update(number="2026-ADU-KPS-000009")
    assert [str(fault) for fault in verify()] == [
        f"2026-ADU-KPS-000009 #{seq}: {CHANGED}" for seq in (1, 2, 3)
    ]


def test_an_event_that_went_over_to_another_case_is_found(case, desk):
    other = desk.receive()
    with lifted_guard():
        case.events.filter(seq=3).update(case=other, seq=2)
    Case.objects.filter(pk=other.pk).update(chain_length=2)
    assert [str(fault) for fault in verify()] == [
        *(f"{case.number} #3: {END}", f"{other.number} #2: {UNLINKED}"),
        *(f"{other.number} #2: {CHANGED}", f"{other.number} #2: {END}"),
    ]


def test_a_gap_in_the_count_is_found(case):
    with lifted_guard():
        case.events.filter(seq=3).update(seq=4)
    Case.objects.filter(pk=case.pk).update(chain_length=4)
    assert [str(fault) for fault in verify()] == [f"{case.number} #3: urutan terputus"]


def test_an_event_of_no_case_is_found(case):
    with lifted_guard():
        case.events.filter(seq=3).update(case=case.pk + 1)
        code, found = verify_history()
        Event.objects.filter(case=case.pk + 1).update(case=case)
    assert (code, found) == (
        1,
        [
            f"{case.number} #3: {END}",
            f"perkara {case.pk + 1} #3: perkaranya tidak ada",
            "1 perkara, 3 peristiwa, 0 sidik harian, 2 kejanggalan.",
        ],
    )


@pytest.mark.parametrize(
    "tampering",
    [
        *(
            f"{name} = CAST({name} AS blob)"
            for name in ["seq", "at", "kind", "actor_kind", "actor_id", "role", "data", "prev", "hash"]
        ),
        *("is_demo = 'x'", "is_demo = 1", "actor_id = '1x'", "seq = 2.5", "seq = '2x'", "actor_id = NULL"),
        *("data = 'no json'", "data = data || ' '", "data = '[]'", "data = '7'"),
        *(
            "at = replace(at, ' ', 'X')",
            "at = ' ' || at",
            "at = at || ' '",
            "at = 20261124",
            "at = at || '1'",
        ),
    ],
)
@pytest.mark.only_on("sqlite")  # PostgreSQL holds every column to its type
def test_what_sqlite_lets_into_a_column_of_another_type_is_found(case, tampering):
    with lifted_guard(), connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        cursor.execute("CREATE TEMP TABLE before AS SELECT * FROM cases_event")
        cursor.execute(f"UPDATE cases_event SET {tampering} WHERE case_id = %s AND seq = 2", [case.pk])
        found = list(verify())
        cursor.execute("DELETE FROM cases_eventwords")
        cursor.execute("DELETE FROM cases_event")
        cursor.execute("INSERT INTO cases_event SELECT * FROM before")
        cursor.execute("DROP TABLE before")
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
    assert [fault.case_number for fault in found][:1] == [case.number]


@pytest.mark.parametrize("tampering", ["chain_length = '3x'", "chain_head = CAST(chain_head AS blob)"])
@pytest.mark.only_on("sqlite")
def test_a_head_of_another_type_is_found(case, tampering):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE cases_case SET {tampering} WHERE id = %s", [case.pk])
        (fault,) = verify()
        cursor.execute("UPDATE cases_case SET chain_length = 3, chain_head = ''")
    assert fault.reason == END


@pytest.mark.only_on("postgresql")  # SQLite would say so in the text
@pytest.mark.parametrize("written", ["2026-11-24 02:00:00+00 BC", "infinity", "12026-11-24 02:00:00+00"])
def test_a_moment_of_another_age_is_found(case, written):
    with lifted_guard(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_event SET at = %s WHERE case_id = %s AND seq = 2", [written, case.pk])
    assert [str(fault) for fault in verify()] == [f"{case.number} #2: {CHANGED}"]


def test_more_cases_than_fit_in_memory_at_once_are_all_walked(case, desk, monkeypatch):
    monkeypatch.setattr(history, "PAGE", 2)
    cases = [case, *(desk.receive() for _ in range(4))]
    assert verify_history() == (0, ["5 perkara, 7 peristiwa, 0 sidik harian, tidak ada kejanggalan."])
    with lifted_guard():
        delete_all(Event.objects.filter(case=cases[4]), cases[4])
    assert [str(fault) for fault in verify()] == [f"{cases[4].number} #1: {NO_RECEIPT}"]


def test_two_halves_tell_what_the_whole_does(committed, desk, monkeypatch):
    cases = [desk.receive() for _number in range(4)]
    monkeypatch.setattr("cases.services.verifying.MANY", 0)
    assert verify_history() == (0, ["4 perkara, 4 peristiwa, 0 sidik harian, tidak ada kejanggalan."])
    for case in (cases[0], cases[3]):
        Case.objects.filter(pk=case.pk).update(chain_head="0" * 64)
    found = [
        f"{case.number} #1: akhir riwayat tidak cocok dengan perkaranya" for case in (cases[0], cases[3])
    ]
    code, lines = verify_history()
    assert (code, sorted(lines[:-1])) == (1, found)
    assert lines[-1] == "4 perkara, 4 peristiwa, 0 sidik harian, 2 kejanggalan."


@pytest.mark.parametrize("written", ["2026-11-24 02:00:00.123000+07:00", "2026-11-24 02:00", "24 November"])
@pytest.mark.only_on("sqlite")  # elsewhere a moment is no text
def test_a_moment_that_was_written_in_another_way_is_found(desk, written):
    case = desk.receive(at=datetime(2026, 11, 24, 9, 0, tzinfo=JAKARTA))
    with lifted_guard(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_event SET at = %s WHERE case_id = %s", [written, case.pk])
    assert [str(fault) for fault in verify()] == [f"{case.number} #1: {CHANGED}"]


def test_a_moment_that_was_moved_by_less_than_a_millisecond_is_found(case):
    with lifted_guard():
        case.events.filter(seq=2).update(at=TUESDAY + timedelta(microseconds=1))
    assert [str(fault) for fault in verify()] == [f"{case.number} #2: {CHANGED}"]


def test_a_moment_is_kept_to_the_millisecond(desk):
    at = datetime(2026, 11, 24, 9, 0, 0, 123_999, tzinfo=JAKARTA)
    case = desk.receive(at=at)
    assert case.received_at == at.replace(microsecond=123_000)
    assert case.events.get().at == at.replace(microsecond=123_000)


def as_it_lies_there(event: Event) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT CAST(data AS text) FROM cases_event WHERE id = %s", [event.pk])
        return cursor.fetchone()[0]


def test_what_an_event_says_lies_in_the_database_as_the_very_text_that_is_hashed(case, desk):
    with change(case, by=desk.staff("operator")) as changing:
        event = changing.record(
            "note", z="àé \t", nothing=None, a={"d": 1.50, "c": [True, 10**20]}, far=1e300
        )
    said = (
        r'{"a":{"c":[true,100000000000000000000],"d":1.5},"far":1e+300,"nothing":null,"z":"\u00e0\u00e9 \t"}'
    )
    assert as_it_lies_there(event) == said
    event.refresh_from_db()
    assert event.data == json.loads(said)


def test_what_an_event_says_is_asked_for_by_its_keys(case, desk):
    with change(case, by=desk.staff("operator")) as changing:
        event = changing.record("note", odd="\"à' %s")
    assert Event.objects.get(data__odd="\"à' %s") == event
    assert Event.objects.get(data__odd__in=["\"à' %s", "b"]) == event
    assert not Event.objects.filter(data__odd="b").exists()


@pytest.mark.parametrize("written", ["[]", '{"step": "answer"}', '{"step":"\\u0061nswer"}'])
def test_what_an_event_says_written_in_another_way_is_found(case, written):
    with lifted_guard(), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_event SET data = %s WHERE case_id = %s AND seq = 3", [written, case.pk])
    assert [str(fault) for fault in verify()] == [f"{case.number} #3: {CHANGED}"]


def test_words_are_kept_without_what_some_database_would_refuse_or_change():
    assert history.clean_words(" a\x00b\r\nc\rd\ud800e\n ") == "ab\nc\nde"


ANYTHING = st.text(st.characters(exclude_categories=()), max_size=40)


@given(words=ANYTHING, value=ANYTHING.map(history.clean_words))
@settings(max_examples=40)
def test_whatever_somebody_types_is_kept_and_still_fits_the_chain(case, desk, words, value):
    with change(case.pk, by=desk.staff("operator")) as changing:
        event = changing.record("note", text=words, value=value)
    kept = EventWords.objects.filter(event=event).values_list("text", flat=True).first()
    assert (kept or "") == history.clean_words(words)
    assert list(verify()) == []


def test_a_dump_that_is_loaded_again_still_fits_the_chain(committed, desk, tmp_path):
    case = desk.receive(at=datetime(2026, 11, 24, 9, 0, 0, 123_456, tzinfo=JAKARTA))
    with change(case, by=desk.staff("operator")) as changing:
        changing.move("verified")
        changing.record("note", text="Ditelepon: “sudah”, 100 %, àéî", distance=1.5, ok=True, nothing=None)
    with change(case, by=Reporter()) as changing:
        changing.record("reporter_replied", text="Terima kasih.")
    dump = tmp_path / "dump.json"
    rooms = ["home.user", "opd_pages", "cases", "pengaduan"]
    call_command("dumpdata", *rooms, output=str(dump), verbosity=0)
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
    assert Case.objects.count() == 0
    with redirect_stderr(StringIO()):
        call_command("loaddata", str(dump), verbosity=0)
    assert verify_history() == (0, ["1 perkara, 4 peristiwa, 0 sidik harian, tidak ada kejanggalan."])


@settings(max_examples=50)
@given(
    texts=st.lists(st.text(), min_size=5, max_size=5),
    data=st.dictionaries(st.text(), st.none() | st.booleans() | st.integers() | st.text()),
    actor=st.none() | st.integers(1),
)
def test_what_is_hashed_is_canonical_json(texts, data, actor):
    kind, actor_kind, role, prev, number = texts
    event = Event(
        seq=2, at=TUESDAY, kind=kind, actor_kind=actor_kind, actor_id=actor, role=role, data=data, prev=prev
    )
    content = {
        "v": 1,
        "case": number,
        "seq": 2,
        "at": "2026-11-24T02:00:00.000+00:00",
        "kind": kind,
        "by": [actor_kind, actor, role],
        "data": data,
        "demo": False,
        "prev": prev,
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    assert event_hash(event, number) == hashlib.sha256(canonical.encode()).hexdigest()
