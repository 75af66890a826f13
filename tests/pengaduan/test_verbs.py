"""Each verb asks for itself who may use it, whatever the page before it has shown."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from cases.actors import Reporter, Staff, System, Voice
from cases.models import Case
from cases.services.changes import CaseChanged, CaseRefusal, change
from opd_pages.models import Role
from pengaduan.services import answers, desk, reporter
from tests.factories import member

from .desk import TUESDAY, Desk
from .steps import answered, drafted, event_kinds, fresh, in_progress, later, verified


def received(people: Desk, case: Case) -> Case:
    return case


def to_be_called(people: Desk, case: Case) -> Case:
    with change(case, by=System(), at=TUESDAY) as changing:
        changing.open_task("call_reporter", role=Role.OPERATOR)
    return fresh(case)


def studied(people: Desk, case: Case) -> Case:
    in_progress(people, case)
    desk.report_findings(case, by=people.staff("builder"), seen=None, findings="Lapuk.", at=TUESDAY)
    return fresh(case)


def postponed(people: Desk, case: Case) -> Case:
    in_progress(people, case)
    desk.postpone(
        case, by=people.staff("head"), seen=None, reason="Menunggu.", until=later(days=9).date(), at=TUESDAY
    )
    return fresh(case)


def promised(people: Desk, case: Case) -> Case:
    return answered(people, case, promised_until=later(days=9).date())


def asked_to_reopen(people: Desk, case: Case) -> Case:
    answered(people, case)
    reporter.ask_to_reopen(case, by=Reporter(), reason="Masih rusak.", at=TUESDAY)
    return fresh(case)


@dataclass(frozen=True)
class Verb:
    """How far the report has come, who may use the verb then, and the verb with what it needs."""

    stand: Callable[[Desk, Case], Case]
    person: str
    use: Callable[..., object]
    needs: dict


WORDS = "Alasannya jelas."
VERBS = {
    "verify": Verb(received, "operator", desk.verify, {}),
    "dispose": Verb(verified, "head", desk.dispose, {"section": None}),
    "report_findings": Verb(in_progress, "builder", desk.report_findings, {"findings": WORDS}),
    "return_disposition": Verb(in_progress, "builder", desk.return_disposition, {"reason": WORDS}),
    "decide_follow_up": Verb(studied, "head", desk.decide_follow_up, {"decision": WORDS}),
    "ask_reporter": Verb(verified, "operator", desk.ask_reporter, {"question": WORDS}),
    "pass_on": Verb(verified, "operator", desk.pass_on, {"unit": None, "reason": WORDS}),
    "archive": Verb(verified, "head", desk.end_without_answer, {"target": "archived", "reason": WORDS}),
    "postpone": Verb(
        in_progress, "operator", desk.postpone, {"reason": WORDS, "until": later(days=9).date()}
    ),
    "take_up_again": Verb(postponed, "operator", desk.take_up_again, {}),
    "add_note": Verb(received, "builder", desk.add_note, {"note": WORDS}),
    "change_public_copy": Verb(verified, "operator", desk.change_public_copy, {"public_text": WORDS}),
    "reporter_called": Verb(to_be_called, "operator", desk.reporter_called, {"note": WORDS}),
    "draft_answer": Verb(in_progress, "drafter", answers.draft_answer, {"text": WORDS, "outcome": "done"}),
    "return_draft": Verb(drafted, "head", answers.return_draft, {"reason": WORDS}),
    "publish_answer": Verb(drafted, "head", answers.publish_answer, {}),
    "check_promise": Verb(promised, "operator", answers.check_promise, {"findings": WORDS}),
    "decide_reopening": Verb(
        asked_to_reopen, "coordinator", desk.decide_reopening, {"is_granted": True, "reason": WORDS}
    ),
}
VOICES = {
    "reply": Verb(received, "operator", reporter.reply, {"words": WORDS}),
    "withdraw": Verb(received, "operator", reporter.withdraw, {"reason": WORDS}),
    "rate": Verb(answered, "operator", reporter.rate, {"satisfaction": 4, "is_solved": False}),
    "ask_to_reopen": Verb(answered, "operator", reporter.ask_to_reopen, {"reason": WORDS}),
}


def use(name: str, case: Case, people: Desk, by: Staff, seen: int) -> None:
    verb = (VERBS | VOICES)[name]
    needs = dict(verb.needs)
    if "section" in needs:
        needs["section"] = people.office.building_section
    if "unit" in needs:
        needs["unit"] = people.office.works
    verb.use(case, by=Voice(by) if name in VOICES else by, seen=seen, at=TUESDAY, **needs)


@pytest.mark.parametrize("name", [*VERBS, *VOICES])
def test_a_verb_is_refused_to_outsiders_and_to_the_accused_and_open_to_whom_it_is_for(desk, name):
    office, verb = desk.office, (VERBS | VOICES)[name]
    case = verb.stand(desk, desk.receive())
    before = event_kinds(case)
    right_one = desk.staff(verb.person)
    outsiders = [
        Staff.of(member("camat-dander", office.dander, Role.HEAD)),
        Staff.of(member("penyunting", office.kapas, Role.EDITOR)),
        Staff.of(member("auditor", office.inspectorate, Role.INSPECTOR)),
    ]
    for outsider in outsiders:
        with pytest.raises(CaseRefusal):
            use(name, case, desk, outsider, case.version)
    Case.objects.filter(pk=case.pk).update(concerns_unit=right_one.memberships[0].unit)
    with pytest.raises(CaseRefusal):
        use(name, case, desk, right_one, case.version)
    Case.objects.filter(pk=case.pk).update(concerns_unit=None)
    assert (fresh(case).version, event_kinds(case)) == (case.version, before)

    use(name, case, desk, right_one, case.version)
    assert fresh(case).version == case.version + 1


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_on_a_report_that_has_moved_on_says_what_happened(desk, name):
    case = desk.receive()
    with pytest.raises(CaseChanged) as changed:
        use(name, case, desk, desk.staff("operator"), 7)
    assert [event.kind for event in changed.value.since] == ["received"]
