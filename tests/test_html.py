"""The markup of the pages that people use most: a screen reader finds its way, and nothing runs from within a page."""

from collections import Counter
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cases.models import Case
from cases.services.public_photos import cover
from pengaduan.services import desk as desk_services
from tests.browsers import act, browser, photo, report_form, reporters_browser, soup
from tests.pengaduan import steps
from tests.pengaduan.desk import Desk
from tests.ppid import desk as ppid_desk


@pytest.fixture
def desk(office) -> Desk:
    return Desk.at_kapas(office)


@pytest.fixture
def case(desk) -> Case:
    """With a photo, a public copy and a wording that waits for the head."""
    browser().post(
        "/lapor/", report_form(desk.office, photos=[SimpleUploadedFile("a.jpg", photo(), "image/jpeg")])
    )
    case = steps.drafted(desk, Case.objects.get(), timezone.now())
    desk_services.change_public_copy(
        case,
        by=desk.staff("operator"),
        seen=None,
        public_text="Salinan.",
        public_photos=[cover(case.files.get())],
    )
    return case


PAGES = {
    "form": lambda desk, case: browser().get("/lapor/?unit=KPS"),
    "form-with-faults": lambda desk, case: browser().post("/lapor/", {}),
    "receipt": lambda desk, case: reporters_browser(case).get("/lacak/bukti/"),
    "track": lambda desk, case: browser().get("/lacak/"),
    "lost code": lambda desk, case: browser().get("/lacak/kode/"),
    "track-with-faults": lambda desk, case: browser().post("/lacak/", {}),
    "tracked": lambda desk, case: reporters_browser(case).get("/lacak/perkara/"),
    "tracked-with-faults": lambda desk, case: reporters_browser(case).post("/lacak/perkara/reply/", {}),
    "transparency": lambda desk, case: browser().get("/transparansi/"),
    "proof-with-faults": lambda desk, case: browser().post("/transparansi/periksa/", {}),
    "public-list": lambda desk, case: browser().get("/pengaduan/"),
    "public": lambda desk, case: browser().get(f"/pengaduan/{case.number}/"),
    "desk": lambda desk, case: browser(desk.head).get("/meja/"),
    "empty-desk": lambda desk, case: browser(desk.builder).get("/meja/"),
    "morning": lambda desk, case: browser(desk.head).get("/meja/pagi/"),
    "case": lambda desk, case: browser(desk.head).get(f"/meja/perkara/{case.number}/"),
    "case-of-operator": lambda desk, case: browser(desk.operator).get(f"/meja/perkara/{case.number}/"),
    "case-with-faults": lambda desk, case: act(browser(desk.head), case, "archive", reason=""),
    "case-changed": lambda desk, case: act(browser(desk.head), case, "note", seen=1, note="Catatan."),
    "case-gone-on": lambda desk, case: act(
        browser(desk.operator), case, "verify", seen=1, public_text="Salinan."
    ),
    "identity": lambda desk, case: browser(desk.head).post(f"/meja/perkara/{case.number}/identitas/"),
    "identity-with-faults": lambda desk, case: browser(desk.coordinator).post(
        f"/meja/perkara/{case.number}/identitas/"
    ),
}


def request_of(desk) -> Case:
    """A request for information that was decided, so that its pages show notice, letter and objection."""
    return ppid_desk.Desk.with_the_people_of(desk).decided(at=timezone.now())


PAGES |= {
    "request-form": lambda desk, case: browser().get("/ppid/permohonan/?unit=KPS"),
    "request-form-with-faults": lambda desk, case: browser().post("/ppid/permohonan/", {}),
    "request-receipt": lambda desk, case: reporters_browser(request_of(desk)).get("/lacak/bukti/"),
    "request-tracked": lambda desk, case: reporters_browser(request_of(desk)).get("/lacak/perkara/"),
    "request-case": lambda desk, case: browser(desk.operator).get(
        f"/meja/perkara/{request_of(desk).number}/"
    ),
    "counter": lambda desk, case: browser(desk.operator).get("/meja/permohonan/baru/"),
    "counter-with-faults": lambda desk, case: browser(desk.operator).post("/meja/permohonan/baru/", {}),
}
INLINE = ("style", "onclick", "onsubmit", "onchange", "onload", "onerror", "oninput", "onfocus")


_opened: dict[str, BeautifulSoup] = {}


@pytest.fixture(params=PAGES)
def page(db, request) -> BeautifulSoup:
    """Opened once; no test changes it."""
    if request.param not in _opened:
        desk, case = (request.getfixturevalue(name) for name in ("desk", "case"))
        _opened[request.param] = soup(PAGES[request.param](desk, case))
    return _opened[request.param]


def test_a_page_has_one_heading_and_says_its_language(page):
    assert (page.html["lang"], len(page.select("h1")), len(page.select("main"))) == ("id", 1, 1)


def test_no_level_of_heading_is_skipped(page):
    levels = [int(heading.name[1]) for heading in page.select("h1, h2, h3, h4, h5, h6")]
    steps_down = [(above, below) for above, below in pairwise(levels) if below > above + 1]
    assert steps_down == []


def test_no_id_stands_twice(page):
    counted = Counter(tag["id"] for tag in page.select("[id]"))
    assert {name: count for name, count in counted.items() if count > 1} == {}


def test_every_question_has_a_label(page):
    questions = page.select("input:not([type=hidden]), select, textarea")
    labelled = {label["for"] for label in page.select("label[for]")}
    nameless = [question for question in questions if question.get("id") not in labelled]
    assert [question for question in nameless if not question.get("aria-label")] == []


def test_every_reference_within_a_page_leads_somewhere(page):
    ids = {tag["id"] for tag in page.select("[id]")}
    named = [name for tag in page.select("[aria-labelledby]") for name in tag["aria-labelledby"].split()]
    described = [
        name for tag in page.select("[aria-describedby]") for name in tag["aria-describedby"].split()
    ]
    jumps = [a["href"][1:] for a in page.select('a[href^="#"]')]
    assert {name for name in named + described + jumps if name not in ids} == set()


def test_nothing_runs_or_is_styled_from_within_a_page(page):
    assert page.select("style") == []
    runs = page.select('script:not([type="application/ld+json"])')
    assert [script for script in runs if not script.get("src")] == []
    assert [tag for name in INLINE for tag in page.select(f"[{name}]")] == []
    assert page.select('a[href^="javascript:"]') == []


def test_every_image_says_what_it_shows_or_that_it_is_silent(page):
    assert [image for image in page.select("img") if image.get("alt") is None] == []


def test_nothing_is_fetched_from_elsewhere(page):
    fetched = [
        tag.get("src") or tag.get("href")
        for tag in page.select("[src], link:not([rel=canonical], [rel=alternate])")
    ]
    assert [address for address in fetched if not address.startswith("/")] == []


def test_every_form_that_writes_carries_its_token(page):
    forms = page.select('form[method="post"]')
    assert [
        form["action"] for form in forms if form.find(attrs={"name": "csrfmiddlewaretoken"}) is None
    ] == []
