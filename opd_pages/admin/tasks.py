"""The first page of /admin/ begins with what waits at somebody's units."""

from typing import Any

from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogFormatter

from ..selectors.unit_tasks import task_board


class UnitTasksPanel(Component):
    name = "unit_tasks"
    template_name = "opd_pages/admin/tasks_panel.html"
    order = 40

    class Media:
        css = {"all": ["css/components/unit_tasks.css"]}

    def get_context_data(self, parent_context) -> dict[str, Any]:
        request = parent_context["request"]
        board = task_board(request.user)
        return {
            "board": board,
            "heading": _("Keadaan unit") if board and board.looks_over else _("Tugas unit Anda"),
            "done": request.GET.get("selesai", ""),
            "place": "admin",
            "csrf_token": get_token(request),
        }


class StillTrueFormatter(LogFormatter):
    """In the page's history."""

    label = gettext_lazy("Tinjau")

    def format_message(self, log_entry) -> str:
        return _("Ditinjau: masih berlaku")
