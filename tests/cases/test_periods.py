"""No two rules of a step, and no two hours of a weekday, hold on the same day, however and by whomever they are written."""

import threading
from datetime import date, time

import pytest
from django.db import IntegrityError, connection, transaction

from cases import triggers
from cases.admin import recounting as views
from cases.apps import periods_are_apart
from cases.models import Holiday, OfficeHours, Rule
from opd_pages.models import Role
from tests.browsers import browser
from tests.factories import member
from tests.portals import opened_administrators, opened_site
from tests.threads import PATIENCE, at_once

refused = pytest.raises(IntegrityError, match="masa berlaku bertumpuk")

FIRST, LAST = date(2030, 3, 1), date(2030, 3, 31)
BEFORE, AFTER = date(2030, 2, 28), date(2030, 4, 1)
OVERLAPPING = [
    (LAST, None),
    (BEFORE, FIRST),
    (BEFORE, None),
    (BEFORE, AFTER),
    (date(2030, 3, 9), date(2030, 3, 9)),
]
APART = [(BEFORE, BEFORE), (AFTER, None), (AFTER, AFTER)]


def rule(first: date, last: date | None, step: str = "answer") -> Rule:
    return Rule(
        procedure="uji",
        step=step,
        title="Uji",
        amount=1,
        unit="hk",
        legal_basis="uji",
        effective_from=first,
        effective_until=last,
    )


def hours(first: date | None, last: date | None, weekday: int = 0) -> OfficeHours:
    return OfficeHours(weekday=weekday, opens=time(8), closes=time(12), valid_from=first, valid_until=last)


@pytest.mark.django_db
class TestTheDatabase:
    @pytest.mark.parametrize("period", OVERLAPPING)
    def test_refuses_a_rule_that_holds_on_another_ones_day(self, period):
        rule(FIRST, LAST).save()
        with refused, transaction.atomic():
            rule(*period).save()
        assert Rule.objects.filter(procedure="uji").count() == 1

    def test_refuses_any_rule_after_one_without_end(self):
        rule(FIRST, None).save()
        with refused, transaction.atomic():
            rule(date(2040, 1, 1), date(2040, 12, 31)).save()
        assert Rule.objects.get(procedure="uji").effective_from == FIRST

    @pytest.mark.parametrize("period", APART)
    def test_takes_rules_that_follow_each_other(self, period):
        rule(FIRST, LAST).save()
        rule(*period).save()
        assert Rule.objects.filter(procedure="uji").count() == 2

    def test_keeps_rules_apart_by_their_step(self):
        rule(FIRST, None).save()
        rule(FIRST, None, "verify").save()
        assert Rule.objects.filter(procedure="uji").count() == 2

    @pytest.mark.parametrize(
        "stretch",
        [
            lambda row: row.save(),
            lambda row: Rule.objects.filter(pk=row.pk).update(effective_from=row.effective_from),
            lambda row: Rule.objects.bulk_update([row], ["effective_from"]),
        ],
        ids=["save", "update", "bulk_update"],
    )
    def test_refuses_a_period_that_is_stretched_into_another(self, stretch):
        rule(FIRST, LAST).save()
        row = rule(AFTER, None)
        row.save()
        row.effective_from = LAST
        with refused, transaction.atomic():
            stretch(row)
        assert Rule.objects.get(pk=row.pk).effective_from == AFTER

    def test_refuses_rows_that_come_together(self):
        with refused, transaction.atomic():
            Rule.objects.bulk_create([rule(FIRST, LAST), rule(LAST, AFTER)])
        assert not Rule.objects.filter(procedure="uji").exists()

    def test_lets_a_row_be_written_over_itself(self):
        row = rule(FIRST, LAST)
        row.save()
        row.amount = 2
        row.save()
        assert Rule.objects.get(procedure="uji").amount == 2

    @pytest.mark.parametrize("period", [(FIRST, LAST), *(period for period in OVERLAPPING if period[1])])
    def test_refuses_hours_that_hold_on_others_day(self, period):
        hours(FIRST, LAST).save()
        with refused, transaction.atomic():
            hours(*period).save()
        assert OfficeHours.objects.filter(valid_from__isnull=False).count() == 1

    def test_refuses_a_weekdays_own_hours_twice(self):
        own = OfficeHours.objects.filter(weekday=0, valid_from=None)
        before = list(own)
        with refused, transaction.atomic():
            hours(None, None).save()
        assert list(own.all()) == before != []

    def test_takes_hours_of_a_time_above_the_weekdays_own_and_of_another_weekday(self):
        hours(FIRST, LAST).save()
        hours(FIRST, LAST, 1).save()
        assert OfficeHours.objects.filter(valid_from=FIRST).count() == 2

    @pytest.mark.parametrize("period", OVERLAPPING)
    def test_tells_of_rules_that_overlap_since_before_it_refused_them(self, period):
        assert periods_are_apart(databases=["default"]) == []
        triggers.lift(connection)
        rule(FIRST, LAST).save()
        rule(*period).save()
        triggers.install(connection)
        (fault,) = periods_are_apart(databases=["default"])
        assert (fault.id, fault.msg) == (
            "cases.W002",
            f"Masa berlaku bertumpuk: “Uji: 1 hari kerja” mulai {FIRST} dan “Uji: 1 hari kerja” mulai {period[0]}.",
        )

    def test_tells_of_hours_that_overlap_and_of_none_that_stand_above_the_weeks_own(self):
        triggers.lift(connection)
        hours(FIRST, LAST).save()
        assert periods_are_apart(databases=["default"]) == []
        hours(None, None).save()
        hours(LAST, AFTER).save()
        triggers.install(connection)
        assert sorted(fault.msg.partition(": ")[2] for fault in periods_are_apart(databases=["default"])) == [
            "“Senin 07.30–15.00” dan “Senin 08.00–12.00”.",
            f"“Senin 08.00–12.00” mulai {FIRST} dan “Senin 08.00–12.00” mulai {LAST}.",
        ]

    @pytest.mark.parametrize("period", APART)
    def test_tells_of_no_rules_that_follow_each_other(self, period):
        rule(FIRST, LAST).save()
        rule(*period).save()
        rule(FIRST, LAST, "verify").save()
        assert periods_are_apart(databases=["default"]) == []


# --- Two administrators at the same moment --------------------------------------------------------------------------

RULE = {
    "procedure": "kapas",
    "step": "study",
    "title": "Camat memutuskan",
    "amount": "3",
    "unit": "hk",
    "legal_basis": "uji",
    "effective_from": "2030-03-01",
}
RAMADAN = {
    "weekday": "0",
    "opens": "08:00",
    "closes": "14:00",
    "valid_from": "2030-01-07",
    "valid_until": "2030-02-05",
}
HOLIDAY = {"date": "2030-06-19", "kind": "daerah", "name": "Hari Jadi"}
AT_ONCE = {
    "rule": (
        Rule,
        RULE,
        {"effective_from": "Masa berlakunya bertumpuk dengan aturan lain untuk langkah ini."},
    ),
    "hours": (
        OfficeHours,
        RAMADAN,
        {"weekday": "Jam kantor hari ini untuk masa itu sudah tercatat. Ubah baris yang ada."},
    ),
    "holiday": (Holiday, HOLIDAY, {"__all__": "Hari libur dengan Tanggal dan Jenis ini sudah ada."}),
}


@pytest.mark.parametrize(("model", "typed", "fault"), AT_ONCE.values(), ids=AT_ONCE)
def test_of_two_who_save_at_once_one_reads_beside_the_field_what_the_other_wrote(
    committed, office, monkeypatch, model, typed, fault
):
    opened_site()
    opened_administrators()
    Rule.objects.filter(procedure="kapas", step="study").update(effective_until="2029-12-31")
    people = [browser(member(name, office.regency, Role.ADMINISTRATOR)) for name in ("ani", "budi")]
    both_have_looked, carry_out = threading.Barrier(2), views.carry_out

    def carry_out_together(*args, **more):
        both_have_looked.wait(PATIENCE)
        return carry_out(*args, **more)

    monkeypatch.setattr(views, "carry_out", carry_out_together)
    address, before = f"/admin/cases/{model._meta.model_name}/create/", model.objects.count()
    answers = at_once(*(lambda person=person: person.post(address, typed) for person in people))
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    (told,) = [answer for answer in answers if answer.status_code == 200]
    assert {name: words[0] for name, words in told.context["form"].errors.items()} == fault
    assert model.objects.count() == before + 1
