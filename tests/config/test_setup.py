import builtins
import getpass
import io
import re
import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from django_q.models import OrmQ
from PIL import Image
from wagtail.images.models import Image as WagtailImage

from cases.models import RetentionRule, Rule
from config.setup.checklist import checklist
from config.setup.crest import NoCrest, crest_png
from config.setup.services import administrators, open_next_pages
from home.models import PortalSettings, User
from home.services.mail_proof import MailNotSent, confirm_mail_test, mail_is_proven, send_mail_test
from home.services.site import open_site
from opd_pages.models import Membership, Role, Unit, UnitPage
from opd_pages.services.administrators import open_administrators
from opd_pages.services.unit_pages import open_unit_pages, units_to_open
from ppid.services.site import open_ppid_page
from tests.factories import join, make_user, member

REGIONS = """kode,nama,jenis,kode_induk
35.22,Kabupaten Bojonegoro,kabupaten,
35.22.14,Kapas,kecamatan,35.22
35.22.14.2001,Bakalan,desa,35.22.14
"""
OFFICES = "kode_singkat,nama,jenis\nDINKES,Dinas Kesehatan,dinas\n"
PASSWORD = "rahasia-bupati-77"
CREST = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 40"><rect width="30" height="40" fill="#0e5a48"/>%s</svg>'


@pytest.fixture
def lists(tmp_path):
    for name, content in {"wilayah.csv": REGIONS, "opd.csv": OFFICES, "lambang.svg": CREST % ""}.items():
        (tmp_path / name).write_text(content)
    return tmp_path


@pytest.fixture
def migrated(db, monkeypatch):
    """The tables are there already; looking for them each time would take longer than all the rest."""
    monkeypatch.setattr("config.management.commands.setup.call_command", lambda *args, **options: None)


@pytest.fixture
def first_start(lists, migrated, monkeypatch):
    """Runs the command as an office does, by flags; returns what it printed."""
    monkeypatch.setenv("SANDI", PASSWORD)
    usual = {
        "name": "Kabupaten Bojonegoro",
        "slogan": "Bahagia dan makmur",
        "hotline": ["Darurat=112", "Radio=(0353) 881 826"],
        "crest": str(lists / "lambang.svg"),
        "units": [str(lists / "wilayah.csv"), str(lists / "opd.csv")],
        "admin_username": "siti.rahma",
        "admin_name": "Siti Rahma",
        "admin_email": "siti@contoh.test",
        "admin_password_env": "SANDI",
    }

    def run(**flags) -> str:
        printed = io.StringIO()
        given = {name: value for name, value in (usual | flags).items() if value is not None}
        call_command("setup", no_input=True, stdout=printed, **given)
        return printed.getvalue()

    return run


def refused(run, **flags) -> list[str]:
    with pytest.raises(SystemExit) as stop:
        run(**flags)
    return str(stop.value).splitlines()


@pytest.fixture
def siti(office):
    """The administrator of a small office."""
    open_site()
    siti = member("siti.rahma", office.regency, Role.ADMINISTRATOR)
    open_administrators()
    return siti


@pytest.fixture
def desk(client, siti):
    client.force_login(siti)
    return client


# From an empty database, by flags


def test_one_command_gives_the_portal_its_identity(first_start):
    first_start()
    portal = PortalSettings.load()
    assert (portal.region_name, portal.slogan, [dict(block.value) for block in portal.hotlines]) == (
        "Kabupaten Bojonegoro",
        "Bahagia dan makmur",
        [{"label": "Darurat", "number": "112"}, {"label": "Radio", "number": "(0353) 881 826"}],
    )


def test_one_command_takes_lists_that_build_on_each_other(first_start):
    first_start()
    assert set(Unit.objects.values_list("code", "parent__code")) == {
        ("35.22", None),
        ("35.22.14", "35.22"),
        ("35.22.14.2001", "35.22.14"),
        ("35.22.DINKES", "35.22"),
    }


def test_one_command_gives_every_unit_a_page(first_start):
    first_start()
    assert UnitPage.objects.live().count() == 4


def test_the_first_administrator_stands_at_the_kabupaten_and_may_enter_the_back_office(first_start):
    first_start()
    siti = User.objects.get()
    held = siti.memberships.get()
    assert (str(siti), held.unit.code, held.role, siti.has_perm("wagtailadmin.access_admin")) == (
        "Siti Rahma",
        "35.22",
        Role.ADMINISTRATOR,
        True,
    )


def test_the_password_comes_from_the_environment(first_start):
    first_start()
    assert User.objects.get().check_password(PASSWORD)


def test_without_a_list_the_kabupaten_is_made_from_its_code_and_the_portals_name(first_start):
    first_start(units=None, region_code="35.79", name="Kota Batu")
    assert list(Unit.objects.values_list("code", "name", "kind")) == [("35.79", "Kota Batu", "kota")]


def test_everything_that_is_missing_is_said_at_once(first_start):
    nothing = dict.fromkeys(["name", "units", "hotline", "crest", "admin_username"])
    assert refused(first_start, **nothing) == [
        "--name: Tulis nama lengkapnya, misalnya Kabupaten Bojonegoro.",
        "--units atau --region-code: portal belum punya kabupaten; berikan salah satunya.",
        "--admin-username: Tulis nama penggunanya, misalnya siti.rahma.",
        "Belum ada yang disimpan.",
    ]


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        ({"primary_color": "#ffee00"}, "--primary-color: Warna ini terlalu terang untuk tulisan putih."),
        ({"hotline": ["112"]}, '--hotline: "112" belum lengkap.'),
        ({"hotline": ["Darurat=seratus"]}, '--hotline: "Darurat=seratus" belum lengkap.'),
        ({"hotline": [f"Nomor {n}=11{n}" for n in range(7)]}, "--hotline: Paling banyak 6 nomor penting."),
        ({"crest": "/tidak/ada.svg"}, "--crest: Berkas /tidak/ada.svg tidak dapat dibuka."),
        ({"units": ["/tidak/ada.csv"]}, "--units /tidak/ada.csv: Berkas /tidak/ada.csv tidak dapat dibuka."),
        ({"admin_email": "siti"}, "--admin-email: Tulis alamat surel lengkap"),
        ({"admin_password_env": "TIDAK_ADA"}, "--admin-password-env TIDAK_ADA: Kata sandi belum diisi."),
        ({"mail_test_to": "siti"}, "--mail-test-to: Tulis alamat surel lengkap"),
    ],
)
def test_a_flag_that_will_not_do_stops_everything_and_says_why(first_start, flags, words):
    first, last = refused(first_start, **flags)
    assert (first[: len(words)], last, PortalSettings.load().slogan) == (
        words,
        "Belum ada yang disimpan.",
        "",
    )


def test_a_weak_password_is_refused_with_each_reason(first_start, monkeypatch):
    monkeypatch.setenv("SANDI", "123")
    assert refused(first_start)[0] == (
        "--admin-password-env SANDI: Kata sandi terlalu pendek. Harus mengandung setidaknya 10 karakter. "
        "Kata sandi ini terlalu umum."
    )


def test_a_fault_in_the_second_list_keeps_the_first_one_out(first_start, lists):
    (lists / "opd.csv").write_text("kode_singkat,nama,jenis\nDINKES,Dinas Kesehatan,kantor\n")
    refused(first_start)
    assert Unit.objects.count() == 0


def test_the_rows_that_ship_with_the_product_are_entered_where_they_are_missing(db):
    Rule.objects.all().delete()
    with pytest.raises(SystemExit):
        call_command("setup", no_input=True, stdout=io.StringIO())
    assert Rule.objects.exists()


# Again


def kept() -> dict:
    return {
        "portal": PortalSettings.objects.values().get(),
        "users": list(User.objects.values("username", "email", "password")),
        "units": list(Unit.objects.order_by("code").values("code", "name", "lineage")),
        "pages": list(UnitPage.objects.order_by("pk").values_list("url_path", "latest_revision_id")),
        "memberships": Membership.objects.count(),
        "images": WagtailImage.objects.count(),
    }


def test_the_same_command_again_changes_nothing(first_start):
    first_start()
    before = kept()
    first_start()
    assert kept() == before


def test_without_flags_what_is_there_stays(first_start):
    first_start()
    before = kept()
    call_command("setup", no_input=True, stdout=io.StringIO())
    assert kept() == before


def test_an_administrator_keeps_the_password_whatever_the_environment_holds(first_start, monkeypatch):
    first_start()
    monkeypatch.setenv("SANDI", "rahasia-yang-lain-88")
    first_start(admin_username="SITI.RAHMA", admin_email="lain@contoh.test")
    assert User.objects.get().check_password(PASSWORD)


def test_another_name_makes_another_administrator(first_start):
    first_start()
    first_start(admin_username="budi.santoso")
    assert list(administrators().values_list("username", flat=True)) == ["budi.santoso", "siti.rahma"]


def test_somebody_who_is_known_becomes_administrator_with_the_password_they_have(first_start):
    budi = make_user("budi.santoso")
    first_start(admin_username="budi.santoso")
    assert [(user.pk, user.check_password("sandi-untuk-uji")) for user in administrators()] == [
        (budi.pk, True)
    ]


def test_a_closed_account_does_not_become_administrator(first_start):
    make_user("siti.rahma", is_active=False)
    assert refused(first_start)[0] == "--admin-username: Akun siti.rahma sudah ditutup. Pakai nama lain."


def test_an_administrator_whose_term_ended_does_not_count(office):
    yesterday = timezone.localdate() - timedelta(days=1)
    member("siti.rahma", office.regency, Role.ADMINISTRATOR, valid_until=yesterday)
    assert not administrators().exists()


# At the terminal


@pytest.fixture
def answer(migrated, monkeypatch):
    """Gives answers in their order; an exception among them is raised. Returns the questions that were asked."""

    def prepare(*answers: str | type[BaseException]) -> list[str]:
        left, asked = list(answers), []

        def next_answer(question: str = "") -> str:
            asked.append(question)
            answer = left.pop(0)
            if isinstance(answer, str):
                return answer
            raise answer

        monkeypatch.setattr(builtins, "input", next_answer)
        monkeypatch.setattr(getpass, "getpass", next_answer)
        return asked

    return prepare


IDENTITY = ["Kabupaten Bojonegoro", "", "", "", "", "Darurat=112", ""]
ADMINISTRATOR = ["siti.rahma", "Siti Rahma", "siti@contoh.test", PASSWORD, PASSWORD]


def test_the_terminal_leads_from_nothing_to_an_administrator(lists, answer):
    answer(*IDENTITY, str(lists / "wilayah.csv"), "ya", "", *ADMINISTRATOR, "-")
    call_command("setup", stdout=io.StringIO())
    assert (Unit.objects.count(), administrators().get().username) == (3, "siti.rahma")


def test_an_answer_that_will_not_do_is_asked_for_again_with_the_reason(answer, capsys):
    asked = answer("Kabupaten", KeyboardInterrupt)
    with pytest.raises(SystemExit):
        call_command("setup", stdout=io.StringIO(), stderr=io.StringIO())
    assert (asked, capsys.readouterr().out) == (
        ["Nama daerah [Kabupaten]: "] * 2,
        "  Tulis nama lengkapnya, misalnya Kabupaten Bojonegoro.\n",
    )


@pytest.mark.parametrize("end", [KeyboardInterrupt, EOFError])
def test_broken_off_it_says_what_is_kept_and_what_is_open(answer, end):
    answer(*IDENTITY, end)
    said = io.StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("setup", stdout=io.StringIO(), stderr=said)
    assert (stop.value.code, said.getvalue().strip()) == (
        130,
        "Dihentikan. Sudah disimpan: Identitas. Belum: Unit, Halaman, Administrator, Surel. "
        "Jalankan lagi untuk melanjutkan.",
    )


def test_broken_off_in_the_middle_of_a_step_nothing_of_the_step_is_kept(lists, answer):
    answer(*IDENTITY, str(lists / "wilayah.csv"), "ya", KeyboardInterrupt)
    with pytest.raises(SystemExit):
        call_command("setup", stdout=io.StringIO(), stderr=io.StringIO())
    assert (PortalSettings.load().region_name, Unit.objects.count()) == ("Kabupaten Bojonegoro", 0)


def test_the_second_time_each_question_offers_what_is_there(first_start, answer):
    first_start()
    asked = answer(KeyboardInterrupt)
    with pytest.raises(SystemExit):
        call_command("setup", stdout=io.StringIO(), stderr=io.StringIO())
    assert asked == ["Nama daerah [Kabupaten Bojonegoro]: "]


def test_a_dash_empties_what_was_there(first_start, answer):
    first_start()
    answer("", "", "-", "", "", "", "", "", "-")
    call_command("setup", stdout=io.StringIO())
    assert PortalSettings.load().slogan == ""


def test_a_list_that_was_looked_at_and_declined_is_not_taken(lists, answer):
    answer(*IDENTITY, str(lists / "wilayah.csv"), "tidak", "", "35.22", *ADMINISTRATOR, "-")
    call_command("setup", stdout=io.StringIO())
    assert list(Unit.objects.values_list("code", flat=True)) == ["35.22"]


# The crest


def test_a_drawn_crest_is_kept_as_a_picture_without_its_script(db):
    png = crest_png((CREST % "<script>alert(1)</script>").encode())
    with Image.open(io.BytesIO(png)) as picture:
        assert (picture.format, picture.size, b"script" in png) == ("PNG", (768, 1024), False)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"bukan gambar",
        b"<svg>",
        b"<html></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"></svg>',
        (CREST % '<image href="/etc/hostname" width="9" height="9"/>').encode(),
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
    ],
)
def test_what_is_no_picture_of_a_crest_is_refused(content):
    with pytest.raises(NoCrest, match="tidak dapat dibaca"):
        crest_png(content)


# Mail


def code_sent() -> str:
    return re.search(r"Kode: (\d{6})", mail.outbox[-1].body)[1]


def test_mail_is_proven_only_once_the_code_was_typed(db):
    send_mail_test("siti@contoh.test", page="/admin/persiapan/surel/")
    before = mail_is_proven()
    confirm_mail_test(f" {code_sent()[:3]} {code_sent()[3:]} ")
    assert (before, mail_is_proven()) == (False, True)


def test_a_wrong_code_proves_nothing(db):
    send_mail_test("siti@contoh.test", page="/")
    wrong = str((int(code_sent()) + 1) % 10**6).zfill(6)
    assert (confirm_mail_test(wrong), mail_is_proven()) == (False, False)


def test_no_code_fits_before_a_message_was_sent(db):
    assert not confirm_mail_test("000000")


def test_a_new_test_puts_the_old_proof_in_doubt(db):
    send_mail_test("siti@contoh.test", page="/")
    confirm_mail_test(code_sent())
    send_mail_test("siti@contoh.test", page="/")
    assert not mail_is_proven()


@pytest.mark.parametrize("name", ["SMTP_HOST", "SMTP_USER", "MAIL_FROM"])
def test_another_way_for_mail_has_to_be_proven_anew(db, settings, name):
    send_mail_test("siti@contoh.test", page="/")
    confirm_mail_test(code_sent())
    settings.ENVIRONMENT = settings.ENVIRONMENT | {name: "lain@contoh.test"}
    assert not mail_is_proven()


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (smtplib.SMTPAuthenticationError(535, b"no"), "Server surel menolak SMTP_USER atau SMTP_PASSWORD."),
        (ConnectionRefusedError(), "Server surel menolak sambungan. Periksa SMTP_HOST dan SMTP_PORT."),
        (TimeoutError(), "Server surel tidak menjawab. Periksa SMTP_HOST, SMTP_PORT, dan firewall."),
        (smtplib.SMTPException(), "Surel tidak dapat dikirim (SMTPException)."),
    ],
)
def test_a_server_that_takes_no_mail_is_told_in_words(db, monkeypatch, fault, words):
    def fail(*args, **kwargs):
        raise fault

    monkeypatch.setattr("home.services.mail_proof.send_mail", fail)
    with pytest.raises(MailNotSent) as refused:
        send_mail_test("siti@contoh.test", page="/")
    assert (str(refused.value), PortalSettings.load().mail_test_sent_at) == (words, None)


def test_in_production_a_message_written_to_a_folder_is_no_proof(db, settings):
    send_mail_test("siti@contoh.test", page="/")
    confirm_mail_test(code_sent())
    settings.IS_PRODUCTION = True
    settings.ENVIRONMENT = settings.ENVIRONMENT | {"SMTP_HOST": ""}
    assert not mail_is_proven()


def test_mail_that_fails_leaves_the_other_steps_done(first_start, settings):
    settings.IS_PRODUCTION = True
    settings.ENVIRONMENT = settings.ENVIRONMENT | {"SMTP_HOST": ""}
    lines = refused(first_start, mail_test_to="siti@contoh.test")
    assert lines == [
        "Surel uji belum terkirim. SMTP_HOST belum diisi, maka surel tidak keluar dari server ini.",
        "Sudah disimpan: Identitas, Unit, Halaman, Administrator. Belum: Surel. Jalankan lagi untuk melanjutkan.",
    ]


# /admin/persiapan/

ADDRESSES = [
    ("get", "/admin/persiapan/"),
    ("get", "/admin/persiapan/unit/"),
    ("post", "/admin/persiapan/unit/"),
    ("post", "/admin/persiapan/unit/impor/"),
    ("post", "/admin/persiapan/unit/halaman/"),
    ("get", "/admin/persiapan/surel/"),
    ("post", "/admin/persiapan/surel/"),
    ("post", "/admin/persiapan/surel/kode/"),
]


@pytest.mark.parametrize(("method", "address"), ADDRESSES)
def test_an_editor_of_the_whole_kabupaten_is_refused(client, siti, office, method, address):
    open_unit_pages([office.regency])
    client.force_login(member("editor", office.regency, Role.EDITOR))
    assert getattr(client, method)(address).status_code == 403


@pytest.mark.parametrize(("method", "address"), ADDRESSES)
def test_a_stranger_is_asked_to_log_in(client, siti, method, address):
    assert getattr(client, method)(address).url.partition("?")[0] == "/masuk/"


def front_page_panels(client) -> list[str]:
    return [panel.name for panel in client.get("/admin/").context["panels"] if panel.name == "setup"]


def test_the_administrators_front_page_shows_what_is_open(desk):
    assert front_page_panels(desk) == ["setup"]


def test_an_editors_front_page_does_not(client, siti, office):
    open_unit_pages([office.regency])
    client.force_login(member("editor", office.regency, Role.EDITOR))
    assert front_page_panels(client) == []


def upload(client, content: str | bytes = OFFICES):
    content = content if isinstance(content, bytes) else content.encode()
    return client.post("/admin/persiapan/unit/", {"file": SimpleUploadedFile("unit.csv", content)})


def test_a_list_is_shown_before_anything_is_taken(desk):
    response = upload(desk)
    shown = [unit.code for unit in response.context["report"].created]
    assert (shown, Unit.objects.filter(code="35.22.DINKES").exists()) == (["35.22.DINKES"], False)


def test_a_list_that_was_seen_is_taken(desk):
    seen = upload(desk).context["form"]["file"].value()
    desk.post("/admin/persiapan/unit/impor/", {"file": seen})
    assert Unit.objects.get(code="35.22.DINKES").name == "Dinas Kesehatan"


def test_a_list_with_faults_is_refused_with_each_line(desk):
    response = upload(desk, "kode_singkat,nama,jenis\nA,,dinas\nB,Dinas B,kantor\n")
    assert (response.status_code, [fault[:8] for fault in response.context["faults"]]) == (
        422,
        ["Baris 2:", "Baris 3:"],
    )


@pytest.mark.parametrize("content", [b"PK\x03\x04xlsx", b"\xff\xfek\0", b"nama\n", b'kode,nama,jenis\n"a'])
def test_a_file_that_is_no_list_is_refused_in_words(desk, content):
    response = upload(desk, content)
    assert (response.status_code, len(response.context["faults"])) == (422, 1)


@pytest.mark.parametrize("content", [None, b"", b"x" * (1024 * 1024 + 1)])
def test_no_file_an_empty_one_and_one_too_large_are_refused_beside_the_field(desk, content):
    response = upload(desk, content) if content is not None else desk.post("/admin/persiapan/unit/", {})
    assert (response.status_code, len(response.context["form"].errors["file"])) == (422, 1)


@pytest.mark.parametrize("carried", ["", "bukan base64", "AAAA"])
def test_a_list_that_was_tampered_with_on_its_way_takes_nothing(desk, carried):
    before = Unit.objects.count()
    response = desk.post("/admin/persiapan/unit/impor/", {"file": carried})
    assert (response.status_code, Unit.objects.count()) == (422, before)


def test_pages_are_left_to_the_worker(desk):
    desk.post("/admin/persiapan/unit/halaman/")
    assert [row.task["func"] for row in OrmQ.objects.all()] == ["config.setup.services.open_next_pages"]


def test_the_worker_makes_pages_in_slices_and_asks_for_the_next(siti, monkeypatch):
    monkeypatch.setattr("config.setup.services.SLICE", 2)
    before = units_to_open().count()
    open_next_pages()
    assert (before, units_to_open().count(), OrmQ.objects.count()) == (7, 5, 1)


def test_the_last_slice_asks_for_no_other(siti):
    open_next_pages()
    assert (units_to_open().count(), OrmQ.objects.count()) == (0, 0)


def test_the_link_in_the_message_alone_proves_nothing(desk):
    desk.post("/admin/persiapan/surel/", {"address": "siti@contoh.test"})
    link = re.search(r"http\S+", mail.outbox[0].body)[0]
    response = desk.get("/" + link.split("/", 3)[3])
    assert (response.context["code"]["code"].value(), mail_is_proven()) == (code_sent(), False)


def test_the_button_below_the_link_proves_that_mail_arrives(desk):
    desk.post("/admin/persiapan/surel/", {"address": "siti@contoh.test"})
    desk.post("/admin/persiapan/surel/kode/", {"code": code_sent()})
    assert mail_is_proven()


def test_a_wrong_code_is_told_beside_its_field(desk):
    desk.post("/admin/persiapan/surel/", {"address": "siti@contoh.test"})
    response = desk.post("/admin/persiapan/surel/kode/", {"code": "abc"})
    assert (response.status_code, response.context["code"].errors["code"]) == (
        422,
        ["Kode ini tidak cocok dengan surel uji terakhir."],
    )


def test_a_mail_server_that_fails_is_told_beside_the_address(desk, settings):
    settings.IS_PRODUCTION = True
    settings.ENVIRONMENT = settings.ENVIRONMENT | {"SMTP_HOST": ""}
    response = desk.post("/admin/persiapan/surel/", {"address": "siti@contoh.test"})
    assert (response.status_code, response.context["form"].errors["address"]) == (
        422,
        ["SMTP_HOST belum diisi, maka surel tidak keluar dari server ini."],
    )


# What is still open


def done() -> set[str]:
    return {item.title for item in checklist() if item.is_done}


def test_on_an_empty_portal_nothing_is_done(db):
    assert done() == set()


def test_identity_is_done_with_name_crest_and_a_number(first_start):
    first_start(units=None, region_code="35.22")
    assert done() == {"Identitas", "Halaman PPID"}


def test_units_are_done_when_each_has_its_page(siti):
    open_unit_pages(Unit.objects.all())
    assert done() == {"Unit dan halamannya"}


def test_a_coordinator_counts_until_the_account_is_closed(siti, office):
    budi = member("budi", office.regency, Role.COORDINATOR)
    before = done()
    User.objects.filter(pk=budi.pk).update(is_active=False)
    assert (before, done()) == ({"Koordinator pengaduan kabupaten"}, set())


def test_a_desk_needs_both_operator_and_head(siti, office):
    operator = member("operator", office.kapas, Role.OPERATOR)
    before = done()
    join(operator, office.kapas, Role.HEAD)
    assert (before, done()) == (set(), {"Petugas meja layanan"})


def test_rules_are_done_when_each_was_verified(siti):
    first, *others = Rule.objects.all()
    for rule in (first, *others):
        rule.verified_by, rule.verified_on = "Bagian Hukum", timezone.localdate()
        before = done()
        rule.save()
    assert (before, done()) == (set(), {"Aturan waktu"})


def test_retention_is_done_when_each_of_its_rules_is_in_force(siti):
    first, *others = RetentionRule.objects.all()
    for rule in (first, *others):
        rule.verified_by, rule.verified_on = "Bagian Hukum", timezone.localdate()
        before = done()
        rule.save()
    assert (before, done()) == (set(), {"Masa simpan data pribadi"})


def test_the_ppid_page_counts_while_it_is_published(siti):
    page = open_ppid_page(open_site())
    before = done()
    page.unpublish()
    assert (before, done()) == ({"Halaman PPID"}, set())


def test_the_list_takes_no_more_queries_for_more_units(siti, office, django_assert_max_num_queries):
    open_unit_pages(Unit.objects.all())
    with django_assert_max_num_queries(14):
        checklist()
