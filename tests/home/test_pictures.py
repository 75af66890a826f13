from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import ValidationError
from PIL import Image as Picture
from wagtail.images.models import Image

from home.context import portal_identity
from home.forms.images import CUT_SHORT, WholeImageField
from home.models import PortalSettings


def picture(form: str) -> bytes:
    content = BytesIO()
    Picture.effect_noise((320, 240), 40).save(content, form)
    return content.getvalue()


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_was_cut_short_on_its_way_is_told_beside_the_field(form):
    whole = picture(form)
    field = WholeImageField()
    with pytest.raises(ValidationError) as refused:
        field.clean(SimpleUploadedFile(f"foto.{form.lower()}", whole[: len(whole) * 2 // 3]))
    assert refused.value.messages == [CUT_SHORT]


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_whole_picture_is_taken_as_it_is(form):
    whole = picture(form)
    taken = WholeImageField().clean(SimpleUploadedFile(f"foto.{form.lower()}", whole))
    assert taken.read() == whole


# Wagtail leaves the temporary file of a rendition it could not paint to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_portal_whose_crest_is_gone_from_the_disk_is_shown_without_one(db):
    crest = Image.objects.create(
        title="Lambang", width=320, height=240, file=ContentFile(picture("PNG"), name="lambang.png")
    )
    PortalSettings.objects.update_or_create(defaults={"crest": crest})
    crest.file.storage.delete(crest.file.name)
    assert portal_identity().crest_url == ""
