"""One report at Kecamatan Kapas from the citizen's form to the citizen's yes, through browsers alone."""

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.history import verify
from cases.models import Case
from cases.services.sweep import sweep
from pengaduan.models import Category, SectionDuty
from tests.browsers import act, act_as_reporter, browser, photo, report_form, soup, words


def press(client, page, label: str):
    """Press the button of this name on a page, with what its form holds."""
    (form,) = (form for form in page.select("form") if form.button and form.button.get_text() == label)
    sent = {field["name"]: field.get("value", "") for field in form.select("input[type=hidden]")}
    return client.post(form["action"], sent)


def test_from_the_form_to_the_reporters_yes(desk):
    roads = Category.objects.first()
    SectionDuty.objects.create(section=desk.office.building_section, category=roads)
    citizen, operator, camat, section, drafter = (
        browser(user) for user in (None, desk.operator, desk.head, desk.builder, desk.drafter)
    )

    # The citizen tells, and takes number and code home.
    image = SimpleUploadedFile("jembatan.jpg", photo(), "image/jpeg")
    form = report_form(
        desk.office,
        words="Jembatan kayu dusun lapuk, dekat rumah Pak Karto.",
        category=roads.pk,
        photos=[image],
        email="warga@contoh.test",
    )
    receipt = soup(citizen.get(citizen.post("/lapor/", form).url))
    number, code = (dd.get_text() for dd in receipt.select(".receipt .big dd"))
    case = Case.objects.get(number=number)

    # The operator finds it on the desk, tells the camat, and writes the copy for anyone.
    assert soup(operator.get("/meja/")).select_one("ol.inbox .number").get_text() == number
    act(operator, case, "verify", told_head="telepon", public_text="Jembatan kayu di Desa Bakalan lapuk.")

    # The camat gives the order with one tap.
    press(camat, soup(camat.get("/meja/pagi/")), "Seksi Pembangunan")

    # The section looks and reports; the answer is worded while the camat decides.
    assert soup(section.get("/meja/")).select_one("ol.inbox .number").get_text() == number
    findings = SimpleUploadedFile("temuan.jpg", photo(), "image/jpeg")
    act(section, case, "findings", findings="Empat papan hilang.", images=findings)
    act(camat, case, "decide", decision="Ganti papan minggu ini.")
    act(drafter, case, "draft", text="Keempat papan sudah kami ganti.", outcome="done")

    # One more tap publishes it.
    press(camat, soup(camat.get("/meja/pagi/")), "Setujui dan terbitkan")
    assert words(camat.get("/meja/pagi/")).count(number) == 0

    # The operator words the answer for everyone; it waited on the operator's list.
    assert soup(operator.get("/meja/")).select_one("ol.inbox .number").get_text() == number
    copy = {"public_text": "Jembatan di desa ini rusak.", "public_answer": "Keempat papan sudah kami ganti."}
    act(operator, case, "public-copy", **copy)

    # Anyone reads the reviewed copy and the answer; the reporter is told and reads it with number and code.
    public = words(browser().get(f"/pengaduan/{number}/"))
    assert ["Keempat papan sudah kami ganti." in public, "Karto" in public] == [True, False]
    sweep()
    assert [message.subject for message in mail.outbox if "warga@contoh.test" in message.to] == [
        f"Laporan {number} kami terima",
        f"Laporan {number} sudah dijawab",
    ]
    citizen = browser()
    citizen.post("/lacak/", {"number": number, "code": code})
    page = soup(citizen.get("/lacak/perkara/"))
    assert [h3.get_text() for h3 in page.select(".timeline h3")] == [
        "Laporan masuk",
        "Diverifikasi",
        "Sedang ditangani",
        "Diteruskan kepada Seksi Pembangunan",
        "Dijawab",
    ]
    assert "Empat papan hilang." not in page.get_text()

    # The citizen says that it helped, and that is the end of it.
    act_as_reporter(citizen, "rate", satisfaction="4", is_solved="yes")
    assert (
        soup(citizen.get("/lacak/perkara/")).select_one("main .tag").get_text() == "Selesai menurut pelapor"
    )
    assert Case.objects.get().tasks.filter(done_at=None).count() == 0
    assert list(verify()) == []
