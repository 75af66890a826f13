"""The desk's addresses: one officer at a time, nothing typed is lost, and nobody sees what is not theirs."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cases.models import Case, IdentityMode
from cases.services.receipt import Identity
from opd_pages.models import Role
from tests.browsers import act, browser, received_now, soup, words
from tests.factories import join, member
from tests.pengaduan import steps

NOBODY = Identity(IdentityMode.NONE)
ANONYMOUS = Identity(IdentityMode.ANONYMOUS, "Warga Uji", "+6281234567890")


@pytest.fixture
def case(desk) -> Case:
    return received_now(desk)


@pytest.fixture
def verified(desk, case) -> Case:
    return steps.verified(desk, case, timezone.now())


def page_of(case: Case) -> str:
    return reverse("desk_case", args=[case.number])


# --- Coming in --------------------------------------------------------------------------------------------------------


def test_who_is_not_logged_in_comes_back_after_logging_in(desk, case):
    assert browser().get("/meja/?tab=semua").url == "/masuk/?next=/meja/%3Ftab%3Dsemua"


def test_whose_session_ended_while_writing_comes_back_to_the_case(desk, case):
    response = act(browser(), case, "note", note="Tulisan.")
    assert response.url == f"/masuk/?next={page_of(case)}"


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MONITOR, Role.OBSERVER, Role.PARTNER, Role.ADMINISTRATOR])
def test_the_desk_is_closed_to_roles_that_see_no_cases(desk, case, role):
    user = member("lain", desk.office.kapas, role)
    addresses = ["/meja/", "/meja/pagi/", page_of(case)]
    assert [browser(user).get(address).status_code for address in addresses] == [403, 403, 403]


def test_an_operator_who_also_publishes_alerts_finds_them_from_the_desk_and_others_do_not(desk, case):
    join(desk.operator, desk.office.kapas, Role.EMERGENCY_PUBLISHER)
    links = [
        {link["href"] for link in soup(browser(user).get("/meja/")).select("nav.nav a")}
        for user in (desk.operator, desk.head)
    ]
    assert ["/meja/peringatan/" in of_one for of_one in links] == [True, False]


def test_a_membership_that_ended_opens_nothing(desk, case):
    user = member("dulu", desk.office.kapas, Role.HEAD, valid_until=timezone.localdate().replace(year=2021))
    assert browser(user).get(page_of(case)).status_code == 403


@pytest.mark.parametrize(
    "number", ["2026-ADU-KPS-999999", "x", "1", "2026-ADU-KPS-000001%00", "a b", "A" * 2000]
)
def test_an_unknown_number_is_no_case(desk, case, number):
    assert browser(desk.operator).get(f"/meja/perkara/{number}/").status_code == 404


def test_an_unknown_action_is_none(desk, case):
    assert act(browser(desk.operator), case, "hapus").status_code == 404


@pytest.mark.parametrize("name", ["verify", "identitas"])
def test_what_writes_is_not_done_by_opening_an_address(desk, case, name):
    response = browser(desk.operator).get(f"{page_of(case)}{name}/")
    assert (response.status_code, case.events.count()) == (405, 1)


def test_pages_of_the_desk_are_kept_nowhere(desk, case):
    client = browser(desk.operator)
    for address in ("/meja/", "/meja/pagi/", page_of(case)):
        assert "no-store" in client.get(address)["Cache-Control"]


# --- One after the other ----------------------------------------------------------------------------------------------


def test_a_button_leads_back_to_the_case_and_says_what_was_done(desk, case):
    client = browser(desk.operator)
    response = act(client, case, "verify", told_head="telepon")
    assert response.url == f"{page_of(case)}?selesai=verify"
    notice = soup(client.get(response.url)).select_one(".notice.success")
    assert notice.get_text().strip() == "Laporan diverifikasi dan pimpinan diberi tahu."


def test_whoever_gives_a_case_away_keeps_it_in_sight_but_not_what_is_done_with_it(desk, case):
    client = browser(desk.operator)
    other = member("binamarga", desk.office.works, Role.OPERATOR)
    act(client, case, "note", note="Sudah saya telepon dinas.")
    response = act(client, case, "pass-on", unit=desk.office.works.pk, reason="Jalan kabupaten.")
    act(browser(other), case, "note", note="Catatan dinas.")
    said = words(client.get(response.url))
    assert [text in said for text in ("Sudah saya telepon dinas.", "Jalan kabupaten.", "Catatan dinas.")] == [
        True,
        True,
        False,
    ]


def test_whoever_gives_a_case_away_can_do_nothing_more_with_it(desk, case):
    client = browser(desk.operator)
    act(client, case, "pass-on", unit=desk.office.works.pk, reason="Jalan kabupaten.")
    assert soup(client.get(page_of(case))).select("details.action") == []
    assert act(client, case, "note", note="Tambahan.").status_code == 403


def test_the_second_officer_is_told_what_changed_and_keeps_the_text(desk, verified):
    act(browser(desk.head), verified, "dispose", section=desk.office.building_section.pk)
    response = act(browser(desk.operator), verified, "note", seen=verified.version, note="Tulisan saya.")
    page = soup(response)
    assert response.status_code == 409
    assert [li.get_text().split(":")[0] for li in page.select("[role=alert] li")] == [
        "Sedang ditangani",
        "Diteruskan kepada Seksi Pembangunan",
    ]
    assert page.select_one("#id_note-note").get_text().strip() == "Tulisan saya."
    assert page.select_one("#note").has_attr("open")


def test_after_looking_the_second_officer_sends_the_same_again(desk, verified):
    act(browser(desk.head), verified, "dispose", section=desk.office.building_section.pk)
    client = browser(desk.operator)
    form = soup(act(client, verified, "note", seen=verified.version, note="Tulisan saya.")).select_one(
        "#note form"
    )
    sent = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
    response = client.post(
        form["action"].split("#")[0], sent | {"note-note": form.textarea.get_text().strip()}
    )
    assert response.status_code == 302
    assert verified.events.last().words.text == "Tulisan saya."


def test_text_for_a_step_that_somebody_else_has_done_is_handed_back(desk, case):
    act(browser(desk.head), case, "verify")
    response = act(
        browser(desk.operator), case, "verify", seen=1, told_head="telepon", public_text="Salinan saya."
    )
    page = soup(response)
    assert (response.status_code, page.select_one("#verify")) == (409, None)
    assert [dd.get_text().strip() for dd in page.select("[role=alert] dd")] == ["Salinan saya."]
    assert steps.fresh(case).complaint.public_text == ""


def test_a_wrong_form_on_an_old_page_is_first_told_of_the_change(desk, verified):
    act(browser(desk.head), verified, "note", note="Sudah saya lihat.")
    response = act(browser(desk.operator), verified, "archive", seen=verified.version, reason="")
    assert response.status_code == 409


@pytest.mark.parametrize("version", ["", "x", "-1", "1.0", "99999999999999999999", "2'--"])
def test_a_version_that_nobody_saw_changes_nothing(desk, verified, version):
    response = act(browser(desk.operator), verified, "archive", seen=version, reason="Uji.")
    assert (response.status_code, steps.fresh(verified).status) == (409, "verified")


def test_a_wrong_form_comes_back_open_with_its_faults(desk, verified):
    response = act(browser(desk.operator), verified, "archive", reason="   ")
    action = soup(response).select_one("#archive")
    assert (response.status_code, action.has_attr("open")) == (422, True)
    assert action.select_one("#id_archive-reason")["aria-invalid"] == "true"
    assert [a["href"] for a in action.select(".error-summary a")] == ["#id_archive-reason"]


def test_what_the_verb_refuses_is_said_in_its_form(desk, verified):
    response = act(browser(desk.head), verified, "dispose", section=desk.office.building_section.pk)
    case = steps.fresh(verified)
    response = act(
        browser(desk.head), case, "draft", text="Kami ganti.", outcome="promised", promised_until="2020-01-01"
    )
    summary = soup(response).select_one("#draft .error-summary")
    assert (response.status_code, summary.li.get_text()) == (
        422,
        "Janji memerlukan tanggal sesudah hari ini.",
    )


@pytest.mark.parametrize("name", ["verify", "ask", "note", "archive", "pass-on"])
def test_hostile_text_never_breaks_an_action(desk, case, name):
    for text in ("\x00", "x" * 100_000, "<script>alert(1)</script>", "\u202e", "{{ 7*7 }}", "'; --"):
        fields = dict.fromkeys(("told_head", "public_text", "question", "note", "reason", "unit"), text)
        assert act(browser(desk.operator), case, name, **fields).status_code in (302, 404, 409, 422, 403)


# --- Secret, and about us ---------------------------------------------------------------------------------------------


def test_a_secret_report_is_open_to_the_head_and_to_nobody_below(desk):
    case = received_now(desk, is_secret=True)
    seen = {
        name: browser(getattr(desk, name)).get(page_of(case)).status_code
        for name in ("operator", "head", "builder", "order_keeper", "drafter", "coordinator")
    }
    assert seen == {
        "operator": 404,
        "head": 200,
        "builder": 404,
        "order_keeper": 404,
        "drafter": 404,
        "coordinator": 200,
    }


@pytest.mark.parametrize("name", ["operator", "head", "builder", "order_keeper", "drafter"])
def test_a_report_about_an_office_does_not_exist_for_it(desk, name):
    case = received_now(desk, accused=desk.office.kapas)
    client = browser(getattr(desk, name))
    assert client.get(page_of(case)).status_code == 404
    assert act(client, case, "note", note="Siapa pelapornya?").status_code == 404
    assert client.post(f"{page_of(case)}identitas/", {"alasan": "Ingin tahu siapa."}).status_code == 404


def test_a_report_about_an_office_is_open_to_those_who_watch_it(desk):
    case = received_now(desk, accused=desk.office.kapas)
    inspector = member("inspektur", desk.office.inspectorate, Role.INSPECTOR)
    assert [browser(user).get(page_of(case)).status_code for user in (desk.coordinator, inspector)] == [
        200,
        200,
    ]


# --- Who the reporter is ----------------------------------------------------------------------------------------------


def reveal(client, case: Case, reason: str = ""):
    return client.post(reverse("desk_identity", args=[case.number]), {"alasan": reason})


@pytest.mark.parametrize("name", ["operator", "head", "coordinator"])
def test_before_asking_nobody_reads_name_or_number(desk, case, name):
    page = browser(getattr(desk, name)).get(page_of(case)).content.decode()
    assert [part in page for part in ("Warga Uji", "+6281234567890", "warga@contoh.test")] == [False] * 3


def test_the_head_reads_who_a_named_reporter_is_and_it_is_written_down(desk, case):
    response = reveal(browser(desk.head), case)
    facts = soup(response).find(id="orang").find_parent("section").select("dd")
    assert [dd.get_text() for dd in facts] == ["Warga Uji", "+6281234567890", "warga@contoh.test"]
    event = case.events.last()
    assert (event.kind, event.actor) == ("identity_revealed", desk.head)


def test_those_above_give_a_reason_which_is_written_down(desk, case):
    assert "Warga Uji" in words(reveal(browser(desk.coordinator), case, "Diminta Ombudsman untuk berkas."))
    assert case.events.last().words.text == "Diminta Ombudsman untuk berkas."


def test_without_a_good_reason_those_above_read_nothing_and_keep_their_text(desk, case):
    response = reveal(browser(desk.coordinator), case, "x")
    field = soup(response).select_one("#id_alasan")
    assert (response.status_code, field.get_text().strip(), field["aria-invalid"]) == (422, "x", "true")
    assert "Warga Uji" not in words(response)
    assert case.events.count() == 1


@pytest.mark.parametrize("name", ["operator", "head", "builder"])
def test_an_anonymous_reporter_stays_unknown_to_the_office(desk, name):
    case = received_now(desk, identity=ANONYMOUS)
    assert reveal(browser(getattr(desk, name)), case, "Ingin menelepon pelapor.").status_code == 403
    assert case.events.count() == 1


def test_an_anonymous_reporter_is_known_to_the_coordinator_with_a_reason(desk):
    case = received_now(desk, identity=ANONYMOUS)
    assert "Warga Uji" in words(reveal(browser(desk.coordinator), case, "Ada ancaman terhadap pelapor."))


def test_of_an_anonymous_reporter_not_even_a_first_letter_is_shown(desk):
    case = received_now(desk, identity=ANONYMOUS)
    for name in ("operator", "head", "coordinator"):
        page = browser(getattr(desk, name)).get(page_of(case)).content.decode()
        assert "W••••" not in page
        assert "890" not in page.split("Pelapor</h2>")[1].split("</section>")[0]


def test_without_identity_there_is_nothing_to_reveal(desk):
    case = received_now(desk, identity=NOBODY)
    assert reveal(browser(desk.coordinator), case, "Ingin tahu siapa pelapornya.").status_code == 403
    assert "Tanpa identitas. Tidak ada nama atau nomor yang disimpan." in words(
        browser(desk.operator).get(page_of(case))
    )


def test_a_name_is_shown_once_and_not_on_the_next_look(desk, case):
    client = browser(desk.head)
    response = reveal(client, case)
    assert "no-store" in response["Cache-Control"]
    assert "Warga Uji" not in words(client.get(page_of(case)))
