from django.db import models
from django.utils.translation import gettext_lazy as _


class DailyRoot(models.Model):
    """The Merkle root over the heads of all cases at the end of a day. Rows are only ever added, like events.

    It covers every event up to `last_event`, of cases that are no demonstration; cases.merkle says how.
    """

    date = models.DateField(_("tanggal"), unique=True)
    root = models.CharField(max_length=64)
    leaves = models.PositiveIntegerField(_("jumlah perkara"))
    last_event = models.PositiveBigIntegerField()
    computed_at = models.DateTimeField(_("dihitung pada"))
    # Unique: two roots never follow the same one.
    prev = models.CharField(max_length=64, blank=True, unique=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["date"]
        verbose_name = _("sidik harian")
        verbose_name_plural = _("sidik harian")

    def __str__(self) -> str:
        return f"{self.date}"


class RootBlock(models.Model):
    """Inner nodes of the newest root's tree, so that one case's proof reads one block of leaves and not all.

    Worked out anew with every root; whoever loses them loses nothing that the events do not give.
    """

    root = models.ForeignKey(DailyRoot, on_delete=models.PROTECT, related_name="blocks")
    position = models.PositiveIntegerField()
    # The first event of the block's first case.
    first_event = models.PositiveBigIntegerField()
    leaves = models.PositiveSmallIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["root", "position"], name="root_block_once")]

    def __str__(self) -> str:
        return f"{self.root_id}/{self.position}"


class VerifiedMark(models.Model):
    """Up to which event history was found whole, so that the next check may begin there."""

    name = models.CharField(max_length=30, primary_key=True)
    last_event = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.last_event}"
