"""In /admin/: the administrator's way from an empty installation to the first report, and everybody's account."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from .accounts_reset import RESET, ResetFormatter, reset_page
from .setup.checklist import checklist
from .setup.services import is_administrator
from .setup.urls import urlpatterns


class ForAdministrators(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_administrator(request.user)


class SetupPanel(Component):
    """What is still open, on the front page of /admin/."""

    name = "setup"
    template_name = "config/persiapan_panel.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        items = checklist()
        return {
            "open": [item for item in items if not item.is_done],
            "done": sum(item.is_done for item in items),
        }


@hooks.register("register_admin_urls")
def setup_urls() -> list:
    return urlpatterns


@hooks.register("register_admin_menu_item")
def setup_menu_item() -> MenuItem:
    return ForAdministrators(
        _("Persiapan portal"), reverse("setup"), name="setup", icon_name="tasks", order=9000
    )


@hooks.register("construct_homepage_panels")
def add_setup_panel(request: HttpRequest, panels: list) -> None:
    if is_administrator(request.user):
        panels.append(SetupPanel())


@hooks.register("register_admin_urls")
def reset_url() -> list:
    return [path("orang/<int:pk>/dua-langkah/", reset_page, name="reset_second_factor")]


@hooks.register("register_log_actions")
def log_resets(actions) -> None:
    actions.register_action(RESET)(ResetFormatter)


@hooks.register("register_account_menu_item")
def account_item(request: HttpRequest) -> dict[str, str]:
    return {
        "url": reverse("account"),
        "label": _("Kata sandi, verifikasi dua langkah, dan sesi"),
        "help_text": _("Ganti kata sandi, ganti telepon, dan lihat di mana saja Anda masuk."),
    }
