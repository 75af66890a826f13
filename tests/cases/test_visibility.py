"""Who sees which case, and whose name: the one table, walked through for everybody."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from cases.actors import Staff
from cases.models import Case, IdentityMode, Task
from cases.services.identity import CLOSED, FREE, WITH_REASON, identity_access
from cases.services.receipt import Identity
from cases.services.staffing import Chair, taker
from cases.visibility import can_see, cases_for, public_cases
from home.models import User
from opd_pages.models import Membership, Role
from pengaduan.models import ReportClass
from tests.factories import join, make_unit, member
from tests.pengaduan.desk import TUESDAY

ALL = {
    "open",
    "secret",
    "desa",
    "desa secret",
    "side task",
    "about bakalan",
    "about kapas",
    "about regency",
    "whistle",
}

# The day on which all came, and one after it.
CAME, LATER = date(2026, 11, 24), date(2026, 12, 1)


@dataclass
class World:
    people: dict[str, Staff]
    cases: dict[str, Case]

    def seen_by(self, person: str) -> set[str]:
        visible = set(cases_for(self.people[person]).values_list("pk", flat=True))
        return {name for name, case in self.cases.items() if case.pk in visible}


@pytest.fixture
def world(desk) -> World:
    office = desk.office
    radio = make_unit("MITRA.1", "RADIO", "Radio Malowopati", "mitra")
    roles = {
        "regency head": (office.regency, Role.HEAD),
        "regency operator": (office.regency, Role.OPERATOR),
        "regent": (office.regency, Role.REGENT),
        "administrator": (office.regency, Role.ADMINISTRATOR),
        "monitor": (office.regency, Role.MONITOR),
        "observer": (office.regency, Role.OBSERVER),
        "partner": (office.regency, Role.PARTNER),
        "regency editor": (office.regency, Role.EDITOR),
        "inspector": (office.inspectorate, Role.INSPECTOR),
        "inspectorate head": (office.inspectorate, Role.HEAD),
        "kapas editor": (office.kapas, Role.EDITOR),
        "bakalan head": (office.bakalan, Role.HEAD),
        "bakalan operator": (office.bakalan, Role.OPERATOR),
        "tanjungharjo head": (office.tanjungharjo, Role.HEAD),
        "dander head": (office.dander, Role.HEAD),
        "dander operator": (office.dander, Role.OPERATOR),
        "works head": (office.works, Role.HEAD),
        "works operator": (office.works, Role.OPERATOR),
        "radio head": (radio, Role.HEAD),
        "radio operator": (radio, Role.OPERATOR),
    }
    users = {name: member(name.replace(" ", "-"), unit, role) for name, (unit, role) in roles.items()}
    users |= {
        "kapas head": desk.head,
        "kapas operator": desk.operator,
        "kapas section head": desk.builder,
        "kapas ppid": desk.drafter,
        "coordinator": desk.coordinator,
    }
    # Wears two hats, one of them in a unit that is complained of.
    users["kapas head and coordinator"] = member("dua-topi", office.kapas, Role.HEAD)
    join(users["kapas head and coordinator"], office.regency, Role.COORDINATOR)
    users["kapas editor and inspector"] = member("tiga-topi", office.kapas, Role.EDITOR)
    join(users["kapas editor and inspector"], office.inspectorate, Role.INSPECTOR)
    # Has left the unit that is complained of, since the complaint came or before.
    users["former kapas head, coordinator"] = _moved_up("naik", desk, left_on=CAME)
    users["kapas head of old, coordinator"] = _moved_up("lama", desk, left_on=CAME - timedelta(days=1))
    cases = {
        "open": desk.receive(),
        "secret": desk.receive(is_secret=True),
        "desa": desk.receive(village=office.bakalan),
        "desa secret": desk.receive(village=office.bakalan, is_secret=True),
        "side task": desk.receive(),
        "about bakalan": desk.receive(accused=office.bakalan),
        "about kapas": desk.receive(accused=office.kapas),
        "about regency": desk.receive(accused=office.regency),
        "whistle": desk.receive(report_class=ReportClass.WHISTLEBLOWING),
    }
    Task.objects.create(
        case=cases["side task"],
        step="coordinate",
        unit=office.works,
        role=Role.OPERATOR,
        opened_at=TUESDAY,
    )
    return World({name: Staff.of(user, on=LATER) for name, user in users.items()}, cases)


def _moved_up(username: str, desk, *, left_on: date) -> User:
    """The head of Kapas until that day, now the coordinator."""
    user = member(username, desk.office.kapas, Role.HEAD, valid_from="2021-01-01", valid_until=left_on)
    join(user, desk.office.regency, Role.COORDINATOR)
    return user


SEEN_BY_BYSTANDERS = {
    "administrator": set(),
    "monitor": set(),
    "observer": set(),
    "partner": set(),
    "regency editor": set(),
    "kapas editor": set(),
    "tanjungharjo head": set(),
    "dander head": set(),
    "dander operator": set(),
    "radio head": set(),
    "radio operator": set(),
}
SEEN = SEEN_BY_BYSTANDERS | {
    "kapas head": {"open", "secret", "desa", "desa secret", "side task", "about bakalan"},
    "kapas operator": {"open", "desa", "side task", "about bakalan"},
    "kapas section head": {"open", "side task", "about bakalan"},
    "kapas ppid": {"open", "side task", "about bakalan"},
    "bakalan head": {"desa", "desa secret"},
    "bakalan operator": {"desa"},
    "works head": {"side task"},
    "works operator": {"side task"},
    "regency head": ALL - {"about regency"},
    "regency operator": ALL - {"about regency", "secret", "desa secret"},
    "coordinator": ALL - {"about regency"},
    "regent": ALL - {"about regency"},
    "inspector": {"about bakalan", "about kapas", "about regency", "whistle"},
    "inspectorate head": {"about regency", "whistle"},
    "kapas head and coordinator": ALL - {"about kapas", "about regency"},
    "kapas editor and inspector": {"about bakalan", "about regency", "whistle"},
    "former kapas head, coordinator": ALL - {"about kapas", "about regency"},
    # When what it tells of happened is written down nowhere: what counts is the day it came.
    "kapas head of old, coordinator": ALL - {"about regency"},
}


def test_everybody_sees_what_the_table_says_and_nothing_else(world):
    assert {person: world.seen_by(person) for person in world.people} == SEEN


def test_one_case_and_a_list_of_cases_are_asked_the_same_question(world):
    answers = {
        (person, name): can_see(staff, case)
        for person, staff in world.people.items()
        for name, case in world.cases.items()
    }
    assert {pair for pair, answer in answers.items() if answer} == {
        (person, name) for person in world.people for name in world.seen_by(person)
    }


def test_whoever_is_something_to_a_case_sees_it_and_the_rest_see_it_for_a_side_task(world):
    involved = {
        (person, name)
        for person, staff in world.people.items()
        for name, case in world.cases.items()
        if staff.roles_on(case)
    }
    side = {("works head", "side task"), ("works operator", "side task")}
    assert involved | side == {(person, name) for person in world.people for name in world.seen_by(person)}
    assert involved & side == set()


def test_a_secret_report_is_hidden_from_the_operator_until_made_its_handler(world, desk):
    secret, operator = world.cases["secret"], world.people["kapas operator"]
    assert can_see(operator, secret) is False
    assert operator.roles_on(secret) == set()
    Case.objects.filter(pk=secret.pk).update(handler=desk.operator)
    secret.refresh_from_db()
    assert can_see(operator, secret) is True
    assert operator.roles_on(secret) == {Role.OPERATOR}


def test_a_handler_who_has_left_the_unit_sees_the_secret_no_more(world, desk):
    secret = world.cases["secret"]
    Case.objects.filter(pk=secret.pk).update(handler=desk.operator)
    desk.operator.memberships.update(valid_until="2021-01-01")
    assert can_see(Staff.of(desk.operator), secret) is False


def test_a_membership_counts_in_its_own_days_only(desk):
    future = member("calon", desk.office.kapas, Role.HEAD, valid_from="2199-01-01")
    past = member("pensiun", desk.office.kapas, Role.HEAD, valid_until="2021-01-01")
    desk.receive()
    assert [cases_for(Staff.of(user)).count() for user in (future, past, desk.head)] == [0, 0, 1]


def test_what_is_seen_follows_the_office_at_once(world, desk):
    """The rule is put together once for all who see the same, and asked anew each time."""
    seen = [world.seen_by("kapas head")]
    new = desk.receive()
    assert can_see(world.people["kapas head"], new)
    membership = desk.head.memberships.get()
    membership.role = Role.EDITOR
    membership.save()
    seen.append(set(cases_for(Staff.of(desk.head))))
    membership.role, membership.unit = Role.HEAD, desk.office.bakalan
    membership.save()
    seen.append(set(cases_for(Staff.of(desk.head))))
    assert (len(seen[0]) > 1, *seen[1:]) == (True, set(), {world.cases["desa"], world.cases["desa secret"]})


def test_a_report_that_accuses_the_unit_is_hidden_from_its_people_even_as_handlers_with_a_task(world, desk):
    case = world.cases["about bakalan"]
    head = world.people["bakalan head"]
    Task.objects.create(
        case=case, step="investigate", unit=desk.office.bakalan, role=Role.HEAD, opened_at=TUESDAY
    )
    Case.objects.filter(pk=case.pk).update(handler=head.user)
    case.refresh_from_db()
    assert can_see(head, case) is False
    assert head.roles_on(case) == set()


def test_no_step_of_a_report_waits_for_who_led_the_accused_office_when_it_came(world, desk):
    case, regency = world.cases["about kapas"], desk.office.regency
    stays = world.people["former kapas head, coordinator"].user
    others = Membership.objects.filter(role=Role.COORDINATOR).exclude(user=stays)
    others.update(valid_until="2021-01-01")
    assert taker(case, regency, Role.COORDINATOR) == Chair(regency.pk, Role.HEAD)


def test_a_secret_report_has_no_public_copy_whatever_its_row_says(world):
    Case.objects.filter(pk__in=[world.cases["open"].pk, world.cases["secret"].pk]).update(
        published_at=TUESDAY
    )
    assert list(public_cases()) == [world.cases["open"]]


# --- Whose name --------------------------------------------------------------------------------------------------------

COORDINATORS = ["coordinator", "former kapas head, coordinator", "kapas head of old, coordinator"]
REASON_ABOVE = dict.fromkeys(["regency head", "regency operator", *COORDINATORS, "regent"], WITH_REASON)


def identities(world: World, case: Case) -> dict[str, str]:
    """Who can open the identity; whoever is not named finds it closed."""
    access = {person: identity_access(staff, case) for person, staff in world.people.items()}
    return {person: way for person, way in access.items() if way != CLOSED}


def test_a_named_reporter_is_known_to_the_head_and_with_a_reason_to_those_above(world):
    assert identities(world, world.cases["open"]) == REASON_ABOVE | {
        "kapas head": FREE,
        "kapas head and coordinator": FREE,
    }


def test_the_handler_of_a_named_report_knows_who_sent_it(world, desk):
    Case.objects.filter(pk=world.cases["open"].pk).update(handler=desk.operator)
    world.cases["open"].refresh_from_db()
    assert identities(world, world.cases["open"])["kapas operator"] == FREE


def test_a_named_reporter_in_a_desa_is_known_to_the_kecamatan_with_a_reason(world):
    assert identities(world, world.cases["desa"]) == REASON_ABOVE | {
        "bakalan head": FREE,
        "kapas head": WITH_REASON,
        "kapas operator": WITH_REASON,
        "kapas head and coordinator": WITH_REASON,
    }


def test_a_secret_reporter_is_unknown_to_operators(world):
    assert identities(world, world.cases["secret"]) == {
        "kapas head": FREE,
        "kapas head and coordinator": FREE,
        "regency head": WITH_REASON,
        "regent": WITH_REASON,
    } | dict.fromkeys(COORDINATORS, WITH_REASON)


def test_who_accuses_an_office_is_unknown_to_it(world):
    assert identities(world, world.cases["about kapas"]) == {
        "regency head": FREE,
        "coordinator": WITH_REASON,
        "kapas head of old, coordinator": WITH_REASON,
        "regent": WITH_REASON,
        "inspector": WITH_REASON,
    }


@pytest.mark.parametrize("is_handled", [False, True])
def test_an_anonymous_reporter_is_known_to_the_coordinator_alone(world, desk, is_handled):
    named = world.cases["open"]
    handler = desk.operator if is_handled else None
    Case.objects.filter(pk=named.pk).update(identity_mode=IdentityMode.ANONYMOUS, handler=handler)
    named.refresh_from_db()
    assert identities(world, named) == {
        "coordinator": WITH_REASON,
        "kapas head and coordinator": WITH_REASON,
        "former kapas head, coordinator": WITH_REASON,
        "kapas head of old, coordinator": WITH_REASON,
    }


def test_there_is_nothing_to_open_where_no_identity_is_kept(world, desk):
    case = desk.receive(identity=Identity(IdentityMode.NONE))
    assert identities(world, case) == {}


@pytest.mark.only_on("sqlite")  # PostgreSQL reads a table as small as this one whole
def test_who_helps_is_looked_up_by_the_case_not_among_all_steps_of_the_unit(world):
    plan = cases_for(world.people["bakalan operator"]).explain()
    assert "INDEX task_case_unit (case_id=? AND unit_id=?)" in plan
