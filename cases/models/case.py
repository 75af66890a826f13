from django.conf import settings
from django.db import models
from django.db.models import ExpressionWrapper, F, Q
from django.utils.translation import gettext_lazy as _

from opd_pages.models import Unit


class IdentityMode(models.TextChoices):
    NAMED = "named", _("Dengan nama")
    ANONYMOUS = "anonymous", _("Anonim")
    NONE = "none", _("Tanpa identitas")


class Urgency(models.TextChoices):
    """Lists are ordered by the code, downwards: the urgent first."""

    NORMAL = "normal", _("biasa")
    URGENT = "urgent", _("mendesak")


# How lists of open cases are ordered: the urgent first, then by date, and last those without one. Where NULL stands by
# itself the databases differ.
HAS_NO_DATE = ExpressionWrapper(Q(due_at=None), models.BooleanField())
LISTED = (F("urgency").desc(), HAS_NO_DATE, F("due_at"), F("id"))


class Case(models.Model):
    """What every procedure shares. Only cases.services.changes writes status, version and dates."""

    kind = models.CharField(max_length=20)
    number = models.CharField(_("nomor"), max_length=40)
    code_version = models.PositiveSmallIntegerField(default=1)
    # A retried form carries the same key and finds the case it made.
    submission_key = models.CharField(max_length=43, null=True)
    receiving_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="received_cases", db_index=False
    )
    # Like area and handler without an index over open and closed ones together: without statistics SQLite would take it
    # for every list, and walk through all that the unit ever had.
    responsible_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cases", db_index=False)
    # Copied from the responsible unit: its kecamatan (or itself), so that lists need no join.
    area = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    lineage = models.CharField(max_length=100)
    concerns_unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="cases_about", db_index=False
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="cases", db_index=False
    )
    status = models.CharField(max_length=24)
    version = models.PositiveIntegerField(default=1)
    subject = models.CharField(max_length=160, blank=True)
    # Where, as far as lists say it: desa and kecamatan.
    place = models.CharField(max_length=200, blank=True)
    identity_mode = models.CharField(max_length=10, choices=IdentityMode)
    is_secret = models.BooleanField(default=False)
    is_supervisory = models.BooleanField(default=False)
    urgency = models.CharField(max_length=8, choices=Urgency, default=Urgency.NORMAL)
    is_vulnerable = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    # The case as which it goes on under another procedure, with a number of its own.
    goes_on_as = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="came_as")
    is_demo = models.BooleanField(default=False)
    # The chain's end, so that an event is appended without looking for the one before.
    chain_length = models.PositiveIntegerField(default=0)
    chain_head = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("perkara")
        verbose_name_plural = _("perkara")
        indexes = [
            # Desk lists show open cases only, the urgent before the others, soonest first: each index holds just those.
            models.Index("responsible_unit", *LISTED, name="case_open_unit", condition=Q(closed_at=None)),
            models.Index("area", *LISTED, name="case_open_area", condition=Q(closed_at=None)),
            models.Index(*LISTED, name="case_open_due", condition=Q(closed_at=None)),
            # What falls due on a day, for who sees all.
            models.Index(fields=["due_at"], name="case_open_day", condition=Q(closed_at=None)),
            models.Index(
                fields=["responsible_unit", "status", "due_at", "id"],
                name="case_open_status",
                condition=Q(closed_at=None),
            ),
            # The closed ones, those closed last first. By their keys PostgreSQL would walk past all the open ones, the newest.
            models.Index(
                fields=["-closed_at", "-id"], name="case_closed", condition=Q(closed_at__isnull=False)
            ),
            models.Index(
                fields=["responsible_unit", "-closed_at", "-id"],
                name="case_closed_unit",
                condition=Q(closed_at__isnull=False),
            ),
            models.Index(
                fields=["area", "-closed_at", "-id"],
                name="case_closed_area",
                condition=Q(closed_at__isnull=False),
            ),
            models.Index(fields=["-published_at"], name="case_published", condition=~Q(published_at=None)),
        ]
        # Not `unique` at the field: on PostgreSQL that makes a second index, for beginnings, which nobody looks for.
        constraints = [
            models.UniqueConstraint(fields=["number"], name="case_number_once"),
            models.UniqueConstraint(fields=["submission_key"], name="case_submitted_once"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def public_status(self) -> str:
        """The status in the reporter's words."""
        from ..kinds import kind_of

        return str(kind_of(self).workflow.state(self.status).public)
