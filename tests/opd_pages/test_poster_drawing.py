"""The contact poster: one page whatever its data, readable by eye, by screen reader and in black and white."""

import re
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from home.colour import contrast_ratio
from opd_pages.posters import (
    Poster,
    PosterChannel,
    PosterLeader,
    draw_pdf,
    draw_png,
    letters,
    pictures,
    typesetting,
    wording,
)
from opd_pages.posters.colour import readable_ink
from opd_pages.posters.pictures import UnreadablePicture
from tests.opd_pages.pdf_reading import Pdf

LONGEST = "Dinas Pemberdayaan Perempuan, Perlindungan Anak dan Keluarga Berencana"
NAME = "Prof. Dr. Ir. Raden Mas Tumenggung Panji Suryaningrat Wirakusuma, S.Sos., M.Si."
ADDRESS = "Jalan Panglima Sudirman Nomor 161, Kelurahan Klangon, Kecamatan Bojonegoro, Jawa Timur 62113"
MAIL = "dinas-pemberdayaan-perempuan-dan-anak.pp@bojonegorokab.go.id"


def photo(colour: str = "#b03c32", **saved) -> bytes:
    file = BytesIO()
    Image.new("RGB", (300, 500), colour).save(file, "JPEG", **saved)
    return file.getvalue()


def crest(kind: str = "PNG") -> bytes:
    file = BytesIO()
    Image.new("RGB", (60, 70), "#0e5a48").save(file, kind)
    return file.getvalue()


PHONE = PosterChannel("phone", "", "0353 881 826", "Senin–Jumat 07.30–15.30")
MAILBOX = PosterChannel("email", "", "kapas@bojonegorokab.go.id")
CAMAT = PosterLeader("Drs. Agus Setiawan, M.Si.", "Camat Kapas", photo=photo())
KAPAS = Poster(
    region="Kabupaten Bojonegoro",
    unit="Kecamatan Kapas",
    address="Jl. Raya Kapas 120",
    slogan="Bahagia, makmur, membanggakan",
    leader=CAMAT,
    channels=(
        PHONE,
        PosterChannel("whatsapp", "Pengaduan", "0811 3000 1234"),
        PosterChannel("website", "", "kapas.bojonegorokab.go.id"),
        MAILBOX,
    ),
    short_url="https://pendopo.bojonegorokab.go.id/k/KPS?v=3",
    version=3,
    confirmed_on=date(2026, 11, 21),
    valid_until=date(2027, 2, 19),
    crest=crest(),
    primary="#0e5a48",
    accent="#f2b705",
    hotlines=(("Darurat", "112"), ("Radio Malowopati", "0353 881 826")),
)
EVERY_KIND = tuple(
    PosterChannel(kind, "", "0353 881 826", "Senin–Jumat 07.30–15.30") for kind in wording.KINDS
)
CASES = {
    "a few channels": KAPAS,
    "one channel": replace(KAPAS, channels=(PHONE,)),
    "no channel yet": replace(KAPAS, channels=()),
    "twelve channels": replace(KAPAS, channels=EVERY_KIND[:12]),
    "forty channels": replace(KAPAS, channels=(EVERY_KIND * 4)[:40]),
    "the longest unit": replace(
        KAPAS, unit=LONGEST, address=ADDRESS, leader=replace(CAMAT, name=NAME, office=f"Kepala {LONGEST}")
    ),
    "the longest unit, few channels": replace(
        KAPAS, unit=LONGEST, address=ADDRESS, leader=replace(CAMAT, name=NAME), channels=(PHONE,) * 3
    ),
    "long labels and addresses": replace(
        KAPAS, channels=tuple(PosterChannel("email", "keterangan " * 5, MAIL, "jam " * 15) for _ in range(12))
    ),
    "words without a space": replace(
        KAPAS,
        unit="k" * 80,
        leader=replace(CAMAT, name="n" * 80),
        channels=tuple(PosterChannel("radio", "l" * 60, "v" * 200, "j" * 60) for _ in range(12)),
    ),
    "a vacant post": replace(KAPAS, leader=replace(CAMAT, name="", vacant=True)),
    "a vacant post, one channel": replace(KAPAS, leader=replace(CAMAT, vacant=True), channels=(PHONE,)),
    "no photo": replace(KAPAS, leader=replace(CAMAT, photo=None)),
    "no leader": replace(KAPAS, leader=None),
    "no leader, one channel": replace(KAPAS, leader=None, channels=(PHONE,)),
    "nothing but the name": replace(
        KAPAS, crest=None, slogan="", address="", leader=None, hotlines=(), channels=()
    ),
    "a light colour": replace(KAPAS, primary="#f2b705", accent="#8a4a26"),
}


@cache
def drawn(poster: Poster) -> Pdf:
    return Pdf(draw_pdf(poster))


def ink_in_the_margins(png: bytes, margin: int) -> int:
    """How many pixels of the outer `margin` are not white."""
    picture = Image.open(BytesIO(png)).convert("L")
    picture.paste(255, (margin, margin, picture.width - margin, picture.height - margin))
    return sum(picture.point(lambda light: light < 250).histogram()[1:])


@pytest.mark.parametrize("poster", CASES.values(), ids=CASES)
def test_a_poster_is_one_page(poster):
    assert drawn(poster).page_count == 1


@pytest.mark.parametrize("poster", CASES.values(), ids=CASES)
def test_nothing_on_a_poster_reaches_into_its_margins(poster):
    assert ink_in_the_margins(draw_png(poster, 420, 594), margin=19) == 0


@pytest.mark.parametrize("poster", CASES.values(), ids=CASES)
def test_nothing_on_a_shared_picture_reaches_into_its_margins(poster):
    assert ink_in_the_margins(draw_png(poster, 420, 525), margin=19) == 0


@settings(max_examples=15)
@given(*[st.text(max_size=60)] * 4)
def test_any_words_at_all_are_drawn_on_one_page(unit, name, label, value):
    leader = PosterLeader(name, office=label)
    channel = PosterChannel("email", label, value)
    poster = replace(KAPAS, unit=unit, leader=leader, channels=(channel,), hotlines=((label, value),))
    assert Pdf(draw_pdf(poster)).page_count == 1


def test_a_poster_reads_from_unit_to_contacts_to_leader_to_validity():
    assert drawn(KAPAS).words == (
        "Kabupaten Bojonegoro Kecamatan Kapas Jl. Raya Kapas 120 "
        "Telepon · Senin–Jumat 07.30–15.30 0353 881 826 "
        "WhatsApp · Pengaduan 0811 3000 1234 "
        "Situs kapas.bojonegorokab.go.id "
        "Surel kapas@bojonegorokab.go.id "
        "Camat Kapas Drs. Agus Setiawan, M.Si. "
        "Pindai untuk kirim laporan atau lihat kontak terbaru pendopo.bojonegorokab.go.id/k/KPS?v=3 "
        "Darurat 112 Radio Malowopati 0353 881 826 "
        "Bahagia, makmur, membanggakan "
        "Dikonfirmasi 21 November 2026 · berlaku sampai 19 Februari 2027 Poster versi 3"
    )


def test_every_one_of_forty_channels_is_printed():
    channels = tuple(PosterChannel("instagram", "", f"@kapas{number}") for number in range(40))
    lines = Pdf(draw_pdf(replace(KAPAS, channels=channels))).lines
    assert [line for line in lines if line.startswith("@")] == [channel.value for channel in channels]


def test_signs_that_mean_something_to_the_typesetter_are_printed_as_they_are():
    written = "#let *a* [b] $c$ <d> @e `f` \\ _g_ // h"
    assert Pdf(draw_pdf(replace(KAPAS, slogan=written))).lines[-3] == written


def test_pictures_are_described_for_who_cannot_see_them():
    poster = replace(KAPAS, leader=replace(CAMAT, standing="Plt."))
    assert Pdf(draw_pdf(poster)).alternatives == [
        "Lambang Kabupaten Bojonegoro",
        "Foto Drs. Agus Setiawan, M.Si., Plt. Camat Kapas",
        "Kode QR menuju https://pendopo.bojonegorokab.go.id/k/KPS?v=3",
    ]


def test_a_vacant_post_shows_neither_a_face_nor_a_name():
    poster = Pdf(draw_pdf(CASES["a vacant post, one channel"]))
    assert poster.alternatives == [
        "Lambang Kabupaten Bojonegoro",
        "Kode QR menuju https://pendopo.bojonegorokab.go.id/k/KPS?v=3",
    ]
    assert poster.lines[3:5] == ["Camat Kapas", "Jabatan kosong"]


@pytest.mark.parametrize(
    "mark",
    [
        b"/Lang(id)",
        b"/MarkInfo<</Marked true",
        b"/Type/StructTreeRoot",
        b"<pdfuaid:part>1<",
        b"/DisplayDocTitle true",
    ],
)
def test_a_poster_can_be_read_aloud(mark):
    assert draw_pdf(KAPAS).count(mark) == 1


def test_channels_are_a_list_of_items():
    assert draw_pdf(KAPAS).count(b"/S/LI") == len(KAPAS.channels)


def test_the_same_poster_gives_the_same_file():
    assert draw_pdf(KAPAS) == draw_pdf(KAPAS)


@pytest.mark.parametrize("poster", CASES.values(), ids=CASES)
def test_the_code_is_wide_enough_to_scan_from_an_arms_length(poster):
    left, right = re.search(
        rb"Kode QR.*?BDC\s+q ([\d.]+) [\d.]+ m ([\d.]+) ", drawn(poster).commands, re.DOTALL
    ).groups()
    with_quiet_zone = (float(right) - float(left)) / 72 * 25.4
    assert with_quiet_zone / pictures.qr_code(poster.short_url)[1] >= 45


@pytest.fixture
def only_the_latin_typeface(monkeypatch):
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[letters.font_source_sans_pro.font_directory],
    )
    for module in (letters, typesetting):
        monkeypatch.setattr(module, "fonts", lambda: fonts)


@pytest.mark.usefixtures("only_the_latin_typeface")
@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Kecamatan Kapas (ꦏꦥꦱ꧀)", "Kecamatan Kapas"),
        ("ꦧꦺꦴꦗꦤꦼꦒꦫ", letters.NOTHING_LEFT),
        ("Kapas 🎉 Raya", "Kapas Raya"),
        ("Ka\x00pas\u202e \n Raya", "Kapas Raya"),
        ("Kapas \ud800", "Kapas "),
    ],
)
def test_letters_no_font_has_are_left_out(written, printed):
    assert Pdf(draw_pdf(replace(KAPAS, region=written))).lines[0] == printed


@pytest.mark.parametrize("picture", [b"", b"bukan foto", photo()[:400], b"\x89PNG\r\n\x1a\n"])
def test_a_photo_that_cannot_be_read_is_refused_with_advice(picture):
    with pytest.raises(UnreadablePicture, match="Unggah lagi sebagai JPG atau PNG"):
        pictures.portrait(picture)


@pytest.mark.parametrize(
    "picture", [b"bukan gambar", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG"]
)
def test_a_crest_that_cannot_be_read_is_refused_with_advice(picture):
    with pytest.raises(UnreadablePicture, match="Unggah lagi sebagai JPG atau PNG"):
        draw_pdf(replace(KAPAS, crest=picture))


def test_a_crest_that_is_a_photograph_is_drawn():
    assert (
        Pdf(draw_pdf(replace(KAPAS, crest=crest("JPEG")))).alternatives[0] == "Lambang Kabupaten Bojonegoro"
    )


def test_a_photo_loses_its_place_and_camera():
    exif = Image.Exif()
    exif[0x010F] = "Kamera"
    exif[0x8825] = {1: "S", 2: (7.0, 9.0, 0.0)}
    assert dict(Image.open(BytesIO(pictures.portrait(photo(exif=exif)))).getexif()) == {}


def test_a_photo_taken_sideways_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 3  # taken upside down
    upside_down = Image.new("RGB", (300, 400), "blue")
    upside_down.paste("red", (0, 200, 300, 400))
    file = BytesIO()
    upside_down.save(file, "JPEG", exif=exif)
    red, _, blue = Image.open(BytesIO(pictures.portrait(file.getvalue()))).getpixel((360, 100))
    assert red > blue


def test_a_shared_picture_has_the_size_asked_for():
    assert Image.open(BytesIO(draw_png(KAPAS))).size == (1080, 1350)


def test_a_picture_wider_than_four_to_five_is_refused():
    with pytest.raises(ValueError, match="paling lebar 4:5"):
        draw_png(KAPAS, 1080, 1080)


@pytest.mark.parametrize(
    ("colour", "ink"),
    [("#0e5a48", "#ffffff"), ("#000000", "#ffffff"), ("#f2b705", "#111111"), ("#ffffff", "#111111")],
)
def test_words_on_the_offices_colour_are_white_or_nearly_black(colour, ink):
    assert readable_ink(colour) == ink


@given(st.integers(0, 0xFFFFFF))
def test_words_can_be_read_on_any_colour(number):
    colour = f"#{number:06x}"
    assert contrast_ratio(colour, readable_ink(colour)) > 4.3
