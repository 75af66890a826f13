"""Which of a case's photos anyone may see, and which parts of them are covered."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from ..actions import ActionForm
from ..intake import UploadRefused
from ..intake.grid import CELLS, columns_and_rows
from ..models import CaseFile
from ..services.public_photos import Shown, cover


class PublicPhotosInput(forms.Widget):
    """Each photo with a box to show it, and a grid of boxes over it: what is ticked there is painted over.

    Its value: by the photo's key, whether it is shown and which cells are covered.
    """

    component = "components/public_photos.html"
    use_fieldset = True
    photos: list[CaseFile] = []

    def value_from_datadict(self, data, files, name: str) -> dict[int, tuple[bool, list[str]]]:
        shown = data.getlist(name)
        return {
            photo.pk: (str(photo.pk) in shown, data.getlist(f"{name}-{photo.pk}")) for photo in self.photos
        }

    def subwidgets(self, name: str, value, attrs=None) -> Iterator[dict[str, Any]]:
        for number, photo in enumerate(self.photos, start=1):
            is_shown, covered = value[photo.pk]
            columns, rows = columns_and_rows(photo.width, photo.height)
            yield {
                "number": number,
                "photo": photo,
                "name": name,
                "id": f"{attrs['id']}_{photo.pk}",
                "is_shown": is_shown,
                "is_covered": bool(covered),
                "is_tall": columns < rows,
                "cells": [
                    (cell, cell // columns + 1, cell % columns + 1, str(cell) in map(str, covered))
                    for cell in range(CELLS)
                ],
            }


class PublicPhotosField(forms.Field):
    """None is shown unless an officer has looked and ticked it. Cleans to a list of `Shown`."""

    widget = PublicPhotosInput

    def __init__(self, photos: list[CaseFile]) -> None:
        super().__init__(
            label=_("Foto yang boleh ditampilkan"),
            help_text=_("Tutup wajah, pelat nomor, dan surat pribadi lebih dahulu."),
            required=False,
            initial={photo.pk: _as_shown(photo) for photo in photos},
        )
        self.photos = self.widget.photos = photos

    def clean(self, value: dict[int, tuple[bool, list[str]]]) -> list[Shown]:
        shown, faults = [], []
        for number, photo in enumerate(self.photos, start=1):
            is_shown, covered = value[photo.pk]
            if not is_shown:
                continue
            try:
                shown.append(cover(photo, _cells(covered)))
            except (UploadRefused, FileNotFoundError, ValueError):
                faults.append(
                    __("Foto %s tidak dapat disiapkan. Coba lagi, atau jangan menampilkannya.") % number
                )
        if faults:
            raise forms.ValidationError(faults)
        return shown


def offer_public_photos(form: ActionForm) -> None:
    """Add the question about photos where the reporter sent any."""
    photos = CaseFile.objects.filter(case=form.case, by_reporter=True).select_related("public_photo")
    if photos := list(photos):
        form.fields["public_photos"] = PublicPhotosField(photos)


def _as_shown(photo: CaseFile) -> tuple[bool, list[int]]:
    public = getattr(photo, "public_photo", None)
    return (public is not None, public.covered if public else [])


def _cells(typed: list[str]) -> set[int]:
    """Raises ValueError for what is no cell of the grid."""
    cells = {int(cell) for cell in typed}
    if not cells <= set(range(CELLS)):
        raise ValueError("no such cell")
    return cells
