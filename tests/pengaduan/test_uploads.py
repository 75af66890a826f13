"""Photos sent with a report: made anew, under names of ours, or refused beside their field with nothing written."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cases.intake import AcceptedImage, UploadRefused, accept_image
from cases.models import Case, CaseFile
from cases.models.numbering import NumberSeries
from cases.services.holding import FOLDER
from pengaduan.models import Complaint
from tests.browsers import browser, photo, report_form, soup
from tests.shared_data import SHARED, shared

# A damaged file makes Pillow warn; that is its sender's business, not ours.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")

SAMPLES = sorted(path.name for path in (SHARED / "data" / "upload_samples").glob("*"))
HOSTILE_NAMES = [
    "../../x.jpg",
    "a\\b.jpg",
    "foto\u202egpj.exe",
    "x.php.jpg",
    "CON.jpg",
    "a" * 300 + ".jpg",
    "IMG_0001.jpg%00.php",
    "';--.pdf",
    "<img src=x onerror=1>.png",
    "berkas\n.jpg",
]


def send(office, *contents: bytes, name: str = "IMG_0001.jpg", **changes):
    files = [SimpleUploadedFile(name, content, "image/jpeg") for content in contents]
    return browser().post("/lapor/", report_form(office, photos=files, **changes))


def on_disk() -> list[Path]:
    """The files of cases; what is held for the next try is none of them."""
    folder = Path(django_settings.CASE_FILES_ROOT)
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.parent.name != FOLDER)


def nothing_was_written() -> bool:
    return (Case.objects.count(), NumberSeries.objects.count(), on_disk()) == (0, 0, [])


def faults(response) -> list[str]:
    return [p.get_text() for p in soup(response).select("#id_photos_error p")]


def test_a_photo_is_kept_under_a_name_of_ours_for_us_alone(desk):
    send(desk.office, photo())
    kept, row = on_disk()[0], CaseFile.objects.get()
    assert kept.relative_to(django_settings.CASE_FILES_ROOT).as_posix() == f"{row.key[:2]}/{row.key}.jpg"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert not kept.is_relative_to(django_settings.MEDIA_ROOT)


def test_nothing_of_the_senders_file_is_kept(desk):
    sent = photo(place=True)
    send(desk.office, sent)
    kept = on_disk()[0].read_bytes()
    assert kept != sent
    assert dict(Image.open(BytesIO(kept)).getexif()) == {}
    assert b"Rahasia" not in kept


def test_the_place_of_a_photo_is_taken_where_its_sender_says_so(desk):
    send(desk.office, photo(place=True), use_photo_location="on")
    complaint = Complaint.objects.get()
    assert (float(complaint.latitude), float(complaint.longitude)) == (-7.151, 111.882)


def test_the_place_of_a_photo_is_not_taken_unasked(desk):
    send(desk.office, photo(place=True))
    assert Complaint.objects.get().latitude is None


def test_five_photos_are_taken(desk):
    assert send(desk.office, *[photo()] * 5).status_code == 302
    assert CaseFile.objects.count() == len(on_disk()) == 5


@pytest.mark.parametrize("count", [6, 11])
def test_too_many_photos_are_refused_beside_the_field(desk, count):
    response = send(desk.office, *[photo()] * count)
    assert (response.status_code, faults(response)) == (
        422,
        ["Paling banyak 5 foto sekali kirim. Pilih yang paling jelas."],
    )
    assert nothing_was_written()


def test_a_file_of_16_megabytes_is_refused_beside_the_field(desk):
    response = send(desk.office, photo() + b"\0" * (16 * 1024 * 1024), name="besar.jpg")
    assert (response.status_code, faults(response)) == (
        422,
        [
            "besar.jpg: Berkas ini lebih besar dari 15 MB. Kirim tangkapan layar dari foto itu; ukurannya lebih kecil."
        ],
    )
    assert nothing_was_written()


def test_one_bad_photo_among_good_ones_writes_nothing_and_says_which(desk):
    files = [
        SimpleUploadedFile("baik.jpg", photo(), "image/jpeg"),
        SimpleUploadedFile("surat.pdf", b"%PDF-1.4 surat", "application/pdf"),
    ]
    response = browser().post("/lapor/", report_form(desk.office, photos=files))
    assert [fault.split(":")[0] for fault in faults(response)] == ["surat.pdf"]
    assert nothing_was_written()


def test_the_bytes_decide_and_not_the_name(desk):
    assert send(desk.office, b"<html><script>alert(1)</script></html>", name="foto.jpg").status_code == 422
    assert send(desk.office, photo(format="PNG"), name="dokumen.pdf").status_code == 302


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_names_nothing(desk, name):
    assert send(desk.office, photo(), name=name).status_code == 302
    assert [path.name for path in on_disk()] == [f"{CaseFile.objects.get().key}.jpg"]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_shown_back_as_text(desk, name):
    response = send(desk.office, b"bukan gambar", name=name)
    page = soup(response)
    assert response.status_code == 422
    assert page.select("main img") == []
    assert len(faults(response)) == 1


@pytest.mark.parametrize("name", SAMPLES)
def test_the_form_judges_an_odd_file_as_the_intake_does(desk, name):
    sample = shared(f"data/upload_samples/{name}")
    assert judged(desk.office, sample) == as_the_intake(sample)


def test_the_form_judges_every_hostile_file_as_the_intake_does(desk, hostile_samples):
    samples = sorted(hostile_samples.iterdir())
    assert [judged(desk.office, sample) for sample in samples] == list(map(as_the_intake, samples))


@dataclass
class Verdict:
    """What became of a file: the page's status, what it said, the reports made, and the bytes on the disk."""

    status: int
    faults: list[str]
    reports: int
    written: list[bytes]


def judged(office, sample: Path) -> Verdict:
    content, before, cases = sample.read_bytes(), set(on_disk()), Case.objects.count()
    response = send(office, content, name=sample.name)
    written = [path.read_bytes() for path in set(on_disk()) - before]
    assert content not in written
    told = faults(response) if response.status_code == 422 else []
    return Verdict(response.status_code, told, Case.objects.count() - cases, written)


def as_the_intake(sample: Path) -> Verdict:
    """Kept as the intake makes it, or refused with the intake's own words."""
    expected = outcome_of(sample.read_bytes())
    if isinstance(expected, UploadRefused):
        return Verdict(422, [f"{sample.name}: {expected}"], 0, [])
    return Verdict(302, [], 1, [expected.content])


def outcome_of(content: bytes) -> AcceptedImage | UploadRefused:
    try:
        return accept_image(content)
    except UploadRefused as refusal:
        return refusal
