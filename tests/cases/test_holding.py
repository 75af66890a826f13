"""Photos of a form that had a fault need not be chosen again: held for a day, for that form, within bounds."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cases.intake import Broken
from cases.models import Case, CaseFile
from cases.quarantine import LONGEST, empty_quarantine
from cases.services import holding
from cases.services.holding import FOLDER, HELD_FOR, let_go
from cases.services.tidying import Tidied, tidy_files
from pengaduan.models import Complaint
from tests.browsers import browser, photo, report_form, soup

KEY = "a-form-key-of-twenty-two-letters"
GONE = ["Foto yang tadi sudah tidak tersimpan. Pilih lagi."]


def send(office, *photos: bytes, **changes):
    files = [SimpleUploadedFile("IMG_0001.jpg", content, "image/jpeg") for content in photos]
    return browser().post("/lapor/", report_form(office, submission_key=KEY, photos=files, **changes))


def references(response) -> list[str]:
    return [box["value"] for box in soup(response).select("input[name='held_photos'][checked]")]


def faults(response) -> list[str]:
    return [p.get_text() for p in soup(response).select("#id_photos_error p")]


def hint(response) -> str:
    return soup(response).select_one("form > p.hint").get_text()


def held() -> list[Path]:
    return sorted(Path(settings.CASE_FILES_ROOT, FOLDER).glob("*"))


def in_another_day() -> object:
    return timezone.now() + HELD_FOR + timedelta(minutes=1)


@pytest.fixture
def refused(desk):
    """A report without words, but with a photo that tells where it was taken."""
    return send(desk.office, photo(place=True), words="")


def test_after_a_fault_the_photo_is_there_and_ticked(refused):
    assert (refused.status_code, len(references(refused))) == (422, 1)
    assert soup(refused).select_one("fieldset:has([name='held_photos']) legend").get_text() == (
        "1 foto sudah diterima"
    )
    assert hint(refused) == "Tulisan Anda masih ada."


def test_a_held_photo_comes_with_the_report(desk, refused):
    (kept,) = held()
    assert send(desk.office, held_photos=references(refused)).status_code == 302
    assert Path(settings.CASE_FILES_ROOT, CaseFile.objects.get().path).read_bytes() == kept.read_bytes()


def test_a_held_photo_still_tells_its_place_to_who_asks_for_it(desk, refused):
    send(desk.office, held_photos=references(refused), use_photo_location="on")
    assert Complaint.objects.get().latitude is not None


def test_a_photo_whose_tick_was_taken_away_does_not_come(desk, refused):
    send(desk.office)
    assert CaseFile.objects.count() == 0


def test_held_and_new_photos_come_together_the_held_ones_first(desk, refused):
    send(desk.office, photo(size=(9, 9)), held_photos=references(refused))
    assert list(CaseFile.objects.values_list("width", flat=True)) == [64, 9]


def test_photos_are_held_through_several_faults(desk, refused):
    again = send(desk.office, photo(), words="", held_photos=references(refused))
    once_more = send(desk.office, words="", held_photos=references(again))
    assert (len(references(once_more)), len(held())) == (2, 2)


def test_good_photos_are_held_where_another_is_refused(desk):
    response = send(desk.office, photo(), b"bukan gambar")
    assert (len(references(response)), len(faults(response))) == (1, 1)


def test_held_and_new_photos_together_are_no_more_than_five(desk):
    three = references(send(desk.office, *[photo()] * 3, words=""))
    response = send(desk.office, *[photo()] * 3, held_photos=three)
    assert faults(response) == ["Paling banyak 5 foto sekali kirim. Pilih yang paling jelas."]
    assert (len(references(response)), Case.objects.count()) == (5, 0)


def test_the_same_submission_with_a_held_photo_makes_one_report(desk, refused):
    for _ in range(2):
        assert send(desk.office, held_photos=references(refused)).status_code == 302
    assert (Case.objects.count(), CaseFile.objects.count()) == (1, 1)


def test_a_photo_is_held_for_its_own_form_alone(desk, refused):
    response = browser().post("/lapor/", report_form(desk.office, held_photos=references(refused)))
    assert (response.status_code, faults(response), references(response)) == (422, GONE, [])


@pytest.mark.parametrize("reference", ["", "x", "../../kunci", "eyJ4IjoxfQ:1a:b"])
def test_an_invented_reference_brings_nothing(desk, reference):
    response = send(desk.office, held_photos=[reference])
    assert (response.status_code, faults(response), Case.objects.count()) == (422, GONE, 0)


def test_a_reference_is_worth_nothing_after_a_day(desk, refused, monkeypatch):
    later = in_another_day().timestamp()
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert faults(send(desk.office, held_photos=references(refused))) == GONE


def test_who_sends_no_key_of_a_form_has_nothing_held(desk):
    response = browser().post(
        "/lapor/",
        report_form(
            desk.office,
            submission_key="x",
            words="",
            photos=[SimpleUploadedFile("a.jpg", photo(), "image/jpeg")],
        ),
    )
    assert (held(), hint(response)) == ([], "Tulisan Anda masih ada. Foto perlu dipilih lagi.")


@pytest.mark.parametrize("bound", ["MOST_OF_A_NETWORK", "MOST_OF_ALL"])
def test_beyond_what_may_be_held_photos_must_be_chosen_again(desk, monkeypatch, bound):
    first = send(desk.office, photo(), words="")
    monkeypatch.setattr(holding, bound, held()[0].stat().st_size + 1)
    second = send(desk.office, photo(), words="")
    assert (len(references(first)), references(second), len(held())) == (1, [], 1)
    assert hint(second) == "Tulisan Anda masih ada. Foto perlu dipilih lagi."


def test_what_was_held_for_a_day_is_deleted(refused):
    let_go(timezone.now())
    assert len(held()) == 1
    let_go(in_another_day())
    assert held() == []


def test_what_is_held_is_no_stray(refused):
    assert tidy_files(in_another_day()) == Tidied([], [])
    assert len(held()) == 1


# --- On its way in ------------------------------------------------------------------------------------------------------


def test_a_large_upload_waits_in_a_closed_folder_and_leaves_it_empty(desk, monkeypatch):
    folder, seen = Path(settings.QUARANTINE_ROOT), []

    def look_around(_file, *, limits):
        seen.append((len(list(folder.iterdir())), folder.stat().st_mode & 0o777))
        raise Broken(limits)

    monkeypatch.setattr("cases.forms.photos.accept_image", look_around)
    send(desk.office, photo() + bytes(3 * 1024**2))
    assert (seen, list(folder.iterdir())) == ([(1, 0o700)], [])


def test_what_a_killed_process_left_there_goes_after_an_hour(settings):
    folder = Path(settings.QUARANTINE_ROOT)
    folder.mkdir()
    (folder / "tmpx.upload").write_bytes(b"x")
    empty_quarantine(timezone.now())
    assert len(list(folder.iterdir())) == 1
    empty_quarantine(timezone.now() + LONGEST + timedelta(minutes=1))
    assert list(folder.iterdir()) == []
