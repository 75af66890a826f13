from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm

from ..addresses import address_below, is_shadowed

ADDRESS_TAKEN = _("Alamat ini sudah dipakai portal. Pilih yang lain.")


class PortalPageForm(WagtailAdminPageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.intended_parent = self.parent_page


class PortalCopyForm(CopyForm):
    def clean(self):
        cleaned = super().clean()
        parent = cleaned.get("new_parent_page") or self.page.get_parent()
        if (slug := cleaned.get("new_slug")) and is_shadowed(address_below(parent, slug)):
            self.add_error("new_slug", ADDRESS_TAKEN)
        return cleaned
