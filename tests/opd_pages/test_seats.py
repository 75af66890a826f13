"""Who sits where today is what the memberships say."""

from datetime import timedelta

from django.utils import timezone

from opd_pages.models import Membership, Role
from opd_pages.selectors.seats import seats_at
from tests.factories import member

TODAY = timezone.localdate()


def test_seats_are_the_current_memberships_of_active_people(office):
    for name, day in (("besok", TODAY + timedelta(days=1)), ("kemarin", TODAY - timedelta(days=9))):
        Membership.objects.filter(user=member(name, office.kapas, Role.OPERATOR)).update(valid_from=day)
    Membership.objects.filter(user__username="kemarin").update(valid_until=TODAY - timedelta(days=1))
    member("hari ini", office.kapas, Role.OPERATOR)
    closed = member("ditutup", office.kapas, Role.OPERATOR)
    closed.is_active = False
    closed.save()
    seated = Membership.objects.current().filter(user__is_active=True, unit=office.kapas)
    expected = set(seated.values_list("unit_id", "role", "section_id", "user_id"))
    assert {tuple(seat) for seat in seats_at([office.kapas.pk])} == expected
    assert [seat.user.username for seat in seated] == ["hari ini"]


def test_a_role_is_found_wherever_it_sits(office):
    inspector = member("pengawas", office.works, Role.INSPECTOR)
    member("operator", office.kapas, Role.OPERATOR)
    member("lain", office.dander, Role.OPERATOR)
    found = seats_at([office.kapas.pk], and_all=[Role.INSPECTOR])
    assert (office.works.pk, Role.INSPECTOR, None, inspector.pk) in found
    assert {seat.unit_id for seat in found} == {office.kapas.pk, office.works.pk}
