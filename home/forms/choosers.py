"""What Wagtail's choosers lack: Indonesian names for the fields of links, and an answer to what nobody could have chosen."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import (
    AnchorLinkChooserForm,
    EmailLinkChooserForm,
    ExternalLinkChooserForm,
    PhoneLinkChooserForm,
)
from wagtail.admin.widgets import BaseChooser
from wagtail.blocks.field_block import ChooserBlock

LABELS = {
    "link_text": _("Tulisan tautan"),
    "email_address": _("Alamat surel"),
    "phone_number": _("Nomor telepon"),
    "subject": _("Hal surat"),
    "body": _("Isi surat"),
}


def name_fields() -> None:
    for form in (AnchorLinkChooserForm, EmailLinkChooserForm, ExternalLinkChooserForm, PhoneLinkChooserForm):
        for name in form.base_fields.keys() & LABELS.keys():
            form.base_fields[name].label = LABELS[name]


_instance_of, _chosen_in_block = BaseChooser.get_instance, ChooserBlock.value_from_form


def _instance_if_any(self: BaseChooser, value: Any) -> Model | None:
    try:
        return _instance_of(self, value)
    except ValueError:
        return None


def _chosen_if_any(self: ChooserBlock, value: Any) -> Model | None:
    try:
        return _chosen_in_block(self, value)
    except ValueError:
        return None


def answer_what_is_no_key() -> None:
    """Wagtail looks up what was sent to show it again, and fails where it is no key at all."""
    BaseChooser.get_instance = _instance_if_any
    ChooserBlock.value_from_form = _chosen_if_any
