from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from opd_pages.forms.register import RegisterForm

from ..kinds import all_kinds, procedure_titles
from ..models import Rule
from ..wording import FIELDS


class VerifiedForm(RegisterForm):
    """Who verified a row is told whole or not at all, and of what the row says now."""

    # What was compared with the text of the law.
    compared: tuple[str, ...]

    def clean(self):
        cleaned = super().clean()
        proof = {name: cleaned.get(name) for name in ("verified_by", "verified_on", "verified_against")}
        if any(proof.values()):
            for name, value in proof.items():
                if not value and name not in self.errors:
                    self.add_error(
                        name, _("Sebutkan siapa yang memverifikasi, kapan, dan dengan naskah mana.")
                    )
        is_changed = self.instance.pk and set(self.changed_data) & set(self.compared)
        if is_changed and cleaned.get("verified_on") and "verified_on" not in self.changed_data:
            self.add_error(
                "verified_on",
                _("Aturan ini berubah. Isi tanggal verifikasi yang baru, atau kosongkan verifikasinya."),
            )
        return cleaned

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        # Wagtail's class, without which long titles make the page wider than a phone.
        self.fields[name].widget = forms.Select(
            choices=[("", "---------"), *choices], attrs={"class": "w-w-full"}
        )


class RuleForm(VerifiedForm):
    """A term for a step the procedures know."""

    settled_fields = ("procedure", "step")
    compared = ("amount", "unit", "legal_basis", "effective_from")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = dict.fromkeys(Rule.objects.order_by("procedure").values_list("procedure", flat=True))
        titles = procedure_titles()
        self.offer("procedure", [(code, titles.get(code, code)) for code in known])
        steps = dict(Rule.objects.order_by("effective_from").values_list("step", "title"))
        self.offer("step", sorted(steps.items(), key=lambda step: step[1]))

    def clean(self):
        cleaned = super().clean()
        procedure, step = cleaned.get("procedure"), cleaned.get("step")
        if procedure and step and not Rule.objects.filter(procedure=procedure, step=step).exists():
            self.add_error("step", _("Langkah ini tidak ada dalam prosedur tersebut."))
        first, last = cleaned.get("effective_from"), cleaned.get("effective_until")
        if first and last and last < first:
            self.add_error("effective_until", _("Tanggal berakhir mendahului tanggal mulai."))
        elif not self.errors:
            self._keep_today_covered(cleaned)
        return cleaned

    def _keep_today_covered(self, cleaned: dict) -> None:
        """A case that comes in today needs a rule for each step of its procedure."""
        before = Rule.objects.filter(pk=self.instance.pk).first()
        today = timezone.localdate()
        if before is None or before.procedure not in procedure_titles() or not before.is_in_force(today):
            return
        after = Rule(**{name: cleaned[name] for name in ("effective_from", "effective_until")})
        is_same_step = all(getattr(before, name) == cleaned[name] for name in self.settled_fields)
        if is_same_step and after.is_in_force(today):
            return
        others = Rule.objects.filter(procedure=before.procedure, step=before.step).exclude(pk=before.pk)
        if not any(rule.is_in_force(today) for rule in others):
            field = "effective_until" if is_same_step and after.effective_from <= today else "effective_from"
            self.add_error(
                field if is_same_step else "step",
                _(
                    "Langkah ini diperlukan perkara yang terbuka, dan hari ini tidak ada aturan lain untuknya. "
                    "Biarkan aturan ini berlaku setidaknya sampai hari ini, lalu tambahkan penerusnya."
                ),
            )


class RetentionRuleForm(VerifiedForm):
    """By a rule that was changed after it was verified nothing is erased before it is verified again."""

    settled_fields = ("kind", "subject")
    compared = ("months", "legal_basis", "keeps_public_copy")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer("kind", [(kind.kind, str(kind.label)) for kind in all_kinds()])


class OfficeHoursForm(RegisterForm):
    def clean(self):
        cleaned = super().clean()
        opens, closes = cleaned.get("opens"), cleaned.get("closes")
        if opens and closes and closes <= opens:
            self.add_error("closes", _("Jam tutup harus sesudah jam buka."))
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if bool(first) != bool(last):
            self.add_error(
                "valid_until" if first else "valid_from", _("Isi kedua tanggal, atau kosongkan keduanya.")
            )
        elif first and last < first:
            self.add_error("valid_until", _("Tanggal berakhir mendahului tanggal mulai."))
        return cleaned


class MessageTemplateForm(RegisterForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = ", ".join(f"{{{name}}}" for name in sorted(FIELDS))
        self.fields["body"].help_text = _("Isian yang dapat dipakai: %s.") % known
