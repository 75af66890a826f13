from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.wording import check_fields

# What the words of a written notice can say; ppid.letters.notice fills them.
FIELDS = frozenset(
    {"received", "number", "body", "ground", "test", "superior", "objection_until", "format", "fee", "way"}
)


# By template, what a notice cannot do without: a refusal names the ground and what was weighed (Ps 17 and 19).
REFUSAL = frozenset({"number", "ground", "test", "superior", "objection_until"})
NEEDED = {
    "granted": frozenset({"number", "superior", "objection_until"}),
    "partially_granted": REFUSAL,
    "refused": REFUSAL,
    "not_held": frozenset({"number", "superior", "objection_until"}),
}


class LetterTemplate(models.Model):
    """The office's words for a letter. Fields in braces are filled when it is printed; an empty line parts paragraphs."""

    code = models.CharField(_("kode"), max_length=40, primary_key=True)
    title = models.CharField(_("kegunaan"), max_length=120)
    subject = models.CharField(_("hal"), max_length=150)
    body = models.TextField(_("isi"))
    closing = models.TextField(_("penutup"), blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("templat surat")
        verbose_name_plural = _("templat surat")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        check_fields(
            self,
            parts=("subject", "body", "closing"),
            known=FIELDS,
            needed=NEEDED.get(self.code, frozenset()),
        )
