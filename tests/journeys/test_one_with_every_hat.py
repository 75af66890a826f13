"""A desa of two: whoever wears every hat carries a complaint and a request for information to their ends, on a phone."""

import pytest

from cases.history import verify
from cases.models import Case
from home.services.site import open_site
from opd_pages.models import Role
from opd_pages.services.unit_pages import open_unit_pages
from ppid.models import Notice
from tests.factories import join, member

from .conftest import PHONE
from .test_from_poster_to_answer import submit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desa(office, empty_tree):
    open_site()
    open_unit_pages([office.kapas, office.bakalan])
    everybody = member("kades", office.bakalan, Role.HEAD)
    for role in (Role.OPERATOR, Role.PPID_ASSISTANT):
        join(everybody, office.bakalan, role)
    member("sekdes", office.bakalan, Role.OPERATOR)
    return office.bakalan


def told(page) -> str:
    return page.locator("main").inner_text()


def test_one_officer_of_a_desa_finishes_a_complaint_and_a_request(desa, visit, officer):
    citizen = visit(f"/lapor/?unit={desa.short_code}", viewport=PHONE, js=False)
    citizen.fill("[name=words]", "Lampu jalan depan balai desa padam.")
    citizen.check("[name=is_about_officer][value=no]")
    citizen.fill("[name=name]", "Warga Uji")
    citizen.fill("[name=phone]", "0812 3456 78")
    submit(citizen, "main", "Kirim laporan")
    report = citizen.locator(".receipt .big dd").first.inner_text()

    applicant = visit(f"/ppid/permohonan/?unit={desa.short_code}", viewport=PHONE, js=False)
    submit(applicant, "main", "Kirim permohonan")
    assert applicant.locator(".error-summary").count() == 1
    for name, words in {
        "words": "Anggaran pendapatan dan belanja desa tahun ini.",
        "purpose": "Bahan musyawarah dusun.",
        "name": "Siti Aminah",
        "id_number": "3522140101900001",
        "address": "Dusun Krajan",
        "email": "siti@contoh.test",
    }.items():
        applicant.fill(f"[name={name}]", words)
    submit(applicant, "main", "Kirim permohonan")
    request, code = applicant.locator(".receipt .big dd").all_inner_texts()

    desk = officer("kades", f"/meja/perkara/{report}/", viewport=PHONE, js=False)
    submit(desk, "#verify", "Verifikasi laporan")
    desk.fill("[name=draft-text]", "Lampu sudah kami ganti.")
    desk.check("[name=draft-outcome][value=done]")
    submit(desk, "#draft", "Rumuskan jawaban")
    desk.goto("/meja/pagi/")
    submit(desk, "main", "Setujui dan terbitkan")
    assert Case.objects.get(number=report).status == "answered"

    desk.goto(f"/meja/perkara/{request}/")
    submit(desk, "#assign", "Teruskan kepada PPID")
    desk.check("[name=draft-notice-decision][value=granted]")
    desk.fill("[name=draft-notice-material]", "Salinan APB Desa, 6 halaman.")
    desk.fill("[name=draft-notice-medium]", "Berkas PDF melalui surel")
    submit(desk, "#draft-notice", "Susun pemberitahuan tertulis")
    desk.fill("[name=issue-letter_number]", "480/7/2026")
    desk.fill("[name=issue-signer]", "Nama Kepala Desa")
    desk.fill("[name=issue-signer_office]", "Kepala Desa Bakalan")
    submit(desk, "#issue", "Terbitkan pemberitahuan tertulis")
    desk.fill("[name=deliver-how]", "Dikirim ke surel pemohon.")
    submit(desk, "#deliver", "Catat penyerahan informasi")
    assert Notice.objects.get().letter_number == "480/7/2026"
    width = desk.evaluate("document.documentElement.scrollWidth")
    assert width == PHONE["width"]

    reader = visit("/lacak/", viewport=PHONE, js=False)
    reader.fill("[name=number]", request)
    reader.fill("[name=code]", code)
    submit(reader, "main", "Lihat perkembangan")
    assert "Salinan APB Desa, 6 halaman." in told(reader)
    letter = reader.request.get(reader.locator("a[href='/lacak/surat/']").evaluate("link => link.href"))
    assert letter.body().startswith(b"%PDF")
    reader.locator("#enough summary").click()
    submit(reader, "#enough", "Informasi sudah saya terima")
    assert reader.locator(".tag").first.inner_text() == "Selesai"

    citizen.goto("/lacak/perkara/")
    citizen.check("[name=rate-satisfaction][value='4']")
    citizen.check("[name=rate-is_solved][value=yes]")
    submit(citizen, "#rate", "Beri tanggapan")
    assert citizen.locator(".tag").first.inner_text() == "Selesai menurut pelapor"
    assert list(verify()) == []
