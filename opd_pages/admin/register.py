"""What the registers of all rooms share.

modeladmin narrows only the index by its queryset, not the pages of a single row: so a register holds rows of
the whole kabupaten, and only who may change all of them comes in.
"""

from django.db.models import ProtectedError
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail_modeladmin.helpers import AdminURLHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import DeleteView, HistoryView


class NeverDeleted(PermissionHelper):
    """Rows that others speak of: they end or are put aside, but stay."""

    def user_can_delete_obj(self, user, obj) -> bool:
        return False


class OnlyWorded(NeverDeleted):
    """Rows the portal itself brings; the office finds its own words for them."""

    def user_can_create(self, user) -> bool:
        return False


class OnlyRead(OnlyWorded):
    """Rows that are kept at a desk, with what follows from a change of them; here they are looked up."""

    def user_can_edit_obj(self, user, obj) -> bool:
        return False


class WordsInAddress(AdminURLHelper):
    """For keys of several words, such as the kind `bagian setda`."""

    def _get_object_specific_action_url_pattern(self, action: str) -> str:
        return rf"^{self.base_url_path}/{action}/(?P<instance_pk>[^/]+)/$"


class GuardedHistoryView(HistoryView):
    """modeladmin shows a row's history to whoever comes into /admin/."""

    def check_action_permitted(self, user) -> bool:
        return self.permission_helper.user_can_edit_obj(user, self.instance)


class StillNeeded(Exception):
    """Other rows speak of this one."""


class DeletionView(DeleteView):
    """modeladmin would list who speaks of the row, and fails where the model knows no name for them."""

    def delete_instance(self) -> None:
        try:
            super().delete_instance()
        except ProtectedError as fault:
            raise StillNeeded from fault

    def post(self, request, *args, **kwargs):
        try:
            return super().post(request, *args, **kwargs)
        except StillNeeded:
            named = {"what": capfirst(self.verbose_name), "name": self.instance}
            messages.error(request, _("%(what)s “%(name)s” masih dipakai, jadi tidak dapat dihapus.") % named)
            return redirect(self.index_url)


def yes_or_no(claim: bool) -> str:
    """For a column: modeladmin's own is an icon of Django's admin, which this portal has not."""
    return _("ya") if claim else _("tidak")


class Register(ModelAdmin):
    """A register in /admin/, by default one whose rows are never deleted."""

    permission_helper_class = NeverDeleted
    history_view_class = GuardedHistoryView
    delete_view_class = DeletionView
    list_per_page = 50
