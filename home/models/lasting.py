from django.db import models
from django.utils.translation import gettext_lazy as _


class Lasting(models.Model):
    """A page whose words hold until somebody looks again: its editors are asked when its day has come (home.lasting)."""

    review_on = models.DateField(
        _("ditinjau lagi paling lambat"),
        null=True,
        blank=True,
        help_text=_("Kosongkan bila cukup menurut ketetapan portal, dihitung sejak terbit atau ditinjau."),
    )
    # Of the published page. A draft, and an earlier version that is taken up again, leave it as it is.
    reviewed_on = models.DateField(null=True, editable=False)

    exclude_fields_in_copy = ["reviewed_on"]

    class Meta:
        abstract = True

    def with_content_json(self, content):
        page = super().with_content_json(content)
        page.reviewed_on = self.reviewed_on
        return page
