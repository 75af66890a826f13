"""Photos in forms: opened, made anew and stripped before anything is written, or refused with advice."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..intake import AcceptedImage, Limits, UploadRefused, accept_image, refuse_too_many, safe_display_name

LIMITS = Limits()


class PhotosInput(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photos at once; cleans to a list of AcceptedImage, empty where none was sent."""

    widget = PhotosInput

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("label", _("Foto"))
        kwargs.setdefault(
            "help_text",
            _("Paling banyak %(files)s foto JPG, PNG, atau HEIC, masing-masing paling besar %(size)s MB.")
            % {"files": LIMITS.max_files, "size": LIMITS.max_bytes // 2**20},
        )
        super().__init__(required=False, **kwargs)

    def widget_attrs(self, widget) -> dict:
        return {
            "accept": "image/*",
            "multiple": True,
            "data-largest": str(LIMITS.max_bytes),
            "data-most": str(LIMITS.max_files),
        }

    def clean(self, data, initial=None) -> list[AcceptedImage]:
        files = [file for file in (data or []) if file]
        try:
            refuse_too_many(len(files), limits=LIMITS)
        except UploadRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        images, faults = [], []
        for file in files:
            try:
                images.append(accept_image(file.file, limits=LIMITS))
            except UploadRefused as refusal:
                faults.append(f"{safe_display_name(file.name)}: {refusal}")
        if faults:
            raise forms.ValidationError(faults)
        return images
