from datetime import date, timedelta

import pytest
from django.utils import timezone

from opd_pages.models import Consent, Role, Unit, UnitPage
from opd_pages.registry import unit_merged
from opd_pages.services.contacts import confirm, record_consent
from opd_pages.services.mergers import MergerRefused, end_unit, merge_units
from opd_pages.services.short_codes import NoShortCode, derive_short_code

from ..factories import join, make_unit, make_user, member
from .conftest import add_contact, published

pytestmark = pytest.mark.django_db


def unit(name: str, kind: str, code: str, parent: Unit | None = None) -> Unit:
    return Unit(name=name, kind_id=kind, code=code, parent=parent)


# --- short codes ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "taken", "short_code"),
    [
        ("Kapas", [], "KPS"),
        ("Kapas", ["KPS"], "KAP"),
        ("Balen", [], "BLN"),
        ("Jati", [], "JAT"),
        ("Pulau Laut Barat", [], "PLL"),
        ("Café Ñandu", [], "CFN"),
        ("Ae", [], "1-2"),
    ],
)
def test_a_kecamatan_is_shortened_to_three_letters(name, taken, short_code):
    assert derive_short_code(unit(name, "kecamatan", "1.2"), taken) == short_code


def test_a_regency_is_shortened_by_its_own_name():
    assert derive_short_code(unit("Kabupaten Bojonegoro", "kabupaten", "35.22"), []) == "BJN"


def test_an_office_is_called_by_the_end_of_its_code():
    assert derive_short_code(unit("Dinas Kesehatan", "dinas", "35.22.DINKES"), []) == "DINKES"


def test_where_nothing_short_is_left_somebody_must_choose():
    far = unit("Ae", "kecamatan", "1234567890.1234567890")
    with pytest.raises(NoShortCode):
        derive_short_code(far, [])


# --- mergers ---------------------------------------------------------------------------------------------------------------
@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def follower():
    """What a room above was told of mergers."""
    told = []
    entry = unit_merged.enter(lambda old, into, by: told.append((old.code, into.code, by.username)))
    yield told
    unit_merged._entries = [pair for pair in unit_merged._entries if pair[1] is not entry]


def test_a_merged_unit_ends_the_day_before_and_names_its_successor(portal, today, administrator):
    merge_units(portal.works, portal.inspectorate, on=today, by=administrator)
    old = Unit.objects.get(pk=portal.works.pk)
    assert (old.valid_until, old.successor, old.is_current) == (
        today - timedelta(days=1),
        portal.inspectorate,
        False,
    )


def test_the_address_of_a_merged_unit_leads_to_its_successor(portal, today, administrator, client):
    old_address = portal.works.page.url
    merge_units(portal.works, portal.inspectorate, on=today, by=administrator)
    answer = client.get(old_address)
    assert (answer.status_code, answer.url) == (301, "/inspektorat/")


def test_the_page_of_a_merged_unit_is_no_longer_live(portal, today, administrator):
    merge_units(portal.works, portal.inspectorate, on=today, by=administrator)
    assert not UnitPage.objects.get(unit=portal.works).live


def test_nobody_works_in_a_merged_unit(portal, today, administrator):
    user = member("budi", portal.works, Role.EDITOR)
    merge_units(portal.works, portal.inspectorate, on=today, by=administrator)
    assert user.memberships.get().valid_until == today - timedelta(days=1)
    assert list(user.groups.all()) == []


def test_a_membership_that_had_not_begun_is_gone(portal, today, administrator):
    user = make_user("budi")
    join(user, portal.works, Role.OPERATOR, valid_from=today + timedelta(days=5))
    merge_units(portal.works, portal.inspectorate, on=today, by=administrator)
    assert not user.memberships.exists()


def test_who_joined_after_the_merger_stays_on_record(portal, today, administrator):
    user = make_user("budi")
    join(user, portal.works, Role.OPERATOR, valid_from=today - timedelta(days=2))
    merge_units(portal.works, portal.inspectorate, on=today - timedelta(days=5), by=administrator)
    held = user.memberships.get()
    assert (held.valid_from, held.valid_until) == (today - timedelta(days=2), today - timedelta(days=2))


def test_the_rooms_above_are_told_of_a_merger(portal, today, administrator, follower):
    merge_units(portal.works, portal.inspectorate, on=today, by=administrator)
    assert follower == [("35.22.DPUBMPR", "35.22.INSPEKTORAT", "dewi")]


def test_a_room_above_that_fails_undoes_the_merger(portal, today, administrator, follower, monkeypatch):
    def fail(old, into, by):
        raise RuntimeError

    monkeypatch.setattr(unit_merged, "_entries", [(1, fail)])
    with pytest.raises(RuntimeError):
        merge_units(portal.works, portal.inspectorate, on=today, by=administrator)
    assert Unit.objects.get(pk=portal.works.pk).successor is None
    assert UnitPage.objects.get(unit=portal.works).live


def merged_with_itself(portal, today):
    return portal.works, portal.works, today


def before_its_day(portal, today):
    return portal.works, portal.inspectorate, today + timedelta(days=1)


def with_units_below(portal, today):
    return portal.kapas, portal.dander, today


def twice(portal, today):
    Unit.objects.filter(pk=portal.works.pk).update(valid_until=date(2021, 1, 1))
    return portal.works, portal.inspectorate, today


def into_an_ended_unit(portal, today):
    Unit.objects.filter(pk=portal.works.pk).update(valid_until=date(2021, 1, 1))
    return portal.inspectorate, portal.works, today


def on_its_first_day(portal, today):
    young = make_unit("35.22.BARU", "BARU", "Badan Baru", "badan", portal.regency, valid_from=today)
    return young, portal.works, today


@pytest.mark.parametrize(
    ("attempt", "words"),
    [
        (merged_with_itself, "Pilih unit lain sebagai penerus."),
        (before_its_day, "Penggabungan dicatat pada harinya atau sesudahnya, tidak sebelumnya."),
        (with_units_below, "Masih ada unit di bawah Kecamatan Kapas. Pindahkan dahulu unit-unit itu."),
        (twice, "Dinas Pekerjaan Umum Bina Marga sudah berakhir."),
        (
            into_an_ended_unit,
            "Dinas Pekerjaan Umum Bina Marga sudah berakhir. Pilih penerus yang masih berlaku.",
        ),
        (on_its_first_day, "Badan Baru baru berlaku sejak "),
    ],
)
def test_what_cannot_be_merged_is_refused_with_the_reason(portal, today, administrator, attempt, words):
    old, into, on = attempt(portal, today)
    with pytest.raises(MergerRefused) as refused:
        merge_units(old, into, on=on, by=administrator)
    assert str(refused.value).startswith(words)


def test_a_merger_withdraws_the_personal_numbers_nobody_is_left_to_withdraw(
    office, kapas, personal, today, administrator
):
    office.bakalan.delete()
    office.tanjungharjo.delete()
    merge_units(kapas, office.dander, on=today, by=administrator)
    assert published(kapas) == ["+62353881826"]
    consent = Consent.objects.get(contact=personal)
    assert (consent.withdrawn_at is not None, consent.withdrawn_by) == (True, administrator)


# --- units that end alone ----------------------------------------------------------------------------------------------------
@pytest.fixture
def yesterday(today):
    return today - timedelta(days=1)


def test_a_unit_ends_with_its_last_day_and_has_no_successor(portal, yesterday, administrator):
    end_unit(portal.works, last_day=yesterday, by=administrator)
    ended = Unit.objects.get(pk=portal.works.pk)
    assert (ended.valid_until, ended.successor, ended.is_current) == (yesterday, None, False)


def test_nobody_works_in_an_ended_unit(portal, yesterday, administrator):
    user = member("budi", portal.works, Role.EDITOR)
    end_unit(portal.works, last_day=yesterday, by=administrator)
    assert (user.memberships.get().valid_until, list(user.groups.all())) == (yesterday, [])


def test_an_ended_unit_s_personal_numbers_are_withdrawn(portal, yesterday, administrator):
    number = add_contact(portal.works, "whatsapp", "0812 3456 7890", is_personal=True)
    record_consent(number, "Wati", date(2026, 1, 5), administrator)
    confirm(portal.works, administrator)
    end_unit(portal.works, last_day=yesterday, by=administrator)
    assert published(portal.works) == []


def test_the_address_of_an_ended_unit_leads_to_its_parent(portal, yesterday, administrator, client):
    old_address = portal.works.page.url
    end_unit(portal.works, last_day=yesterday, by=administrator)
    answer = client.get(old_address)
    assert (answer.status_code, answer.url) == (301, "/kabupaten-bojonegoro/")
    assert "Kantor ini sudah tidak melayani." in client.get("/k/DPUBMPR").content.decode()


def test_what_was_open_in_an_ended_unit_falls_to_its_parent(portal, yesterday, administrator, follower):
    end_unit(portal.works, last_day=yesterday, by=administrator)
    assert follower == [("35.22.DPUBMPR", "35.22", "dewi")]


@pytest.mark.parametrize(
    ("name", "days_ago", "words"),
    [
        ("works", 0, "Akhir unit dicatat setelah hari terakhirnya lewat."),
        ("kapas", 1, "Masih ada unit di bawah Kecamatan Kapas. Pindahkan dahulu unit-unit itu."),
        ("regency", 1, "Kabupaten Bojonegoro tidak mempunyai induk yang meneruskan laporannya."),
    ],
)
def test_what_cannot_end_is_refused_beside_the_form(portal, today, as_administrator, name, days_ago, words):
    unit = getattr(portal, name)
    last_day = today - timedelta(days=days_ago)
    answer = as_administrator.post(
        f"/admin/opd_pages/unit/end/{unit.pk}/", {"last_day": last_day.isoformat()}
    )
    assert answer.context["form"].non_field_errors() == [words]
    assert Unit.objects.get(pk=unit.pk).is_current


def test_an_administrator_ends_a_unit_with_a_form_that_stands_beside_the_merger(
    portal, yesterday, as_administrator
):
    address = f"/admin/opd_pages/unit/end/{portal.works.pk}/"
    assert address in as_administrator.get("/admin/opd_pages/unit/").content.decode()
    assert "berpindah ke Kabupaten Bojonegoro" in as_administrator.get(address).content.decode()
    answer = as_administrator.post(address, {"last_day": yesterday.isoformat()})
    assert (answer.status_code, Unit.objects.get(pk=portal.works.pk).valid_until) == (302, yesterday)


def test_an_editor_ends_nothing(portal, yesterday, as_editor):
    answer = as_editor.post(
        f"/admin/opd_pages/unit/end/{portal.works.pk}/", {"last_day": yesterday.isoformat()}
    )
    assert (answer.status_code, Unit.objects.get(pk=portal.works.pk).valid_until) == (302, None)


# --- forms -------------------------------------------------------------------------------------------------------------------
def test_an_administrator_merges_units_with_a_form(portal, today, as_administrator):
    answer = as_administrator.post(
        f"/admin/opd_pages/unit/merge/{portal.works.pk}/",
        {"into": portal.inspectorate.pk, "on": today.isoformat()},
    )
    assert (answer.status_code, Unit.objects.get(pk=portal.works.pk).successor) == (302, portal.inspectorate)


def test_the_form_says_why_units_cannot_be_merged_and_keeps_what_was_typed(portal, today, as_administrator):
    answer = as_administrator.post(
        f"/admin/opd_pages/unit/merge/{portal.kapas.pk}/", {"into": portal.dander.pk, "on": today.isoformat()}
    )
    assert answer.context["form"].non_field_errors() == [
        "Masih ada unit di bawah Kecamatan Kapas. Pindahkan dahulu unit-unit itu."
    ]
    assert f'value="{portal.dander.pk}" selected' in answer.content.decode()


def test_an_editor_merges_nothing(portal, today, as_editor):
    answer = as_editor.post(
        f"/admin/opd_pages/unit/merge/{portal.works.pk}/",
        {"into": portal.inspectorate.pk, "on": today.isoformat()},
    )
    assert (answer.status_code, Unit.objects.get(pk=portal.works.pk).successor) == (302, None)
