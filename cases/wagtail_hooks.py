"""The registers of legal time and of messages: law and the office's words as rows that an administrator keeps."""

from django import forms
from django.contrib import admin
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdminGroup, modeladmin_register

from opd_pages.admin.register import OnlyWorded, Register

from .admin import personal_data, stuck_messages
from .admin.message_preview import PreviewedEditView, WordsPreview, sample_of
from .admin.recounting import (
    ClockSettingsView,
    ShownFirstCreateView,
    ShownFirstDeleteView,
    ShownFirstEditView,
)
from .admin.verification import VERIFICATION, ShowsVerification
from .forms.registers import MessageTemplateForm, OfficeHoursForm, RuleForm
from .models import Holiday, HolidayDecree, MessageTemplate, OfficeHours, Rule


class CountingRegister(Register):
    """Rows that time is counted by: open cases whose dates they move are shown before a change is saved."""

    create_view_class = ShownFirstCreateView
    edit_view_class = ShownFirstEditView
    delete_view_class = ShownFirstDeleteView


class RuleRegister(ShowsVerification, CountingRegister):
    """A rule that no longer holds gets a last day and a successor: cases were counted by it."""

    model = Rule
    menu_label = _("Aturan waktu")
    menu_icon = "time"
    list_display = ("title", "length", "legal_basis", "effective_from", "effective_until", "verification")
    search_fields = ("title", "legal_basis", "step")
    edit_handler = ObjectList(
        [
            FieldPanel("procedure"),
            FieldPanel("step"),
            FieldPanel("title"),
            FieldRowPanel([FieldPanel("amount"), FieldPanel("unit")]),
            FieldPanel("legal_basis"),
            FieldRowPanel([FieldPanel("effective_from"), FieldPanel("effective_until")]),
            VERIFICATION,
        ],
        base_form_class=RuleForm,
    )

    @admin.display(description=_("Lamanya"), ordering="amount")
    def length(self, rule: Rule) -> str:
        return f"{rule.amount} {rule.get_unit_display()}"


class HolidayRegister(CountingRegister):
    model = Holiday
    permission_helper_class = PermissionHelper
    menu_label = _("Hari libur")
    menu_icon = "calendar"
    list_display = ("date", "name", "kind")
    list_filter = ("kind",)
    ordering = ("-date",)
    search_fields = ("name",)
    panels = [FieldRowPanel([FieldPanel("date"), FieldPanel("kind")]), FieldPanel("name")]


class HolidayDecreeRegister(CountingRegister):
    model = HolidayDecree
    permission_helper_class = PermissionHelper
    menu_label = _("Keputusan hari libur")
    menu_icon = "doc-full"
    list_display = ("year", "number")
    panels = [FieldPanel("year"), FieldPanel("number")]


class OfficeHoursRegister(CountingRegister):
    model = OfficeHours
    permission_helper_class = PermissionHelper
    menu_label = _("Jam kantor")
    menu_icon = "time"
    list_display = ("weekday", "opens", "closes", "valid_from", "valid_until")
    edit_handler = ObjectList(
        [
            FieldPanel("weekday"),
            FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")])],
                heading=_("Hanya untuk masa tertentu, misalnya Ramadan"),
            ),
        ],
        base_form_class=OfficeHoursForm,
    )


class MessageTemplateRegister(Register):
    model = MessageTemplate
    permission_helper_class = OnlyWorded
    edit_view_class = PreviewedEditView
    menu_label = _("Templat pesan")
    menu_icon = "mail"
    list_display = ("title", "subject")
    search_fields = ("title", "subject", "body")
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("subject"),
            FieldPanel("body", widget=forms.Textarea(attrs={"rows": 12})),
            WordsPreview(sample_of),
        ],
        base_form_class=MessageTemplateForm,
    )


@modeladmin_register
class TimeAndMessages(ModelAdminGroup):
    menu_label = _("Waktu dan pesan")
    menu_icon = "time"
    menu_order = 310
    items = (
        RuleRegister,
        HolidayRegister,
        HolidayDecreeRegister,
        OfficeHoursRegister,
        MessageTemplateRegister,
    )


modeladmin_register(personal_data.PersonalDataRegisters)


@hooks.register("register_admin_urls", order=-1)
def settings_that_count():
    """Before Wagtail's page for any settings, which has the same address."""
    view = ClockSettingsView.as_view()
    return [path("settings/cases/clocksettings/<int:pk>/", view, name="clock_settings")]


@hooks.register("register_admin_urls")
def stuck_message_urls():
    return stuck_messages.urlpatterns


@hooks.register("register_admin_menu_item")
def stuck_message_item():
    return stuck_messages.StuckMessagesItem(
        _("Pesan tertahan"),
        reverse_lazy("stuck_messages"),
        name="stuck_messages",
        icon_name="mail",
        order=320,
    )
