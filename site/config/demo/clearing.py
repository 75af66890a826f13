"""Removes the demonstration: exactly its rows, or none where something real hangs on one."""

from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.models import Collection, PageLogEntry

from cases.models import Case, CaseFile, NumberSeries, OutboxMessage
from cases.services.bulk import protecting
from cases.services.files import dispose
from home.freshness import public_content_changed
from home.models import User
from opd_pages.models import Membership, Unit, UnitPage
from opd_pages.services.groups import editors_group_name
from pengaduan.generated.clearing import clear_generated

from .belongings import collections, demo_rows, hanging_on, pages, refuse_what_is_real
from .portal import undress_portal
from .units import DemoRefused

COUNTED = (Case, User, Membership, Unit, UnitPage)


def count() -> dict[str, int]:
    """How many rows of the demonstration there are, by what they are called."""
    return {str(model._meta.verbose_name): demo_rows(model).count() for model in COUNTED}


def clear() -> None:
    """Delete the demonstration. What a row owns (the contacts of a unit, the words of an event) goes with it.

    Raises DemoRefused, and then nothing has changed.
    """
    try:
        with transaction.atomic():
            # About no case, so nothing in them says whose they are but the person they are for.
            OutboxMessage.objects.filter(case=None, recipient__is_demo=True).delete()
            refuse_what_is_real()
            _clear_cases()
            _clear_people()
            _clear_units()
            undress_portal()
            public_content_changed()
    except ProtectedError as fault:
        names = "; ".join(str(row) for row in list(fault.protected_objects)[:3])
        raise DemoRefused(_("Data contoh tidak dihapus: masih dipakai oleh %s.") % names) from fault


def _clear_cases() -> None:
    dispose(demo_rows(CaseFile))
    # Those made for measuring are too many for Django's own way.
    clear_generated()
    _delete(demo_rows(Case))
    demo_rows(NumberSeries).delete()


def _clear_people() -> None:
    demo_rows(Membership).delete()
    _delete(demo_rows(User))


def _clear_units() -> None:
    units, shelves = demo_rows(Unit), list(collections().values_list("pk", flat=True))
    get_image_model().objects.filter(collection__in=shelves).delete()
    PageLogEntry.objects.filter(page__in=pages()).delete()
    pages().delete()
    Collection.objects.filter(pk__in=shelves).delete()
    Group.objects.filter(name__in=[editors_group_name(unit) for unit in units]).delete()
    _delete(units)


def _delete(rows: QuerySet) -> None:
    """Delete rows after what would keep them, and what would keep that."""
    for relation in protecting(rows.model):
        if relation.related_model is rows.model:
            rows.update(**{relation.field.name: None})
        else:
            _delete(hanging_on(rows, relation))
    rows.delete()
