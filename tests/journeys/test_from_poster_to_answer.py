"""From a unit's poster to a published answer and the reporter's word on it, as people do it, on a phone."""

import re

import pytest

from cases.history import verify
from cases.models import Case, CaseFile
from home.services.site import open_site
from opd_pages.models import Channel, Contact
from opd_pages.services.contacts import confirm
from opd_pages.services.unit_pages import open_unit_pages
from pengaduan.models import Category, SectionDuty
from tests.pengaduan.desk import Desk

from .photos import phone_photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(office, empty_tree):
    desk = Desk.at_kapas(office)
    category = Category.objects.get(name="Jalan dan jembatan")
    SectionDuty.objects.create(section=office.building_section, category=category)
    open_site()
    open_unit_pages([office.kapas, office.bakalan])
    Contact.objects.create(unit=office.kapas, channel=Channel.PHONE, value="+62812345678", label="Pengaduan")
    confirm(office.kapas, by=desk.operator)
    return desk


def submit(page, within: str, button: str) -> None:
    page.locator(within).get_by_role("button", name=button).click()
    page.wait_for_load_state()


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_report_with_a_phone_photo_is_answered_and_found_helpful(desk, visit, officer, tmp_path, js):
    citizen = visit("/k/KPS?v=1", js=js)
    citizen.get_by_role("link", name=re.compile("lapor", re.I)).last.click()

    # A form sent too early says what is missing and keeps what was typed.
    citizen.fill("[name=landmark]", "sebelah selatan jembatan")
    submit(citizen, "main", "Kirim laporan")
    assert citizen.locator(".error-summary").count() == 1
    assert citizen.input_value("[name=landmark]") == "sebelah selatan jembatan"

    citizen.fill("[name=words]", "Jembatan kayu dusun lapuk, papan hilang empat.")
    citizen.set_input_files("[name=photos]", phone_photo(tmp_path))
    citizen.select_option("[name=village]", label="Bakalan")
    citizen.select_option("[name=category]", label="Jalan dan jembatan")
    citizen.check("[name=is_about_officer][value=no]")
    citizen.fill("[name=name]", "Warga Uji")
    citizen.fill("[name=phone]", "0812 3456 78")
    submit(citizen, "main", "Kirim laporan")
    number, code = citizen.locator(".receipt .big dd").all_inner_texts()
    case = Case.objects.get(number=number)
    assert CaseFile.objects.get(case=case).media_type == "image/jpeg"

    operator = officer("operator", f"/meja/perkara/{number}/", js=js)
    operator.check("[name=verify-told_head][value=langsung]")
    operator.fill("[name=verify-public_text]", "Jembatan kayu di dusun lapuk.")
    submit(operator, "#verify", "Verifikasi laporan")

    head = officer("camat", "/meja/pagi/", js=js)
    submit(head, "main", "Seksi Pembangunan")

    builder = officer("pembangunan", f"/meja/perkara/{number}/", js=js)
    builder.fill("[name=findings-findings]", "Empat papan hilang, rangka masih kuat.")
    submit(builder, "#findings", "Laporkan temuan")

    drafter = officer("ppid", f"/meja/perkara/{number}/", js=js)
    drafter.fill("[name=draft-text]", "Papan sudah kami ganti hari ini.")
    drafter.check("[name=draft-outcome][value=done]")
    submit(drafter, "#draft", "Rumuskan jawaban")

    head.goto("/meja/pagi/")
    submit(head, "main", "Setujui dan terbitkan")

    reader = visit("/lacak/", js=js)
    reader.fill("[name=number]", number.lower())
    reader.fill("[name=code]", code.replace("0", "O"))
    submit(reader, "main", "Lihat perkembangan")
    assert "Papan sudah kami ganti hari ini." in reader.locator("main").inner_text()
    reader.check("[name=rate-satisfaction][value='4']")
    reader.check("[name=rate-is_solved][value=yes]")
    submit(reader, "#rate", "Beri tanggapan")
    assert reader.locator(".tag").first.inner_text() == "Selesai menurut pelapor"

    anyone = visit(f"/pengaduan/{number}/", js=js)
    public = anyone.locator("main").inner_text()
    assert "Jembatan kayu di dusun lapuk." in public
    assert "Warga Uji" not in public
    assert list(verify()) == []
