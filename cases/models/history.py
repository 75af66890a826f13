from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..hashing import SALT_LENGTH
from .canonical import CanonicalJSONField
from .case import Case


class ActorKind(models.TextChoices):
    STAFF = "staff", _("petugas")
    REPORTER = "reporter", _("warga")
    SYSTEM = "system", _("sistem")


class Event(models.Model):
    """One thing that happened to a case. Rows are only ever added: the database refuses everything else.

    `hash` covers the row and its predecessor's hash; cases.history says how.
    """

    # Its order in the case's history is an index that begins with the case.
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events", db_index=False)
    seq = models.PositiveIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=30)
    actor_kind = models.CharField(max_length=8, choices=ActorKind)
    # Asked for with its case.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    role = models.CharField(max_length=20, blank=True)
    # The very text that is hashed.
    data = CanonicalJSONField(default=dict)
    is_demo = models.BooleanField(default=False)
    prev = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["case", "seq"]
        verbose_name = _("riwayat")
        verbose_name_plural = _("riwayat")
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="event_seq_once")]

    def __str__(self) -> str:
        return f"{self.case_id}#{self.seq} {self.kind}"


class EventWords(models.Model):
    """What somebody wrote with an event. Erasable: the chain holds only the salted hash, and the salt goes with it."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="words", primary_key=True)
    text = models.TextField()
    salt = models.CharField(max_length=SALT_LENGTH)
    # Internal words stay with the officers; the rest stands on the reporter's timeline.
    is_internal = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("kata dalam riwayat")
        verbose_name_plural = _("kata dalam riwayat")

    def __str__(self) -> str:
        return f"{self.event_id}"
