"""Which photos of a case anyone may see: new files, in which an officer has covered what is nobody's business."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.core.files.storage import storages

from ..intake import AcceptedImage, accept_covered
from ..models import Case, CaseFile, PublicPhoto
from .files import dispose, keep


@dataclass(frozen=True)
class Shown:
    """A photo to be shown with some cells covered. `image` is None where it is shown in just that way already."""

    photo: CaseFile
    covered: tuple[int, ...]
    image: AcceptedImage | None


def cover(photo: CaseFile, cells: Collection[int] = ()) -> Shown:
    """Paint the photo for the public, before the transaction that shows it. Raises Broken, NotNow, FileNotFoundError:
    where it cannot be painted over, there is no public photo."""
    covered = tuple(sorted(cells))
    as_before = PublicPhoto.objects.filter(photo=photo, covered=list(covered)).first()
    if as_before and storages["cases"].exists(as_before.path):
        return Shown(photo, covered, None)
    with storages["cases"].open(photo.path) as stored:
        content = stored.read()
    whole = AcceptedImage.of(content, photo.width, photo.height)
    return Shown(photo, covered, accept_covered(content, covered) if covered else whole)


def show_photos(case: Case, shown: Iterable[Shown]) -> None:
    """Show exactly these; what was shown before and is another now is disposed of."""
    shown = [one for one in shown if one.photo.case_id == case.pk]
    as_before = [one.photo.pk for one in shown if one.image is None]
    dispose(case.public_photos.exclude(photo__in=as_before))
    for one in shown:
        if one.image:
            keep(PublicPhoto, [one.image], case=case, photo=one.photo, covered=list(one.covered))
