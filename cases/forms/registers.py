from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from opd_pages.forms.register import RegisterForm

from ..models import OfficeHours, Rule
from ..wording import FIELDS


class RuleForm(RegisterForm):
    """A term for a step the procedures know; who verified it is told whole or not at all."""

    settled_fields = ("procedure", "step")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.settled_fields:
            known = Rule.objects.order_by(name).values_list(name, flat=True).distinct()
            self.fields[name].widget = forms.Select(
                choices=[("", "---------"), *((code, code) for code in known)]
            )

    def clean(self):
        cleaned = super().clean()
        procedure, step = cleaned.get("procedure"), cleaned.get("step")
        if procedure and step and not Rule.objects.filter(procedure=procedure, step=step).exists():
            self.add_error("step", _("Langkah ini tidak ada dalam prosedur tersebut."))
        first, last = cleaned.get("effective_from"), cleaned.get("effective_until")
        if first and last and last < first:
            self.add_error("effective_until", _("Tanggal berakhir mendahului tanggal mulai."))
        proof = {name: cleaned.get(name) for name in ("verified_by", "verified_on", "verified_against")}
        if any(proof.values()):
            for name, value in proof.items():
                if not value and name not in self.errors:
                    self.add_error(
                        name, _("Sebutkan siapa yang memverifikasi, kapan, dan dengan naskah mana.")
                    )
        return cleaned


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
        elif self._repeats(cleaned.get("weekday"), first, last):
            self.add_error(
                "weekday", _("Jam kantor hari ini untuk masa itu sudah tercatat. Ubah baris yang ada.")
            )
        return cleaned

    def _repeats(self, weekday, first, last) -> bool:
        same = OfficeHours.objects.filter(weekday=weekday).exclude(pk=self.instance.pk)
        period = Q(valid_from__lte=last, valid_until__gte=first) if first else Q(valid_from=None)
        return same.filter(period).exists()


class MessageTemplateForm(RegisterForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = ", ".join(f"{{{name}}}" for name in sorted(FIELDS))
        self.fields["body"].help_text = _("Isian yang dapat dipakai: %s.") % known
