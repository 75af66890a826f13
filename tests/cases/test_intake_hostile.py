"""Files made to do harm, or broken on their way: all of them end in a picture made anew or in a refusal."""

import unicodedata
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from cases.intake import (
    Broken,
    DocumentInstead,
    Empty,
    Limits,
    NotAnImage,
    TooManyPixels,
    UploadRefused,
    accept_image,
    safe_display_name,
)
from tests.shared_data import shared

# A damaged file makes Pillow warn; that is its sender's business, not ours.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")

SAMPLES = {
    "L_exif_xmp_iptc.heic": (64, 64),
    "RGB_8__128x128.heif": (128, 128),
    "apng_animated.png": (128, 64),
    "attachment.pdf": DocumentInstead,
    "broken.png": Broken,
    "broken_exif_dpi.jpg": (100, 100),
    "corrupted.heic": Broken,
    "dde-test.docm": DocumentInstead,
    "decompression_bomb.gif": TooManyPixels,
    "decompression_bomb_extents.gif": (100, 100),  # the bomb is its second picture
    "dispose_bgnd.gif": (100, 100),
    "embedded-simple-2007.docm": DocumentInstead,
    "empty_gps_ifd.jpg": (10, 10),
    "encrypted-file.pdf": DocumentInstead,
    "encrypted.docx": DocumentInstead,
    "exif.avif": (512, 512),
    "exif_gps.jpg": (8, 8),
    "hopper_orientation_6.jpg": (128, 128),
    "ignore_frame_size.mpo": (64, 64),
    "legacy.doc": DocumentInstead,
    "oom-225817ca0f8c663be7ab4b9e717b02c661e66834.tif": NotAnImage,
    "pil_sample_cmyk.jpg": (100, 100),
    "plain.svg": NotAnImage,
    "sample_with_external_link_to_doc.docx": DocumentInstead,
    "toy.pdf": DocumentInstead,
    "trailer_loop.pdf": DocumentInstead,
    "truncated.heic": Broken,
    "truncated_jpeg.jpg": Broken,
    "zPug_3.heic": (64, 64),
}
HOSTILE = {
    "billion_laughs.svg": NotAnImage,
    "bomb.zip": DocumentInstead,
    "csv_injection.csv": NotAnImage,
    "eicar.com.txt": NotAnImage,
    "empty.jpg": Empty,
    "gif_js_polyglot.gif": (2048, 1),
    "gifar.gif": (1, 1),
    "html_named.docx": NotAnImage,
    "js.pdf": DocumentInstead,
    "names.txt": NotAnImage,
    "pixel_bomb.png": TooManyPixels,
    "png_html_polyglot.png": (1, 1),
    "png_named.jpg": (1, 1),
    "remote_template.docx": DocumentInstead,
    "script.svg": NotAnImage,
    "text_chunk.png": (1, 1),
    "traversal.zip": DocumentInstead,
    "xxe.svg": NotAnImage,
}
ACCEPTED_SAMPLES = [name for name, outcome in SAMPLES.items() if isinstance(outcome, tuple)]


USUAL = Limits()


def outcome(content, limits=USUAL):
    try:
        accepted = accept_image(content, limits=limits)
    except UploadRefused as refused:
        return type(refused)
    return accepted.width, accepted.height


@pytest.mark.parametrize("name", SAMPLES)
def test_an_odd_file_from_the_field_has_its_outcome(name):
    assert outcome(shared(f"data/upload_samples/{name}").read_bytes()) == SAMPLES[name]


def test_every_odd_file_has_its_row_here():
    assert sorted(sample.name for sample in shared("data/upload_samples").iterdir()) == sorted(SAMPLES)


@pytest.mark.parametrize("name", ACCEPTED_SAMPLES)
def test_no_file_is_ever_returned_as_it_came(name):
    content = shared(f"data/upload_samples/{name}").read_bytes()
    kept = accept_image(content).content

    picture = Image.open(BytesIO(kept))
    assert (picture.format, dict(picture.getexif()), sorted(picture.info)) == (
        "JPEG",
        {},
        ["jfif", "jfif_density", "jfif_unit", "jfif_version"],
    )
    assert content not in kept


@pytest.mark.parametrize("name", ["exif_gps.jpg", "empty_gps_ifd.jpg"])
def test_garbage_in_the_gps_fields_is_no_place(name):
    assert accept_image(shared(f"data/upload_samples/{name}").read_bytes()).location is None


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_has_its_outcome(hostile_samples, name):
    assert outcome((hostile_samples / name).read_bytes()) == HOSTILE[name]


def test_every_hostile_file_has_its_row_here(hostile_samples):
    assert sorted(sample.name for sample in hostile_samples.iterdir()) == sorted(HOSTILE)


@pytest.mark.parametrize(
    "name", ["png_html_polyglot.png", "text_chunk.png", "gifar.gif", "gif_js_polyglot.gif"]
)
def test_what_hides_in_a_picture_does_not_come_through(hostile_samples, name):
    kept = accept_image((hostile_samples / name).read_bytes()).content

    assert [trick for trick in (b"<script", b"alert(1)", b"PK\x03\x04", b"a.txt") if trick in kept] == []


def test_hostile_names_are_shown_as_one_harmless_line(hostile_samples):
    names = (hostile_samples / "names.txt").read_bytes().decode().split("\n")
    shown = [safe_display_name(name) for name in names]

    assert [name for name in shown if not 0 < len(name) <= 80] == []
    assert [c for c in "".join(shown) if c in "/\\" or unicodedata.category(c).startswith("C")] == []


SMALL = Limits(max_pixels=500_000, max_drawn_pixels=500_000)
OPENINGS = [
    b"",
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"GIF89a",
    b"RIFF\x40\0\0\0WEBP",
    b"\0\0\0\x18ftypheic",
    b"II*\0",
]


def whole(format, **options):
    stream = BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "S", 2: (7.0, 9.0, 3.6), 3: "E", 4: (111.0, 52.0, 55.2)})
    Image.radial_gradient("L").resize((80, 60)).convert("RGB").save(
        stream, format, exif=exif.tobytes(), **options
    )
    return stream.getvalue()


WHOLE = [
    whole("JPEG"),
    whole("JPEG", progressive=True),
    whole("PNG"),
    whole("GIF"),
    whole("WEBP"),
    whole("AVIF"),
    whole("HEIF"),
]


@st.composite
def damaged_pictures(draw):
    """A picture with some bytes changed, some taken out and perhaps its end missing."""
    content = bytearray(draw(st.sampled_from(WHOLE)))
    for at, value in draw(
        st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), max_size=12)
    ):
        content[at] = value
    start, length = draw(st.integers(0, len(content))), draw(st.sampled_from([0, 0, 1, 4, 64]))
    del content[start : start + length]
    return bytes(content[: draw(st.sampled_from([len(content), draw(st.integers(1, len(content)))]))])


def is_fit_to_store_or_refused(content):
    try:
        accepted = accept_image(content, limits=SMALL)
    except UploadRefused:
        return True
    picture = Image.open(BytesIO(accepted.content))
    picture.load()
    return (picture.format, picture.mode, dict(picture.getexif())) == ("JPEG", "RGB", {})


@settings(max_examples=200)
@given(opening=st.sampled_from(OPENINGS), rest=st.binary(max_size=2000))
def test_random_bytes_never_get_through(opening, rest):
    assert isinstance(outcome(opening + rest, SMALL), type)


@settings(max_examples=300)
@given(content=damaged_pictures())
def test_a_damaged_picture_is_made_anew_or_refused(content):
    assert is_fit_to_store_or_refused(content)


@settings(max_examples=200)
@given(name=st.text())
def test_any_name_can_be_shown(name):
    shown = safe_display_name(name)

    assert 0 < len(shown) <= 80
    assert shown.isprintable()
