"""What a citizen's photo becomes, and what its sender is told when it cannot be taken in."""

import hashlib
import pickle
import struct
from io import BytesIO
from zlib import crc32

import pytest
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from cases.intake import (
    Broken,
    DocumentInstead,
    Empty,
    Limits,
    NotAnImage,
    TooLarge,
    TooManyFiles,
    TooManyPixels,
    UploadRefused,
    VideoInstead,
    accept_image,
    refuse_too_many,
    safe_display_name,
)
from cases.intake.boxes import is_cut_short

# A damaged file makes Pillow warn; that is its sender's business, not ours.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")

FORMATS = ["JPEG", "PNG", "GIF", "WEBP", "AVIF", "HEIF"]
GPS_IFD, ORIENTATION, DESCRIPTION = 0x8825, 0x0112, 0x010E
BOJONEGORO = {1: "S", 2: (7.0, 9.0, 3.6), 3: "E", 4: (111.0, 52.0, 55.2)}
SECRET = b"Bapak Rahasia, Jalan Mawar 7"


def as_file(picture, format, **options):
    stream = BytesIO()
    picture.save(stream, format, **options)
    return stream.getvalue()


def photo(size=(64, 48)):
    return Image.merge(
        "RGB", [Image.linear_gradient("L").resize(size), *[Image.radial_gradient("L").resize(size)] * 2]
    )


def exif(**tags):
    written = Image.Exif()
    written[DESCRIPTION] = SECRET.decode()
    if "gps" in tags:
        written.get_ifd(GPS_IFD).update(tags["gps"])
    if "orientation" in tags:
        written[ORIENTATION] = tags["orientation"]
    return written


def opened(accepted):
    return Image.open(BytesIO(accepted.content)).convert("RGB")


def colour(accepted, at=(0.5, 0.5)):
    """The pixel at a share of width and height, rounded to the nearest of 0, 128, 255: JPEG is not exact."""
    pixel = opened(accepted).getpixel((int(at[0] * accepted.width), int(at[1] * accepted.height)))
    return tuple(min((0, 128, 255), key=lambda level: abs(level - value)) for value in pixel)


def segments(jpeg):
    """The markers of a JPEG up to its picture data."""
    found, at = [], 2
    while jpeg[at + 1] != 0xDA:
        found.append(jpeg[at + 1])
        at += 2 + struct.unpack_from(">H", jpeg, at + 2)[0]
    return found


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_a_phone_makes_becomes_a_jpeg_of_the_same_size(format):
    accepted = accept_image(as_file(photo(), format))

    assert (opened(accepted).size, accepted.media_type, accepted.extension) == (
        (64, 48),
        "image/jpeg",
        ".jpg",
    )
    assert Image.open(BytesIO(accepted.content)).format == "JPEG"


def test_the_result_tells_its_size_and_checksum():
    accepted = accept_image(as_file(photo(), "JPEG"))

    assert (accepted.width, accepted.height) == opened(accepted).size
    assert accepted.sha256 == hashlib.sha256(accepted.content).hexdigest()


def test_a_file_object_gives_the_same_result_as_its_bytes():
    content = as_file(photo(), "PNG")

    assert accept_image(BytesIO(content)) == accept_image(content)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_the_place_of_a_photo_is_offered_and_gone_from_the_picture(format):
    accepted = accept_image(as_file(photo(), format, exif=exif(gps=BOJONEGORO).tobytes()))

    assert accepted.location == (-7.151, 111.882)
    assert dict(Image.open(BytesIO(accepted.content)).getexif()) == {}


@pytest.mark.parametrize(
    "gps",
    [
        {},
        {1: "S", 2: (7.0, 9.0, 3.6)},
        {1: "S", 2: (0.0, 0.0, 0.0), 3: "E", 4: (0.0, 0.0, 0.0)},
        {**BOJONEGORO, 2: (91.0, 0.0, 0.0)},
        {**BOJONEGORO, 4: (181.0, 0.0, 0.0)},
        {**BOJONEGORO, 2: (7.0, 99.0, 0.0)},
        {**BOJONEGORO, 2: (7.0, 9.0)},
        {**BOJONEGORO, 1: "Utara"},
    ],
    ids=[
        "none",
        "half",
        "no-fix",
        "beyond-the-pole",
        "beyond-the-date-line",
        "99-minutes",
        "no-seconds",
        "no-ref",
    ],
)
def test_an_unbelievable_place_is_no_place(gps):
    assert accept_image(as_file(photo(), "JPEG", exif=exif(gps=gps))).location is None


def test_a_place_written_as_a_division_by_zero_is_no_place():
    written = as_file(photo(), "JPEG", exif=exif(gps=BOJONEGORO))
    seven = struct.pack(">II", 7, 1)
    assert written.count(seven) == 1

    assert accept_image(written.replace(seven, struct.pack(">II", 0, 0))).location is None


@pytest.mark.parametrize(
    ("orientation", "corner"),
    [(1, (0, 0)), (2, (1, 0)), (3, (1, 1)), (4, (0, 1)), (5, (0, 0)), (6, (1, 0)), (7, (1, 1)), (8, (0, 1))],
)
def test_a_photo_is_stored_upright(orientation, corner):
    held_sideways = Image.new("RGB", (96, 64), "blue")
    held_sideways.paste("red", (0, 0, 48, 32))

    accepted = accept_image(as_file(held_sideways, "JPEG", exif=exif(orientation=orientation)))

    assert (accepted.width, accepted.height) == ((96, 64) if orientation < 5 else (64, 96))
    assert colour(accepted, at=(0.25 + corner[0] / 2, 0.25 + corner[1] / 2)) == (255, 0, 0)


def test_unreadable_exif_is_no_reason_to_refuse_a_photo():
    accepted = accept_image(as_file(photo(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff" + SECRET))

    assert (accepted.width, accepted.location) == (64, None)


def test_nothing_but_the_picture_is_kept():
    content = as_file(
        photo(),
        "JPEG",
        exif=exif(gps=BOJONEGORO),
        comment=SECRET,
        xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>",
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    )
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(SECRET)) + SECRET
    content = content[:2] + b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc + content[2:] + SECRET

    kept = accept_image(content).content

    assert (content.count(SECRET), kept.count(SECRET)) == (5, 0)
    assert set(segments(kept)) == {0xE0, 0xDB, 0xC0, 0xC4}  # JFIF header, tables and frame


def test_the_text_of_a_png_is_not_kept():
    text = PngInfo()
    text.add_text("Comment", SECRET.decode())
    content = as_file(photo(), "PNG", pnginfo=text) + SECRET

    assert (content.count(SECRET), accept_image(content).content.count(SECRET)) == (2, 0)


def test_cmyk_keeps_its_colours():
    cyan = as_file(Image.new("CMYK", (32, 32), (255, 0, 0, 0)), "JPEG")

    assert colour(accept_image(cyan)) == (0, 255, 255)


def test_transparency_becomes_white():
    clear = as_file(Image.new("RGBA", (32, 32), (0, 0, 0, 0)), "PNG")

    assert colour(accept_image(clear)) == (255, 255, 255)


def test_a_transparent_palette_colour_becomes_white():
    clear = as_file(Image.new("P", (32, 32), 0), "GIF", transparency=0)

    assert colour(accept_image(clear)) == (255, 255, 255)


def test_sixteen_bit_grey_stays_grey():
    grey = as_file(Image.new("I;16", (32, 32), 0x8000), "PNG")

    assert colour(accept_image(grey)) == (128, 128, 128)


def with_red_and_green_exchanged(profile):
    """A colour profile of another name, by which the red of a file is to be seen as green."""
    named = profile.replace("sRGB".encode("utf-16-be"), "Lain".encode("utf-16-be"))
    return named.replace(b"rXYZ", b"....").replace(b"gXYZ", b"rXYZ").replace(b"....", b"gXYZ")


def test_colours_are_converted_from_the_profile_of_the_camera():
    profile = with_red_and_green_exchanged(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())

    accepted = accept_image(as_file(Image.new("RGB", (32, 32), (255, 0, 0)), "PNG", icc_profile=profile))

    assert colour(accepted) == (0, 255, 0)


def test_a_broken_colour_profile_is_no_reason_to_refuse_a_photo():
    red = as_file(Image.new("RGB", (32, 32), (255, 0, 0)), "PNG", icc_profile=SECRET)

    assert colour(accept_image(red)) == (255, 0, 0)


@pytest.mark.parametrize("format", ["GIF", "PNG", "WEBP", "AVIF"])
def test_of_an_animation_the_first_picture_is_kept(format):
    red, blue = (Image.new("RGB", (32, 32), name) for name in ("red", "blue"))

    accepted = accept_image(as_file(red, format, save_all=True, append_images=[blue]))

    assert colour(accepted) == (255, 0, 0)


@pytest.mark.parametrize(
    ("size", "stored"),
    [
        ((1, 1), (1, 1)),
        ((300, 200), (300, 200)),
        ((600, 400), (300, 200)),
        ((580, 400), (290, 200)),  # halved while it is decoded, and near enough
        ((900, 300), (300, 100)),
        ((4000, 3), (300, 1)),
        ((3, 4000), (1, 300)),
    ],
)
@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_a_picture_is_shrunk_to_the_longest_side_and_never_enlarged(format, size, stored):
    if (format, size) == ("PNG", (580, 400)):
        stored = (300, 207)

    accepted = accept_image(as_file(photo(size), format), limits=Limits(max_side=300))

    assert (accepted.width, accepted.height) == stored


def test_no_more_is_read_than_may_be_sent():
    stream = BytesIO(b"\xff\xd8\xff" + bytes(5000))

    with pytest.raises(TooLarge):
        accept_image(stream, limits=Limits(max_bytes=1000))

    assert stream.tell() == 1001


def test_a_file_of_exactly_the_largest_size_is_taken_in():
    content = as_file(photo(), "PNG")

    assert accept_image(content, limits=Limits(max_bytes=len(content))).width == 64


@pytest.mark.parametrize("format", FORMATS)
def test_more_pixels_than_allowed_are_refused(format):
    content = as_file(photo(), format)

    with pytest.raises(TooManyPixels):
        accept_image(content, limits=Limits(max_pixels=64 * 48 - 1, max_drawn_pixels=64 * 48 - 1))


@pytest.mark.parametrize(
    ("format", "limits"),
    [
        ("JPEG", Limits(max_drawn_pixels=1)),
        ("HEIF", Limits(max_drawn_pixels=1)),
        ("PNG", Limits(max_pixels=1)),
    ],
)
def test_photographs_and_drawings_have_their_own_bounds(format, limits):
    assert accept_image(as_file(photo(), format), limits=limits).width == 64


@pytest.mark.parametrize(
    "side", [6000, 10_000, 60_000], ids=["36-megapixels", "pillow-warns", "pillow-raises"]
)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_the_declared_size_is_judged_before_anything_is_decoded(side):
    small = as_file(Image.new("1", (1, 1)), "PNG")
    header = struct.pack(">4sIIBBBBB", b"IHDR", side, side, 1, 0, 0, 0, 0)
    declared = small[:12] + header + struct.pack(">I", crc32(header)) + small[33:]

    with pytest.raises(TooManyPixels):  # decoded, it would be Broken: its rows are missing
        accept_image(declared)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_picture_cut_short_is_refused(format, share):
    content = as_file(photo((640, 480)), format)

    with pytest.raises(Broken):
        accept_image(content[: int(len(content) * share)])


def test_a_heic_that_is_cut_behind_its_first_picture_is_refused():
    burst = as_file(photo(), "HEIF", save_all=True, append_images=[photo()])
    Image.open(BytesIO(burst[:-1])).load()  # the decoder does not mind

    with pytest.raises(Broken):
        accept_image(burst[:-1])


@pytest.mark.parametrize(
    ("content", "cut"),
    [
        (struct.pack(">I4s4s", 12, b"ftyp", b"heic") + struct.pack(">I4s2s", 10, b"mdat", b"ab"), False),
        (struct.pack(">I4s4s", 12, b"ftyp", b"heic") + struct.pack(">I4s1s", 10, b"mdat", b"a"), True),
        (struct.pack(">I4sQ2s", 1, b"mdat", 18, b"ab"), False),  # a length of 64 bits
        (struct.pack(">I4sQ1s", 1, b"mdat", 18, b"a"), True),
        (struct.pack(">I4s", 0, b"mdat"), False),  # up to the end of the file
        (struct.pack(">I4s", 8, b"free") * 1000, True),
    ],
    ids=["whole", "cut", "whole-64-bit", "cut-64-bit", "open-ended", "endless-boxes"],
)
def test_a_box_that_ends_behind_the_file_is_cut(content, cut):
    assert is_cut_short(content) is cut


def test_what_a_phone_appends_to_a_heic_may_be_cut():
    motion_photo = as_file(photo(), "HEIF") + struct.pack(">I4s", 50_000, b"mpvd") + bytes(100)

    assert accept_image(motion_photo).width == 64


def test_a_jpeg_of_endless_scans_is_refused():
    content = as_file(photo(), "JPEG", progressive=True)
    last_scan = content[content.rindex(b"\xff\xda") : -2]

    with pytest.raises(Broken):
        accept_image(content[:-2] + last_scan * 1000 + content[-2:])


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", Empty),
        (b"%PDF-1.7\n", DocumentInstead),
        (b"PK\x03\x04\x14\0", DocumentInstead),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", DocumentInstead),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", VideoInstead),
        (b"\0\0\0\x14ftyp3gp4\0\0\0\0", VideoInstead),
        (b"RIFF\x24\0\0\0WAVEfmt ", VideoInstead),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", NotAnImage),
        (b"II*\0\x08\0\0\0", NotAnImage),
        (b"Jalan di depan SDN 2 rusak", NotAnImage),
        (b"\xff\xd8\xff\xe0", Broken),
        (b"\x89PNG\r\n\x1a\n", Broken),
        (b"GIF89a", Broken),
        (b"RIFF\x24\0\0\0WEBPVP8 ", Broken),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Broken),
    ],
)
def test_what_is_no_picture_is_refused_for_what_it_is(content, refusal):
    with pytest.raises(UploadRefused) as refused:
        accept_image(content)

    assert type(refused.value) is refusal


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (Empty, "Berkas ini kosong. Pilih fotonya sekali lagi, lalu kirim."),
        (
            TooLarge,
            "Berkas ini lebih besar dari 15 MB. Kirim tangkapan layar dari foto itu; ukurannya lebih kecil.",
        ),
        (
            NotAnImage,
            "Berkas ini bukan gambar yang dapat dibuka. Kirim foto JPG, PNG, atau HEIC paling besar 15 MB.",
        ),
        (TooManyFiles, "Paling banyak 5 foto sekali kirim. Pilih yang paling jelas."),
    ],
)
def test_a_refusal_says_what_to_do(refusal, sentence):
    assert str(refusal(Limits())) == sentence


def test_a_refusal_names_the_limit_in_force():
    with pytest.raises(TooLarge) as refused:
        accept_image(bytes(3 * 1024**2), limits=Limits(max_bytes=2 * 1024**2))

    assert str(refused.value).startswith("Berkas ini lebih besar dari 2 MB.")


def test_more_photos_than_allowed_are_refused():
    refuse_too_many(5)

    with pytest.raises(TooManyFiles):
        refuse_too_many(6)


def test_results_can_cross_to_another_process():
    accepted = accept_image(as_file(photo(), "JPEG", exif=exif(gps=BOJONEGORO)))

    assert pickle.loads(pickle.dumps(accepted)) == accepted


@pytest.mark.parametrize("refusal", [Empty, TooLarge, TooManyFiles, TooManyPixels, Broken, VideoInstead])
def test_refusals_can_cross_to_another_process(refusal):
    sent = refusal(Limits(max_bytes=3 * 1024**2))
    received = pickle.loads(pickle.dumps(sent))

    assert (type(received), str(received), received.limits) == (refusal, str(sent), sent.limits)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("foto rumah (1).HEIC", "foto rumah (1).HEIC"),
        ("../../x.jpg", "x.jpg"),
        ("C:\\Users\\Siti\\jalan.jpg", "jalan.jpg"),
        ("/etc/passwd\0.jpg", "passwd.jpg"),
        ("foto\u202egpj.exe", "fotogpj.exe"),
        ("ja\u200blan\u2066.jpg", "jalan.jpg"),
        ("berkas\n\t baru.jpg", "berkas baru.jpg"),
        ("jalan\u00a0rusak.jpg", "jalan rusak.jpg"),
        ("rusak\ud800.jpg", "rusak.jpg"),
        ("e\u0301talase.jpg", "étalase.jpg"),
        ("a" * 300 + "_0001.jpg", "a" * 63 + "…" + "a" * 7 + "_0001.jpg"),
        ("", "Tanpa nama"),
        ("folder/", "Tanpa nama"),
        ("\u202e\0", "Tanpa nama"),
    ],
)
def test_a_name_is_shown_back_without_tricks(name, shown):
    assert safe_display_name(name) == shown
