"""The forms behind the applicant's buttons on the tracking page."""

from copy import deepcopy

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from cases.actions import ActionForm
from cases.forms.actions import TEXT
from cases.forms.fields import MailField, PhoneField
from cases.models import IdentityMode, Party

from ..models import Delivery, Obtaining
from .request import AskingForm, clean_id_number


class CompleteForm(ActionForm):
    """Only what the request lacks, and words for what the officer asked besides."""

    words = forms.CharField(label=_("Jawaban atas pertanyaan petugas"), required=False, **TEXT)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        details, party = self.case.information_request, Party.objects.filter(case=self.case).first()
        asking = AskingForm.base_fields
        self.has_mail = bool(party and party.email)
        if not (party and party.name) or self.case.identity_mode != IdentityMode.NAMED:
            self.fields["name"] = deepcopy(asking["name"])
            self.fields["name"].help_text = _("Terlihat oleh petugas yang menangani permohonan ini.")
        if not (party and (party.phone or party.email)):
            self.fields["phone"] = PhoneField(required=False)
        if not self.has_mail and (not details.obtaining or "phone" in self.fields):
            self.fields["email"] = MailField(required=False)
        if not details.id_number:
            self.fields["applicant_kind"], self.fields["id_number"] = (
                asking["applicant_kind"],
                asking["id_number"],
            )
        for name in ("address", "purpose"):
            if not getattr(details, name):
                self.fields[name] = asking[name]
        if not details.obtaining:
            self.fields["obtaining"], self.fields["delivery"] = asking["obtaining"], asking["delivery"]
        self.fields["words"].required = len(self.fields) == 1

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("id_number"):
            try:
                cleaned["id_number"] = clean_id_number(
                    cleaned.get("applicant_kind", ""), cleaned["id_number"]
                )
            except forms.ValidationError as fault:
                self.add_error("id_number", fault)
        if "obtaining" in self.fields:
            if cleaned.get("obtaining") == Obtaining.SEEING:
                cleaned["delivery"] = ""
            elif cleaned.get("obtaining") and not cleaned.get("delivery"):
                self.add_error("delivery", __("Pilih cara mendapatkan salinan."))
            is_mailed = cleaned.get("delivery") == Delivery.EMAIL
            if is_mailed and not self.has_mail and not cleaned.get("email") and "email" not in self.errors:
                self.add_error("email", __("Tulis surel Anda, supaya salinan dapat dikirim ke sana."))
        return cleaned


class EnoughForm(ActionForm):
    words = forms.CharField(label=_("Tambahan"), required=False, **TEXT)
