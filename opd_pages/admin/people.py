from django.contrib import admin
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail_modeladmin.helpers import ButtonHelper

from ..forms.memberships import MembershipForm
from ..forms.people import PersonForm
from ..models import Membership
from ..registry import person_buttons
from .register import NeverDeleted, Register, yes_or_no


class MembershipRegister(Register):
    """Who is what, where and from when until when; rows stay, so that it is known who could see what."""

    model = Membership
    menu_label = _("Keanggotaan")
    menu_icon = "group"
    list_display = ("user", "held_role", "place", "valid_from", "valid_until")
    list_filter = ("role", "standing")
    list_select_related = ("user", "unit__kind", "unit__parent__kind", "section")
    ordering = ("-valid_from", "-pk")
    search_fields = ("user__first_name", "user__last_name", "user__username", "unit__name")
    edit_handler = ObjectList(
        [
            FieldPanel("user"),
            FieldPanel("unit"),
            FieldPanel("role"),
            FieldPanel("section"),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
            FieldRowPanel([FieldPanel("standing"), FieldPanel("deputy_for")]),
        ],
        base_form_class=MembershipForm,
    )

    @admin.display(description=_("Peran"), ordering="role")
    def held_role(self, membership: Membership) -> str:
        return f"{membership.standing} {membership.get_role_display()}".strip()

    @admin.display(description=_("Unit"), ordering="unit__name")
    def place(self, membership: Membership) -> str:
        place = membership.unit.place_name
        return f"{place}, {membership.section}" if membership.section else place


class KeepsPeople(NeverDeleted):
    """Who keeps the memberships keeps the accounts. An account without bounds is kept by its like alone."""

    def user_has_specific_permission(self, user, perm_codename: str) -> bool:
        return user.has_perm("opd_pages.change_membership")

    def user_can_edit_obj(self, user, obj) -> bool:
        return super().user_can_edit_obj(user, obj) and (user.is_superuser or not obj.is_superuser)


class PersonButtons(ButtonHelper):
    """With what the rooms above may do for somebody's account."""

    def get_buttons_for_obj(self, obj, *args, **kwargs) -> list[dict]:
        entered = [ask(self.request, obj) for ask in person_buttons]
        return super().get_buttons_for_obj(obj, *args, **kwargs) + [button for button in entered if button]


class PeopleRegister(Register):
    """Accounts in place of Wagtail's own form, which asks for groups: those follow the memberships."""

    model = get_user_model()
    permission_helper_class = KeepsPeople
    button_helper_class = PersonButtons
    menu_label = _("Orang")
    menu_icon = "user"
    list_display = ("shown_name", "username", "email", "can_log_in", "last_login")
    list_filter = ("is_active",)
    ordering = ("first_name", "username")
    search_fields = ("first_name", "last_name", "username", "email")
    edit_handler = ObjectList(
        [
            FieldPanel("first_name"),
            FieldPanel("username"),
            FieldPanel("email"),
            FieldPanel("password"),
            FieldPanel("is_active"),
        ],
        base_form_class=PersonForm,
    )

    @admin.display(description=_("Nama"), ordering="first_name")
    def shown_name(self, user) -> str:
        return user.get_full_name() or user.username

    @admin.display(description=_("Aktif"), ordering="is_active")
    def can_log_in(self, user) -> str:
        return yes_or_no(user.is_active)
