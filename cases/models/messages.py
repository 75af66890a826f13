from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opd_pages.models import Confirmation, Role, Section, Unit

from .case import Case


class MessageTemplate(models.Model):
    """The words of a message. Fields in braces are filled when it is sent: {number}, {unit}, {due}, {link}."""

    code = models.CharField(_("kode"), max_length=40, primary_key=True)
    title = models.CharField(_("kegunaan"), max_length=120)
    subject = models.CharField(_("perihal"), max_length=150)
    body = models.TextField(_("isi"))

    class Meta:
        ordering = ["code"]
        verbose_name = _("templat pesan")
        verbose_name_plural = _("templat pesan")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        from ..kinds import fields_needed_in
        from ..wording import check_fields

        check_fields(self, needed=fields_needed_in(self.code))


class OutboxMessage(models.Model):
    """A message that must go out: who and which, never its words, which are made from the truth when it is sent."""

    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="messages")
    # What it is about where it is about no case: contacts of a unit that somebody has to confirm.
    confirmation = models.ForeignKey(
        Confirmation, null=True, on_delete=models.CASCADE, related_name="messages"
    )
    template = models.CharField(max_length=40)
    # To the case's reporter, to an officer, or to whoever holds a role when it goes out: then it is first split
    # into a row for each of them.
    to_reporter = models.BooleanField(default=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(max_length=20, choices=Role, blank=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    section = models.ForeignKey(Section, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    message_id = models.CharField(max_length=80, unique=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    last_fault = models.CharField(max_length=200, blank=True)
    # Who took it off the list of the stuck at dropped_at: to be told by telephone, or not at all.
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("pesan keluar")
        verbose_name_plural = _("pesan keluar")
        indexes = [
            models.Index(
                fields=["next_try_at"], name="outbox_waiting", condition=Q(sent_at=None, dropped_at=None)
            ),
            models.Index(
                fields=["dropped_at"],
                name="outbox_dropped",
                condition=Q(sent_at=None, dropped_at__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_reporter=True, recipient=None, unit=None)
                | Q(to_reporter=False, recipient__isnull=False, unit=None)
                | Q(to_reporter=False, recipient=None, unit__isnull=False) & ~Q(role=""),
                name="outbox_one_addressee",
            )
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.case_id}"
