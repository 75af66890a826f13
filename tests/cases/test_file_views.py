"""/berkas/: a photo is given to whoever may read the line of the history that it came with, and to nobody else."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cases.intake import accept_image
from cases.models import Case, CaseFile, PublicPhoto
from cases.services.public_photos import cover, show_photos
from opd_pages.models import Role, Section
from pengaduan.models import DeskSettings
from pengaduan.procedures import KAPAS
from pengaduan.services import desk as desk_services
from tests.browsers import act, browser, photo, received_now, report_form, reporters_browser, soup
from tests.cases.office_files import DOCX, package
from tests.factories import member
from tests.pengaduan import steps


@pytest.fixture
def case(desk) -> Case:
    return received_now(desk, images=[accept_image(photo())])


@pytest.fixture
def file(case) -> CaseFile:
    return case.files.get()


def status(client, file: CaseFile | PublicPhoto) -> int:
    response = client.get(file.get_absolute_url())
    if response.streaming:
        b"".join(response.streaming_content)  # closes the file
    return response.status_code


def test_the_reporter_sees_the_own_photo_as_it_is_kept(case, file):
    response = reporters_browser(case).get(file.get_absolute_url())
    kept = Path(settings.CASE_FILES_ROOT, file.path).read_bytes()
    assert (b"".join(response.streaming_content), response["Content-Type"]) == (kept, "image/jpeg")


def test_a_photo_can_do_nothing_in_the_browser_and_is_kept_nowhere(case, file):
    response = reporters_browser(case).get(file.get_absolute_url())
    b"".join(response.streaming_content)
    assert {
        name: response[name]
        for name in ("Content-Security-Policy", "X-Content-Type-Options", "Cache-Control")
    } == {
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    assert response["Content-Disposition"] == f'inline; filename="{case.number}-{file.pk}.jpg"'


def test_officers_of_the_unit_see_it_and_others_do_not(desk, file):
    strangers = {
        "neighbour": member("dander", desk.office.dander, Role.HEAD),
        "desa": member("kades", desk.office.bakalan, Role.HEAD),
        "editor": member("penyunting", desk.office.kapas, Role.EDITOR),
        "administrator": member("admin", desk.office.regency, Role.ADMINISTRATOR),
        "inspector": member("inspektur", desk.office.inspectorate, Role.INSPECTOR),
    }
    people = {
        name: getattr(desk, name) for name in ("operator", "head", "builder", "coordinator")
    } | strangers
    assert {name: status(browser(user), file) for name, user in people.items()} == {
        "operator": 200,
        "head": 200,
        "builder": 200,
        "coordinator": 200,
        **dict.fromkeys(strangers, 404),
    }


def test_a_stranger_is_told_that_there_is_no_such_file(file):
    assert status(browser(), file) == 404


def test_the_reporter_of_another_case_does_not_see_it(desk, file):
    assert status(reporters_browser(received_now(desk)), file) == 404


@pytest.mark.parametrize("key", ["0" * 32, "x", "1", "A" * 3000, "..", "%2e%2e%2fpendopo.sqlite3", "%00"])
def test_an_unknown_key_is_no_file(desk, file, key):
    assert browser(desk.operator).get(f"/berkas/{key}/").status_code == 404


def test_a_file_that_is_gone_from_disk_is_no_file(desk, file):
    Path(settings.CASE_FILES_ROOT, file.path).unlink()
    assert status(browser(desk.operator), file) == 404


def test_case_files_are_not_below_what_the_web_server_gives_out(file):
    assert not Path(settings.CASE_FILES_ROOT).is_relative_to(settings.MEDIA_ROOT)
    assert browser().get(f"/media/{file.path}").status_code == 404


@pytest.mark.parametrize("name", ["operator", "builder", "drafter"])
def test_the_photo_of_a_secret_report_is_not_for_the_desk(desk, name):
    case = received_now(desk, is_secret=True, images=[accept_image(photo())])
    assert status(browser(getattr(desk, name)), case.files.get()) == 404


@pytest.mark.parametrize("name", ["operator", "head", "builder"])
def test_the_photo_of_a_report_about_an_office_is_not_for_that_office(desk, name):
    case = received_now(desk, accused=desk.office.kapas, images=[accept_image(photo())])
    assert status(browser(getattr(desk, name)), case.files.get()) == 404


def test_a_photo_of_the_findings_stays_inside_the_office(desk, case):
    steps.in_progress(desk, case, timezone.now())
    act(
        browser(desk.builder),
        case,
        "findings",
        findings="Papan lapuk.",
        images=SimpleUploadedFile("temuan.jpg", photo(), "image/jpeg"),
    )
    inside = case.files.get(by_reporter=False)
    assert (status(browser(desk.head), inside), status(reporters_browser(case), inside)) == (200, 404)


def test_a_photo_of_a_kept_promise_is_the_reporters_to_see(desk, case):
    steps.answered(desk, case, timezone.now(), promised_until=timezone.localdate() + timedelta(days=9))
    act(
        browser(desk.operator),
        case,
        "check-promise",
        is_kept="yes",
        findings="Sudah diganti.",
        images=SimpleUploadedFile("bukti.jpg", photo(), "image/jpeg"),
    )
    assert status(reporters_browser(case), case.files.get(by_reporter=False)) == 200


def draft_with_document(desk, case) -> CaseFile:
    steps.in_progress(desk, case, timezone.now())
    fields = {"text": "Sudah diperbaiki; berita acara terlampir.", "outcome": "done"}
    document = SimpleUploadedFile("berita-acara.docx", package(DOCX))
    act(browser(desk.head), case, "draft", documents=document, **fields)
    return case.files.get(by_reporter=False)


def test_a_document_of_an_answer_is_the_reporters_once_the_answer_is(desk, case):
    document = draft_with_document(desk, case)
    before = status(reporters_browser(case), document)
    act(browser(desk.head), case, "publish")
    assert (before, status(reporters_browser(case), document)) == (404, 200)


def test_a_document_is_a_download_and_is_never_opened_in_the_browser(desk, case):
    document = draft_with_document(desk, case)
    response = browser(desk.head).get(document.get_absolute_url())
    b"".join(response.streaming_content)
    assert (response["Content-Disposition"], response["X-Content-Type-Options"]) == (
        f'attachment; filename="{case.number}-{document.pk}.docx"',
        "nosniff",
    )


def test_a_document_with_macros_is_refused_beside_its_field_and_the_wording_kept(desk, case):
    steps.in_progress(desk, case, timezone.now())
    macros = SimpleUploadedFile("surat.docx", package(DOCX | {"word/vbaProject.bin": b"x"}))
    fields = {"text": "Sudah diperbaiki.", "outcome": "done"}
    response = act(browser(desk.head), case, "draft", documents=macros, **fields)
    page = soup(response)
    assert [fault.get_text() for fault in page.select("#id_draft-documents_error p")] == [
        "surat.docx: Dokumen ini memuat skrip, makro, atau berkas lain. Cetak sebagai PDF, lalu kirim hasilnya."
    ]
    assert (response.status_code, page.select_one("#id_draft-text").get_text().strip()) == (
        422,
        "Sudah diperbaiki.",
    )
    assert not case.files.filter(by_reporter=False).exists()


def test_an_office_that_passed_a_case_on_does_not_see_what_the_next_one_finds(desk, case, file):
    dander = desk.office.dander
    DeskSettings.objects.create(unit=dander, procedure_code=KAPAS)
    section = Section.objects.create(unit=dander, name="Seksi Pembangunan")
    head = browser(member("camat-dander", dander, Role.HEAD))
    desk_services.pass_on(case, by=desk.staff("operator"), seen=None, unit=dander, reason="Ada di Dander.")
    act(head, case, "verify")
    act(head, case, "dispose", section=section.pk)
    images = SimpleUploadedFile("temuan.jpg", photo(), "image/jpeg")
    act(head, case, "findings", findings="Papan lapuk.", images=images)
    later = case.files.get(by_reporter=False)
    before = browser(desk.operator)
    assert (status(head, later), status(before, later), status(before, file)) == (200, 404, 200)


def publish(desk, case: Case, *files: CaseFile) -> None:
    desk_services.change_public_copy(
        case,
        by=desk.staff("operator"),
        seen=None,
        public_text="Salinan.",
        public_photos=[cover(file) for file in files],
    )


def test_anyone_sees_a_photo_that_was_chosen_for_the_public_copy(desk):
    photos = [SimpleUploadedFile(f"{n}.jpg", photo(size=(8, 9 + n))) for n in range(2)]
    browser().post("/lapor/", report_form(desk.office, photos=photos))
    case = steps.verified(desk, Case.objects.get(), timezone.now())
    chosen, other = case.files.all()
    publish(desk, case, chosen)
    assert [status(browser(), file) for file in (chosen.public_photo, chosen, other)] == [200, 404, 404]


def test_a_photo_of_a_copy_taken_back_is_gone(desk, case, file):
    steps.verified(desk, case, timezone.now())
    publish(desk, case, file)
    public = case.public_photos.get()
    desk_services.change_public_copy(case, by=desk.staff("operator"), seen=None, public_text="")
    assert status(browser(), public) == 404


@pytest.mark.parametrize("state", [{"published_at": None}, {"is_secret": True}])
def test_a_photo_is_not_public_by_its_own_row_alone(desk, case, file, state):
    Case.objects.update(published_at=timezone.now())
    show_photos(case, [cover(file)])
    Case.objects.update(**state)
    assert status(browser(), case.public_photos.get()) == 404
