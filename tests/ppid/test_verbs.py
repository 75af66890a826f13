"""Every verb of a request is closed to outsiders, and says what happened where somebody else was first."""

from collections.abc import Callable
from datetime import date

import pytest

from cases.actors import Staff, Voice
from cases.models import Case
from cases.services.changes import CaseChanged, CaseRefusal
from opd_pages.models import Role
from ppid.models import ExclusionGround
from ppid.services import applicant, notices
from ppid.services import desk as services
from tests.factories import member

from .desk import MONDAY, SIGNED, Desk, fresh

WORDS = "Alasannya jelas."
GIVEN = {"decision": "granted", "material": WORDS, "medium": "PDF"}


def weigh(case: Case, **by) -> None:
    notices.record_consequence_test(
        case,
        number="1",
        information=WORDS,
        ground=ExclusionGround.objects.get(letter="h"),
        legal_basis="UU 27/2022",
        if_opened=WORDS,
        if_closed=WORDS,
        decided_by="Ketua PPID",
        decided_on=date(2026, 3, 10),
        **by,
    )


# By name: how far the request has come, who may use the verb then, and the verb with what it needs.
VERBS: dict[str, tuple[str, str, Callable, dict]] = {
    "assign": ("receive", "operator", services.assign, {}),
    "ask_to_complete": ("receive", "operator", services.ask_to_complete, {"missing": WORDS}),
    "extend": ("assigned", "assistant", services.extend, {"reason": WORDS}),
    "give_back": ("assigned", "assistant", services.give_back, {"reason": WORDS}),
    "record_consequence_test": ("assigned", "assistant", weigh, {}),
    "draft_notice": ("assigned", "assistant", notices.draft_notice, GIVEN),
    "issue_notice": ("drafted", "assistant", notices.issue_notice, SIGNED),
    "hand_over_information": ("decided", "operator", notices.hand_over_information, {"how": WORDS}),
    "withdraw": ("receive", "operator", applicant.withdraw, {"reason": WORDS}),
    "say_enough": ("decided", "operator", applicant.say_enough, {}),
}
VOICES = ("withdraw", "say_enough")


def use(name: str, case: Case, by: Staff, seen: int) -> None:
    _stand, _person, verb, needs = VERBS[name]
    verb(case, by=Voice(by) if name in VOICES else by, seen=seen, at=MONDAY, **needs)


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_is_refused_to_outsiders_and_open_to_whom_it_is_for(desk: Desk, name):
    office, (stand, person, _verb, _needs) = desk.office, VERBS[name]
    case = fresh(getattr(desk, stand)())
    before = case.events.count()
    for outsider in (
        member("camat-dander", office.dander, Role.HEAD),
        member("penyunting", office.kapas, Role.EDITOR),
        member("admin", office.regency, Role.ADMINISTRATOR),
    ):
        with pytest.raises(CaseRefusal):
            use(name, case, Staff.of(outsider), case.version)
    assert (fresh(case).version, case.events.count()) == (case.version, before)
    use(name, case, desk.staff(person), case.version)
    assert fresh(case).version == case.version + 1


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_on_a_request_that_has_moved_on_says_what_happened(desk, name):
    with pytest.raises(CaseChanged) as changed:
        use(name, desk.receive(), desk.staff("operator"), 7)
    assert [event.kind for event in changed.value.since] == ["received"]
