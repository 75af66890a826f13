"""Wagtail calls the fields of its link choosers after their attributes, in English."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import (
    AnchorLinkChooserForm,
    EmailLinkChooserForm,
    ExternalLinkChooserForm,
    PhoneLinkChooserForm,
)

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
