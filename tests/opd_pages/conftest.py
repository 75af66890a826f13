from datetime import date

import pytest

from opd_pages.channels import normalise
from opd_pages.models import Contact, Leader, Role, Unit
from opd_pages.selectors.contacts import public_sheet
from opd_pages.services.contacts import confirm, record_consent
from opd_pages.services.unit_pages import open_unit_page

from ..factories import Office, member
from ..painted import paints_renditions as paints_renditions
from ..portals import opened_administrators, opened_site, with_pages


@pytest.fixture
def site_root(db):
    """The home page of a portal that has just been opened."""
    return opened_site()


@pytest.fixture
def portal(office, site_root):
    """The small kabupaten with a page for each of its units."""
    with_pages(Unit.objects.all())
    return office


@pytest.fixture
def small_portal(office, site_root):
    """The small kabupaten where only Kecamatan Kapas has its page yet."""
    with_pages([office.kapas])
    return office


@pytest.fixture
def administrator(office, site_root):
    opened_administrators()
    return member("dewi", office.regency, Role.ADMINISTRATOR)


@pytest.fixture
def editor(small_portal):
    """Edits the page of Kecamatan Kapas."""
    return member("siti", small_portal.kapas, Role.EDITOR)


@pytest.fixture
def as_administrator(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def as_editor(client, editor):
    client.force_login(editor)
    return client


def add_contact(unit: Unit, channel: str, value: str, **fields) -> Contact:
    order = fields.pop("order", 10 * (unit.contacts.count() + 1))
    return Contact.objects.create(
        unit=unit, channel=channel, value=normalise(channel, value), order=order, **fields
    )


def published(unit: Unit) -> list[str]:
    """What the public reads of the unit's contacts today."""
    sheet = public_sheet(unit)
    return [contact.value for contact in sheet.contacts.all()] if sheet else []


@pytest.fixture
def operator(office: Office):
    return member("operator.kapas", office.kapas, Role.OPERATOR)


@pytest.fixture
def camat(office: Office) -> Leader:
    return Leader.objects.create(unit=office.kapas, office="Camat Kapas", name="Siti Rahmawati")


@pytest.fixture
def kapas(office: Office, camat, operator) -> Unit:
    """Kecamatan Kapas with a confirmed telephone."""
    add_contact(office.kapas, "phone", "0353 881826", hours="Senin sampai Jumat, 08.00–15.00")
    confirm(office.kapas, operator)
    return office.kapas


@pytest.fixture
def personal(kapas: Unit, camat, operator) -> Contact:
    """The camat's own number, consented to and confirmed."""
    contact = add_contact(kapas, "whatsapp", "0812 3456 7890", is_personal=True)
    record_consent(contact, camat, date(2026, 1, 5), operator)
    confirm(kapas, operator)
    return contact


@pytest.fixture
def kapas_page(kapas: Unit, site_root):
    return open_unit_page(kapas)
