"""The registers of /admin/ that time is counted by: what would move is shown before it is saved."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from cases.admin import recounting as views
from cases.models import Case, ClockSettings, Holiday, HolidayDecree, OfficeHours, Rule
from opd_pages.models import Role
from pengaduan.services import desk as desk_services
from tests.browsers import browser, soup, words
from tests.factories import member
from tests.pengaduan.desk import JAKARTA, TUESDAY
from tests.portals import opened_administrators, opened_site

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
    rows = soup(response).select("table.listing tbody tr")
    return [[cell.get_text("|", strip=True) for cell in row.select("td")] for row in rows]


def press_save(admin, response):
    """Send what the page holds with its button, as a browser without JavaScript does."""
    form = soup(response).select_one("form[method=post]")
    typed = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    button = form.select_one("button")
    return admin.post(form["action"], typed | {button["name"]: button["value"]})


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
        [f"{case.number}|Kecamatan Kapas", "14 Des 2026", "15 Des 2026"],
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
    expected = [[f"{case.number}|Kecamatan Kapas", "15 Des 2026", "14 Des 2026"]]
    assert (shown(later), shown(deleted), law(case)) == (expected, expected, date(2026, 12, 15))

    press_save(admin, deleted)
    assert (Holiday.objects.filter(pk=row.pk).exists(), law(case)) == (False, date(2026, 12, 14))


def test_a_shortened_rule_shows_the_promise_and_then_moves_it(admin, case):
    rule = Rule.objects.get(procedure="kapas", step="answer")
    response = admin.post(f"{RULES}edit/{rule.pk}/", typed_rule(rule, amount=2))
    assert shown(response) == [[f"{case.number}|Kecamatan Kapas", "27 Nov 2026", "26 Nov 2026"]]
    press_save(admin, response)
    rule.refresh_from_db()
    assert (rule.amount, due(case, "answer")) == (2, date(2026, 11, 26))


def test_the_way_of_counting_is_shown_first(admin, desk):
    case = desk.receive(at=datetime(2026, 12, 21, 9, tzinfo=JAKARTA))
    row = ClockSettings.load()
    address = f"/admin/settings/cases/clocksettings/{row.pk}/"
    assert admin.get(address).status_code == 200
    response = admin.post(address, {"counts_from_next_day": "on"})
    assert shown(response) == [[f"{case.number}|Kecamatan Kapas", "14 Jan 2027", "13 Jan 2027"]]
    assert ClockSettings.objects.get().joint_leave_is_off
    press_save(admin, response)
    assert (ClockSettings.objects.get().joint_leave_is_off, law(case)) == (False, date(2027, 1, 13))


def test_shorter_office_hours_show_the_first_look_they_move(admin, case):
    hours = OfficeHours.objects.get(weekday=1, valid_from=None)
    address = f"/admin/cases/officehours/edit/{hours.pk}/"
    response = admin.post(address, {"weekday": "1", "opens": "07:30", "closes": "09:10"})
    assert shown(response) == [[f"{case.number}|Kecamatan Kapas", "24 Nov 2026, 14.45", "25 Nov 2026, 08.00"]]


def test_a_decree_moves_no_date_and_is_saved_at_once(admin, case):
    admin.post("/admin/cases/holidaydecree/create/", {"year": "2028", "number": "SKB 1/2027"})
    assert HolidayDecree.objects.get(year=2028).number == "SKB 1/2027"


def test_a_village_is_shown_with_its_kecamatan(admin, desk):
    member("kades", desk.office.bakalan, Role.HEAD)
    desk.receive(addressed_to=desk.office.bakalan, village=desk.office.bakalan)
    rows = shown(admin.post(f"{HOLIDAYS}create/", NEW_DAY | {"date": "2026-11-27"}))
    assert [cells[0].split("|")[1] for cells in rows] == ["Desa Bakalan, Kecamatan Kapas"]


def test_an_administrator_sees_nothing_of_what_the_report_says(admin, desk):
    desk.receive(words="Lurah meminta uang.", is_secret=True)
    page = admin.post(f"{HOLIDAYS}create/", NEW_DAY).content.decode()
    assert [hidden for hidden in ("Lurah meminta uang", "Warga Uji", "6281234567890") if hidden in page] == []


def test_of_many_the_first_are_listed_and_all_are_counted(admin, desk, monkeypatch):
    monkeypatch.setattr(views, "SHOWN", 2)
    for _ in range(5):
        desk.receive()
    response = admin.post(f"{HOLIDAYS}create/", NEW_DAY)
    page = words(response)
    assert (len(shown(response)), "5 perkara terbuka bergeser" in page, "dan 3 perkara lain." in page) == (
        2,
        True,
        True,
    )


def test_a_form_that_was_filled_in_wrongly_is_never_confirmed(admin, case):
    response = admin.post(f"{HOLIDAYS}create/", NEW_DAY | {"date": "kapan-kapan", "geser": "ya"})
    assert (list(errors(response)), law(case)) == (["date"], date(2026, 12, 14))


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


def test_the_unit_stays_while_a_pause_has_left_something_in_it(admin, desk, case):
    desk_services.verify(case, by=desk.staff("operator"), seen=None, at=TUESDAY)
    desk_services.ask_reporter(case, by=desk.staff("operator"), seen=None, question="Di mana?", at=TUESDAY)
    rule = Rule.objects.get(procedure="kapas", step="answer")
    response = admin.post(f"{RULES}edit/{rule.pk}/", typed_rule(rule, unit="hk"))
    assert list(errors(response)) == ["unit"]
