import pytest
from wagtail.models import Page, Site

from home.models import HomePage
from home.services.site import open_site

pytestmark = pytest.mark.django_db


def test_the_home_page_takes_the_place_of_wagtail_s_welcome():
    home = open_site()
    assert [page.specific for page in Page.get_first_root_node().get_children()] == [home]


def test_the_site_stands_at_its_public_address(settings):
    settings.PUBLIC_URL = "https://portal.contoh.go.id"
    home = open_site()
    site = Site.objects.get()
    assert (site.hostname, site.port, site.root_page.specific) == ("portal.contoh.go.id", 443, home)


def test_a_moved_site_follows_its_new_address(settings):
    open_site()
    settings.PUBLIC_URL = "http://localhost:8123"
    open_site()
    assert Site.objects.values_list("hostname", "port").get() == ("localhost", 8123)


def test_privacy_and_accessibility_have_their_pages():
    assert sorted(page.url for page in open_site().get_children()) == [
        "/aksesibilitas/",
        "/kebijakan-privasi/",
    ]


def test_what_the_office_wrote_stays():
    page = open_site().get_children().get(slug="kebijakan-privasi").specific
    page.body = "<p>Kata-kata kantor.</p>"
    page.save()
    open_site()
    page.refresh_from_db()
    assert (page.body, HomePage.objects.count()) == ("<p>Kata-kata kantor.</p>", 1)


def test_a_root_page_somebody_filled_is_not_thrown_away():
    welcome = Page.objects.get(slug="home")
    welcome.add_child(instance=Page(title="Lama", slug="lama"))
    open_site()
    assert Page.objects.filter(pk=welcome.pk).exists()
