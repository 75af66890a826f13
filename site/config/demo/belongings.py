"""What belongs to the demonstration, told from the rows themselves, so that tables made later are not forgotten."""

from collections.abc import Iterator

from django.core.exceptions import FieldDoesNotExist
from django.db.models import ForeignObjectRel, Model, Q, QuerySet
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page

from cases.models import Case
from cases.services.bulk import protecting
from home.models import User
from opd_pages.models import Unit, UnitPage

from .units import DemoRefused

# Units last: most of what exists hangs on one.
MARKED = (Case, User, Unit)
# How a row is known for the demonstration's: by the first of these that its table has.
PATHS = (
    "is_demo",
    "case__is_demo",
    "user__is_demo",
    "unit__is_demo",
    "contact__unit__is_demo",
    "sheet__unit__is_demo",
)


def demo_rows(model: type[Model]) -> QuerySet:
    """The rows of a table that are the demonstration's."""
    for path in PATHS:
        try:
            model._meta.get_field(path.partition("__")[0])
        except FieldDoesNotExist:
            continue
        return model._base_manager.filter(**{path: True})
    return model._base_manager.none()


def hanging_on(rows: QuerySet, relation: ForeignObjectRel) -> QuerySet:
    """The rows at the other end of a relation."""
    return relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": rows.values("pk")})


def pages() -> QuerySet[Page]:
    """The units' pages with everything below them."""
    tops = Page.objects.filter(pk__in=demo_rows(UnitPage).values("pk"))
    return Page.objects.filter(_at_or_below(tops))


def collections() -> QuerySet[Collection]:
    """The units' collections with everything below them."""
    tops = Collection.objects.filter(pk__in=demo_rows(UnitPage).values("collection"))
    return Collection.objects.filter(_at_or_below(tops))


def _at_or_below(tops: QuerySet) -> Q:
    rule, covered = Q(pk__in=[]), "-"
    for path in tops.order_by("path").values_list("path", flat=True):
        if not path.startswith(covered):
            covered = path
            rule |= Q(path__startswith=path)
    return rule


def refuse_what_is_real() -> None:
    """Raises DemoRefused, naming the first real rows that could not stand without the demonstration."""
    for rows in _real_rows():
        if found := list(rows[:3]):
            raise DemoRefused(
                _("Data contoh tidak dihapus: %(what)s yang bukan contoh bergantung padanya (%(names)s).")
                % {"what": found[0]._meta.verbose_name, "names": "; ".join(map(str, found))}
            )


def _real_rows() -> Iterator[QuerySet]:
    for model in MARKED:
        for relation in sorted(protecting(model), key=lambda relation: relation.related_model is not Case):
            hanging = hanging_on(demo_rows(model), relation)
            yield hanging.exclude(pk__in=demo_rows(relation.related_model).values("pk"))
    yield pages().filter(owner__is_demo=False)
    for model in (get_image_model(), get_document_model()):
        yield model.objects.filter(collection__in=collections(), uploaded_by_user__is_demo=False)
