from datetime import date, datetime, time

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ..calendar import Due, NoWorkingDay, Term, TermUnit, deadline
from ..kinds import procedure_titles
from ..models import Rule
from ..models.clock import UNITS
from ..services.clockwork import Clockwork, NoRule, term_of

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
LONGEST = 3_650  # ten years of days; longer terms are counted in no procedure


class CalculatorForm(forms.Form):
    """From when, and by which rule or for how long. Counts nothing into the database."""

    mulai = forms.DateField(
        label=_("Tanggal diterima"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Isi tanggalnya."),
            "invalid": _("Tulis tanggal yang ada di kalender, misalnya 24/11/2026."),
        },
    )
    jam = forms.TimeField(
        label=_("Pukul"),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("Hanya perlu untuk jangka waktu dalam jam."),
        error_messages={"invalid": _("Tulis jam dan menit, misalnya 08.30.")},
    )
    aturan = forms.ChoiceField(
        label=_("Aturan"),
        required=False,
        help_text=_("Pilih aturan, atau isi lamanya sendiri di bawah."),
        # Rules are the office's own words, in every language of the interface.
        widget=forms.Select(attrs={"lang": "id"}),
        error_messages={"invalid_choice": _("Pilih salah satu aturan dalam daftar.")},
    )
    lama = forms.IntegerField(
        label=_("Lamanya"),
        required=False,
        min_value=0,
        max_value=LONGEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Tulis lamanya dengan angka, misalnya 10."),
            "min_value": _("Lamanya tidak boleh kurang dari 0."),
            "max_value": _("Lamanya paling banyak %(limit_value)s."),
        },
    )
    satuan = forms.ChoiceField(
        label=_("Satuan"),
        required=False,
        choices=UNITS,
        error_messages={"invalid_choice": _("Pilih hari kerja, hari, atau jam.")},
    )

    rule: Rule | None = None
    due: Due | None = None

    def __init__(self, *args, works: Clockwork, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.works = works
        self.fields["aturan"].choices = [("", _("Isi lamanya sendiri")), *rule_choices(works, today)]

    def clean_mulai(self) -> date:
        start = self.cleaned_data["mulai"]
        if not FIRST_DAY <= start <= LAST_DAY:
            raise forms.ValidationError(
                _("Pilih tanggal antara %(first)s dan %(last)s."),
                params={"first": date_format(FIRST_DAY, "j F Y"), "last": date_format(LAST_DAY, "j F Y")},
            )
        return start

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        term = self._term(cleaned)
        if term is None:
            return cleaned
        if term.unit == TermUnit.HOURS and cleaned["jam"] is None:
            self.add_error("jam", _("Isi pukul berapa diterima: jangka waktu ini dihitung per jam."))
            return cleaned
        zone = self.works.calendar.timezone
        start = datetime.combine(cleaned["mulai"], cleaned["jam"] or time.min, zone)
        try:
            basis = self.rule.legal_basis if self.rule else ""
            self.due = deadline(start, term, self.works.calendar, basis=basis)
        except NoWorkingDay as fault:
            self.add_error("mulai", str(fault))
        return cleaned

    def _term(self, cleaned: dict) -> Term | None:
        """By the rule in force on the day of receipt, or as typed. None where neither can be told."""
        if chosen := cleaned["aturan"]:
            procedure, _slash, step = chosen.partition("/")
            try:
                self.rule = self.works.rule(procedure, step, cleaned["mulai"])
            except NoRule:
                self.add_error(
                    "aturan",
                    _("Pada tanggal itu aturan ini belum berlaku. Pilih tanggal lain, atau isi lamanya."),
                )
                return None
            return term_of(self.rule)
        if cleaned["lama"] is None:
            self.add_error("lama", _("Isi lamanya, atau pilih aturan."))
            return None
        return Term(cleaned["lama"], TermUnit(cleaned["satuan"] or TermUnit.WORKING_DAYS))


def rule_choices(works: Clockwork, today: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """The rules in force today, by procedure: what a select shows."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for procedure, step in sorted(works.rules):
        try:
            rule = works.rule(procedure, step, today)
        except NoRule:
            continue
        groups.setdefault(procedure, []).append((f"{procedure}/{step}", str(rule)))
    titles = procedure_titles()
    return [(str(titles.get(procedure, procedure)), rules) for procedure, rules in groups.items()]
