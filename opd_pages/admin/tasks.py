"""The first page of /admin/ begins with what waits at somebody's units."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from ..selectors.unit_tasks import task_board


class UnitTasksPanel(Component):
    name = "unit_tasks"
    template_name = "opd_pages/admin/tasks_panel.html"
    order = 40

    class Media:
        css = {"all": ["css/components/unit_tasks.css"]}

    def get_context_data(self, parent_context) -> dict[str, Any]:
        board = task_board(parent_context["request"].user)
        heading = _("Keadaan unit") if board and board.looks_over else _("Tugas unit Anda")
        return {"board": board, "heading": heading}
