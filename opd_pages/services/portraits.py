"""The photo of somebody who leads a unit: painted anew, so that nothing of the phone's file is kept."""

from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image as Picture
from PIL import ImageOps
from wagtail.images.models import Image
from wagtail.models import Collection

from home.models import User

from ..models import Leader, Unit
from .changed_contacts import contact_changed
from .contacts import ContactRefusal

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
KEPT_SIDE = 1600  # pixels
FORMATS = ("JPEG", "PNG", "WEBP")


class UnreadablePhoto(ContactRefusal):
    def __init__(self) -> None:
        super().__init__(_("Berkas ini bukan foto yang dapat dibuka. Kirim foto JPG, PNG, atau WebP."))


class PhotoTooLarge(ContactRefusal):
    def __init__(self) -> None:
        super().__init__(_("Foto ini terlalu besar. Kirim foto paling besar 10 MB."))


def paint_anew(upload: UploadedFile) -> bytes:
    """The photo upright as JPEG without metadata, at most KEPT_SIDE wide and high.

    Raises UnreadablePhoto, PhotoTooLarge.
    """
    if upload.size > MOST_BYTES:
        raise PhotoTooLarge
    try:
        with Picture.open(upload, formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise PhotoTooLarge
            opened.draft("RGB", (KEPT_SIDE, KEPT_SIDE))
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except PhotoTooLarge:
        raise
    except (OSError, SyntaxError, ValueError, Picture.DecompressionBombError) as fault:
        raise UnreadablePhoto from fault
    upright.thumbnail((KEPT_SIDE, KEPT_SIDE))
    painted = Picture.new("RGB", upright.size, "white")
    painted.paste(upright, mask=upright)
    file = BytesIO()
    painted.save(file, "JPEG", quality=88)
    return file.getvalue()


@transaction.atomic
def show_portrait(leader: Leader, jpeg: bytes, *, by: User) -> None:
    """Enter a photo of `paint_anew` into the unit's collection and show it beside the leader's name, at once.

    The photo before it is deleted.
    """
    title = f"{leader.name}, {leader.title}"
    former = leader.photo
    leader.photo = Image.objects.create(
        title=title,
        description=f"Foto {title}",
        file=ContentFile(jpeg, name=f"pimpinan-{leader.unit.short_code.lower()}.jpg"),
        collection=unit_collection(leader.unit),
        uploaded_by_user=by,
    )
    leader.save(update_fields=["photo"])
    if former:
        former.delete()
    contact_changed(leader.unit)


@transaction.atomic
def remove_portrait(leader: Leader) -> None:
    """Take the photo away, with every picture drawn from it: their files go when the transaction is done."""
    former, leader.photo = leader.photo, None
    leader.save(update_fields=["photo"])
    if former:
        former.delete()
    contact_changed(leader.unit)


def unit_collection(unit: Unit) -> Collection:
    page = getattr(unit, "page", None)
    return (page and page.collection) or Collection.get_first_root_node()
