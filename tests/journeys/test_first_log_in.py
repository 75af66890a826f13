"""An officer's first day: a phone, a password on paper, and a second factor to set up."""

import pytest

from home.services.site import open_site
from opd_pages.models import Role
from tests.factories import member
from tests.second_factor import code_from, code_of

from .conftest import DESKTOP, NARROW, PHONE
from .test_everyone_can_use_it import faults, scrolls_sideways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def operator(office, empty_tree, telephone):
    open_site()
    return member("operator", office.kapas, Role.OPERATOR)


def log_in(page) -> None:
    page.fill("[name=login]", "operator")
    page.fill("[name=password]", "sandi-untuk-uji")
    page.click("main form button")
    page.wait_for_load_state()


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_first_log_in_sets_up_a_second_factor_and_ends_where_it_was_going(operator, visit, tmp_path, js):
    page = visit("/masuk/?next=/meja/%3Ftab%3Dsemua", viewport=PHONE, js=js)
    log_in(page)
    assert page.locator("h1").inner_text() == "Pasang verifikasi dua langkah"
    assert page.locator("main img").evaluate("image => image.naturalWidth") > 100
    page.fill("[name=code]", code_from(page.locator(".receipt dd").inner_text()))
    page.get_by_role("button", name="Pasang").click()
    page.wait_for_url("**/cadangan/**")
    codes = page.locator(".receipt dd").all_inner_texts()
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh").click()
    download.value.save_as(tmp_path / "codes.txt")
    assert [line for line in (tmp_path / "codes.txt").read_text().splitlines() if line[:1].isdigit()] == codes
    page.get_by_role("button", name="Sudah saya simpan").click()
    page.wait_for_url("**/meja/?tab=semua")


@pytest.mark.parametrize(
    ("viewport", "scheme"), [(NARROW, "light"), (DESKTOP, "dark")], ids=["narrow", "dark"]
)
def test_the_pages_of_the_second_factor_have_no_barrier(operator, visit, viewport, scheme):
    page = visit("/masuk/?next=/meja/", viewport=viewport, scheme=scheme)
    log_in(page)
    seen = [(page.url, faults(page), scrolls_sideways(page))]
    page.fill("[name=code]", code_from(page.locator(".receipt dd").inner_text()))
    page.get_by_role("button", name="Pasang").click()
    page.wait_for_url("**/cadangan/**")
    seen.append((page.url, faults(page), scrolls_sideways(page)))
    for address in ("/masuk/akun/", "/masuk/dua-langkah/hapus/", "/masuk/dua-langkah/cadangan/baru/"):
        page.goto(address)
        seen.append((page.url, faults(page), scrolls_sideways(page)))
    challenge = visit("/masuk/", viewport=viewport, scheme=scheme)
    log_in(challenge)
    challenge.fill("[name=code]", code_of(operator, ahead=5))
    challenge.click("main form button")
    challenge.wait_for_load_state()
    seen.append((challenge.url, faults(challenge), scrolls_sideways(challenge)))
    assert [found for found in seen if found[1:] != ([], False)] == []
