"""What a unit's contacts lack, and whose wait to be confirmed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from home.models import PortalSettings
from opd_pages.models import Role, Unit
from opd_pages.selectors.contact_duties import contact_completeness, contacts_to_confirm
from opd_pages.selectors.contacts import contact_state
from opd_pages.services.contacts import confirm
from tests.factories import member

from .conftest import add_contact


def names(units) -> list[str]:
    return [unit.full_name for unit in units]


@pytest.mark.parametrize(("days", "waits"), [(90, False), (91, True)])
def test_contacts_wait_once_their_last_fresh_day_is_over(kapas, operator, days, waits):
    confirm(kapas, operator)
    kapas.contact_sheets.get().confirmations.update(confirmed_at=timezone.now() - timedelta(days=days))
    assert ("Kecamatan Kapas" in names(contacts_to_confirm(operator))) is waits


def test_the_office_says_how_long_contacts_are_fresh(kapas, operator):
    PortalSettings.objects.update_or_create(defaults={"confirm_contacts_every_days": 30})
    kapas.contact_sheets.get().confirmations.update(confirmed_at=timezone.now() - timedelta(days=31))
    assert "Kecamatan Kapas" in names(contacts_to_confirm(operator))


def test_the_kecamatan_is_shown_the_desa_that_never_confirmed_and_no_other_unit(office, kapas, operator):
    assert names(contacts_to_confirm(operator)) == ["Desa Bakalan", "Desa Tanjungharjo"]
    assert names(contacts_to_confirm(member("desa", office.bakalan, Role.HEAD))) == ["Desa Bakalan"]


def test_a_unit_learns_what_its_contacts_lack_until_nothing_is_missing(kapas, operator):
    kapas = Unit.objects.get(pk=kapas.pk)
    lacking = contact_completeness(kapas, contact_state(kapas))
    assert [str(words) for words in lacking.missing] == [
        "Surel atau akun untuk menulis",
        "Alamat kantor",
    ]
    assert lacking.share == 67
    kapas.address = "Jl. Raya Kapas 120"
    kapas.save()
    add_contact(kapas, "email", "kapas@contoh.test")
    confirm(kapas, operator)
    assert contact_completeness(kapas, contact_state(kapas)).is_complete


def test_an_empty_unit_has_nothing_and_is_told_all(office):
    nothing = contact_completeness(office.bakalan, contact_state(office.bakalan))
    assert (nothing.share, len(nothing.missing)) == (0, 6)
