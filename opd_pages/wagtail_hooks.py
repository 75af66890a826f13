from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail_modeladmin.options import ModelAdminGroup, modeladmin_register

from .admin.alerts import AlertsItem
from .admin.guards import keep_unit_page, keep_unit_pages
from .admin.merging import end_unit, merge_unit
from .admin.people import MembershipRegister, PeopleRegister
from .admin.reviewing import ReviewPanel
from .admin.scope import narrow_page_chooser
from .admin.tasks import StillTrueFormatter, UnitTasksPanel
from .admin.unit_chooser import unit_chooser
from .admin.units import LeaderRegister, SearchWordRegister, SectionRegister, UnitKindRegister, UnitRegister
from .services.reviews import STILL_TRUE

# What only who keeps the whole portal looks at: histories of all sites, Wagtail's own manual.
FOR_ADMINISTRATORS = {"reports", "help"}


@modeladmin_register
class UnitsAndPeople(ModelAdminGroup):
    menu_label = _("Unit dan orang")
    menu_icon = "group"
    menu_order = 300
    items = (
        UnitRegister,
        LeaderRegister,
        SectionRegister,
        UnitKindRegister,
        SearchWordRegister,
        MembershipRegister,
        PeopleRegister,
    )


hooks.register("register_admin_viewset", lambda: unit_chooser)


@hooks.register("register_admin_urls")
def ending_urls():
    return [
        path("opd_pages/unit/merge/<int:pk>/", merge_unit, name="merge_unit"),
        path("opd_pages/unit/end/<int:pk>/", end_unit, name="end_unit"),
    ]


@hooks.register("register_admin_menu_item")
def alerts_item():
    return AlertsItem(_("Peringatan"), reverse_lazy("alerts"), name="alerts", icon_name="warning", order=330)


@hooks.register("construct_homepage_panels")
def add_review_panel(request, panels):
    panels.append(ReviewPanel())


@hooks.register("construct_homepage_panels")
def add_tasks_panel(request, panels):
    panels.append(UnitTasksPanel())


@hooks.register("register_log_actions")
def log_reviews(actions):
    actions.register_action(STILL_TRUE)(StillTrueFormatter)


@hooks.register("construct_main_menu")
def short_menu(request, menu_items):
    if not request.user.has_perm("opd_pages.change_unit"):
        menu_items[:] = [item for item in menu_items if item.name not in FOR_ADMINISTRATORS]


for moment in ("before_delete_page", "before_move_page", "before_unpublish_page"):
    hooks.register(moment, keep_unit_page)
hooks.register("before_bulk_action", keep_unit_pages)
hooks.register("construct_page_chooser_queryset", narrow_page_chooser)
