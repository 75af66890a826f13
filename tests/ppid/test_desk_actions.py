"""The desk's buttons for a request: who sees which, and what pressing them in a browser does."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cases.actors import Staff, Voice
from cases.models import Case
from cases.services.changes import CaseRefusal
from opd_pages.models import Membership, Role
from ppid.models import ConsequenceTest, ExclusionGround, InformationRequest, Notice
from ppid.services import applicant
from tests.browsers import act, act_as_reporter, browser, queries_of, reporters_browser, soup, words
from tests.cases.office_files import DOCX, package
from tests.factories import join, member

from .desk import SIGNED, fresh, weighed


def buttons(user, case: Case) -> list[str]:
    page = soup(browser(user).get(f"/meja/perkara/{case.number}/"))
    return [details["id"] for details in page.select("details.action")]


def now(desk, made: str, **how) -> Case:
    return getattr(desk, made)(at=timezone.now(), **how)


EVERYBODYS = ["take-over", "note", "spoken-withdrawal"]


@pytest.mark.parametrize(
    ("made", "person", "offered"),
    [
        ("receive", "operator", ["assign", "ask", "extend", *EVERYBODYS]),
        ("receive", "assistant", ["assign", "ask", "note", "spoken-withdrawal"]),
        (
            "assigned",
            "assistant",
            ["draft-notice", "consequence-test", "extend", "give-back", "note"],
        ),
        ("assigned", "operator", EVERYBODYS),
        (
            "drafted",
            "assistant",
            ["issue", "draft-notice", "consequence-test", "extend", "give-back", "note"],
        ),
        ("decided", "operator", ["deliver", "take-over", "note", "spoken-enough"]),
        ("decided", "assistant", ["deliver", "note"]),
    ],
)
def test_each_sees_the_buttons_that_are_theirs(desk, made, person, offered):
    assert buttons(getattr(desk, person), now(desk, made)) == offered


def test_that_an_applicant_takes_a_refusal_is_not_written_down_as_having_received_anything(desk):
    case = now(desk, "decided", decision="refused")
    assert buttons(desk.operator, case) == ["take-over", "note", "spoken-acceptance"]
    act(browser(desk.operator), case, "spoken-acceptance")
    assert fresh(case).status == "closed"
    assert InformationRequest.objects.get(case=case).delivered_at is None


def test_a_notice_in_all_its_parts_is_drafted_and_issued(desk):
    case, client = now(desk, "assigned"), browser(desk.assistant)
    drafted = {
        "decision": "granted",
        "material": "Rencana kerja.",
        "medium": "PDF",
        "fee": "5000",
        "payment": "tunai",
    }
    assert act(client, case, "draft-notice", **drafted).status_code == 302
    assert act(client, case, "issue", **SIGNED).status_code == 302
    notice = Notice.objects.get()
    assert (notice.fee, notice.payment, notice.issued_by) == (5000, "tunai", desk.assistant)
    assert fresh(case).status == "granted"


@pytest.mark.parametrize(
    ("typed", "field", "advice"),
    [
        ({"decision": "refused"}, "consequence_test", "Pilih uji konsekuensi yang mendasari penolakan."),
        ({"decision": "granted", "medium": "PDF"}, "material", "Sebutkan informasi yang diberikan."),
        ({"decision": "granted", "material": "Renja."}, "medium", "Sebutkan media dan formatnya."),
        (
            {"decision": "granted", "material": "Renja.", "medium": "PDF", "fee": "5000"},
            "payment",
            "Sebutkan cara pembayarannya.",
        ),
    ],
)
def test_a_part_that_the_decision_needs_is_asked_for(desk, typed, field, advice):
    response = act(browser(desk.assistant), now(desk, "assigned"), "draft-notice", **typed)
    assert response.status_code == 422
    fault = soup(response).select_one(f"#id_draft-notice-{field}_error")
    assert list(fault.stripped_strings)[-1] == advice


def plan(name: str = "renja.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, package(DOCX))


GRANTED = {"decision": "granted", "material": "Renja.", "medium": "DOCX lewat halaman lacak"}


def test_documents_are_enclosed_taken_out_again_and_read_by_the_applicant(desk):
    case, client = now(desk, "assigned"), browser(desk.assistant)
    act(client, case, "draft-notice", documents=[plan(), plan()], **GRANTED)
    first, second = case.files.all()
    page = soup(client.get(f"/meja/perkara/{case.number}/"))
    offered = page.select("#id_draft-notice-without_group input")
    assert [box["value"] for box in offered] == [str(first.pk), str(second.pk)]
    act(client, case, "draft-notice", without=first.pk, **GRANTED)
    act(client, case, "issue", **SIGNED)
    page = soup(reporters_browser(fresh(case)).get("/lacak/perkara/"))
    links = {link["href"] for link in page.select(".card .document a")}
    assert links == {second.get_absolute_url()}


def test_documents_beside_a_refusal_are_asked_about_instead_of_thrown_away(desk):
    case = now(desk, "assigned")
    refused = {"decision": "refused", "consequence_test": weighed(desk).pk, "documents": plan()}
    response = act(browser(desk.assistant), case, "draft-notice", **refused)
    fault = soup(response).select_one("#id_draft-notice-documents_error")
    assert list(fault.stripped_strings)[-1] == "Dokumen hanya menyertai informasi yang diberikan."
    assert not case.files.exists()


WEIGHED = {
    "number": "180/3",
    "information": "Alamat penerima bantuan.",
    "legal_basis": "UU 27/2022",
    "if_opened": "Penerima dapat diganggu.",
    "if_closed": "Terlindungi.",
    "decided_by": "Dra. Wiwik",
    "decided_on": "2026-03-10",
}


def test_a_consequence_test_is_written_down_and_then_chosen(desk):
    case, client = now(desk, "assigned"), browser(desk.assistant)
    ground = ExclusionGround.objects.get(letter="h")
    assert act(client, case, "consequence-test", ground=ground.pk, **WEIGHED).status_code == 302
    test = ConsequenceTest.objects.get()
    refusal = {"decision": "refused", "consequence_test": test.pk, "reason": "Data pribadi."}
    assert act(client, case, "draft-notice", **refusal).status_code == 302
    assert Notice.objects.get().consequence_test == test


def test_what_may_not_be_closed_for_ever_needs_a_last_day(desk):
    case, ground = now(desk, "assigned"), ExclusionGround.objects.get(letter="a")
    response = act(browser(desk.assistant), case, "consequence-test", ground=ground.pk, **WEIGHED)
    assert response.status_code == 422
    assert "Alasan ini tidak berlaku selamanya. Tulis sampai kapan ditutup." in words(response)


def test_a_consequence_test_whose_term_is_over_is_not_offered(desk):
    case, over = now(desk, "assigned"), weighed(desk)
    ConsequenceTest.objects.filter(pk=over.pk).update(closed_until="2026-03-11")
    page = soup(browser(desk.assistant).get(f"/meja/perkara/{case.number}/"))
    assert [option["value"] for option in page.select("#id_draft-notice-consequence_test option")] == [""]


def test_whoever_owes_the_answer_may_know_to_whom_it_goes(desk):
    case = now(desk, "assigned")
    shown = browser(desk.assistant).post(f"/meja/perkara/{case.number}/identitas/")
    assert "Siti Aminah" in words(shown)
    assert "NIK ••••••••••••0001" in words(shown)
    assert case.events.filter(kind="identity_revealed").count() == 1


# --- The applicant ----------------------------------------------------------------------------------------------------


def test_the_applicant_adds_only_what_is_missing(desk):
    case = now(desk, "receive", purpose="", address="")
    act(browser(desk.operator), case, "ask", missing="Untuk apa, dan alamat Anda?")
    client = reporters_browser(case)
    asked = [field["name"] for field in soup(client.get("/lacak/perkara/")).select("#complete textarea")]
    assert asked == ["complete-words", "complete-address", "complete-purpose"]
    response = act_as_reporter(client, "complete", address="Bakalan", purpose="Bahan rapat.")
    assert response.status_code == 302
    details = InformationRequest.objects.get(case=case)
    assert (details.address, details.purpose) == ("Bakalan", "Bahan rapat.")
    assert fresh(case).status == "received"


def test_what_the_applicant_says_by_voice_is_written_down_by_an_officer(desk):
    case = now(desk, "receive")
    client = browser(desk.operator)
    act(client, case, "ask", missing="Tahun berapa?")
    assert act(client, case, "spoken-completion", words="Tahun 2026.").status_code == 302
    assert fresh(case).status == "received"


def test_who_only_looks_over_the_office_is_nobodys_voice(desk):
    case = now(desk, "receive")
    secretary = member("sekda", desk.office.regency, Role.HEAD)
    assert "spoken-withdrawal" not in buttons(secretary, case)
    with pytest.raises(CaseRefusal, match=r"dicatat petugas kantor"):
        applicant.withdraw(case, by=Voice(Staff.of(secretary)), reason="Katanya batal.")


def test_a_withdrawn_request_is_over(desk):
    case = now(desk, "receive")
    assert act_as_reporter(reporters_browser(case), "withdraw", reason="Sudah dapat.").status_code == 302
    assert (fresh(case).status, fresh(case).deadlines.filter(ended_at=None).count()) == ("withdrawn", 0)


# --- The shared desk --------------------------------------------------------------------------------------------------


def test_one_officer_with_every_hat_takes_a_request_to_its_end(desk):
    """A desa of two: what one answered, the other writes down as the applicant's word."""
    everything = member("kades", desk.office.bakalan, Role.HEAD)
    for role in (Role.OPERATOR, Role.PPID_ASSISTANT):
        join(everything, desk.office.bakalan, role)
    case, client = now(desk, "receive", body=desk.office.bakalan), browser(everything)
    act(client, case, "assign")
    act(client, case, "draft-notice", decision="granted", material="APB Desa.", medium="PDF")
    act(client, case, "issue", **SIGNED)
    act(client, case, "deliver", how="Diserahkan langsung.")
    assert act(client, case, "spoken-enough").status_code == 403
    other = member("sekdes", desk.office.bakalan, Role.OPERATOR)
    assert act(browser(other), case, "spoken-enough").status_code == 302
    assert fresh(case).status == "closed"


def test_requests_stand_on_the_desk_and_the_morning_screen_with_their_own_words(desk):
    case = now(desk, "receive")
    Membership.objects.filter(user=desk.operator).update(role=Role.HEAD)
    Membership.objects.filter(user=desk.assistant).delete()
    act(browser(desk.head), case, "assign")
    morning = soup(browser(desk.head).get("/meja/pagi/"))
    assert [button.get_text() for button in morning.select(".order .acts a")] == ["Susun jawaban"]


@pytest.mark.parametrize(("made", "queries"), [("assigned", 36), ("decided", 36)])
def test_a_request_page_takes_no_more_queries_than_this(desk, made, queries):
    case = now(desk, made)
    assert queries_of(browser(desk.assistant), f"/meja/perkara/{case.number}/") <= queries
