"""From assignment to the written notice in seven parts, and to the end of the time for an objection."""

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.actors import Reporter, Staff, Voice
from cases.intake import accept_document
from cases.models import OutboxMessage
from cases.selectors.timeline import timeline
from cases.services.changes import CaseRefusal, MoveRefused
from cases.services.sweep import lapse_clocks, note_overdue, readdress
from opd_pages.models import Membership, Role
from opd_pages.services.mergers import merge_units
from ppid.models import ConsequenceTest, InformationRequest, Notice
from ppid.selectors.objections import objection_windows
from ppid.services import applicant, notices
from ppid.services import desk as desk_services
from tests.browsers import reporters_browser, soup
from tests.cases.office_files import DOCX, letter, package
from tests.factories import member

from .desk import MONDAY, SIGNED, fresh, messages_of, open_steps, parts, running_clocks, weighed

DECISIONS = ["granted", "partially_granted", "refused", "not_held"]


def test_assigning_gives_the_answer_to_the_ppid_pembantu_on_the_laws_clock(desk):
    case = desk.assigned()
    task = case.tasks.get(done_at=None)
    assert (task.step, task.role) == ("draft", Role.PPID_ASSISTANT)
    assert task.deadline == case.deadlines.get(step="notice")


def test_where_the_desk_is_empty_the_office_above_assigns(desk):
    """The sweep gives the step to whoever is nearest: they must be able to take it."""
    case = desk.receive()
    Membership.objects.filter(user__in=[desk.operator, desk.head, desk.assistant]).delete()
    above = Staff.of(member("sekda", desk.office.regency, Role.HEAD))
    readdress(MONDAY + timedelta(days=1))
    assert above.may_do(case.tasks.get(step="assign", done_at=None))
    desk_services.assign(case, by=above, seen=None, at=MONDAY + timedelta(days=1))
    assert fresh(case).status == "assigned"


def test_who_owes_the_answer_is_not_the_voice_that_wants_none(desk):
    case = desk.assigned()
    with pytest.raises(CaseRefusal):
        applicant.withdraw(case, by=Voice(desk.staff("assistant")), reason="Tidak jadi.", at=MONDAY)
    applicant.withdraw(case, by=Voice(desk.staff("operator")), reason="Tidak jadi.", at=MONDAY)
    assert fresh(case).status == "withdrawn"


def test_where_there_is_no_ppid_pembantu_the_head_answers(desk):
    Membership.objects.filter(user=desk.assistant).delete()
    assert desk.assigned().tasks.get(done_at=None).role == Role.HEAD


def test_the_office_that_holds_the_information_answers_within_the_same_term(desk):
    case = desk.receive()
    works = member("ppid-dpu", desk.office.works, Role.PPID_ASSISTANT)
    due = case.deadlines.get(step="notice").due_at
    desk_services.assign(case, by=desk.staff("operator"), seen=None, unit=desk.office.works, at=MONDAY)
    case = fresh(case)
    assert case.responsible_unit == desk.office.works
    assert case.number == "2026-PIP-KPS-000001"
    assert Staff.of(works).may_do(case.tasks.get(done_at=None))
    assert case.deadlines.get(step="notice").due_at == due


def test_what_is_given_back_waits_for_the_desk_again(desk):
    case = desk.assigned()
    desk_services.give_back(
        case, by=desk.staff("assistant"), seen=None, reason="Bukan tugas kami.", at=MONDAY
    )
    assert fresh(case).status == "received"
    assert open_steps(case) == ["assign"]


def test_only_whoever_owes_the_answer_drafts_it(desk):
    case = desk.assigned()
    with pytest.raises(CaseRefusal):
        notices.draft_notice(case, by=desk.staff("operator"), seen=None, **parts(desk, "granted"))
    assert not Notice.objects.exists()


@pytest.mark.parametrize("decision", DECISIONS)
def test_the_request_moves_with_the_decision_of_its_notice(desk, decision):
    case = desk.decided(decision=decision)
    assert case.status == decision
    assert running_clocks(case) == ["objection"]
    assert messages_of(case)[-1] == "request_decided"


@pytest.mark.parametrize(
    ("decision", "steps"),
    [("granted", ["deliver"]), ("partially_granted", ["deliver"]), ("refused", []), ("not_held", [])],
)
def test_what_was_granted_is_owed_until_it_is_handed_over(desk, decision, steps):
    assert open_steps(desk.decided(decision=decision)) == steps


@pytest.mark.parametrize("decision", ["refused", "partially_granted"])
def test_nothing_is_refused_without_a_consequence_test(desk, decision):
    case = desk.assigned()
    unweighed = parts(desk, decision) | {"consequence_test": None}
    with pytest.raises(CaseRefusal, match=r"uji konsekuensi"):
        notices.draft_notice(case, by=desk.staff("assistant"), seen=None, **unweighed)


def end_weighing(desk) -> ConsequenceTest:
    test = ConsequenceTest.objects.first() or weighed(desk)
    test.closed_until = test.decided_on
    test.save()
    return test


def test_nothing_is_refused_by_a_weighing_whose_time_is_over(desk):
    case = desk.assigned()
    told = parts(desk, "refused") | {"consequence_test": end_weighing(desk)}
    with pytest.raises(CaseRefusal, match=r"sudah lewat"):
        notices.draft_notice(case, by=desk.staff("assistant"), seen=None, at=MONDAY, **told)


def test_a_weighing_that_ends_while_the_draft_waits_issues_no_refusal(desk):
    case = desk.drafted(decision="refused")
    end_weighing(desk)
    with pytest.raises(CaseRefusal, match=r"sudah lewat"):
        issue(desk, case)
    assert (fresh(case).status, Notice.objects.get().issued_at) == ("drafting", None)


def test_the_database_itself_refuses_a_refusal_that_was_not_weighed(desk):
    case = desk.assigned()
    with pytest.raises(IntegrityError, match="refusal_was_weighed"), transaction.atomic():
        Notice.objects.create(case=case, decision="refused", drafted_by=desk.assistant, drafted_at=MONDAY)


def test_a_later_draft_takes_the_place_of_the_one_before(desk):
    case = desk.drafted(decision="refused")
    notices.draft_notice(case, by=desk.staff("assistant"), seen=None, at=MONDAY, **parts(desk, "granted"))
    notice = Notice.objects.get()
    assert (notice.decision, notice.consequence_test) == ("granted", None)


def test_an_issued_notice_is_not_issued_again(desk):
    case = desk.decided()
    with pytest.raises(CaseRefusal):
        notices.issue_notice(case, by=desk.staff("assistant"), seen=None, **SIGNED)


def test_a_draft_that_nobody_issued_moves_nothing(desk):
    assert desk.drafted().status == "drafting"


def test_handing_over_notes_the_day(desk):
    case = desk.decided()
    later = MONDAY + timedelta(days=1)
    notices.hand_over_information(case, by=desk.staff("operator"), seen=None, how="Dikirim.", at=later)
    assert InformationRequest.objects.get(case=case).delivered_at == later
    assert open_steps(case) == []


def test_an_open_request_follows_its_unit_into_the_one_it_merges_with(desk):
    case, office = desk.assigned(), desk.office
    due = case.deadlines.get(step="notice").due_at
    heir = member("camat.dander", office.dander, Role.HEAD)
    for desa in (office.bakalan, office.tanjungharjo):
        desa.parent = office.dander
        desa.save()
    merge_units(office.kapas, office.dander, on=timezone.localdate(), by=desk.head)
    case = fresh(case)
    assert (case.responsible_unit, case.deadlines.get(step="notice").due_at) == (office.dander, due)
    assert Staff.of(heir).may_do(case.tasks.get(done_at=None))


# --- Documents --------------------------------------------------------------------------------------------------------


def document(text: str = "Rencana kerja"):
    return accept_document(package(DOCX | {"word/document.xml": letter(text)}))


def enclose(desk, case, decision: str = "granted", **more) -> None:
    by = desk.staff("assistant")
    notices.draft_notice(case, by=by, seen=None, at=MONDAY, **parts(desk, decision), **more)


def issue(desk, case) -> Notice:
    return notices.issue_notice(case, by=desk.staff("assistant"), seen=None, at=MONDAY, **SIGNED)


def of_the_applicant(case) -> list[str]:
    return [file.sha256 for entry in timeline(fresh(case), Reporter()) for file in entry.files]


def test_documents_reach_the_applicant_with_the_notice_and_not_before(desk):
    case, plan = desk.assigned(), document()
    enclose(desk, case, documents=[plan])
    assert of_the_applicant(case) == []
    issue(desk, case)
    assert of_the_applicant(case) == [plan.sha256]


def test_a_later_draft_adds_documents_and_leaves_out_what_is_not_to_be_given(desk):
    case, first, second, third = desk.assigned(), document("satu"), document("dua"), document("tiga")
    enclose(desk, case, documents=[first, second])
    enclose(desk, case, documents=[third], without=case.files.filter(sha256=first.sha256))
    issue(desk, case)
    assert of_the_applicant(case) == [second.sha256, third.sha256]


def test_a_document_left_out_leaves_the_disk(desk, django_capture_on_commit_callbacks):
    case = desk.assigned()
    enclose(desk, case, documents=[document()])
    path = case.files.get().path
    with django_capture_on_commit_callbacks(execute=True):
        enclose(desk, case, without=case.files.all())
    assert not storages["cases"].exists(path)


def test_a_request_that_is_refused_in_the_end_gives_no_document(desk):
    case = desk.assigned()
    enclose(desk, case, documents=[document()])
    enclose(desk, case, "refused", documents=[document("lain")])
    issue(desk, case)
    assert not case.files.exists()


def test_the_letter_counts_its_enclosures(desk):
    case = desk.assigned()
    enclose(desk, case, documents=[document("satu"), document("dua")])
    assert issue(desk, case).letter["enclosures"] == "2 dokumen"
    assert desk.decided().notices.get().letter["enclosures"] == "-"


def test_what_is_handed_over_later_is_read_at_the_tracking_page(desk):
    case, plan = desk.decided(), document()
    notices.hand_over_information(
        case, by=desk.staff("operator"), seen=None, how="Lihat di halaman ini.", documents=[plan], at=MONDAY
    )
    assert of_the_applicant(case) == [plan.sha256]


# --- The end ----------------------------------------------------------------------------------------------------------


def test_thirty_working_days_without_an_objection_close_a_refusal(desk):
    case = desk.decided(decision="refused")
    due = case.deadlines.get(step="objection").due_at
    assert timezone.localdate(due).isoformat() == "2026-05-06"
    lapse_clocks(due)
    assert fresh(case).status == "refused"
    lapse_clocks(due + timedelta(seconds=2))
    assert fresh(case).status == "closed"


def test_silence_closes_nothing_that_is_still_to_be_handed_over(desk):
    case = desk.decided()
    after = case.deadlines.get(step="objection").due_at + timedelta(days=1)
    lapse_clocks(after)
    assert fresh(case).status == "granted"
    notices.hand_over_information(case, by=desk.staff("operator"), seen=None, how="Dikirim.", at=after)
    lapse_clocks(after)
    assert fresh(case).status == "closed"


def test_the_applicant_may_say_that_it_is_enough(desk):
    case = desk.decided()
    applicant.say_enough(case, by=Reporter(), at=MONDAY)
    assert fresh(case).status == "closed"
    assert InformationRequest.objects.get(case=case).delivered_at == MONDAY


def test_what_was_refused_was_never_handed_over(desk):
    case = desk.decided(decision="refused")
    applicant.say_enough(case, by=Reporter(), at=MONDAY)
    assert InformationRequest.objects.get(case=case).delivered_at is None


WHAT_IS_SAID = {
    "granted": "Informasi sudah saya terima",
    "partially_granted": "Informasi sudah saya terima",
    "refused": "Saya terima jawaban ini dan tidak mengajukan keberatan",
    "not_held": "Saya terima jawaban ini dan tidak mengajukan keberatan",
}


@pytest.mark.parametrize("decision", WHAT_IS_SAID)
def test_an_applicant_ends_it_in_words_that_are_true_of_the_answer_and_knows_what_is_given_up(desk, decision):
    page = soup(reporters_browser(desk.decided(decision=decision, at=timezone.now())).get("/lacak/perkara/"))
    (form,) = page.select("#enough, #accept")
    told = " ".join(form.get_text(" ").split())
    assert form.summary.get_text(strip=True) == WHAT_IS_SAID[decision]
    assert ("tanpa informasi yang Anda minta" in told) == (decision in ("refused", "not_held"))
    assert "tidak mengajukan keberatan" in told
    assert "meskipun waktunya masih ada" in told


def test_nobody_is_the_voice_of_an_applicant_whom_they_answered(desk):
    case = desk.decided()
    with pytest.raises(MoveRefused, match=r"petugas lain"):
        applicant.say_enough(case, by=Voice(desk.staff("assistant")))
    applicant.say_enough(case, by=Voice(desk.staff("operator")))
    assert fresh(case).status == "closed"


# --- Silence of the office --------------------------------------------------------------------------------------------


def test_an_answer_that_did_not_come_opens_the_objection_from_the_last_day(desk):
    case = desk.receive()
    due = case.deadlines.get(step="notice").due_at
    assert objection_windows([case], now=due) == {}
    window = objection_windows([case], now=due + timedelta(seconds=2))[case.pk]
    assert window.is_silence
    assert timezone.localdate(window.until).isoformat() == "2026-05-22"


def test_an_answer_opens_the_objection_without_silence(desk):
    case = desk.decided(decision="refused")
    assert not objection_windows([case], now=MONDAY)[case.pk].is_silence


def test_a_notice_that_did_not_come_is_noted_once_and_told_to_the_head_and_the_superior(desk):
    case = desk.receive()
    late = case.deadlines.get(step="notice").due_at + timedelta(hours=1)
    note_overdue(late)
    note_overdue(late)
    assert case.events.filter(kind="overdue").count() == 1
    told = OutboxMessage.objects.filter(case=case, template="desk_overdue").values_list("unit", "role")
    assert set(told) == {(desk.office.kapas.pk, Role.HEAD), (desk.office.regency.pk, Role.HEAD)}


def test_the_windows_of_three_silences_take_as_many_queries_as_of_one(desk):
    cases = [desk.receive() for _again in range(3)]
    late = cases[0].deadlines.get(step="notice").due_at + timedelta(days=1)

    def queries(of: list) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(objection_windows(of, now=late)) == len(of)
        return len(captured)

    assert queries(cases) == queries(cases[:1])
