"""A public photo is a file of its own: what an officer covers is not in it, and the original stays where it was."""

from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from PIL import Image

from cases.intake import accept_image
from cases.intake.grid import CELLS, box_of, columns_and_rows
from cases.models import CaseFile, PublicPhoto
from cases.services.public_photos import cover, show_photos
from tests.browsers import act, browser, received_now, soup
from tests.pengaduan import steps

WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def white(size: tuple[int, int]) -> bytes:
    stream = BytesIO()
    Image.new("RGB", size, "white").save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture
def case(desk):
    """Looked at by the operator, with a white photo of 800 by 600."""
    return steps.verified(desk, received_now(desk, images=[accept_image(white((800, 600)))]), timezone.now())


@pytest.fixture
def photo(case) -> CaseFile:
    return case.files.get()


@pytest.fixture
def operator(desk):
    return browser(desk.operator)


def publish(operator, case, photo, *cells: int, is_shown: bool = True):
    ticks = {"public_photos": [photo.pk]} if is_shown else {}
    fields = {"public_text": "Jembatan rusak.", f"public_photos-{photo.pk}": list(cells)}
    return act(operator, case, "public-copy", **fields, **ticks)


def pixels(address: str) -> Image.Image:
    response = browser().get(address)
    return Image.open(BytesIO(b"".join(response.streaming_content))).convert("RGB")


def cells_of(picture: Image.Image) -> list[int]:
    """The cells that are black throughout."""
    black = []
    for cell in range(CELLS):
        left, top, right, bottom = box_of(cell, *picture.size)
        colours = picture.crop((left + 8, top + 8, right - 7, bottom - 7)).getextrema()
        black += [cell] if max(high for _low, high in colours) < 16 else []
    return black


def on_disk() -> list[Path]:
    return sorted(path for path in Path(settings.CASE_FILES_ROOT).rglob("*") if path.is_file())


@pytest.mark.parametrize("size", [(800, 600), (600, 800), (1, 1), (7, 2048)])
def test_the_cells_cover_every_pixel_of_a_picture(size):
    columns, rows = columns_and_rows(*size)
    across = {x for cell in range(columns) for x in range(box_of(cell, *size)[0], box_of(cell, *size)[2] + 1)}
    down = {
        y
        for cell in range(0, CELLS, columns)
        for y in range(box_of(cell, *size)[1], box_of(cell, *size)[3] + 1)
    }
    assert (across, down, columns * rows) == (set(range(size[0])), set(range(size[1])), CELLS)


def test_what_is_covered_is_black_in_the_public_file_and_nothing_else_is(operator, case, photo):
    assert publish(operator, case, photo, 0, 9, 47).status_code == 302
    assert cells_of(pixels(photo.public_photo.get_absolute_url())) == [0, 9, 47]


def test_the_original_stays_as_it_was(operator, case, photo):
    kept = Path(settings.CASE_FILES_ROOT, photo.path)
    before = kept.read_bytes()
    publish(operator, case, photo, 0)
    assert kept.read_bytes() == before


def test_covering_more_makes_another_file_and_disposes_of_the_earlier(
    operator, case, photo, django_capture_on_commit_callbacks
):
    publish(operator, case, photo, 0)
    earlier = case.public_photos.get()
    with django_capture_on_commit_callbacks(execute=True):
        publish(operator, case, photo, 0, 1)
    later = case.public_photos.get()
    assert browser().get(earlier.get_absolute_url()).status_code == 404
    assert cells_of(pixels(later.get_absolute_url())) == [0, 1]
    assert {str(path.name) for path in on_disk()} == {str(photo), str(later)}


def test_a_photo_covered_as_before_keeps_its_address(operator, case, photo):
    publish(operator, case, photo, 5)
    before = case.public_photos.get()
    publish(operator, case, photo, 5)
    assert case.public_photos.get() == before


def test_a_photo_that_is_not_ticked_is_not_shown_however_it_is_covered(operator, case, photo):
    publish(operator, case, photo, 0, is_shown=False)
    assert PublicPhoto.objects.count() == 0


def test_a_photo_unticked_later_is_gone(operator, case, photo, django_capture_on_commit_callbacks):
    publish(operator, case, photo)
    with django_capture_on_commit_callbacks(execute=True):
        publish(operator, case, photo, is_shown=False)
    assert [path.name for path in on_disk()] == [str(photo)]


def test_a_photo_that_cannot_be_painted_over_is_not_shown_uncovered(operator, case, photo):
    Path(settings.CASE_FILES_ROOT, photo.path).write_bytes(b"rusak")
    response = publish(operator, case, photo, 0)
    assert (response.status_code, PublicPhoto.objects.count()) == (422, 0)
    assert [fault.get_text() for fault in soup(response).select("#id_public-copy-public_photos_error p")] == [
        "Foto 1 tidak dapat disiapkan. Coba lagi, atau jangan menampilkannya."
    ]


@pytest.mark.parametrize("cell", [-1, 48, "x"])
def test_a_cell_that_is_none_covers_nothing_and_shows_nothing(operator, case, photo, cell):
    assert (publish(operator, case, photo, cell).status_code, PublicPhoto.objects.count()) == (422, 0)


def test_what_was_covered_is_ticked_when_the_form_is_opened_again(operator, case, photo):
    publish(operator, case, photo, 0, 9)
    page = soup(operator.get(f"/meja/perkara/{case.number}/"))
    boxes = page.select(f"#public-copy input[name='public-copy-public_photos-{photo.pk}']")
    assert [box["aria-label"] for box in boxes if box.has_attr("checked")] == [
        "Foto 1, baris 1, kolom 1",
        "Foto 1, baris 2, kolom 2",
    ]


def test_what_was_marked_is_kept_where_the_form_is_refused(operator, case, photo):
    fields = {"public_text": "x" * 5000, "public_photos": [photo.pk], f"public_photos-{photo.pk}": [3]}
    page = soup(act(operator, case, "public-copy", **fields))
    ticked = page.select("#public-copy fieldset input[checked]")
    assert [box["value"] for box in ticked] == [str(photo.pk), "3"]


def test_no_photo_of_another_case_is_shown(desk, case):
    other = received_now(desk, images=[accept_image(white((8, 6)))])
    show_photos(case, [cover(other.files.get())])
    assert PublicPhoto.objects.count() == 0
