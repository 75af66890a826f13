import pytest
from django.core.exceptions import ValidationError
from wagtail.test.utils.form_data import nested_form_data, rich_text

from home.addresses import is_shadowed
from home.models import PlainPage
from tests.portals import opened_site

from ..factories import make_user

pytestmark = pytest.mark.django_db

TAKEN = "Alamat ini sudah dipakai portal. Pilih yang lain."


@pytest.fixture
def home_page():
    return opened_site()


@pytest.fixture
def editor(client):
    """Somebody who may edit everything, logged in."""
    client.force_login(make_user("root", is_superuser=True))
    return client


def form(slug: str) -> dict[str, str]:
    return nested_form_data({"title": "Profil", "slug": slug, "body": rich_text("<p>x</p>")})


# --- which addresses are taken -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("address", "shadowed"),
    [
        (("admin",), True),
        (("masuk",), True),
        (("gaya",), True),
        (("documents",), True),
        (("static",), True),
        (("media",), True),
        (("id",), True),
        (("en",), True),
        (("kecamatan-kapas",), False),
        (("administrasi",), False),
        (("kecamatan-kapas", "admin"), False),
        (("admin", "kecamatan-kapas"), True),
        ((), False),
    ],
)
def test_an_address_is_taken_where_a_route_stands_before_the_page(address, shadowed):
    assert is_shadowed(address) == shadowed


def test_a_route_two_segments_deep_leaves_the_first_to_the_pages(settings):
    settings.ROOT_URLCONF = "tests.home.deep_routes"
    found = [
        is_shadowed(address)
        for address in (("ppid",), ("ppid", "dip"), ("ppid", "dip", "2026"), ("ppid", "profil"))
    ]
    assert found == [False, True, True, False]


# --- in Wagtail's own forms -------------------------------------------------------------------------------------------------
def test_a_new_page_below_the_home_page_may_not_take_a_route(editor, home_page):
    answer = editor.post(f"/admin/pages/add/home/plainpage/{home_page.pk}/", form("masuk"))
    assert answer.context["form"].errors == {"slug": [TAKEN]}


def test_a_new_page_cannot_be_published_over_a_route(editor, home_page):
    editor.post(f"/admin/pages/add/home/plainpage/{home_page.pk}/", form("masuk") | {"action-publish": "1"})
    assert not PlainPage.objects.filter(slug="masuk").exists()


def test_a_new_page_deeper_down_may_be_called_like_a_route(editor, home_page):
    parent = home_page.get_children().get(slug="aksesibilitas")
    editor.post(f"/admin/pages/add/home/plainpage/{parent.pk}/", form("masuk"))
    assert PlainPage.objects.get(slug="masuk").get_parent() == parent


def test_a_page_cannot_be_renamed_to_a_route(editor, home_page):
    page = home_page.get_children().get(slug="aksesibilitas")
    answer = editor.post(f"/admin/pages/{page.pk}/edit/", form("masuk"))
    assert answer.context["form"].errors == {"slug": [TAKEN]}


def test_a_copy_cannot_take_a_route(editor, home_page):
    page = home_page.get_children().get(slug="aksesibilitas")
    answer = editor.post(
        f"/admin/pages/{page.pk}/copy/",
        {"new_title": "Salinan", "new_slug": "masuk", "new_parent_page": home_page.pk},
    )
    assert answer.context["form"].errors == {"new_slug": [TAKEN]}


def test_a_page_called_like_a_route_cannot_move_up_below_the_home_page(editor, home_page):
    parent = home_page.get_children().get(slug="aksesibilitas")
    page = parent.add_child(instance=PlainPage(title="Masuk", slug="masuk", body="<p>x</p>"))
    editor.post(f"/admin/pages/{page.pk}/move/{home_page.pk}/confirm/")
    assert PlainPage.objects.get(pk=page.pk).get_parent() == parent


def test_a_page_made_by_the_portal_itself_is_checked_too(home_page):
    with pytest.raises(ValidationError) as refused:
        home_page.add_child(instance=PlainPage(title="Masuk", slug="masuk", body="<p>x</p>"))
    assert refused.value.message_dict == {"slug": [TAKEN]}
