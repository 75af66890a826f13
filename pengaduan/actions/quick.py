"""What one tap does on the head's morning screen."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from cases.actors import Staff
from cases.models import Case
from opd_pages.models import Section

from ..models import SectionDuty


def suggested_sections(staff: Staff, cases: Sequence[Case]) -> dict[int, list[tuple[str, dict]]]:
    """The section that usually looks into each report's category: 1 query."""
    duties = SectionDuty.objects.filter(
        section__unit__in={case.responsible_unit_id for case in cases},
        category__in={case.complaint.category_id for case in cases} - {None},
    )
    usual: dict[tuple[int, int], Section] = {}
    for duty in duties.select_related("section").order_by("pk"):
        usual.setdefault((duty.section.unit_id, duty.category_id), duty.section)
    found = {}
    for case in cases:
        if section := usual.get((case.responsible_unit_id, case.complaint.category_id)):
            found[case.pk] = [(section.name, {"section": section.pk})]
    return found


def publish_at_once(staff: Staff, cases: Sequence[Case]) -> dict[int, list[tuple[str, dict]]]:
    return {case.pk: [(_("Setujui dan terbitkan"), {})] for case in cases}
