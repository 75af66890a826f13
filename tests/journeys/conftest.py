"""A real browser on a real server, for journeys as people make them."""

import os
import shutil
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest

from home.models import User
from tests.second_factor import code_of, set_up

playwright = pytest.importorskip("playwright.sync_api")

PHONE = {"width": 360, "height": 780}
NARROW = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}
# The browser is ours alone: no updates, no look-ups of other hosts.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session", autouse=True)
def _queries_beside_the_browser():
    """The browser's driver runs an event loop in this thread; the tests' own queries are synchronous all the same."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def empty_tree(transactional_db):
    """Wagtail's own roots, which its migrations made and clearing the database took away."""
    from wagtail.models import Collection, Locale, Page

    Locale.objects.get_or_create(language_code="id")
    if not Page.objects.filter(depth=1).exists():
        Page.add_root(title="Root", slug="root")
    if not Collection.objects.filter(depth=1).exists():
        Collection.add_root(name="Root")


@pytest.fixture(scope="session")
def browser() -> Iterator["playwright.Browser"]:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser, live_server) -> Iterator[Callable]:
    """visit("/lapor/", viewport=PHONE, js=False) opens an address as somebody new; returns the page.

    Every page refuses requests to other domains: a single one fails the test.
    """
    contexts, strangers = [], []

    def open_page(address: str, *, viewport=PHONE, js: bool = True, scheme: str = "light"):
        context = browser.new_context(
            viewport=viewport,
            java_script_enabled=js,
            color_scheme=scheme,
            locale="id-ID",
            base_url=live_server.url,
        )
        contexts.append(context)

        def only_ours(route) -> None:
            if route.request.url.startswith((live_server.url, "data:", "blob:")):
                route.continue_()
            else:
                strangers.append(route.request.url)
                route.abort()

        context.route("**/*", only_ours)
        page = context.new_page()
        page.set_default_timeout(60_000)  # a limit for what hangs, not a bar for speed
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert strangers == []


@pytest.fixture
def telephone(monkeypatch):
    """Half-minutes pass when `telephone.now` is raised, not while a machine is busy with a page."""
    from allauth.mfa.totp.internal import auth

    (now,) = auth.yield_hotp_counters_from_time()
    telephone = SimpleNamespace(now=now)
    monkeypatch.setattr(auth, "yield_hotp_counters_from_time", lambda: iter([telephone.now]))
    return telephone


@pytest.fixture
def officer(visit, telephone) -> Callable:
    """officer("camat", "/meja/pagi/") logs somebody in and goes there."""

    def log_in(username: str, address: str = "/meja/", **options):
        user = User.objects.get(username=username)
        if not user.authenticator_set.exists():
            set_up(user)
        page = visit(f"/masuk/?next={address}", **options)
        page.fill("[name=login]", username)
        page.fill("[name=password]", "sandi-untuk-uji")
        page.click("main form button")
        page.wait_for_url("**/masuk/kode/")
        telephone.now += 1
        page.fill("[name=code]", code_of(user))
        page.click("main form button")
        page.wait_for_url(f"**{address}")
        return page

    return log_in
