import pytest

from home.services.site import open_site
from opd_pages.models import Role, Unit
from opd_pages.services.administrators import open_administrators
from opd_pages.services.unit_pages import open_unit_pages

from ..factories import member


@pytest.fixture
def site_root(db):
    """The home page of a portal that has just been opened."""
    return open_site()


@pytest.fixture
def portal(office, site_root):
    """The small kabupaten with a page for each of its units, and its administrators' group."""
    open_administrators()
    open_unit_pages(Unit.objects.all())
    return office


@pytest.fixture
def administrator(portal):
    return member("dewi", portal.regency, Role.ADMINISTRATOR)


@pytest.fixture
def editor(portal):
    """Edits the page of Kecamatan Kapas."""
    return member("siti", portal.kapas, Role.EDITOR)


@pytest.fixture
def as_administrator(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def as_editor(client, editor):
    client.force_login(editor)
    return client
