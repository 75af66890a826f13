"""A report that asks for information goes on as a request: with its receipt, its words and its photos."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.actors import Reporter
from cases.intake import accept_image
from cases.models import Case, EventWords, IdentityMode
from cases.services.changes import MoveRefused
from cases.services.receipt import Identity
from pengaduan.models import ReportClass
from pengaduan.services import desk as desk_services
from pengaduan.services import reporter as reporter_services
from ppid.services import applicant
from tests.browsers import act, browser, code_of, photo, reporters_browser, soup, words

from .desk import TUESDAY
from .steps import fresh


def handed_over(desk, **report) -> tuple[Case, Case]:
    """The report and the request as which it goes on, two days after it came."""
    report.setdefault("report_class", ReportClass.INFORMATION)
    case = desk.receive(**report)
    request = desk_services.hand_to_ppid(
        case, by=desk.staff("operator"), seen=None, at=TUESDAY + timedelta(days=2)
    )
    return fresh(case), fresh(request)


def test_the_report_ends_and_says_as_what_it_goes_on(desk):
    report, request = handed_over(desk)
    assert (report.status, report.goes_on_as) == ("handed_to_ppid", request)
    assert report.closed_at is not None
    assert report.events.get(kind="goes_on_as").data == {"number": request.number}


def test_the_ten_days_count_from_the_receipt_of_the_report(desk):
    report, request = handed_over(desk)
    notice = request.deadlines.get(step="notice")
    assert request.received_at == report.received_at
    assert timezone.localdate(notice.due_at).isoformat() == "2026-12-08"


def test_words_identity_and_photos_go_with_it(desk):
    image = accept_image(photo())
    report, request = handed_over(desk, images=[image], words="Berapa anggaran jembatan Bakalan?")
    assert (
        EventWords.objects.get(event__case=request, event__seq=1).text == "Berapa anggaran jembatan Bakalan?"
    )
    assert (request.party.name, request.party.phone) == (report.party.name, report.party.phone)
    assert request.files.get().sha256 == image.sha256
    assert request.files.get().key != report.files.get().key


def test_whoever_erases_one_of_the_two_reads_that_the_other_has_the_same(desk):
    report, request = handed_over(desk)
    applicant.withdraw(request, by=Reporter(), reason="Sudah mendapat datanya.")
    for case, twin in ((report, request), (request, report)):
        page = soup(browser(desk.coordinator).get(f"/meja/perkara/{case.number}/?buka=erase"))
        assert f"Data yang sama tersimpan pada {twin.number}" in page.select_one("#erase").get_text()


def test_what_a_request_needs_besides_is_asked_of_the_applicant(desk):
    _report, request = handed_over(desk)
    assert request.status == "incomplete"
    question = request.events.get(kind="moved").words.text
    assert question == (
        "Lengkapi permohonan ini: NIK atau nomor akta badan hukum, alamat, tujuan penggunaan informasi, "
        "cara memperoleh informasi."
    )


def test_whoever_stayed_anonymous_stays_so_until_they_say_their_name(desk):
    anonymous = Identity(IdentityMode.ANONYMOUS, "Warga Uji", "")
    _report, request = handed_over(desk, identity=anonymous)
    applicant.complete(request, by=Reporter(), phone="+6281234567890")
    assert fresh(request).identity_mode == IdentityMode.ANONYMOUS


def test_what_the_reporter_explained_later_goes_with_it(desk):
    case = desk.receive(report_class=ReportClass.INFORMATION, words="Berapa anggaran jembatan?")
    reporter_services.reply(case, by=Reporter(), words="Yang di Bakalan, tahun 2026.")
    request = desk_services.hand_to_ppid(case, by=desk.staff("operator"), seen=None, at=TUESDAY)
    told = EventWords.objects.get(event__case=request, event__seq=1).text
    assert told == "Berapa anggaran jembatan?\n\nYang di Bakalan, tahun 2026."


def test_a_secret_report_is_not_handed_over_since_no_request_is_secret(desk):
    case = desk.receive(report_class=ReportClass.INFORMATION, is_secret=True)
    with pytest.raises(MoveRefused):
        desk_services.hand_to_ppid(case, by=desk.staff("head"), seen=None, at=TUESDAY)
    assert fresh(case).goes_on_as is None


def test_whoever_hands_it_over_gets_no_receipt_with_the_applicants_code(desk):
    case = desk.receive(report_class=ReportClass.INFORMATION)
    request = desk_services.hand_to_ppid(case, by=desk.staff("operator"), seen=None)
    receipt = browser(desk.operator).get(f"/meja/perkara/{request.number}/tanda-terima/")
    assert receipt.status_code == 404


def test_whoever_did_not_say_their_name_is_asked_for_it_and_known_from_then(desk):
    _report, request = handed_over(desk, identity=Identity(IdentityMode.NONE))
    told = {"name": "Siti", "phone": "+6281234567890", "id_number": "3522140101900001"}
    applicant.complete(request, by=Reporter(), **told)
    request = fresh(request)
    assert (request.status, request.identity_mode) == ("received", IdentityMode.NAMED)
    assert (request.party.name, request.information_request.id_number) == ("Siti", "3522140101900001")


def test_the_page_of_the_report_leads_to_the_request(desk):
    report, request = handed_over(desk)
    client = reporters_browser(report)
    said = words(client.get("/lacak/perkara/"))
    assert f"Nomor {request.number} Kode akses {code_of(request)}" in said
    assert client.post("/lacak/lanjutan/").url == "/lacak/perkara/"
    assert soup(client.get("/lacak/perkara/")).h1.get_text() == f"Permohonan Anda {request.number}"


def test_following_leads_nowhere_for_a_report_that_goes_on_as_nothing(desk):
    client = reporters_browser(desk.receive())
    client.post("/lacak/lanjutan/")
    assert soup(client.get("/lacak/perkara/")).h1.get_text().startswith("Laporan Anda")


def test_the_desk_does_it_with_one_button(desk):
    case = desk.receive(report_class=ReportClass.INFORMATION, at=timezone.now())
    response = act(browser(desk.operator), case, "to-ppid", note="Ini permohonan informasi.")
    assert response.status_code == 302
    assert fresh(case).goes_on_as.kind == "information_request"


def test_a_report_about_an_office_is_not_told_to_it(desk):
    case = desk.receive(accused=desk.office.bakalan)
    with pytest.raises(MoveRefused, match=r"tidak diserahkan kepada PPID"):
        desk_services.hand_to_ppid(case, by=desk.staff("operator"), seen=None)
    assert Case.objects.count() == 1
