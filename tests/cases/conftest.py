import pytest

from tests.pengaduan.desk import Desk


@pytest.fixture
def desk(office):
    return Desk.at_kapas(office)
