"""Forms of the pages that belong to a unit."""

from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from home.forms.pages import PortalPageForm


class ServicePageForm(PortalPageForm):
    def clean(self):
        cleaned = super().clean()
        words = strip_tags(cleaned.get("requirements") or "").strip()
        # An editor of rich text sends a paragraph even where nothing was written. A draft may wait for its words.
        if self.fields["requirements"].required and not words and "requirements" not in self.errors:
            self.add_error(
                "requirements", _("Tulis persyaratannya, atau Tanpa persyaratan bila memang tidak ada.")
            )
        return cleaned


class ReviewedPageForm(PortalPageForm):
    """Whoever publishes is not asked to hand up; what was published is handed up anew or not at all."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        page = self.instance
        may = (
            page.permissions_for_user(self.for_user)
            if page.pk
            else self.parent_page.permissions_for_user(self.for_user)
        )
        if may.can_publish() if page.pk else may.can_publish_subpage():
            del self.fields["is_submitted"]
        elif page.live and not page.has_unpublished_changes:
            self.initial["is_submitted"] = False
