"""The registers of /admin/ that time is counted by: what would move is shown before it is saved."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from cases.actors import Reporter
from cases.admin import recounting as views
from cases.kinds import kind_of
from cases.models import Case, ClockSettings, Deadline, Holiday, HolidayDecree, OfficeHours, Recount, Rule
from cases.selectors.moved_cases import short_moment
from cases.services import forecasting
from cases.services.recounting import carry_out, move_clocks
from opd_pages.models import Role
from pengaduan.services import desk as desk_services
from pengaduan.services import reporter
from ppid.services import desk as ppid_services
from tests.browsers import browser, soup, words
from tests.factories import member
from tests.pengaduan import steps
from tests.pengaduan.desk import JAKARTA, TUESDAY
from tests.portals import opened_administrators, opened_site
from tests.ppid.desk import Desk as RequestDesk

HOLIDAYS = "/admin/cases/holiday/"
RULES = "/admin/cases/rule/"
NEW_DAY = {"date": "2026-12-01", "kind": "daerah", "name": "Hari Jadi"}


@pytest.fixture
def admin(desk):
    opened_site()
    opened_administrators()
    return browser(member("admin", desk.office.regency, Role.ADMINISTRATOR))


@pytest.fixture
def case(desk) -> Case:
    return desk.receive()


def law(case: Case) -> date:
    return due(case, "law")


def due(case: Case, step: str) -> date:
    return timezone.localdate(case.deadlines.get(step=step).due_at)


def shown(response) -> list[list[str]]:
    """A line for each case, and one for each of its clocks."""
    rows = soup(response).select("table.listing tbody tr")
    return [[cell.get_text("|", strip=True) for cell in row.select("th, td")] for row in rows]


def numbers(response) -> list[str]:
    return [row.b.text for row in soup(response).select("table.listing tbody th")]


def press(admin, response, name: str):
    """Send what the page holds with one of its buttons, as a browser without JavaScript does."""
    form = soup(response).select_one("form[method=post]")
    typed = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    (button,) = [button for button in form.select("button") if button.get_text(strip=True) == name]
    return admin.post(form["action"], typed | {button["name"]: button["value"]})


def press_save(admin, response):
    return press(admin, response, "Simpan dan geser")


def typed_rule(rule: Rule, **changes) -> dict:
    fields = {
        name: getattr(rule, name) or ""
        for name in (
            "procedure",
            "step",
            "title",
            "amount",
            "unit",
            "legal_basis",
            "effective_from",
            "effective_until",
            "verified_by",
            "verified_on",
            "verified_against",
        )
    }
    return fields | changes


def errors(response) -> dict[str, str]:
    form = response.context["form"]
    return {name: messages[0] for name, messages in form.errors.items()}


# --- Shown first ----------------------------------------------------------------------------------------------------


def test_a_new_holiday_shows_what_it_moves_and_saves_nothing_yet(admin, case):
    response = admin.post(f"{HOLIDAYS}create/", NEW_DAY)
    assert shown(response) == [
        [f"{case.number}|, Kecamatan Kapas"],
        ["Batas menurut peraturan", "14 Des 2026", "15 Des 2026"],
    ]
    assert "1 perkara terbuka bergeser" in words(response)
    assert (Holiday.objects.filter(date="2026-12-01").count(), law(case)) == (0, date(2026, 12, 14))


def test_the_button_saves_and_moves(admin, case):
    response = press_save(admin, admin.post(f"{HOLIDAYS}create/", NEW_DAY))
    assert (response.url, Holiday.objects.get(date="2026-12-01").name, law(case)) == (
        HOLIDAYS,
        "Hari Jadi",
        date(2026, 12, 15),
    )
    event = case.events.get(kind="deadline_moved")
    assert event.data["why"] == "hari libur 1 Desember 2026 (Hari Jadi) ditambahkan"


def test_what_moves_nothing_is_saved_at_once(admin, case):
    response = admin.post(f"{HOLIDAYS}create/", NEW_DAY | {"date": "2027-06-21"})
    assert (response.status_code, Holiday.objects.filter(date="2027-06-21").count()) == (302, 1)


def test_a_holiday_that_is_moved_or_deleted_is_shown_first_too(admin, case):
    press_save(admin, admin.post(f"{HOLIDAYS}create/", NEW_DAY))
    row = Holiday.objects.get(date="2026-12-01")

    later = admin.post(f"{HOLIDAYS}edit/{row.pk}/", NEW_DAY | {"date": "2027-06-21"})
    deleted = admin.post(f"{HOLIDAYS}delete/{row.pk}/")
    expected = ["Batas menurut peraturan", "15 Des 2026", "14 Des 2026"]
    assert (shown(later)[1:], shown(deleted)[1:], law(case)) == ([expected], [expected], date(2026, 12, 15))

    press_save(admin, deleted)
    assert (Holiday.objects.filter(pk=row.pk).exists(), law(case)) == (False, date(2026, 12, 14))


def test_a_shortened_rule_shows_the_promise_and_then_moves_it(admin, case):
    rule = Rule.objects.get(procedure="kapas", step="answer")
    response = admin.post(f"{RULES}edit/{rule.pk}/", typed_rule(rule, amount=2))
    assert shown(response)[1:] == [["Jawaban kepada pelapor", "27 Nov 2026", "26 Nov 2026"]]
    press_save(admin, response)
    rule.refresh_from_db()
    assert (rule.amount, due(case, "answer")) == (2, date(2026, 11, 26))


def test_the_way_of_counting_is_shown_first(admin, desk):
    case = desk.receive(at=datetime(2026, 12, 21, 9, tzinfo=JAKARTA))
    row = ClockSettings.load()
    address = f"/admin/settings/cases/clocksettings/{row.pk}/"
    assert admin.get(address).status_code == 200
    response = admin.post(address, {"counts_from_next_day": "on"})
    assert shown(response)[1:] == [["Batas menurut peraturan", "14 Jan 2027", "13 Jan 2027"]]
    assert ClockSettings.objects.get().joint_leave_is_off
    press_save(admin, response)
    assert (ClockSettings.objects.get().joint_leave_is_off, law(case)) == (False, date(2027, 1, 13))


def test_shorter_office_hours_show_the_first_look_they_move(admin, case):
    hours = OfficeHours.objects.get(weekday=1, valid_from=None)
    address = f"/admin/cases/officehours/edit/{hours.pk}/"
    response = admin.post(address, {"weekday": "1", "opens": "07:30", "closes": "09:10"})
    assert shown(response)[1:] == [
        ["Meja layanan memeriksa laporan", "24 Nov 2026, 14.45", "25 Nov 2026, 08.00"]
    ]


def test_a_decree_moves_no_date_and_is_saved_at_once(admin, case):
    admin.post("/admin/cases/holidaydecree/create/", {"year": "2028", "number": "SKB 1/2027"})
    assert HolidayDecree.objects.get(year=2028).number == "SKB 1/2027"


def test_a_village_is_shown_with_its_kecamatan(admin, desk):
    member("kades", desk.office.bakalan, Role.HEAD)
    desk.receive(addressed_to=desk.office.bakalan, village=desk.office.bakalan)
    (case, *_clocks) = shown(admin.post(f"{HOLIDAYS}create/", NEW_DAY | {"date": "2026-11-27"}))
    assert case[0].split("|")[1] == ", Desa Bakalan, Kecamatan Kapas"


def test_an_administrator_sees_nothing_of_what_the_report_says(admin, desk):
    desk.receive(words="Lurah meminta uang.", is_secret=True)
    page = admin.post(f"{HOLIDAYS}create/", NEW_DAY).content.decode()
    assert [hidden for hidden in ("Lurah meminta uang", "Warga Uji", "6281234567890") if hidden in page] == []


def test_all_are_paged_through_and_what_was_typed_stays(admin, desk, monkeypatch):
    monkeypatch.setattr(views, "SHOWN", 2)
    cases = [desk.receive().number for _ in range(5)]
    first = admin.post(f"{HOLIDAYS}create/", NEW_DAY)
    second = press(admin, first, "Berikutnya")
    third = press(admin, second, "Berikutnya")
    assert [numbers(page) for page in (first, second, third)] == [cases[:2], cases[2:4], cases[4:]]
    assert "Perkara 3–4 dari 5." in words(second)
    assert numbers(press(admin, third, "Sebelumnya")) == cases[2:4]
    press_save(admin, third)
    assert Holiday.objects.get(date="2026-12-01").name == "Hari Jadi"


def test_a_page_that_is_not_there_shows_another(admin, case):
    response = admin.post(f"{HOLIDAYS}create/", NEW_DAY | {"halaman": "-7x"})
    assert numbers(response) == [case.number]


def test_where_not_all_were_looked_at_the_page_says_so_and_the_file_holds_all(admin, desk, monkeypatch):
    monkeypatch.setattr(forecasting, "LOOKED_AT", 2)
    monkeypatch.setattr(views, "LOOKED_AT", 2)
    cases = [desk.receive().number for _ in range(3)]
    page = admin.post(f"{HOLIDAYS}create/", NEW_DAY)
    assert numbers(page) == cases[:2]
    assert "Sedikitnya 2 perkara terbuka bergeser" in words(page)
    assert "Yang diperiksa untuk halaman ini baru 2 perkara" in words(page)

    file = press(admin, page, "Unduh semuanya (CSV)")
    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines == [
        "Perkara,Unit,Batas waktu,Semula,Menjadi,Keterangan",
        *(f"{number},Kecamatan Kapas,Batas menurut peraturan,14 Des 2026,15 Des 2026," for number in cases),
    ]
    assert not Holiday.objects.filter(date="2026-12-01").exists()


def test_what_was_shown_is_shown_again_when_time_is_counted_otherwise_meanwhile(admin, case):
    page = admin.post(f"{HOLIDAYS}create/", NEW_DAY)
    carry_out(Holiday(date=date(2026, 12, 2), name="Lain", kind="daerah").save, why="uji", by=None)
    again = press_save(admin, page)
    assert shown(again)[1:] == [["Batas menurut peraturan", "15 Des 2026", "16 Des 2026"]]
    assert "berubah sesudah daftar ini Anda buka" in words(again)
    assert not Holiday.objects.filter(date="2026-12-01").exists()
    press_save(admin, again)
    assert law(case) == date(2026, 12, 16)


def test_a_form_that_was_filled_in_wrongly_is_never_confirmed(admin, case):
    response = admin.post(f"{HOLIDAYS}create/", NEW_DAY | {"date": "kapan-kapan", "geser": "ya"})
    assert (list(errors(response)), law(case)) == (["date"], date(2026, 12, 14))


# --- What is shown is what comes ------------------------------------------------------------------------------------

WEDNESDAY = datetime(2026, 11, 25, 10, tzinfo=JAKARTA)


@pytest.fixture
def cases(desk, monkeypatch) -> dict[str, Case]:
    """One with promise and law, one whose inner clock is cut to the promise, one that stands still, one put off, and
    requests, one of them prolonged."""
    monkeypatch.setattr(forecasting, "timezone", SimpleNamespace(now=lambda: WEDNESDAY))
    requests = RequestDesk.with_the_people_of(desk)
    asked, postponed = steps.verified(desk, desk.receive()), steps.verified(desk, desk.receive())
    operator, head = desk.staff("operator"), desk.staff("head")
    desk_services.ask_reporter(asked, by=operator, seen=None, question="Di mana?", at=TUESDAY)
    desk_services.postpone(
        postponed, by=head, seen=None, reason="Anggaran.", until=date(2026, 12, 9), at=TUESDAY
    )
    prolonged = requests.assigned(at=TUESDAY)
    ppid_services.extend(
        prolonged, by=requests.staff("assistant"), seen=None, reason="Tiga kantor.", at=TUESDAY
    )
    return {
        "new": desk.receive(),
        "cut": steps.in_progress(desk, desk.receive(), at=datetime(2026, 11, 26, 9, tzinfo=JAKARTA)),
        "asked": asked,
        "postponed": postponed,
        "request": requests.receive(at=TUESDAY),
        "prolonged": prolonged,
    }


def rule_of(procedure: str, step: str) -> Rule:
    return Rule.objects.get(procedure=procedure, step=step)


def shorten(procedure: str, step: str, amount: int):
    def send(admin):
        rule = rule_of(procedure, step)
        return admin.post(f"{RULES}edit/{rule.pk}/", typed_rule(rule, amount=amount))

    return send


def succeed(admin):
    """The law's rule is corrected: it held only until Monday, and since Tuesday another one does."""
    rule = rule_of("complaint", "law_complaint")
    Rule.objects.filter(pk=rule.pk).update(effective_until=date(2026, 11, 22))
    new = Rule.objects.create(
        procedure="complaint",
        step="law_complaint",
        title="Pengaduan diputus",
        amount=10,
        unit="hk",
        legal_basis="uji",
        effective_from=date(2026, 11, 25),
    )
    return admin.post(f"{RULES}edit/{new.pk}/", typed_rule(new, effective_from="2026-11-23"))


def add_holiday(admin):
    return admin.post(f"{HOLIDAYS}create/", NEW_DAY)


def delete_holiday(admin):
    row = Holiday.objects.create(date=date(2026, 12, 3), name="Hari Jadi", kind="daerah")
    for case in Case.objects.all():
        keys = set(case.deadlines.values_list("pk", flat=True))
        move_clocks({case.pk: keys}, why="uji")
    return admin.post(f"{HOLIDAYS}delete/{row.pk}/")


def close_early(admin):
    hours = OfficeHours.objects.get(weekday=1, valid_from=None)
    typed = {"weekday": "1", "opens": "07:30", "closes": "12:00"}
    return admin.post(f"/admin/cases/officehours/edit/{hours.pk}/", typed)


CHANGES = {
    "a shorter promise": (shorten("kapas", "answer", 2), {"new", "cut", "asked", "postponed"}),
    "a shorter law": (shorten("complaint", "law_complaint", 2), {"new", "cut", "asked", "postponed"}),
    "a shorter notice": (shorten("information_request", "notice", 5), {"request", "prolonged"}),
    "a shorter extension": (shorten("information_request", "extension", 3), {"prolonged"}),
    "a new holiday": (add_holiday, {"new", "cut", "asked", "postponed", "request", "prolonged"}),
    "a deleted holiday": (delete_holiday, {"new", "cut", "asked", "postponed", "request", "prolonged"}),
    "a rule that begins earlier": (succeed, {"new", "cut", "asked", "postponed"}),
    "shorter opening hours": (close_early, {"new"}),
}


@pytest.mark.parametrize(("send", "expected"), CHANGES.values(), ids=CHANGES)
def test_what_is_shown_is_what_every_clock_then_says(admin, cases, send, expected):
    page = send(admin)
    foretold: dict[str, list[list[str]]] = {}
    for cells in shown(page):
        if len(cells) == 1:
            lines = foretold.setdefault(cells[0].split("|")[0], [])
        else:
            lines.append(cells)
    before = {clock.pk: clock for clock in Deadline.objects.all()}
    press_save(admin, page)
    came: dict[str, list[list[str]]] = {}
    for clock in Deadline.objects.select_related("case").order_by("case_id", "pk"):
        old = before[clock.pk].due_at
        if clock.due_at != old:
            title = kind_of(clock.case).step_titles[clock.step]
            came.setdefault(clock.case.number, []).append(
                [str(title), short_moment(old), short_moment(clock.due_at)]
            )
            event = clock.case.events.filter(kind="deadline_moved", data__step=clock.step).latest("seq")
            written = [datetime.fromisoformat(event.data[name]) for name in ("old", "new")]
            assert written == [moment.replace(second=0) for moment in (old, clock.due_at)]
    running = {
        number: sorted(line for line in lines if "dijeda" not in line[0])
        for number, lines in foretold.items()
    }
    assert {number: lines for number, lines in running.items() if lines} == {
        number: sorted(lines) for number, lines in came.items()
    }
    assert {name for name, case in cases.items() if case.number in foretold} == expected

    # What stands still has its date when it goes on.
    answered = [line for line in foretold.get(cases["asked"].number, []) if "dijeda" in line[0]]
    reporter.reply(cases["asked"], by=Reporter(), words="Di Bakalan.", at=WEDNESDAY)
    for title, _old, new in answered:
        step = next(
            clock.step
            for clock in cases["asked"].deadlines.all()
            if title.startswith(str(kind_of(cases["asked"]).step_titles[clock.step]))
        )
        assert short_moment(cases["asked"].deadlines.get(step=step, ended_at=None).due_at) == new


# --- Rules ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1926-12-01"])
def test_a_mistyped_year_is_told_and_counted_to_by_nobody(admin, case, day):
    response = admin.post(HOLIDAYS + "create/", NEW_DAY | {"date": day})
    assert errors(response) == {"date": "Tulis tanggal antara tahun 2000 dan 2199."}
    assert not Holiday.objects.filter(date=day).exists()


@pytest.mark.parametrize("amount", [3_651, 32_767, 99_999, 10**30])
def test_a_mistyped_length_is_told_beside_its_field(admin, case, amount):
    rule = Rule.objects.get(step="law_complaint")
    response = admin.post(f"{RULES}edit/{rule.pk}/", typed_rule(rule, amount=amount))
    assert list(errors(response)) == ["amount"]
    assert Rule.objects.get(pk=rule.pk).amount == rule.amount


def test_periods_of_one_step_do_not_overlap(admin, desk):
    rule = Rule.objects.get(procedure="kapas", step="answer")
    response = admin.post(f"{RULES}create/", typed_rule(rule, effective_from="2026-06-01"))
    assert errors(response) == {
        "effective_from": "Masa berlakunya bertumpuk dengan aturan lain untuk langkah ini."
    }


@pytest.mark.parametrize(
    ("field", "days"), [("effective_until", -1), ("effective_from", 1)], ids=["ended", "begins later"]
)
def test_a_step_is_not_left_without_a_rule_today(admin, desk, field, days):
    rule = Rule.objects.get(procedure="kapas", step="answer")
    day = (timezone.localdate() + timedelta(days=days)).isoformat()
    response = admin.post(f"{RULES}edit/{rule.pk}/", typed_rule(rule, **{field: day}))
    assert errors(response) == {
        field: "Langkah ini diperlukan perkara yang terbuka, dan hari ini tidak ada aturan lain untuknya. "
        "Biarkan aturan ini berlaku setidaknya sampai hari ini, lalu tambahkan penerusnya."
    }


def test_a_rule_ends_today_and_its_successor_begins_tomorrow(admin, desk):
    rule, today = Rule.objects.get(procedure="kapas", step="answer"), timezone.localdate()
    tomorrow = today + timedelta(days=1)
    admin.post(f"{RULES}edit/{rule.pk}/", typed_rule(rule, effective_until=today.isoformat()))
    admin.post(f"{RULES}create/", typed_rule(rule, amount=2, effective_from=tomorrow.isoformat()))
    rows = Rule.objects.filter(procedure="kapas", step="answer").order_by("effective_from")
    assert [(row.amount, row.effective_until) for row in rows] == [(3, today), (2, None)]


def test_what_stands_still_goes_on_in_another_unit_where_the_rule_is_given_one(
    admin, desk, case, monkeypatch
):
    monkeypatch.setattr(forecasting, "timezone", SimpleNamespace(now=lambda: WEDNESDAY))
    desk_services.verify(case, by=desk.staff("operator"), seen=None, at=TUESDAY)
    desk_services.ask_reporter(case, by=desk.staff("operator"), seen=None, question="Di mana?", at=TUESDAY)
    rule = Rule.objects.get(procedure="kapas", step="answer")
    page = admin.post(f"{RULES}edit/{rule.pk}/", typed_rule(rule, unit="hk"))
    assert shown(page)[1:] == [
        [
            "Jawaban kepada pelapor|dijeda, sisa 3 hari kerja; bila dilanjutkan hari ini",
            "28 Nov 2026",
            "30 Nov 2026",
        ]
    ]
    press_save(admin, page)
    reporter.reply(case, by=Reporter(), words="Di Bakalan.", at=WEDNESDAY)
    assert due(case, "answer") == date(2026, 11, 30)


# --- The year's decree ----------------------------------------------------------------------------------------------

UNDECIDED = "Hari libur tahun 2026 belum ditetapkan"


def explanations(case: Case) -> set[bool]:
    """Of its clocks in working days, whether they say that their date may move."""
    return {UNDECIDED in clock.because for clock in case.deadlines.filter(rule__unit="hk", ended_at=None)}


def test_once_the_years_decree_is_entered_no_open_case_says_that_its_date_may_move(admin, desk, monkeypatch):
    HolidayDecree.objects.get(year=2026).delete()
    asked, case = steps.verified(desk, desk.receive()), desk.receive()
    desk_services.ask_reporter(asked, by=desk.staff("operator"), seen=None, question="Di mana?", at=TUESDAY)
    assert (explanations(asked), explanations(case)) == ({True}, {True})
    before = [(row.version, row.events.count(), law(row)) for row in Case.objects.order_by("pk")]

    admin.post("/admin/cases/holidaydecree/create/", {"year": "2026", "number": "SKB 1/2025"})
    assert (explanations(asked), explanations(case)) == ({False}, {False})
    assert [(row.version, row.events.count(), law(row)) for row in Case.objects.order_by("pk")] == before

    decree = HolidayDecree.objects.get(year=2026)
    admin.post(f"/admin/cases/holidaydecree/delete/{decree.pk}/")
    assert (explanations(asked), explanations(case)) == ({True}, {True})


def test_a_decree_of_a_year_in_which_no_open_case_ends_is_nobodys_to_carry_out(admin, case):
    admin.post("/admin/cases/holidaydecree/create/", {"year": "2028", "number": "SKB 1/2027"})
    assert Recount.objects.count() == 0


@pytest.mark.parametrize("year", ["0", "12000"])
def test_a_mistyped_year_of_a_decree_is_told_beside_its_field(admin, case, year):
    response = admin.post("/admin/cases/holidaydecree/create/", {"year": year, "number": "SKB 1/2027"})
    assert list(errors(response)) == ["year"]
