"""Who may open what: every address of the portal, for everybody who may ask for it.

A route of ours that has no row here fails the test. `200` is shown, `302` leads to the log-in or on, `403` is
refused, `404` does not exist for this person, `405` is the wrong method, `422` is a form that was filled in wrongly.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from cases.intake import accept_image
from cases.models import Case, IdentityMode
from cases.services.public_photos import cover
from cases.services.receipt import Identity
from home.models import User
from home.services.site import open_site
from opd_pages.models import Role
from opd_pages.services.administrators import open_administrators
from opd_pages.services.unit_pages import open_unit_page
from pengaduan.services import desk as desk_services
from tests.browsers import browser, photo, received_now
from tests.factories import member
from tests.pengaduan import steps
from tests.pengaduan.desk import Desk
from tests.ppid import desk as ppid_desk

pytestmark = pytest.mark.everywhere
PEOPLE = ("anonymous", "editor", "neighbour", "operator", "head", "coordinator", "inspector", "administrator")
GET, POST = "get", "post"
# Whose views are not ours, and why they need no row: they know no case. Wagtail's show pages, images, documents and
# people, and no case is any of these; Django's gives a script its words.
FOREIGN = ("wagtail.", "django.views.i18n.")
ROOMS_WITH_CASES = ("cases", "pengaduan", "ppid")
# Closed in Wagtail's place, without a name; tests/config/test_accounts.py says where they lead.
CLOSED = {
    "_util/login/",
    "_util/authenticate_with_password/",
    "documents/authenticate_with_password/",
}


@dataclass
class World:
    """One case of each kind that somebody must not see, and somebody of each kind."""

    people: dict[str, User | None]
    cases: dict[str, Case]

    @classmethod
    def make(cls, office) -> "World":
        open_site()
        open_administrators()
        open_unit_page(office.kapas)
        desk = Desk.at_kapas(office)
        anonymous = Identity(IdentityMode.ANONYMOUS, "Warga Uji", "+6281234567890")
        images = [accept_image(photo())]
        cases = {
            "plain": received_now(desk, images=images),
            "secret": received_now(desk, images=images, is_secret=True),
            "anonymous": received_now(desk, images=images, identity=anonymous),
            "accusing": received_now(desk, images=images, accused=office.kapas),
            "published": steps.verified(desk, received_now(desk, images=images), timezone.now()),
        }
        desk_services.change_public_copy(
            cases["published"],
            by=desk.staff("operator"),
            seen=None,
            public_text="Jembatan rusak.",
            public_photos=[cover(cases["published"].files.get())],
        )
        cases["request"] = ppid_desk.Desk.with_the_people_of(desk).decided(at=timezone.now())
        people = {
            "anonymous": None,
            "editor": member("penyunting", office.kapas, Role.EDITOR),
            "neighbour": member("dander", office.dander, Role.OPERATOR),
            "operator": desk.operator,
            "head": desk.head,
            "coordinator": desk.coordinator,
            "inspector": member("inspektur", office.inspectorate, Role.INSPECTOR),
            "administrator": member("admin", office.regency, Role.ADMINISTRATOR),
        }
        return cls(people, cases)


@dataclass(frozen=True)
class Address:
    """`arguments(world)` are those of the route; `statuses` stand in the order of PEOPLE."""

    route: str
    statuses: str
    arguments: Callable[[World], dict] = lambda world: {}
    method: str = GET
    note: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.route} {self.note}".strip()


def number(name: str) -> Callable[[World], dict]:
    return lambda world: {"number": world.cases[name].number}


def noting(name: str) -> Callable[[World], dict]:
    return lambda world: {"number": world.cases[name].number, "name": "note"}


def photo_of(name: str) -> Callable[[World], dict]:
    return lambda world: {"key": world.cases[name].files.get().key}


def public_photo_of(name: str) -> Callable[[World], dict]:
    return lambda world: {"key": world.cases[name].public_photos.get().key}


def always(**arguments) -> Callable[[World], dict]:
    return lambda world: arguments


KAPAS = always(short_code="KPS")
NO_CONTACT = always(short_code="KPS", pk=999999)
UNKNOWN = always(short_code="TIDAKADA")

ADDRESSES = [
    #                       anon edit neig oper head coor insp admi
    # --- Anyone's ---
    Address("theme_css", "200"),
    Address("picture", "404", always(path="x.jpg")),
    Address("picture", "400", always(path="../berkas/x.jpg"), note="outside"),
    Address("robots", "200"),
    Address("sitemap", "200"),
    Address("style_page", "200"),
    Address("search", "200"),
    Address("page_file", "404", always(path="kecamatan-kapas/tidak-ada.csv")),
    Address("alive", "200"),
    Address("kept_pages", "204"),
    Address("ready", "503"),
    Address("unit_directory", "200"),
    Address("unit_map", "200"),
    Address("poster_pdf", "404", KAPAS),
    Address("poster_pdf", "404", UNKNOWN, note="unknown"),
    Address("poster_png", "404", KAPAS),
    Address("poster_png", "404", UNKNOWN, note="unknown"),
    Address("contact_card", "404", KAPAS),
    Address("contact_card", "404", UNKNOWN, note="unknown"),
    Address("contact_json", "404", KAPAS),
    Address("contact_json", "404", UNKNOWN, note="unknown"),
    Address("news_opened", "404", always(pk=999999)),
    Address("vote_on_news", "405", always(pk=999999), note="by a link"),
    Address("vote_on_news", "403", always(pk=999999), POST, "from elsewhere"),
    Address("signed_pledge", "404", KAPAS),
    Address("unreachable", "404", KAPAS),
    Address("unreachable", "404", UNKNOWN, note="unknown"),
    Address("confirm_by_link", "410", always(token="a:b:c")),
    Address("compliance", "200"),
    Address("compliance_csv", "200"),
    Address("unit_short", "200", always(code="KPS")),
    Address("unit_short", "404", always(code="TIDAKADA"), note="unknown"),
    Address("report", "200"),
    Address("report", "422", method=POST, note="empty"),
    Address("public_complaints", "200"),
    Address("public_complaint", "200", number("published"), note="published"),
    Address("public_complaint", "404", number("plain"), note="plain"),
    Address("public_complaint", "404", number("secret"), note="secret"),
    Address("public_complaint", "404", number("accusing"), note="accusing"),
    Address("public_complaint", "404", always(number="2026-ADU-KPS-999999"), note="unknown"),
    Address("calculator", "200"),
    Address("calculator_vectors", "200"),
    Address("transparency", "200"),
    Address("transparency_feed", "200"),
    Address("transparency_json", "200"),
    Address("transparency_script", "200"),
    Address("transparency_check", "200"),
    Address("transparency_check", "422", method=POST, note="empty"),
    # --- The reporter's, without the code ---
    Address("track", "200"),
    Address("track", "422", method=POST, note="empty"),
    Address("lost_code", "200"),
    Address("lost_code", "422", method=POST, note="empty"),
    Address("tracked", "302"),
    Address("receipt", "302"),
    Address("forget_tracked", "405", note="by a link"),
    Address("forget_tracked", "302", method=POST),
    Address("act_as_reporter", "405", always(name="withdraw"), note="by a link"),
    Address("act_as_reporter", "302", always(name="withdraw"), POST),
    # --- Photos ---
    Address("case_file", "404 404 404 200 200 200 404 404", photo_of("plain"), note="plain"),
    Address("case_file", "404 404 404 404 200 200 404 404", photo_of("secret"), note="secret"),
    Address("case_file", "404 404 404 200 200 200 404 404", photo_of("anonymous"), note="anonymous"),
    Address("case_file", "404 404 404 404 404 200 200 404", photo_of("accusing"), note="accusing"),
    Address("case_file", "404 404 404 200 200 200 404 404", photo_of("published"), note="published"),
    Address("case_file", "404", always(key="0" * 32), note="unknown"),
    Address("public_photo", "200", public_photo_of("published")),
    Address("public_photo", "404", photo_of("published"), note="original"),
    # --- The desk ---
    Address("desk", "302 403 200 200 200 200 200 403"),
    Address("desk_morning", "302 403 200 200 200 200 200 403"),
    Address("desk_case", "302 403 404 200 200 200 404 403", number("plain"), note="plain"),
    Address("desk_case", "302 403 404 404 200 200 404 403", number("secret"), note="secret"),
    Address("desk_case", "302 403 404 200 200 200 404 403", number("anonymous"), note="anonymous"),
    Address("desk_case", "302 403 404 404 404 200 200 403", number("accusing"), note="accusing"),
    Address(
        "desk_case", "302 403 404 404 404 404 404 403", always(number="2026-ADU-KPS-999999"), note="unknown"
    ),
    Address("desk_identity", "405", number("plain"), note="by a link"),
    Address("desk_identity", "302 403 404 403 200 200 404 403", number("plain"), POST, "plain"),
    Address("desk_identity", "302 403 404 404 200 200 404 403", number("secret"), POST, "secret"),
    Address("desk_identity", "302 403 404 403 403 200 404 403", number("anonymous"), POST, "anonymous"),
    Address("desk_identity", "302 403 404 404 404 200 200 403", number("accusing"), POST, "accusing"),
    Address("desk_act", "405", noting("plain"), note="by a link"),
    Address("desk_act", "302 403 404 302 302 302 404 403", noting("plain"), POST, "plain"),
    Address("desk_act", "302 403 404 404 302 302 404 403", noting("secret"), POST, "secret"),
    Address("desk_act", "302 403 404 302 302 302 404 403", noting("anonymous"), POST, "anonymous"),
    Address("desk_act", "302 403 404 404 404 302 302 403", noting("accusing"), POST, "accusing"),
    Address(
        "desk_act",
        "302 403 404 404 404 404 404 403",
        always(number="2026-ADU-KPS-999999", name="note"),
        POST,
        "unknown",
    ),
    # --- Requests for information ---
    Address("information_request", "200"),
    Address("information_request", "422", method=POST, note="empty"),
    Address("applicant_letter", "302"),
    Address("follow_tracked", "405", note="by a link"),
    Address("follow_tracked", "302", method=POST),
    Address("record_report", "302 403 200 200 200 200 200 403"),
    Address("record_report", "302 403 422 422 422 422 422 403", method=POST, note="empty"),
    Address("record_request", "302 403 200 200 200 200 200 403"),
    Address("record_request", "302 403 422 422 422 422 422 403", method=POST, note="empty"),
    Address("desk_case", "302 403 404 200 200 200 404 403", number("request"), note="request"),
    Address("desk_letter", "302 403 404 200 200 200 404 403", number("request"), note="request"),
    Address("desk_letter", "302 403 404 404 404 404 404 403", number("plain"), note="of a report"),
    Address("desk_receipt", "302 403 404 404 404 404 404 403", number("request"), note="of another"),
    # --- Alerts ---
    Address("alerts", "302 403 403 403 403 403 403 200"),
    Address("add_alert", "302 403 403 403 403 403 403 200"),
    Address("add_alert", "302 403 403 403 403 403 403 422", method=POST, note="empty"),
    Address("edit_alert", "302 403 403 403 403 403 403 404", always(pk=999999)),
    Address("end_alert", "405", always(pk=999999), note="by a link"),
    Address("end_alert", "302 403 403 403 403 403 403 404", always(pk=999999), POST),
    # --- Contacts of a unit ---
    Address("unit_tasks", "302 200 200 200 200 403 403 200"),
    Address("tasks_of_unit", "302 200 403 200 200 403 403 200", KAPAS),
    Address("tasks_of_unit", "302 404 404 404 404 404 404 404", UNKNOWN, note="unknown"),
    Address("page_still_true", "405", always(pk=999999), note="by a link"),
    Address("page_still_true", "302 404 404 404 404 404 404 404", always(pk=999999), POST),
    Address("contact_desks", "302 200 200 200 200 403 403 200"),
    Address("contact_desk", "302 200 403 200 200 403 403 403", KAPAS),
    Address("contact_desk", "302 404 404 404 404 404 404 404", UNKNOWN, note="unknown"),
    Address("confirm_contacts", "302 409 403 409 409 403 403 403", KAPAS, POST),
    Address("preview_poster", "302 200 403 200 200 403 403 403", KAPAS),
    Address("add_contact", "302 200 403 200 200 403 403 403", KAPAS),
    Address("edit_contact", "302 404 403 404 404 403 403 403", NO_CONTACT),
    Address("delete_contact", "302 404 403 404 404 403 403 403", NO_CONTACT, POST),
    Address("move_contact", "302 404 403 404 404 403 403 403", NO_CONTACT, POST),
    Address("record_consent", "302 404 403 404 404 403 403 403", NO_CONTACT),
    Address("withdraw_consent", "302 404 403 404 404 403 403 403", NO_CONTACT, POST),
    Address("edit_leader", "302 200 403 200 200 403 403 403", always(short_code="KPS", rank=1)),
    Address("edit_pledge", "302 200 403 200 200 403 403 403", KAPAS),
    Address("end_pledge", "405", KAPAS, note="by a link"),
    Address("end_pledge", "302 302 403 302 302 403 403 403", KAPAS, POST),
    # --- Log-in ---
    Address("after_login", "302"),
    Address("account_login", "200 302 302 302 302 302 302 302"),
    Address("account_logout", "302 200 200 200 200 200 200 200"),
    Address("account_reauthenticate", "302 200 200 200 200 200 200 200"),
    Address("account_change_password", "302 200 200 200 200 200 200 200"),
    Address("account_change_password_done", "302 200 200 200 200 200 200 200"),
    Address("account", "302 200 200 200 200 200 200 200"),
    Address("end_session", "405", always(pk=999999), note="by a link"),
    Address("end_session", "302 404 404 404 404 404 404 404", always(pk=999999), POST),
    Address("end_other_sessions", "405", note="by a link"),
    Address("end_other_sessions", "302", method=POST),
    # --- The second factor: nobody here has set one up ---
    Address("mfa_authenticate", "302"),
    Address("mfa_reauthenticate", "302"),
    Address("mfa_activate_totp", "302 200 200 200 200 200 200 200"),
    Address("second_factor_qr", "302 200 200 200 200 200 200 200"),
    Address("mfa_deactivate_totp", "302"),
    Address("backup_codes", "302"),
    Address("download_backup_codes", "302 404 404 404 404 404 404 404"),
    Address("renew_backup_codes", "302"),
    Address("account_reset_password", "200"),
    Address("account_reset_password_done", "200"),
    Address("account_reset_password_from_key", "410", always(uidb36="1", key="x-y")),
    Address("account_reset_password_from_key_done", "200"),
]


def respond(client: Client, address: Address, world: World) -> HttpResponse:
    """The whole response to one request, whose traces are undone afterwards."""
    url = reverse(address.route, kwargs=address.arguments(world))
    sent = {"versi": 1, "note-note": "Catatan.", "alasan": "Diminta Ombudsman untuk berkas."}
    before = transaction.savepoint()
    try:
        response = getattr(client, address.method)(url, sent if address.method == POST else None)
        if response.streaming:
            b"".join(response.streaming_content)
        return response
    finally:
        transaction.savepoint_rollback(before)


def request(client: Client, address: Address, world: World) -> str:
    return str(respond(client, address, world).status_code)


def test_every_address_answers_each_person_as_the_table_says(office):
    world = World.make(office)
    browsers = [browser(world.people[person]) for person in PEOPLE]
    different = {}
    for address in ADDRESSES:
        answers = [request(client, address, world) for client in browsers]
        if answers != expected(address):
            different[str(address)] = dict(zip(PEOPLE, answers, strict=True))
    assert different == {}


def expected(address: Address) -> list[str]:
    """One status for everybody, or one for each."""
    statuses = address.statuses.split()
    return statuses * len(PEOPLE) if len(statuses) == 1 else statuses


# --- Every route ------------------------------------------------------------------------------------------------------


def routes(patterns=None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route with the whole pattern that leads to it."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        pattern = before + str(entry.pattern).removeprefix("^")
        if isinstance(entry, URLResolver):
            yield from routes(entry.url_patterns, pattern)
        else:
            yield pattern, entry


def is_foreign(route: URLPattern) -> bool:
    """Another's view, of nothing of ours: Wagtail's page of one of our rows is ours."""
    told = getattr(route.callback, "view_initkwargs", {})
    shown = told.get("model") or getattr(getattr(route.callback, "view_class", None), "model", None)
    is_of_cases = hasattr(shown, "_meta") and shown._meta.app_label in ROOMS_WITH_CASES
    # Django's own log-in stands behind ours, which takes the same address before it.
    is_behind = route.lookup_str == "django.contrib.auth.views.LoginView"
    return (route.lookup_str.startswith(FOREIGN) or is_behind) and not is_of_cases


def of_admin() -> list[tuple[str, URLPattern]]:
    return [(pattern, route) for pattern, route in routes() if pattern.startswith("admin/")]


def test_every_route_of_ours_has_a_row():
    """One without a name too: it cannot have a row. Another way to a name would go unseen by those that the row opens."""
    ours = {
        pattern: route.name
        for pattern, route in routes()
        if not pattern.startswith("admin/") and pattern not in CLOSED and not is_foreign(route)
    }
    known = {address.route for address in ADDRESSES}
    assert {pattern for pattern, name in ours.items() if name not in known} == set()
    assert [name for name, times in Counter(ours.values()).items() if times > 1] == []


ODD = ["x", "A" * 500, "99999999999999999999"]
METHODS = ["get", "post", "put"]


def test_no_odd_argument_or_method_breaks_an_address(office):
    world = World.make(office)
    clients = [browser(world.people[person]) for person in ("head", "administrator")]
    names = {address.route: address.arguments(world) for address in ADDRESSES}
    broken = []
    for route, arguments in names.items():
        for odd in ODD if arguments else ["-"]:
            try:
                url = reverse(route, kwargs={name: odd for name in arguments})
            except NoReverseMatch:
                continue
            for client, method in product(clients, METHODS):
                response = getattr(client, method)(url)
                # An installation that nobody looks after says so with 503; that is no breakage.
                if response.status_code >= 500 and route != "ready":
                    broken.append((method, url))
    assert broken == []


# --- /admin/ ----------------------------------------------------------------------------------------------------------

ARGUMENT = re.compile(r"<(?:(\w+):)?\w+>|\(\?P<\w+>[^)]*\)|\([^)]*\)")
# Wagtail's own leads to ours.
LOG_IN = ("/masuk/", "/admin/login/")
# The way in, the texts of Wagtail's interface and its icons.
OPEN_TO_ALL = {
    "admin/login/",
    "admin/logout/",
    "admin/password_reset/",
    "admin/jsi18n/",
    "admin/sprite/",
    "admin/test404/",
}


def filled(pattern: str) -> str:
    """An address of a route, with an id of nothing for every argument."""
    address = ARGUMENT.sub("999999", pattern)
    return "/" + address.removesuffix("$").replace("\\", "").replace(".*", "x")


def test_the_admin_sends_strangers_to_the_log_in(office):
    World.make(office)
    client = browser()
    let_in = {}
    for pattern, _route in of_admin():
        response = client.get(filled(pattern))
        if not (
            (response.status_code == 302 and response.url.startswith(LOG_IN))
            or response.status_code in (403, 404)
        ):
            let_in[pattern] = response.status_code
    assert {pattern: status for pattern, status in let_in.items() if pattern not in OPEN_TO_ALL} == {}


def test_the_admin_is_closed_to_those_who_only_work_on_cases(office):
    client = browser(World.make(office).people["head"])
    let_in = [pattern for pattern, _route in of_admin() if client.get(filled(pattern)).status_code == 200]
    assert set(let_in) - OPEN_TO_ALL == set()


@pytest.mark.parametrize("person", ["editor", "administrator"])
def test_no_address_of_the_admin_breaks_for_whoever_works_there(office, person):
    client = browser(World.make(office).people[person])
    broken = [pattern for pattern, _route in of_admin() if client.get(filled(pattern)).status_code >= 500]
    assert broken == []
