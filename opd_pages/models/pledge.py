from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .leader import Leader
from .unit import Unit


class Pledge(models.Model):
    """The head's signed commitment to run the complaint service. It ends with the office held."""

    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.CASCADE, related_name="pledges")
    leader = models.ForeignKey(
        Leader, verbose_name=_("pimpinan"), null=True, on_delete=models.SET_NULL, related_name="pledges"
    )
    # As they were on the day of signing: the leader's row goes on to the successor.
    name = models.CharField(_("nama"), max_length=120)
    office = models.CharField(_("jabatan"), max_length=100)
    text = models.TextField(_("isi komitmen"), max_length=2000, blank=True)
    picture = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("lembar yang ditandatangani"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    signed_on = models.DateField(_("ditandatangani tanggal"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-signed_on", "-pk"]
        verbose_name = _("komitmen pimpinan")
        verbose_name_plural = _("komitmen pimpinan")
        constraints = [
            models.UniqueConstraint(fields=["unit"], condition=Q(ended_at=None), name="pledge_one_in_force")
        ]

    def __str__(self) -> str:
        return f"{self.office}: {self.name}"
