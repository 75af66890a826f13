"""A public form with photos that are not lost when something else in it is wrong."""

from django import forms
from django.utils.translation import gettext as __

from ..intake import AcceptedImage, UploadRefused, refuse_too_many
from ..services.holding import hold, recall
from .photos import PhotosField
from .submission import KEY


class HoldingForm(forms.Form):
    """Needs the field `submission_key`. `photos` cleans to those held from an earlier try and those sent now."""

    submission_key = forms.CharField(widget=forms.HiddenInput, required=False)
    photos = PhotosField()
    held_photos = forms.Field(widget=forms.MultipleHiddenInput, required=False)

    def clean(self) -> dict:
        cleaned = super().clean()
        recalled = [recall(reference, form_key=self._form_key) for reference in self._references]
        held = [image for image in recalled if image]
        if len(held) < len(recalled):
            self.add_error("photos", __("Foto yang tadi sudah tidak tersimpan. Pilih lagi."))
        elif "photos" in cleaned:
            cleaned["photos"] = [*held, *cleaned["photos"]]
            try:
                refuse_too_many(len(cleaned["photos"]), limits=PhotosField.limits)
            except UploadRefused as refusal:
                self.add_error("photos", str(refusal))
        return cleaned

    def hold_photos(self, network: str) -> None:
        """After an error: keep what was accepted now, and whatever is still held, for the next try.

        `held` are the references, in the order in which they came; `is_photo_lost` where one must be chosen again.
        """
        self.held = [
            reference for reference in self._references if recall(reference, form_key=self._form_key)
        ]
        accepted = self.fields["photos"].accepted[: PhotosField.limits.max_files - len(self.held)]
        kept = [self._hold(image, network) for image in accepted]
        self.held += [reference for reference in kept if reference]
        self.is_photo_lost = None in kept or (bool(self.files) and not self.held)

    def _hold(self, image: AcceptedImage, network: str) -> str | None:
        return hold(image, form_key=self._form_key, network=network) if self._form_key else None

    @property
    def _form_key(self) -> str:
        key = self.data.get("submission_key", "")
        return key if KEY.fullmatch(key) else ""

    @property
    def _references(self) -> list[str]:
        return self.data.getlist("held_photos")[: PhotosField.limits.max_files]
