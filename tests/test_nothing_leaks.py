"""Who reads what of whose case, wherever they look: every route of ours, opened by everybody and sent odd things by
everybody, searched for words that stand in one case and nowhere else.

A new route is looked through without being named here; one with an argument of a new name asks for its filling.
"""

import logging
import re
from collections.abc import Iterator
from copy import deepcopy
from functools import partial

import pytest
from django.apps import apps
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.regex_helper import normalize

from cases.kinds import kind_of
from cases.models import Case, ClockSettings, OutboxMessage
from home.models import User
from tests.everybodys_cases import CASES, LETTERS, World
from tests.opd_pages.pdf_reading import Pdf
from tests.test_every_address import is_foreign, routes

# In the order of CASES; the letters stand in tests/everybodys_cases.py. Who may see a request's first file learns who
# asks: it is a power of attorney.
#                              plain published answered   secret +task anon. accus. passed parent kab.  withdr. desa  demo  request noticed
TABLE = {
    "anyone":                  "-     #C        #CPG       -      -     -     -      -      -      -     -       -     -     -       -",
    "editor":                  "-     #C        #CPG       -      -     -     -      -      -      -     -       -     -     -       -",
    "neighbour":               "-     #C        #CPG       -      -     -     -      -      -      -     -       -     -     -       -",
    "partner":                 "-     #C        #CPG       -      -     -     -      -      -      -     -       -     -     -       -",
    # Of a message that does not go out and of what was erased, the registers show the number alone.
    "administrator":           "#     #C        #CPG       #      #     #     #      #      #      #     #       #     #     #       #",
    "monitor":                 "-     #C        #CPG       -      -     -     -      -      -      -     -       -     -     -       -",
    "observer":                "-     #C        #CPG       -      -     -     -      -      -      -     -       -     -     -       -",
    # Who verified it handles it, and whoever hands information over sees to whom.
    "operator":                "#WNF  #WINFC    #WINFCPGAE -      -     #WNF  -      -      -      -     #WNF    #WINF #WNF  #WN     #WINFAE",
    "section head":            "#WNF  #WNFC     #WNFCPGAE  -      -     #WNF  -      -      -      -     #WNF    -     #WNF  #WN     #WNAE",
    "head":                    "#WINF #WINFC    #WINFCPGAE #WINF  #WINF #WNF  -      -      -      -     #WINF   #WINF #WINF #WINF   #WINFAE",
    "head of the desa":        "-     #C        #CPG       -      -     -     -      -      -      -     -       #WINF -     -       -",
    "with a side task":        "#WF   #C        #CPG       -      -     -     -      -      -      -     -       -     -     -       -",
    "coordinator":             "#WINF #WINFC    #WINFCPGAE #WINF  #WINF #WINF #WINF  #WINF  #WINF  -     #WINF   #WINF #WINF #WIN    #WINAE",
    # Coordinator too; led the unit that three cases are about on the day those came.
    "former head":             "#WINF #WINFC    #WINFCPGAE #WINF  #WINF #WINF -      -      -      -     #WINF   #WINF #WINF #WIN    #WINAE",
    "inspector":               "-     #C        #CPG       -      -     -     #WINF  #WINF  #WINF  #WINF -       -     -     -       -",
    "regent":                  "#WINF #WINFC    #WINFCPGAE #WINF  #WINF #WNF  #WINF  #WINF  #WINF  -     #WINF   #WINF #WINF #WIN    #WINAE",
    # With number and code of one.
    "reporter":                "#WF   #C        #CPG       -      -     -     -      -      -      -     -       -     -     -       -",
    "reporter of the answered":"-     #C        #WFCPGAE   -      -     -     -      -      -      -     -       -     -     -       -",
    "applicant":               "-     #C        #CPG       -      -     -     -      -      -      -     -       -     -     -       #WIFAE",
}  # fmt: skip
REASON = "Diminta Ombudsman untuk berkas."

# --- Where they look --------------------------------------------------------------------------------------------------

# What fills an argument that is no case's.
FILLINGS = {
    "short_code": "KPS",
    "code": "KPS",
    "pk": "1",
    "rank": "1",
    "name": "note",
    "path": "x.jpg",
    "token": "a:b:c",
    "uidb36": "1",
}
# Of whom an address of /admin/ speaks whose pattern does not say so.
SPOKEN_OF = {
    "reset_second_factor": User,
    "retry_message": OutboxMessage,
    "call_person": OutboxMessage,
    "let_message_be": OutboxMessage,
    "clock_settings": ClockSettings,
}
# Pages that no route of ours serves, and lists that show less unless they are asked.
MORE = (
    "/",
    "/kapas/",
    "/admin/",
    "/meja/?tab=semua",
    "/meja/?tab=terlambat",
    "/meja/?q=lapuk",
    "/meja/?q=rencana",
    "/cari/?q=lapuk",
    "/sitemap.xml",
)
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|%\((\w+)\)s")


def addresses(world: World) -> Iterator[tuple[str, str, str]]:
    """Every address there is with these cases, after its route's pattern and the case it names.

    Raises KeyError for an argument of a new name.
    """
    for pattern, route in routes():
        if is_foreign(route):
            continue
        shape = normalize(pattern)[0][0]
        asked = {first or second for first, second in ARGUMENT.findall(shape)}
        fillings = FILLINGS | {"instance_pk": _row(pattern, route.name)}
        if pattern.startswith("admin/"):
            fillings["pk"] = fillings["instance_pk"]
        whole: list[tuple[str, dict]] = [("", {})]
        if "number" in asked:
            whole = [(name, {"number": number}) for name, number in world.numbers.items()]
        elif "uidb36" in asked:
            whole = [("", {"key": "x-y"})]
        elif "key" in asked:
            whole = [(name, {"key": key}) for key, (name, _letter) in world.files.items()]
        for name, more in whole:
            yield pattern, name, "/" + ARGUMENT.sub(partial(_filled, fillings | more), shape)


def _filled(fillings: dict[str, str], argument: re.Match) -> str:
    return fillings[argument[1] or argument[2]]


def _row(pattern: str, name: str | None) -> str:
    """The key of a row that stands, of the model that an address of /admin/ is about."""
    _admin, app, model, *_more = [*pattern.split("/"), "", ""]
    try:
        spoken_of = SPOKEN_OF.get(name) or apps.get_model(app, model)
    except LookupError:
        return "1"
    return str(spoken_of._base_manager.order_by("pk").values_list("pk", flat=True).first() or 1)


# --- What they are told -----------------------------------------------------------------------------------------------

TO_LOG_IN = ("/masuk/?", "/admin/login/")


class Reading:
    """What one person is told, case by case: the letters, each with the first request that showed it."""

    def __init__(self, world: World, person: str):
        self.world, self.client = world, world.people[person]
        self.seen: dict[str, dict[str, str]] = {name: {} for name in CASES}
        # What breaks tells nobody anything; whether it breaks is asked in test_every_address.
        self.client.raise_request_exception = False
        self.pages = 0
        self.led_to: set[str] = set()

    def ask(self, address: str, sent: dict | None = None) -> HttpResponse:
        """Searches all that comes back, and where it leads. What the request changed is undone, in the browser too."""
        request = address if sent is None else f"{address} {sent}"
        cookies = deepcopy(self.client.cookies)
        before = transaction.savepoint()
        try:
            first = response = self.client.get(address) if sent is None else self.client.post(address, sent)
            self._search(response, request)
            # Where a link leads is opened by itself. Where somebody is led after sending something is opened once: it
            # tells in its address what was done.
            while sent is not None and response.status_code == 302 and not _is_log_in(response):
                if response.url in self.led_to:
                    break
                self.led_to.add(response.url)
                response = self.client.get(response.url)
                self._search(response, request)
            return first
        finally:
            transaction.savepoint_rollback(before)
            self.client.cookies = cookies

    def _search(self, response: HttpResponse, request: str) -> None:
        self.pages += 1
        content = b"".join(response.streaming_content) if response.streaming else response.content
        said = response.serialize_headers() + b"\n" + _readable(content)
        for letter, name in MARK.findall(said) if b"unik" in said.lower() else ():
            self._note(NAMES[name.lower()], letter.decode().upper(), request)
        for name, number in self.world.numbers.items():
            # What somebody typed themselves tells them nothing.
            if number.encode() in said and number not in request:
                self._note(name, "#", request)
        if response.streaming and response.status_code == 200:
            for key, (name, letter) in self.world.files.items():
                if key in request:
                    self._note(name, letter, request)

    def _note(self, name: str, letter: str, request: str) -> None:
        self.seen[name].setdefault(letter, request)


NAMES = {name.replace("-", "").encode(): name for name in CASES}
MARK = re.compile(rb"([%s])(%s)unik" % (LETTERS.encode(), b"|".join(NAMES)), re.IGNORECASE)


def _readable(content: bytes) -> bytes:
    """A letter's words are compressed."""
    return (
        Pdf(content).words.encode() if content.startswith(b"%PDF") and b"/ToUnicode" in content else content
    )


def _is_log_in(response: HttpResponse) -> bool:
    """There nobody is known, and nothing of anything."""
    return response.status_code == 302 and response.url.startswith(TO_LOG_IN)


# --- What they ask and send -------------------------------------------------------------------------------------------

FIELD = re.compile(rb'name="([\w-]+)"')
SOME_FIELDS = ("number", "code", "q", "versi", "alasan", "kembali")
# What is sent to a case is answered by its own page, which is opened for each: so odd things are sent to these, and to
# all that the person may not see.
TRIED = ("plain", "noticed")


def look_everywhere(reading: Reading, taking: set[str], dues: dict[str, str]) -> None:
    """Opens every address, and sends to each that takes something odd things, or nothing where it offers no field."""
    world = reading.world
    closed = [name for name, letters in dues.items() if "W" not in letters]
    # Odd is above all the number of a case that one is not to know of.
    hidden = world.numbers[next((name for name in closed if name not in TRIED), "plain")]
    for address in MORE:
        reading.ask(address)
    for pattern, name, address in addresses(world):
        page = reading.ask(address)
        # Who is refused for who they are is refused whatever they send.
        if pattern not in taking or page.status_code == 403 or _is_log_in(page):
            continue
        if name in closed or name in ("", *TRIED):
            offered = [] if page.streaming else [field.decode() for field in FIELD.findall(page.content)]
            fields = offered or (SOME_FIELDS if page.status_code == 405 else ())
            reading.ask(address, dict.fromkeys(fields, hidden))
    for number in world.numbers.values():
        reading.ask(reverse("desk_identity", args=[number]), {"alasan": REASON})
    for name in TRIED:
        press_every_button(reading, Case.objects.get(pk=world.cases[name].pk), hidden)


def press_every_button(reading: Reading, case: Case, hidden: str) -> None:
    kind = kind_of(case)
    for action in kind.actions:
        fields = {f"{action.name}-{field}": hidden for field in action.form.base_fields}
        reading.ask(reverse("desk_act", args=[case.number, action.name]), {"versi": case.version} | fields)
    for action in kind.reporter_actions:
        fields = {f"{action.name}-{field}": hidden for field in action.form.base_fields}
        reading.ask(reverse("act_as_reporter", args=[action.name]), fields)


def taking(world: World) -> set[str]:
    """The routes that take what is sent: the others say so before they look who sends it."""
    firsts = {pattern: address for pattern, _name, address in addresses(world)}
    client = Client(raise_request_exception=False)
    return {pattern for pattern, address in firsts.items() if client.post(address).status_code != 405}


@pytest.mark.everywhere
def test_everybody_reads_what_the_table_says_and_nothing_else(office, record_property, monkeypatch):
    # Every refusal would be written down with the way to it.
    monkeypatch.setattr(logging.root.manager, "disable", logging.CRITICAL)
    world = World.make(office)
    sent_to = taking(world)
    different, leaks, pages = {}, 0, 0
    for person, row in TABLE.items():
        dues = dict(zip(CASES, row.split(), strict=True))
        reading = Reading(world, person)
        look_everywhere(reading, sent_to, dues)
        pages += reading.pages
        for name, letters in dues.items():
            due, seen = set(letters.strip("-")), reading.seen[name]
            leaks += len(set(seen) - due)
            if due != set(seen):
                shown = {letter: seen[letter] for letter in sorted(set(seen) - due)}
                different[person, name] = {"leaks": shown, "missing": sorted(due - set(seen))}
    count = len({pattern for pattern, *_more in addresses(world)})
    record_property(
        "told",
        f"who sees what: {count} routes × {len(TABLE)} people × {len(CASES)} cases,"
        f" {pages} pages read, {leaks} leaks",
    )
    assert different == {}
