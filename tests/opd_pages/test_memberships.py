from datetime import date, timedelta

import pytest
from django.utils import timezone

from opd_pages.models import Membership, Role
from opd_pages.services.administrators import open_administrators
from opd_pages.services.groups import ADMINISTRATORS, editors_group_name
from opd_pages.services.memberships import follow_the_calendar

from ..factories import LONG_AGO, join, make_unit, make_user, member

pytestmark = pytest.mark.django_db

CREATE = "/admin/opd_pages/membership/create/"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def budi(db):
    return make_user("budi", first_name="Budi Santoso")


@pytest.fixture
def send(as_administrator, small_portal, budi):
    """send(role="head", …) fills the form for Budi at Kapas and posts it; returns the answer."""

    def post(address: str = CREATE, **filled):
        form = {
            "user": budi.pk,
            "unit": small_portal.kapas.pk,
            "role": Role.OPERATOR,
            "valid_from": "2026-01-05",
        }
        return as_administrator.post(address, {name: str(value) for name, value in (form | filled).items()})

    return post


def errors(answer) -> dict[str, list[str]]:
    return {name: list(messages) for name, messages in answer.context["form"].errors.items()}


def edit(membership: Membership) -> str:
    return f"/admin/opd_pages/membership/edit/{membership.pk}/"


def groups(user) -> list[str]:
    return sorted(user.groups.values_list("name", flat=True))


# --- joining, leaving, standing in -----------------------------------------------------------------------------------
def test_an_administrator_lets_somebody_join(send, small_portal, budi):
    send(role=Role.EDITOR)
    assert [(held.unit, held.role) for held in budi.memberships.all()] == [(small_portal.kapas, "editor")]
    assert groups(budi) == [editors_group_name(small_portal.kapas)]


def test_who_has_a_last_day_leaves_with_it(send, small_portal, budi, today):
    held = join(budi, small_portal.kapas, Role.EDITOR)
    send(edit(held), valid_from=LONG_AGO, valid_until=today - timedelta(days=1))
    assert groups(budi) == []


def test_who_leaves_today_works_until_tonight(send, small_portal, budi, today):
    held = join(budi, small_portal.kapas, Role.EDITOR)
    send(edit(held), valid_from=LONG_AGO, valid_until=today)
    assert groups(budi) == [editors_group_name(small_portal.kapas)]


def test_a_deputy_is_recorded_with_whom_they_stand_in_for(send, small_portal, budi):
    camat = member("camat", small_portal.kapas, Role.HEAD)
    send(role=Role.HEAD, standing="Plh.", deputy_for=camat.pk, valid_until="2026-01-19")
    held = budi.memberships.get()
    assert (held.standing, held.deputy_for, held.valid_until) == ("Plh.", camat, date(2026, 1, 19))


def test_person_unit_and_role_of_a_membership_stay_what_they_were(send, small_portal, budi):
    held = join(budi, small_portal.kapas, Role.OPERATOR)
    send(edit(held), unit=small_portal.dander.pk, role=Role.ADMINISTRATOR, valid_from=LONG_AGO)
    held.refresh_from_db()
    assert (held.unit, held.role) == (small_portal.kapas, "operator")


def test_a_membership_is_never_deleted(as_administrator, small_portal, budi):
    held = join(budi, small_portal.kapas, Role.OPERATOR)
    as_administrator.post(f"/admin/opd_pages/membership/delete/{held.pk}/")
    assert Membership.objects.filter(pk=held.pk).exists()


# --- errors beside their fields ----------------------------------------------------------------------------------------
def test_a_deputy_without_a_standing_is_asked_for_it(send, small_portal):
    camat = member("camat", small_portal.kapas, Role.HEAD)
    assert errors(send(role=Role.HEAD, deputy_for=camat.pk)) == {
        "standing": ["Yang menggantikan pejabat lain adalah Plt. atau Plh. Pilih salah satu."]
    }


def test_nobody_stands_in_for_themselves(send, budi):
    assert errors(send(role=Role.HEAD, standing="Plt.", deputy_for=budi.pk)) == {
        "deputy_for": ["Seseorang tidak dapat menggantikan dirinya sendiri."]
    }


def test_a_section_head_is_asked_for_the_section(send):
    assert errors(send(role=Role.SECTION_HEAD)) == {"section": ["Pilih seksi yang dipimpin."]}


def test_only_a_section_head_has_a_section(send, small_portal):
    assert errors(send(role=Role.OPERATOR, section=small_portal.order_section.pk)) == {
        "section": ["Seksi hanya diisi untuk kepala seksi."]
    }


def test_a_section_of_another_unit_is_refused(send, small_portal):
    answer = send(role=Role.SECTION_HEAD, unit=small_portal.dander.pk, section=small_portal.order_section.pk)
    assert errors(answer) == {"section": ["Seksi ini milik unit lain."]}


def test_the_coordinator_is_the_kabupatens(send, small_portal):
    answer = send(role=Role.COORDINATOR, unit=small_portal.kapas.pk)
    assert errors(answer) == {
        "role": ["Koordinator pengaduan ada pada kabupaten, bukan pada unit di bawahnya."]
    }
    send(role=Role.COORDINATOR, unit=small_portal.regency.pk)
    assert Membership.objects.filter(role=Role.COORDINATOR).count() == 1


def test_a_last_day_before_the_first_is_refused(send):
    assert errors(send(valid_until="2026-01-04")) == {
        "valid_until": ["Tanggal selesai mendahului tanggal mulai."]
    }


def test_what_was_typed_stays_in_the_form(send, small_portal):
    answer = send(valid_until="2026-01-04")
    assert f'value="{small_portal.kapas.pk}" selected' in answer.content.decode()


@pytest.mark.parametrize(
    ("held", "wanted", "overlaps"),
    [
        (("2026-01-01", ""), ("2026-02-01", ""), True),
        (("2026-01-01", "2026-01-31"), ("2026-01-31", ""), True),
        (("2026-01-01", "2026-01-31"), ("2026-02-01", ""), False),
        (("2026-03-01", ""), ("2026-01-01", "2026-02-28"), False),
        (("2026-03-01", ""), ("2026-01-01", "2026-03-01"), True),
    ],
)
def test_nobody_holds_one_role_twice_at_a_time(send, held, wanted, overlaps):
    send(valid_from=held[0], valid_until=held[1])
    answer = send(valid_from=wanted[0], valid_until=wanted[1])
    assert (answer.status_code == 200) == overlaps


def test_the_double_is_named_beside_its_first_day(send):
    send(valid_from="2026-01-05")
    assert errors(send(valid_from="2026-02-01")) == {
        "valid_from": [
            "Budi Santoso sudah tercatat sebagai operator meja layanan di unit ini untuk masa yang sama "
            "(sejak 05/01/2026)."
        ]
    }


def test_one_person_may_lead_two_sections(send, small_portal, budi):
    send(role=Role.SECTION_HEAD, section=small_portal.order_section.pk)
    send(role=Role.SECTION_HEAD, section=small_portal.building_section.pk, standing="Plt.")
    assert budi.memberships.count() == 2


def test_a_desa_is_offered_with_its_kecamatan(as_administrator):
    page = as_administrator.get(CREATE).content.decode()
    assert "Desa Bakalan, Kecamatan Kapas" in page


def test_an_ended_unit_is_not_offered(as_administrator, small_portal):
    small_portal.works.valid_until = date(2021, 1, 1)
    small_portal.works.save()
    page = as_administrator.get(CREATE).content.decode()
    assert small_portal.works.name not in page


def test_the_form_asks_the_database_no_more_for_more_units(
    as_administrator, small_portal, django_assert_max_num_queries
):
    for number in range(20):
        make_unit(
            f"35.22.14.{2100 + number}", f"KPS-{2100 + number}", f"Desa {number}", "desa", small_portal.kapas
        )
    with django_assert_max_num_queries(30):
        as_administrator.get(CREATE)


# --- days that pass ------------------------------------------------------------------------------------------------------
def test_a_membership_that_ended_overnight_takes_its_group_along(small_portal, budi, today):
    join(budi, small_portal.kapas, Role.EDITOR, valid_until=today)
    assert follow_the_calendar(today + timedelta(days=1)) == 1
    assert groups(budi) == []


def test_a_membership_that_begins_brings_its_group(small_portal, budi, today):
    join(budi, small_portal.kapas, Role.EDITOR, valid_from=today + timedelta(days=1))
    assert follow_the_calendar(today + timedelta(days=1)) == 1
    assert groups(budi) == [editors_group_name(small_portal.kapas)]


def test_nights_that_were_missed_make_no_difference(small_portal, budi, today):
    open_administrators()
    join(budi, small_portal.regency, Role.ADMINISTRATOR, valid_until=today)
    follow_the_calendar(today + timedelta(days=40))
    assert groups(budi) == []


def test_a_night_without_changes_changes_nobody(small_portal, budi, today):
    join(budi, small_portal.kapas, Role.EDITOR)
    assert follow_the_calendar(today) == 0


def test_an_administrator_of_today_is_in_the_administrators_group(small_portal, budi):
    open_administrators()
    join(budi, small_portal.regency, Role.ADMINISTRATOR)
    assert groups(budi) == [ADMINISTRATORS]
