"""The units' pages, made by the service that makes every unit's page."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models.signals import post_save
from modelsearch.backends import get_search_backends
from modelsearch.signal_handlers import post_save_signal_handler
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from home.services.site import open_site
from opd_pages.models import Unit, UnitPage
from opd_pages.services.administrators import open_administrators
from opd_pages.services.importing import Progress
from opd_pages.services.unit_pages import open_unit_pages
from ppid.services.site import open_ppid_page


def make_pages(progress: Progress) -> int:
    """Open the pages of the demonstration's units. Returns how many were made."""
    open_ppid_page(open_site())
    open_administrators()
    with transaction.atomic(), _indexed_afterwards() as made:
        made += open_unit_pages(Unit.objects.filter(is_demo=True, page=None), progress=progress)
    return len(made)


@contextmanager
def _indexed_afterwards() -> Iterator[list[UnitPage]]:
    """Half of what a page costs is finding its place in two indexes; five hundred pages find it together."""
    made: list[UnitPage] = []
    post_save.disconnect(post_save_signal_handler, sender=UnitPage)
    try:
        with disable_reference_index_auto_update():
            yield made
    finally:
        post_save.connect(post_save_signal_handler, sender=UnitPage)
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(UnitPage, made)
    for page in made:
        ReferenceIndex.create_or_update_for_object(page)
