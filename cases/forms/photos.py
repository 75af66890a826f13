"""Photos in forms: opened, made anew and stripped before anything is written, or refused with advice."""

from typing import BinaryIO

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ..intake import (
    AcceptedImage,
    Limits,
    TooManyFiles,
    UploadRefused,
    accept_image,
    refuse_too_many,
    safe_display_name,
)


class PhotosInput(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photos at once; cleans to a list of AcceptedImage, empty where none was sent.

    `accepted` are those that were taken in, also where others were refused.
    """

    widget = PhotosInput
    limits = Limits()
    too_many: type[UploadRefused] = TooManyFiles
    accepted: list[AcceptedImage] = []

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("label", _("Foto"))
        kwargs.setdefault(
            "help_text",
            format_lazy(
                _("Paling banyak {files} foto JPG, PNG, atau HEIC, masing-masing paling besar {size} MB."),
                files=self.limits.max_files,
                size=self.limits.max_bytes // 2**20,
            ),
        )
        super().__init__(required=False, **kwargs)

    def widget_attrs(self, widget) -> dict:
        return {
            "accept": "image/*",
            "multiple": True,
            "data-largest": str(self.limits.max_bytes),
            "data-most": str(self.limits.max_files),
        }

    def take_in(self, file: BinaryIO) -> AcceptedImage:
        return accept_image(file, limits=self.limits)

    def clean(self, data, initial=None) -> list[AcceptedImage]:
        files = [file for file in (data or []) if file]
        try:
            refuse_too_many(len(files), limits=self.limits, refusal=self.too_many)
        except UploadRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        self.accepted, faults = [], []
        for file in files:
            try:
                self.accepted.append(self.take_in(file.file))
            except UploadRefused as refusal:
                faults.append(f"{safe_display_name(file.name)}: {refusal}")
        if faults:
            raise forms.ValidationError(faults)
        return self.accepted
