"""Forms behind buttons that every kind of case has. Each cleans to the keyword arguments of its verb."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..actions import ActionForm

TEXT = {"max_length": 4000, "widget": forms.Textarea(attrs={"rows": 4})}


class NoForm(ActionForm):
    """A button and nothing else."""


class ReasonForm(ActionForm):
    reason = forms.CharField(label=_("Alasan"), **TEXT)


class NoteForm(ActionForm):
    note = forms.CharField(label=_("Catatan"), **TEXT)
