from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Somebody who works with the portal. What they may do is told by their memberships, not here."""

    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
        constraints = [
            # Log-in does not ask for capitals: with a second Siti beside siti neither could come in.
            models.UniqueConstraint(Lower("username"), name="username_in_any_case")
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def clean(self) -> None:
        super().clean()
        if User.objects.filter(username__iexact=self.username).exclude(pk=self.pk).exists():
            raise ValidationError(
                {"username": _("Nama ini sudah dipakai. Huruf besar dan kecil dianggap sama.")}
            )
