"""Every button of the desk: offered to exactly those for whom it works, in the state in which it makes sense."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from cases.actors import Reporter, System
from cases.models import Case
from cases.services.changes import change
from opd_pages.models import Role, Section
from pengaduan.actions import DESK_ACTIONS
from pengaduan.services import desk as desk_services
from pengaduan.services import reporter
from tests.browsers import act, browser, received_now, soup
from tests.factories import member

from . import steps

OPERATOR, HEAD, BUILDER, KEEPER, DRAFTER, COORDINATOR = (
    "operator",
    "head",
    "builder",
    "order_keeper",
    "drafter",
    "coordinator",
)
EVERYBODY = {OPERATOR, HEAD, BUILDER, KEEPER, DRAFTER, COORDINATOR}
DESK = {OPERATOR, HEAD}


# --- How a case comes to the state in which a button is tried ---------------------------------------------------------


def received(desk) -> Case:
    return received_now(desk)


def verified(desk) -> Case:
    return steps.verified(desk, received_now(desk), timezone.now())


def taken_up_by_another(desk) -> Case:
    case = verified(desk)
    Case.objects.filter(pk=case.pk).update(handler=member("mutasi", desk.office.kapas, Role.OPERATOR))
    return steps.fresh(case)


def disposed(desk) -> Case:
    return steps.in_progress(desk, received_now(desk), timezone.now())


def looked_into(desk) -> Case:
    case = disposed(desk)
    desk_services.report_findings(case, by=desk.staff(BUILDER), seen=None, findings="Papan lapuk.")
    return case


def drafted(desk) -> Case:
    return steps.drafted(desk, received_now(desk), timezone.now())


def answered(desk) -> Case:
    return steps.answered(desk, received_now(desk), timezone.now())


def soon() -> date:
    return timezone.localdate() + timedelta(days=9)


def promised(desk) -> Case:
    return steps.answered(desk, received_now(desk), timezone.now(), promised_until=soon())


def questioned(desk) -> Case:
    case = received_now(desk)
    desk_services.ask_reporter(case, by=desk.staff(OPERATOR), seen=None, question="Di RT berapa?")
    return case


def postponed(desk) -> Case:
    case = disposed(desk)
    desk_services.postpone(
        case, by=desk.staff(HEAD), seen=None, reason="Menunggu musim kering.", until=soon()
    )
    return case


def reopening_asked(desk) -> Case:
    case = answered(desk)
    reporter.ask_to_reopen(case, by=Reporter(), reason="Masih rusak.")
    return case


def accusing(desk) -> Case:
    return received_now(desk, accused=desk.office.bakalan, addressed_to=desk.office.bakalan)


def resolved(desk) -> Case:
    case = answered(desk)
    reporter.rate(case, by=Reporter(), satisfaction=4, is_solved=True)
    return steps.fresh(case)


def to_be_called(desk) -> Case:
    case = received_now(desk)
    with change(case, by=System()) as changing:
        changing.open_task("call_reporter", role=Role.OPERATOR)
    return case


def section(desk) -> dict:
    return {"section": desk.office.order_section.pk}


REASON = {"reason": "Bukan jalan kabupaten."}
ANSWER = {"text": "Papan sudah diganti.", "outcome": "done"}

TABLE = {
    "verify": (received, {"told_head": "telepon"}, DESK),
    "ask": (received, {"question": "Di RT berapa?"}, {OPERATOR, HEAD, BUILDER, KEEPER}),
    "dispose": (verified, section, {HEAD}),
    "record-order": (verified, section, {OPERATOR}),
    "findings": (disposed, {"findings": "Papan lapuk."}, {BUILDER, HEAD}),
    "return-order": (disposed, REASON, {BUILDER}),
    "decide": (looked_into, {"decision": "Ganti papan."}, {HEAD}),
    "draft": (looked_into, ANSWER, {DRAFTER, HEAD}),
    "publish": (drafted, {}, {HEAD}),
    "return-draft": (drafted, REASON, {HEAD}),
    "check-promise": (
        promised,
        {"is_kept": "yes", "findings": "Sudah diganti."},
        {OPERATOR, BUILDER, KEEPER, COORDINATOR},
    ),
    "decide-reopening": (reopening_asked, {"is_granted": "yes", **REASON}, {COORDINATOR}),
    "called": (to_be_called, {"note": "Sudah dikabari."}, DESK),
    "postpone": (verified, REASON | {"until": soon().isoformat()}, DESK),
    "resume": (postponed, {}, DESK),
    "pass-on": (verified, lambda desk: {"unit": desk.office.works.pk, **REASON}, {*DESK, COORDINATOR}),
    "to-ppid": (verified, {"note": "Ini permohonan informasi."}, {*DESK, COORDINATOR}),
    "keep-from": (verified, lambda desk: {"unit": desk.office.kapas.pk, **REASON}, {*DESK, COORDINATOR}),
    "clear-accused": (accusing, REASON, {COORDINATOR}),
    "not-ours": (verified, REASON, {*DESK, COORDINATOR}),
    "duplicate": (verified, REASON, DESK),
    "archive": (verified, REASON, DESK),
    "public-copy": (verified, {"public_text": "Jembatan rusak."}, DESK),
    "note": (verified, {"note": "Sudah dilihat."}, EVERYBODY),
    "spoken-reply": (questioned, {"words": "RT 3."}, EVERYBODY),
    "spoken-rating": (answered, {"satisfaction": "4", "is_solved": "yes"}, EVERYBODY - {HEAD, DRAFTER}),
    "spoken-reopening": (answered, REASON, EVERYBODY),
    "spoken-withdrawal": (verified, REASON, DESK),
    "take-over": (taken_up_by_another, {}, DESK),
    "erase": (
        resolved,
        {"subjects": ["identity"], "reason": "Diminta pelapor lewat surat."},
        {COORDINATOR},
    ),
}


# The buttons that are tried in the same state.
STAGES = {
    stage: [name for name in TABLE if TABLE[name][0] is stage] for stage, _typed, _allowed in TABLE.values()
}


def typed_for(name: str, desk) -> dict:
    typed = TABLE[name][1]
    return typed(desk) if callable(typed) else typed


def test_every_button_has_its_row():
    assert sorted(TABLE) == sorted(action.name for action in DESK_ACTIONS)


@pytest.mark.parametrize("name", TABLE)
def test_a_button_works_for_exactly_those_who_may(desk, name):
    stage, _typed, allowed = TABLE[name]
    case = stage(desk)
    answers = {person: _try(desk, case, name, person) for person in EVERYBODY}
    assert answers == {person: 302 if person in allowed else 403 for person in EVERYBODY}


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__)
def test_a_button_is_offered_to_exactly_those_for_whom_it_works(desk, stage):
    case = stage(desk)
    seen = {person: offered(desk, case, person) for person in EVERYBODY}
    assert {name: {person for person in EVERYBODY if name in seen[person]} for name in STAGES[stage]} == {
        name: TABLE[name][2] for name in STAGES[stage]
    }


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__)
def test_a_button_is_closed_to_whoever_has_no_part_in_the_case(desk, stage):
    case = stage(desk)
    neighbour = member("dander", desk.office.dander, Role.OPERATOR)
    editor = member("penyunting", desk.office.kapas, Role.EDITOR)
    administrator = member("admin", desk.office.regency, Role.ADMINISTRATOR)
    browsers = [browser(user) for user in (neighbour, editor, administrator)]
    for name in STAGES[stage]:
        typed = typed_for(name, desk)
        answers = [act(client, case, name, **typed).status_code for client in browsers]
        assert (name, answers) == (name, [404, 403, 403])
        assert act(browser(), case, name, **typed).url.startswith("/masuk/")


def _try(desk, case: Case, name: str, person: str) -> int:
    """The answer to one press of a button, undone afterwards."""
    client = browser(getattr(desk, person))
    before = transaction.savepoint()
    try:
        return act(client, case, name, **typed_for(name, desk)).status_code
    finally:
        transaction.savepoint_rollback(before)


def offered(desk, case: Case, person: str) -> set[str]:
    page = soup(browser(getattr(desk, person)).get(f"/meja/perkara/{case.number}/"))
    return {action["id"] for action in page.select("details.action")}


# --- What the buttons are offered for ---------------------------------------------------------------------------------


def test_a_secret_report_is_given_to_no_section(desk):
    case = received_now(desk, is_secret=True)
    desk_services.verify(case, by=desk.staff(HEAD), seen=None)
    assert offered(desk, case, HEAD) & {"dispose", "record-order", "public-copy"} == set()


def test_the_head_answers_a_report_that_no_section_need_look_into(desk):
    case = verified(desk)
    assert act(browser(desk.head), case, "draft", **ANSWER).status_code == 302
    assert steps.fresh(case).status == "in_progress"


def test_after_the_last_state_nothing_but_notes_and_the_erasing_is_left(desk):
    case = resolved(desk)
    for person in (BUILDER, DRAFTER):
        assert offered(desk, case, person) == {"note"}
    assert offered(desk, case, COORDINATOR) == {"note", "erase"}


def test_an_order_given_aloud_stands_in_the_history_as_spoken(desk):
    case = verified(desk)
    act(browser(desk.operator), case, "record-order", **section(desk), instruction="Cek besok pagi.")
    line = soup(browser(desk.operator).get(f"/meja/perkara/{case.number}/")).select(".timeline > li")[-1]
    assert (
        line.h3.get_text() == "Perintah lisan pimpinan: diteruskan kepada Seksi Ketenteraman dan Ketertiban"
    )
    assert line.select_one(".said").get_text().strip() == "Cek besok pagi."


def test_what_the_reporter_says_by_phone_stands_in_the_history_as_said_by_the_reporter(desk):
    case = questioned(desk)
    act(browser(desk.operator), case, "spoken-reply", words="RT 3.")
    history = soup(browser(desk.operator).get(f"/meja/perkara/{case.number}/")).select(".timeline > li")
    (line,) = (line for line in history if "RT 3." in line.get_text())
    assert line.select_one(".meta").get_text().endswith("· Pelapor, secara lisan; dicatat oleh operator")
    assert line["class"] == ["reporter"]


def test_the_section_of_another_unit_cannot_be_ordered(desk):
    case = verified(desk)
    foreign = Section.objects.create(unit=desk.office.works, name="Bidang Jembatan")
    assert act(browser(desk.head), case, "dispose", section=foreign.pk).status_code == 422
    assert steps.fresh(case).status == "verified"


def test_a_report_is_never_passed_on_to_the_office_it_accuses(desk):
    case = received_now(desk, accused=desk.office.kapas)
    response = act(browser(desk.coordinator), case, "pass-on", unit=desk.office.kapas.pk, **REASON)
    assert response.status_code == 422


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"outcome": "promised"}, "Janji memerlukan tanggal."),
        ({"outcome": "passed_on"}, "Pilih kepada siapa laporan diteruskan."),
        ({"outcome": "promised", "promised_until": "32-13-2026"}, "Tulis tanggal seperti 24-11-2026."),
        (
            {"outcome": "promised", "promised_until": "2020-01-01"},
            "Janji memerlukan tanggal sesudah hari ini.",
        ),
        ({"outcome": "lain"}, None),
        ({"outcome": ""}, None),
    ],
)
def test_an_answer_says_what_it_means_or_is_not_taken(desk, typed, fault):
    case = looked_into(desk)
    response = act(browser(desk.drafter), case, "draft", **{"text": "Kami ganti.", **typed})
    errors = [li.get_text() for li in soup(response).select("#draft .error-summary li")]
    assert (response.status_code, len(errors)) == (422, 1)
    assert fault is None or errors[0].endswith(fault)
    assert case.answers.count() == 0
