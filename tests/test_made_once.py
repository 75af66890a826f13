"""What the tests' own ground writes again is what the services made."""

from collections import defaultdict

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from opd_pages.models import Unit

from . import made_once
from .portals import opened_administrators, with_pages


def test_a_portal_that_is_written_again_is_the_one_that_was_made(office, monkeypatch):
    monkeypatch.setattr(made_once, "_kept", defaultdict(list))
    portals, statements = [], []
    for _ in range(2):
        with transaction.atomic():
            with CaptureQueriesContext(connection) as asked:
                with_pages(Unit.objects.all())
                opened_administrators()
            portals.append(made_once.everything())
            statements.append(len(asked))
            transaction.set_rollback(True)
    made, again = portals
    assert again == made
    assert statements[1] < 80
