"""Who reads what of whose case, wherever they look: every route of ours, opened by everybody, searched for words that
stand in one case and nowhere else.

A new route is looked through without being named here; one with an argument of a new name asks for its filling.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases.actors import Reporter, System
from cases.intake import accept_image
from cases.models import Case, IdentityMode, Task
from cases.services.changes import change
from cases.services.receipt import Identity
from home.services.site import open_site
from opd_pages.models import Role
from opd_pages.services.unit_pages import open_unit_page
from pengaduan.services import desk as desk_services
from pengaduan.services import reporter as reporter_services
from pengaduan.services.receiving import Report, receive_report
from tests.browsers import browser, photo, reporters_browser
from tests.factories import make_unit, member
from tests.pengaduan import steps
from tests.pengaduan.desk import Desk
from tests.ppid import desk as ppid_desk
from tests.test_every_address import OURS, routes

# Who may see a request's first file learns who asks: it is a power of attorney.
# What there is of a case: its Words, its reporter's Identity, an internal Note, its File, the public Copy.
#                     plain  published secret anon.  accusing withdrawn desa  demo  request
TABLE = {
    "anyone":            "-      C         -      -      -        -         -     -     -",
    "editor":            "-      C         -      -      -        -         -     -     -",
    "neighbour":         "-      C         -      -      -        -         -     -     -",
    "partner":           "-      C         -      -      -        -         -     -     -",
    "administrator":     "-      C         -      -      -        -         -     -     -",
    "monitor":           "-      C         -      -      -        -         -     -     -",
    "observer":          "-      C         -      -      -        -         -     -     -",
    # Who verified it handles it.
    "operator":          "WNF    WINFC     -      WNF    -        WNF       WINF  WNF   WN",
    "section head":      "WNF    WNFC      -      WNF    -        WNF       -     WNF   WN",
    "head":              "WINF   WINFC     WINF   WNF    -        WINF      WINF  WINF  WINF",
    "head of the desa":  "-      C         -      -      -        -         WINF  -     -",
    "with a side task":  "WF     C         -      -      -        -         -     -     -",
    "coordinator":       "WINF   WINFC     WINF   WINF   WINF     WINF      WINF  WINF  WIN",
    "inspector":         "-      C         -      -      WINF     -         -     -     -",
    "regent":            "WINF   WINFC     WINF   WNF    WINF     WINF      WINF  WINF  WIN",
    # With number and code of the first alone.
    "reporter":          "WF     C         -      -      -        -         -     -     -",
}  # fmt: skip
CASES = ("plain", "published", "secret", "anonymous", "accusing", "withdrawn", "desa", "demo", "request")
REASON = "Diminta Ombudsman untuk berkas."


def mark(letter: str, name: str) -> str:
    """A word that stands in one place of one case."""
    return f"{letter}{name}unik"


@dataclass
class World:
    people: dict[str, Client]
    cases: dict[str, Case]

    @classmethod
    def make(cls, office) -> "World":
        open_site()
        open_unit_page(office.kapas)
        desk = Desk.at_kapas(office)
        members = {
            "editor": (office.kapas, Role.EDITOR),
            "neighbour": (office.dander, Role.OPERATOR),
            "partner": (make_unit("MITRA.1", "RADIO", "Radio Contoh", "mitra"), Role.PARTNER),
            "administrator": (office.regency, Role.ADMINISTRATOR),
            "monitor": (office.regency, Role.MONITOR),
            "observer": (office.regency, Role.OBSERVER),
            "head of the desa": (office.bakalan, Role.HEAD),
            "with a side task": (office.works, Role.OPERATOR),
            "inspector": (office.inspectorate, Role.INSPECTOR),
            "regent": (office.regency, Role.REGENT),
        }
        people = {name: member(name.replace(" ", "-"), *where) for name, where in members.items()}
        cases = {name: _received(desk, name) for name in CASES}
        _live(desk, office, cases)
        people |= {
            "operator": desk.operator,
            "section head": desk.builder,
            "head": desk.head,
            "coordinator": desk.coordinator,
        }
        clients = {name: browser(user) for name, user in people.items()}
        return cls(clients | {"anyone": browser(), "reporter": reporters_browser(cases["plain"])}, cases)


def _received(desk: Desk, name: str) -> Case:
    if name == "request":
        return ppid_desk.Desk.with_the_people_of(desk).receive(
            at=timezone.now(),
            words=f"{mark('W', name)} dan rencana kerja tahun 2026.",
            identity=Identity(IdentityMode.NAMED, mark("I", name), "+6281234567890"),
            images=[accept_image(photo())],
        )
    report = Report(
        words=f"{mark('W', name)} dan jembatan yang lapuk di dusun.",
        identity=Identity(
            IdentityMode.ANONYMOUS if name == "anonymous" else IdentityMode.NAMED,
            mark("I", name),
            "+6281234567890",
        ),
        images=[accept_image(photo())],
        is_secret=name == "secret",
        accused=desk.office.kapas if name == "accusing" else None,
        district=desk.office.kapas,
        village=desk.office.bakalan if name == "desa" else None,
    )
    case, _is_new = receive_report(report, by=Reporter(), is_demo=name == "demo")
    return case


def _live(desk: Desk, office, cases: dict[str, Case]) -> None:
    """What happens to them, so that each is what its name says and holds a note."""
    for name, case in cases.items():
        with change(case, by=System()) as changing:
            changing.record("note", text=mark("N", name))
    now = timezone.now()
    steps.verified(desk, cases["published"], now)
    desk_services.change_public_copy(
        cases["published"], by=desk.staff("operator"), seen=None, public_text=mark("C", "published")
    )
    reporter_services.withdraw(cases["withdrawn"], by=Reporter(), reason="Sudah selesai.")
    Task.objects.create(
        case=cases["plain"], step="coordinate", unit=office.works, role=Role.OPERATOR, opened_at=now
    )


# --- Looking ----------------------------------------------------------------------------------------------------------

# What fills an argument that is no case's.
FILLINGS = {
    "short_code": "KPS",
    "code": "KPS",
    "pk": "1",
    "rank": "1",
    "name": "note",
    "path": "x.jpg",
    "token": "a:b:c",
}
# Pages that no route of ours serves, and lists that show less unless they are asked.
MORE = (
    "/",
    "/kapas/",
    "/admin/",
    "/meja/?tab=semua",
    "/meja/?tab=terlambat",
    "/meja/?q=unik",
    "/cari/?q=lapuk",
    "/sitemap.xml",
)
PHOTO = b"\xff\xd8"


def addresses(cases: dict[str, Case]) -> Iterator[str]:
    """Every address there is with these cases. Raises KeyError for a route with an argument that nothing fills."""
    yield from MORE
    for pattern, route in routes():
        if not route.name or not route.lookup_str.startswith(OURS):
            continue
        if pattern.startswith("admin/unit_chooser/"):
            continue  # names of units, in a namespace of Wagtail's
        arguments = set(getattr(route.pattern, "converters", None) or route.pattern.regex.groupindex)
        if "uidb36" in arguments:
            continue  # a link for a forgotten password
        if not arguments & {"number", "key"}:
            yield reverse(route.name, kwargs={name: FILLINGS[name] for name in arguments})
            continue
        for case in cases.values():
            fillings = FILLINGS | {"number": case.number, "key": case.files.get().key}
            yield reverse(route.name, kwargs={name: fillings[name] for name in arguments})


def read(client: Client, address: str, sent: dict | None = None) -> bytes:
    """What comes back; what the request changed is undone."""
    before = transaction.savepoint()
    try:
        response = client.get(address) if sent is None else client.post(address, sent)
        return b"".join(response.streaming_content) if response.streaming else response.content
    finally:
        transaction.savepoint_rollback(before)


def found(world: World, client: Client) -> dict[str, dict[str, str]]:
    """By case, the letters of what this person could read, each with the first address that showed it."""
    seen: dict[str, dict[str, str]] = {name: {} for name in CASES}
    keys = {name: case.files.get().key for name, case in world.cases.items()}
    asked = {
        reverse("desk_identity", args=[case.number]): {"alasan": REASON} for case in world.cases.values()
    }
    for address in [*addresses(world.cases), *asked]:
        content = read(client, address, asked.get(address))
        for name in CASES:
            letters = [letter for letter in "WINC" if mark(letter, name).encode() in content]
            if content.startswith(PHOTO) and keys[name] in address:
                letters.append("F")
            for letter in letters:
                seen[name].setdefault(letter, address)
    return seen


@pytest.mark.everywhere
def test_everybody_reads_what_the_table_says_and_nothing_else(office):
    world = World.make(office)
    different = {}
    for person, row in TABLE.items():
        seen = found(world, world.people[person])
        for name, due in zip(CASES, row.split(), strict=True):
            due = set(due.strip("-"))
            if due != set(seen[name]):
                leaks = {letter: seen[name][letter] for letter in sorted(set(seen[name]) - due)}
                different[person, name] = {"leaks": leaks, "missing": sorted(due - set(seen[name]))}
    assert different == {}
