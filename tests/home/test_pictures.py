from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import ValidationError
from django.template import RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory
from PIL import Image as Picture
from wagtail.images.models import Image

from home.context import portal_identity
from home.forms.images import CUT_SHORT, WholeImageField
from home.models import PortalSettings
from home.pictures import MOST_PAINTED_AT_ONCE, SHAPES, paint
from home.registry import Registry
from home.services import painting
from tests.painted import paints_renditions


@pytest.fixture(autouse=True)
def _no_picture_is_remembered():
    caches["renditions"].clear()


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


@paints_renditions
def test_a_portal_whose_crest_is_gone_from_the_disk_is_shown_without_one(db):
    crest = Image.objects.create(
        title="Lambang", width=320, height=240, file=ContentFile(picture("PNG"), name="lambang.png")
    )
    PortalSettings.objects.update_or_create(defaults={"crest": crest})
    crest.file.storage.delete(crest.file.name)
    assert portal_identity().crest_url == ""


# --- On a page -------------------------------------------------------------------------------------------------------


@pytest.fixture
def photo(db):
    return Image.objects.create(
        title="Balai desa",
        width=320,
        height=240,
        file=ContentFile(picture("JPEG"), name="balai.jpg"),
    )


def page_with(*photos, words: str = 'alt="Balai"', **of_request) -> BeautifulSoup:
    """A page with these photos as a reader gets it."""
    request = RequestFactory().get("/")
    vars(request).update(of_request)
    tags = f'{{% for photo in photos %}}{{% picture photo "card" {words} %}}{{% endfor %}}'
    html = Template("{% load pictures %}" + tags).render(RequestContext(request, {"photos": photos}))
    return BeautifulSoup(html, "html.parser")


@pytest.fixture
def several(photo):
    return [Image.objects.create(title="Balai", width=320, height=240, file=photo.file) for _ in range(5)]


def names(source: str) -> list[str]:
    return [address.split()[0].rsplit(".", 1)[1] for address in source.split(", ")]


@paints_renditions
def test_a_painted_picture_comes_as_webp_in_every_width_and_as_jpeg_for_old_browsers(photo):
    paint(photo, [SHAPES["card"]])
    (shown,) = page_with(photo).select("picture")
    assert names(shown.source["srcset"]) == ["webp"] * len(SHAPES["card"].crops)
    assert (names(shown.img["src"]), shown.source["sizes"]) == (["jpg"], SHAPES["card"].sizes)


@paints_renditions
def test_a_picture_below_the_fold_waits_and_the_first_one_does_not(photo):
    paint(photo, [SHAPES["card"]])
    below, first = page_with(photo).img, page_with(photo, words='alt="" first=True').img
    assert (below.get("loading"), first.get("loading")) == ("lazy", None)


def test_a_picture_without_words_for_who_does_not_see_it_is_refused():
    with pytest.raises(TemplateSyntaxError, match="alt"):
        Template('{% load pictures %}{% picture photo "card" %}')


@paints_renditions
def test_no_reader_waits_for_more_pictures_than_a_few(several):
    page = page_with(*several)
    assert (len(page.select("img")), len(page.select("svg[aria-label=Balai]"))) == (MOST_PAINTED_AT_ONCE, 3)
    assert sum(len(painted_specs(image)) for image in several) == MOST_PAINTED_AT_ONCE


@paints_renditions
def test_an_editors_preview_shows_every_picture(several):
    assert len(page_with(*several, is_preview=True).select("img")) == len(several)


# --- By the worker ---------------------------------------------------------------------------------------------------


@pytest.fixture
def gallery(monkeypatch, photo):
    """Pages show every image there is as a card; nothing else is shown."""
    registry = Registry()
    registry.enter(lambda: [(Image.objects.all(), ("card",))])
    monkeypatch.setattr(painting, "shown_pictures", registry)
    return photo


def painted_specs(image) -> set[str]:
    return set(image.renditions.values_list("filter_spec", flat=True))


@paints_renditions
def test_the_worker_paints_what_is_shown_once(gallery):
    painting.paint_pictures()
    before = list(gallery.renditions.order_by("pk").values_list("pk", "filter_spec"))
    painting.paint_pictures()
    assert {spec for _pk, spec in before} == set(SHAPES["card"].specs)
    assert list(gallery.renditions.order_by("pk").values_list("pk", "filter_spec")) == before


@paints_renditions
def test_a_picture_whose_focus_moves_is_cut_anew(gallery):
    painting.paint_pictures()
    gallery.focal_point_x, gallery.focal_point_y = 20, 20
    gallery.focal_point_width = gallery.focal_point_height = 10
    gallery.save()
    painting.paint_pictures()
    keys = gallery.renditions.values_list("focal_point_key", flat=True).distinct()
    assert (len(keys), gallery.renditions.count()) == (2, 2 * len(SHAPES["card"].specs))


@paints_renditions
def test_one_picture_that_cannot_be_opened_holds_up_no_other(gallery, caplog):
    broken = Image.objects.create(
        title="Rusak", width=320, height=240, file=ContentFile(picture("PNG"), name="rusak.png")
    )
    Path(broken.file.path).write_bytes(b"bukan gambar")
    later = Image.objects.create(title="Balai", width=320, height=240, file=gallery.file)
    painting.paint_pictures()
    painting.paint_pictures()
    assert (painted_specs(broken), painted_specs(later)) == (set(), set(SHAPES["card"].specs))
    assert caplog.text.count("cannot be painted") == 1
