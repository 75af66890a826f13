"""The desk's list: each officer's own cases, all of them once, soonest first, for few queries whatever their number."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from cases.actors import Staff
from cases.models import Case, IdentityMode, Task, Urgency
from cases.selectors.desk import PAGE_SIZE, in_tab
from cases.selectors.reach import reach_of
from cases.services.outbox import deliver_due
from cases.services.receipt import Identity
from opd_pages.models import Role
from pengaduan.services import desk as desk_services
from tests.browsers import act, browser, queries_of, received_now, soup, words
from tests.factories import member
from tests.pengaduan import steps

NOON = timezone.make_aware(datetime(2026, 11, 24, 12, 0))


def cases_at(
    desk, count: int, *, start: int = 0, due=lambda n: NOON + timedelta(minutes=n // 3), **fields
) -> list[Case]:
    """That many open cases at Kapas, straight into the table; three of them share each deadline."""
    kapas = desk.office.kapas
    return Case.objects.bulk_create(
        Case(
            kind="complaint",
            number=f"2026-ADU-KPS-2{n:05d}",
            receiving_unit=kapas,
            responsible_unit=kapas,
            area=kapas,
            lineage=kapas.lineage,
            status=fields.get("status", "verified"),
            identity_mode="none",
            subject=f"Laporan {n}",
            received_at=NOON,
            due_at=due(n),
            **{name: value for name, value in fields.items() if name != "status"},
        )
        for n in range(start, start + count)
    )


def owed(cases: list[Case], unit, role: Role) -> None:
    now = timezone.now()
    Task.objects.bulk_create(
        Task(case=case, step="verify", unit=unit, role=role, opened_at=now) for case in cases
    )


def numbers(page) -> list[str]:
    return [number.get_text() for number in page.select("ol.inbox .number")]


def all_pages(client, tab: str) -> list[list[str]]:
    """The numbers on every page of a tab, by its own links."""
    pages, address = [], f"/meja/?tab={tab}"
    while address and len(pages) < 20:
        page = soup(client.get(address))
        pages.append(numbers(page))
        link = page.select_one(".pagination a[rel=next]")
        address = f"/meja/{link['href']}" if link else ""
    return pages


# --- Paging -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "due",
    [
        lambda n: NOON + timedelta(minutes=n // 3),
        lambda n: NOON,
        lambda n: None,
        lambda n: None if n % 2 else NOON + timedelta(microseconds=n),
    ],
    ids=["threes", "all-at-once", "none", "half-without"],
)
def test_120_cases_stand_on_their_pages_once_each(desk, due):
    cases_at(desk, 120, due=due)
    pages = all_pages(browser(desk.operator), "semua")
    in_order = Case.objects.order_by("due_at", "pk") if due(0) else Case.objects.order_by("pk")
    expected = [case.number for case in in_order if case.due_at] + [
        c.number for c in in_order if not c.due_at
    ]
    assert [number for page in pages for number in page] == expected
    assert [len(page) for page in pages] == [50, 50, 20]


@pytest.mark.parametrize(
    "due",
    [
        lambda n: NOON + timedelta(minutes=n // 3),
        lambda n: None,
        lambda n: None if n % 2 else NOON + timedelta(microseconds=n),
    ],
    ids=["threes", "none", "half-without"],
)
def test_the_urgent_stand_before_the_others_on_whatever_page_they_end(desk, due):
    cases_at(desk, 60, due=due)
    cases_at(desk, 60, start=60, due=due, urgency=Urgency.URGENT)
    pages = all_pages(browser(desk.operator), "semua")
    in_order = sorted(
        Case.objects.all(),
        key=lambda case: (
            case.urgency != Urgency.URGENT,
            case.due_at is None,
            case.due_at.timestamp() if case.due_at else 0,
            case.pk,
        ),
    )
    assert [number for page in pages for number in page] == [case.number for case in in_order]
    assert [len(page) for page in pages] == [50, 50, 20]


def test_a_report_of_somebody_vulnerable_stands_first_and_says_so(desk):
    received_now(desk)
    case = received_now(desk, is_vulnerable=True, words="Anak tetangga tidak boleh sekolah.")
    Case.objects.filter(pk=case.pk).update(due_at=timezone.now() + timedelta(days=20))
    row = soup(browser(desk.operator).get("/meja/")).select_one("ol.inbox li")
    assert row.select_one(".number").get_text() == case.number
    assert [tag.get_text().strip() for tag in row.select(".tag")] == ["Mendesak", "Kelompok rentan"]


def test_a_call_about_a_closed_report_waits_for_the_desk(desk):
    case = received_now(desk, identity=Identity(IdentityMode.NAMED, "Warga Uji", "+6281234567890"))
    desk_services.end_without_answer(
        case, by=desk.staff("operator"), seen=None, target="archived", reason="Uji coba."
    )
    deliver_due(now=timezone.now() + timedelta(minutes=1))
    client = browser(desk.operator)
    assert all_pages(client, "saya") == [[case.number]]
    assert counts(client)[0] == ("Perlu saya tangani", "1")
    assert act(client, case, "called", note="Sudah dikabari.").status_code == 302
    assert all_pages(client, "saya") == [[]]


def test_closed_cases_stand_by_when_they_were_closed_once_each(desk):
    cases_at(desk, 60, due=lambda n: None, closed_at=NOON, status="archived")
    cases_at(desk, 60, start=60, due=lambda n: None, closed_at=NOON - timedelta(days=1), status="archived")
    listed = [number for page in all_pages(browser(desk.operator), "selesai") for number in page]
    expected = [*reversed(range(60)), *reversed(range(60, 120))]
    assert listed == [f"2026-ADU-KPS-2{n:05d}" for n in expected]


def test_a_full_page_without_another_leads_nowhere(desk):
    cases_at(desk, PAGE_SIZE)
    assert [len(page) for page in all_pages(browser(desk.operator), "semua")] == [PAGE_SIZE]


def test_a_case_that_comes_in_while_paging_moves_none_out_of_sight(desk):
    cases_at(desk, 60)
    client = browser(desk.operator)
    first = soup(client.get("/meja/?tab=semua"))
    cases_at(desk, 5, start=500, due=lambda n: NOON - timedelta(days=1))
    second = soup(client.get(f"/meja/{first.select_one('.pagination a')['href']}"))
    assert len(numbers(first) + numbers(second)) == len(set(numbers(first) + numbers(second))) == 60


@pytest.mark.parametrize(
    "marker",
    [
        "x",
        "-",
        "u",
        "u-",
        "uu1.000000-1",
        "9" * 12 + ".000000-1",
        "1e9-1",
        "-" + "9" * 30,
        "' OR 1=1",
        "\x00",
        "1.0-1",
        "٣٣٣.٣٣٣٣٣٣-١",
    ],
)
def test_a_made_up_marker_shows_the_first_page(desk, marker):
    cases_at(desk, 2)
    page = soup(browser(desk.operator).get("/meja/", {"tab": "semua", "setelah": marker}))
    assert len(numbers(page)) == 2


# --- Tabs -------------------------------------------------------------------------------------------------------------


def counts(client) -> list[tuple[str, str]]:
    tabs = soup(client.get("/meja/")).select(".tabs a")
    return [(tab.find(string=True).strip(), tab.span.get_text() if tab.span else "") for tab in tabs]


def test_the_tabs_say_what_waits(desk):
    now = timezone.now()
    end = timezone.localtime(now).replace(hour=23, minute=59, second=58, microsecond=0)
    late = cases_at(desk, 2, due=lambda n: now - timedelta(days=2))
    cases_at(desk, 3, start=10, due=lambda n: end)
    cases_at(desk, 4, start=20, due=lambda n: now + timedelta(days=3))
    cases_at(desk, 5, start=30, due=lambda n: None, closed_at=now)
    owed(late[:1], desk.office.kapas, Role.OPERATOR)
    assert counts(browser(desk.operator)) == [
        ("Perlu saya tangani", "1"),
        ("Jatuh tempo hari ini", "3"),
        ("Terlambat", "2"),
        ("Semua terbuka", ""),
        ("Selesai", ""),
    ]


def test_more_than_a_hundred_is_not_counted_out(desk):
    cases_at(desk, 120, due=lambda n: NOON - timedelta(days=400))
    assert counts(browser(desk.operator))[2] == ("Terlambat", "100+")


def test_a_tab_shows_just_what_it_counts(desk):
    now = timezone.now()
    late = cases_at(desk, 2, due=lambda n: now - timedelta(days=2))
    cases_at(desk, 3, start=10, due=lambda n: now + timedelta(days=3))
    owed(late[:1], desk.office.kapas, Role.OPERATOR)
    client = browser(desk.operator)
    assert {
        tab: sum(map(len, all_pages(client, tab)))
        for tab in ("saya", "hari-ini", "terlambat", "semua", "selesai")
    } == {
        "saya": 1,
        "hari-ini": 0,
        "terlambat": 2,
        "semua": 5,
        "selesai": 0,
    }


@pytest.mark.parametrize("tab", ["", "x", "SEMUA", "\x00", "semua'--"])
def test_an_unknown_tab_is_none(desk, tab):
    assert browser(desk.operator).get("/meja/", {"tab": tab}).status_code == 404


def test_a_step_is_owed_by_its_own_section_only(desk):
    case = steps.in_progress(desk, received_now(desk), timezone.now())
    mine = {
        name: numbers(soup(browser(getattr(desk, name)).get("/meja/")))
        for name in ("builder", "order_keeper")
    }
    assert mine == {"builder": [case.number], "order_keeper": []}


def test_a_row_says_which_step_waits_and_until_when(desk):
    case = received_now(desk)
    Case.objects.update(due_at=timezone.now() - timedelta(days=2))
    row = soup(browser(desk.operator).get("/meja/")).select_one("ol.inbox li")
    assert row["class"] == ["overdue", "unread"]
    assert row.select_one(".due").get_text() == "Terlambat 2 hari"
    assert row.select("p.meta")[1].get_text().strip() == "Meja layanan memeriksa laporan"
    assert row.a["href"] == f"/meja/perkara/{case.number}/"


def test_a_closed_case_says_when_it_was_closed(desk):
    cases_at(desk, 1, due=lambda n: None, closed_at=NOON, status="archived")
    row = soup(browser(desk.operator).get("/meja/?tab=selesai")).select_one("ol.inbox li")
    assert row.select_one(".due").get_text() == "Ditutup 24 November 2026"


def test_an_empty_desk_says_when_it_is_opened_next(desk):
    text = soup(browser(desk.operator).get("/meja/")).select_one(".empty").get_text(" ", strip=True)
    assert text.startswith("Belum ada yang perlu Anda tangani Jadwal buka meja berikutnya ")


# --- What is not in it ------------------------------------------------------------------------------------------------

HIDDEN = {"secret": {"is_secret": True}, "accusing": None}


@pytest.fixture(params=HIDDEN)
def hidden(desk, request) -> Case:
    fields = HIDDEN[request.param] or {"accused": desk.office.kapas}
    case = received_now(desk, words="Laporan yang tidak boleh tampak di meja.", **fields)
    Case.objects.filter(pk=case.pk).update(due_at=timezone.now() - timedelta(days=1))
    Task.objects.create(
        case=case, step="verify", unit=desk.office.kapas, role=Role.OPERATOR, opened_at=timezone.now()
    )
    return case


@pytest.mark.parametrize("name", ["operator", "builder", "drafter"])
def test_what_an_officer_may_not_see_is_in_no_list_and_no_count(desk, hidden, name):
    client = browser(getattr(desk, name))
    assert [all_pages(client, tab) for tab in ("saya", "hari-ini", "terlambat", "semua", "selesai")] == [
        [[]]
    ] * 5
    assert [count for _title, count in counts(client)] == ["0", "0", "0", "", ""]


@pytest.mark.parametrize("name", ["operator", "builder", "drafter"])
def test_what_an_officer_may_not_see_is_not_on_the_morning_screen(desk, hidden, name):
    assert hidden.number not in words(browser(getattr(desk, name)).get("/meja/pagi/"))


def test_an_accused_head_sees_nothing_of_it(desk):
    case = received_now(desk, accused=desk.office.kapas)
    assert all_pages(browser(desk.head), "semua") == [[]]
    assert all_pages(browser(desk.coordinator), "semua") == [[case.number]]


def test_the_head_sees_a_secret_report(desk):
    case = received_now(desk, is_secret=True)
    assert all_pages(browser(desk.head), "saya") == [[case.number]]


def test_the_desk_of_another_kecamatan_sees_none_of_it(desk):
    received_now(desk)
    neighbour = member("dander", desk.office.dander, Role.HEAD)
    assert all_pages(browser(neighbour), "semua") == [[]]


def test_a_unit_that_helps_has_the_case_in_its_list_while_its_step_waits(desk):
    case = received_now(desk)
    helper = browser(member("dander", desk.office.dander, Role.OPERATOR))
    task = Task.objects.create(
        case=case, step="draft", unit=desk.office.dander, role=Role.OPERATOR, opened_at=timezone.now()
    )
    assert all_pages(helper, "semua") == [[case.number]]
    Task.objects.filter(pk=task.pk).update(done_at=timezone.now())
    assert all_pages(helper, "semua") == [[]]
    assert helper.get(f"/meja/perkara/{case.number}/").status_code == 200


def test_a_case_given_away_is_no_longer_a_task(desk):
    case = received_now(desk)
    client = browser(desk.operator)
    act(client, case, "pass-on", unit=desk.office.works.pk, reason="Jalan kabupaten.")
    assert all_pages(client, "saya") == [[]]


# --- Queries ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tab", ["saya", "semua", "terlambat"])
def test_120_rows_take_as_many_queries_as_60(desk, tab):
    early = lambda n: NOON - timedelta(days=400)  # noqa: E731
    owed(cases_at(desk, 60, due=early), desk.office.kapas, Role.OPERATOR)
    client, address = browser(desk.operator), f"/meja/?tab={tab}"
    few = queries_of(client, address)
    owed(cases_at(desk, 60, start=60, due=early), desk.office.kapas, Role.OPERATOR)
    assert queries_of(client, address) == few == 10


@pytest.mark.only_on("sqlite")  # which has no statistics, and so the same plan at any size
@pytest.mark.parametrize("who", ["coordinator", "head", "operator"])
@pytest.mark.parametrize("tab", ["hari-ini", "terlambat", "semua"])
def test_a_list_of_open_cases_is_read_in_its_order_from_an_index_over_these_alone(desk, who, tab):
    staff = Staff.of(getattr(desk, who))
    plan = in_tab(staff, tab, now=NOON, reach=reach_of(staff)).explain()
    assert "INDEX case_open_" in plan
    # What falls due on one day is little, and may be put in order.
    assert "TEMP B-TREE" not in plan or tab == "hari-ini"


@pytest.mark.only_on("postgresql")
def test_a_first_page_among_many_is_read_off_an_index_in_its_order(desk):
    """Most cases are closed and have no date; most of the open ones are overdue, and newer than all of these."""
    cases_at(desk, 12_000, due=lambda n: None, closed_at=NOON, status="archived")
    cases_at(desk, 800, start=12_000, due=lambda n: NOON - timedelta(days=n % 9 + 1))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE cases_case")
    staff = Staff.of(desk.coordinator)
    plans = {
        tab: in_tab(staff, tab, now=NOON)[:PAGE_SIZE].explain() for tab in ("terlambat", "semua", "selesai")
    }
    assert {tab: ("using case_" in plan, "Sort" in plan) for tab, plan in plans.items()} == dict.fromkeys(
        plans, (True, False)
    )


def test_an_empty_desk_takes_at_most_10_queries(desk):
    client = browser(desk.operator)
    client.get("/meja/")  # the first look makes the row of settings by which days are counted
    assert queries_of(client, "/meja/") <= 10
