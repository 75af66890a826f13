from django.db import models
from django.utils.translation import gettext_lazy as _


class LinkFault(models.TextChoices):
    GONE = "gone", _("halaman yang dituju sudah dihapus")
    UNPUBLISHED = "unpublished", _("halaman yang dituju tidak terbit")
    MOVED = "moved", _("alamat lama; halaman yang dituju sudah pindah")
    NO_ADDRESS = "no_address", _("alamat ini tidak ada di portal")
    NO_DOCUMENT = "no_document", _("berkasnya tidak ada lagi")
    NO_IMAGE = "no_image", _("gambarnya tidak ada lagi")


class LinkCheck(models.Model):
    """When a page's links were last looked at."""

    page = models.OneToOneField(
        "wagtailcore.Page", primary_key=True, on_delete=models.CASCADE, related_name="link_check"
    )
    checked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("pemeriksaan tautan")
        verbose_name_plural = _("pemeriksaan tautan")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.checked_at:%Y-%m-%d}"


class BrokenLink(models.Model):
    """A link of a published page that led nowhere when it was last looked at (home.services.link_checks)."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="broken_links")
    fault = models.CharField(_("kerusakan"), max_length=12, choices=LinkFault)
    # By which an editor finds it: the link's own words, else the field's name.
    words = models.CharField(_("tulisan tautan"), max_length=160, blank=True)
    # What was typed; "" where the editor had chosen a row.
    address = models.CharField(_("alamat"), max_length=300, blank=True)

    class Meta:
        ordering = ["page", "pk"]
        verbose_name = _("tautan rusak")
        verbose_name_plural = _("tautan rusak")

    def __str__(self) -> str:
        return f"{self.words}: {self.get_fault_display()}"
