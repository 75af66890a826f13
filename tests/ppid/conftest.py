import pytest

from .desk import Desk


@pytest.fixture
def desk(office):
    return Desk.at_kapas(office)
