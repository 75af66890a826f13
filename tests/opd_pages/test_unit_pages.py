import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images.permissions import permission_policy
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    ReferenceIndex,
    Revision,
)
from wagtail.test.utils.form_data import nested_form_data, rich_text

from home.models import PlainPage
from opd_pages.models import Role, Unit, UnitPage
from opd_pages.services.groups import editors_group_name
from opd_pages.services.importing import import_units
from opd_pages.services.unit_pages import open_unit_page, open_unit_pages, units_to_open

from ..factories import LONG_AGO, join, make_unit, make_user, member

pytestmark = pytest.mark.django_db


def rights(user, page) -> tuple[bool, bool]:
    """Whether this person may edit and publish the page."""
    may = user.__class__.objects.get(pk=user.pk)
    tester = page.permissions_for_user(may)
    return tester.can_edit(), tester.can_publish()


# --- what a unit gets ----------------------------------------------------------------------------------------------------
def test_a_desa_s_page_stands_below_its_kecamatan_s(portal):
    assert portal.bakalan.page.url == "/kecamatan-kapas/desa-bakalan/"


def test_an_opd_s_page_stands_below_the_home_page(portal):
    assert portal.works.page.url == "/dinas-pekerjaan-umum-bina-marga/"


def test_the_kabupaten_s_own_page_stands_beside_those_of_its_units(portal):
    assert portal.regency.page.url == "/kabupaten-bojonegoro/"


def test_a_new_page_is_live_with_its_first_revision(office, site_root):
    page = UnitPage.objects.get(pk=open_unit_page(office.bakalan).pk)
    assert (page.live, page.live_revision, page.has_unpublished_changes) == (
        True,
        page.latest_revision,
        False,
    )
    assert page.get_latest_revision_as_object().title == "Desa Bakalan"


def test_an_editor_publishes_new_words_on_a_new_page(small_portal, as_editor):
    page = small_portal.kapas.page
    form = {"introduction": "Melayani dengan ramah.", "body": rich_text("")}
    as_editor.post(f"/admin/pages/{page.pk}/edit/", nested_form_data(form) | {"action-publish": "1"})
    page.refresh_from_db()
    assert (page.introduction, page.has_unpublished_changes) == ("Melayani dengan ramah.", False)


def test_opening_a_desa_s_page_opens_that_of_its_kecamatan_first(office, site_root):
    page = open_unit_page(office.bakalan)
    assert page.get_parent().specific.unit == office.kapas


def test_a_desa_s_collection_stands_in_that_of_its_kecamatan(portal):
    assert portal.bakalan.page.collection.get_parent().name == "Kecamatan Kapas"


def test_opening_pages_twice_makes_nothing_twice(portal):
    def counted():
        return [model.objects.count() for model in (UnitPage, Collection, Group, Revision)]

    before = counted()
    assert open_unit_pages(Unit.objects.all()) == []
    assert counted() == before


def test_progress_is_told_for_every_unit(office, site_root):
    told = []
    open_unit_pages([office.kapas], progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_what_an_interruption_left_is_made_the_next_time(office, site_root):
    def stop(done, total):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_unit_pages(Unit.objects.all(), progress=stop)
    open_unit_pages(Unit.objects.all())
    assert Unit.objects.filter(page=None).count() == 0
    assert [problem for problem in Page.find_problems() if problem] == []


def test_pages_and_collections_form_sound_trees(portal):
    assert [problem for tree in (Page, Collection) for problem in tree.find_problems() if problem] == []


def test_a_unit_that_comes_later_stands_beside_the_others(portal):
    make_unit("35.22.14.2003", "KPS-2003", "Bangilan", "desa", portal.kapas)
    open_unit_pages(units_to_open())
    page = UnitPage.objects.get(unit__name="Bangilan")
    assert (page.url, page.get_prev_sibling().title) == (
        "/kecamatan-kapas/desa-bangilan/",
        "Desa Tanjungharjo",
    )
    shelf = portal.kapas.page.collection
    shelf.refresh_from_db()
    assert [each.name for each in shelf.get_children()] == [
        "Desa Bakalan",
        "Desa Bangilan",
        "Desa Tanjungharjo",
    ]
    test_pages_and_collections_form_sound_trees(portal)


def test_a_new_page_is_found_and_its_collection_known_as_used_at_once(office, site_root):
    page = open_unit_page(office.kapas)
    assert list(UnitPage.objects.search("Kapas")) == [page]
    assert [used.specific for used, _by in ReferenceIndex.get_grouped_references_to(page.collection)] == [
        page
    ]


def test_each_of_many_pages_below_one_costs_five_statements(office, site_root):
    def statements(count: int, parent: Unit) -> int:
        for number in range(count):
            make_unit(
                f"{parent.code}.{number:04}", f"{parent.short_code}-{number}", str(number), "desa", parent
            )
        with CaptureQueriesContext(connection) as captured:
            open_unit_pages(Unit.objects.filter(parent=parent))
        return len(captured)

    open_unit_pages([office.kapas, office.dander])
    assert statements(22, office.dander) - statements(2, office.kapas) <= 20 * 5


# --- slugs ---------------------------------------------------------------------------------------------------------------
def test_two_units_of_one_name_get_different_addresses(portal):
    make_unit("35.22.KLINIK1", "KLINIK1", "Klinik", "rsud", portal.regency)
    make_unit("35.22.KLINIK2", "KLINIK2", "Klinik", "rsud", portal.regency)
    open_unit_pages(Unit.objects.filter(name="Klinik"))
    slugs = UnitPage.objects.filter(unit__name="Klinik").order_by("unit__code").values_list("slug", flat=True)
    assert list(slugs) == ["klinik", "klinik-klinik2"]


def test_a_unit_called_like_a_route_of_the_portal_gets_another_address(portal):
    unit = make_unit("35.22.ADM", "ADM", "Admin", "dinas", portal.regency)
    assert open_unit_page(unit).slug == "admin-adm"


def test_a_name_without_latin_letters_is_reached_by_its_code(portal):
    unit = make_unit("35.22.JAWA", "JAWA", "ꦧꦺꦴꦗꦤꦼꦒꦫ", "mitra", portal.regency)
    assert open_unit_page(unit).slug == "jawa"


# --- units that move -----------------------------------------------------------------------------------------------------
def test_the_page_of_a_unit_that_moved_follows_it(portal):
    portal.bakalan.parent = portal.dander
    portal.bakalan.save()
    page = open_unit_page(portal.bakalan)
    assert (page.url, page.collection.get_parent().name) == (
        "/kecamatan-dander/desa-bakalan/",
        "Kecamatan Dander",
    )


def test_units_opened_after_one_that_moved_find_their_place(portal):
    portal.bakalan.parent = portal.dander
    portal.bakalan.save()
    make_unit("35.22.06.2009", "DDR-2009", "Mojoranu", "desa", portal.dander)
    open_unit_pages(Unit.objects.all())
    found = UnitPage.objects.filter(unit__parent=portal.dander).order_by("slug")
    assert [page.url for page in found] == [
        "/kecamatan-dander/desa-bakalan/",
        "/kecamatan-dander/desa-mojoranu/",
    ]
    assert [problem for problem in Page.find_problems() if problem] == []


def test_a_moved_unit_whose_address_is_taken_there_gets_its_code_appended(portal):
    open_unit_page(make_unit("35.22.06.2001", "DDR-2001", "Bakalan", "desa", portal.dander))
    portal.bakalan.parent = portal.dander
    portal.bakalan.save()
    assert open_unit_page(portal.bakalan).url == "/kecamatan-dander/desa-bakalan-kps-2001/"
    assert [problem for problem in Page.find_problems() if problem] == []


# --- units that are renamed ----------------------------------------------------------------------------------------------------
@pytest.fixture
def renamed(portal):
    """Kecamatan Kapas is Kecamatan Kapas Baru now."""
    portal.kapas.name = "Kapas Baru"
    portal.kapas.save()
    return portal.kapas


def test_page_and_collection_of_a_renamed_unit_are_called_like_it(renamed):
    page = open_unit_page(renamed)
    assert (page.title, page.draft_title, page.collection.name, page.slug) == (
        "Kecamatan Kapas Baru",
        "Kecamatan Kapas Baru",
        "Kecamatan Kapas Baru",
        "kecamatan-kapas",
    )
    assert [problem for problem in Collection.find_problems() if problem] == []


def test_a_renamed_unit_is_found_by_its_new_name(renamed):
    page = open_unit_page(renamed)
    found = UnitPage.objects.all().search("baru", operator="and")
    assert [hit.pk for hit in found] == [page.pk]


def test_a_draft_from_before_does_not_bring_the_old_name_back(renamed):
    page = UnitPage.objects.get(unit=renamed)
    page.introduction = "Melayani dengan ramah."
    draft = page.save_revision()
    open_unit_page(renamed)
    Revision.objects.get(pk=draft.pk).publish()
    page = UnitPage.objects.get(unit=renamed)
    assert (page.title, page.introduction) == ("Kecamatan Kapas Baru", "Melayani dengan ramah.")


def test_a_draft_of_a_page_that_moved_keeps_the_new_address(portal):
    draft = portal.bakalan.page.save_revision()
    open_unit_page(make_unit("35.22.06.2001", "DDR-2001", "Bakalan", "desa", portal.dander))
    portal.bakalan.parent = portal.dander
    portal.bakalan.save()
    open_unit_page(portal.bakalan)
    Revision.objects.get(pk=draft.pk).publish()
    assert UnitPage.objects.get(unit=portal.bakalan).url == "/kecamatan-dander/desa-bakalan-kps-2001/"


def test_an_editor_does_not_rename_the_page_of_a_unit(small_portal, as_editor):
    page = small_portal.kapas.page
    form = {"title": "X", "slug": "x", "introduction": "Baru.", "body": rich_text("")}
    as_editor.post(f"/admin/pages/{page.pk}/edit/", nested_form_data(form) | {"action-publish": "1"})
    page = UnitPage.objects.get(pk=page.pk)
    assert (page.title, page.slug, page.introduction) == ("Kecamatan Kapas", "kecamatan-kapas", "Baru.")


# --- what is left to do ----------------------------------------------------------------------------------------------------------
def test_nothing_is_to_be_opened_where_all_is_in_its_place(portal):
    assert list(units_to_open()) == []


def test_before_there_is_a_site_every_current_unit_is_to_be_opened(office):
    office.works.valid_until = LONG_AGO
    office.works.save()
    assert set(units_to_open()) == set(Unit.objects.exclude(pk=office.works.pk))


def new(portal):
    return make_unit("35.22.06.2009", "DDR-2009", "Mojoranu", "desa", portal.dander)


def moved(portal):
    portal.bakalan.parent = portal.dander
    portal.bakalan.save()
    return portal.bakalan


def raised(portal):
    portal.bakalan.parent = portal.regency
    portal.bakalan.save()
    return portal.bakalan


def renamed_unit(portal):
    portal.works.name = "Dinas PU"
    portal.works.save()
    return portal.works


def renamed_root(portal):
    portal.regency.name = "Kabupaten Bojonegoro Matoh"
    portal.regency.save()
    return portal.regency


@pytest.mark.parametrize("change", [new, moved, raised, renamed_unit, renamed_root])
def test_what_changed_is_to_be_opened_until_it_was(portal, change):
    changed = change(portal)
    assert list(units_to_open()) == [changed]
    open_unit_pages(units_to_open())
    assert list(units_to_open()) == []


# --- who may edit ----------------------------------------------------------------------------------------------------------
def test_an_editor_edits_and_publishes_the_page_of_the_own_unit(portal, editor):
    assert rights(editor, portal.kapas.page) == (True, True)


def test_a_kecamatan_s_editor_edits_the_pages_of_its_desa(portal, editor):
    assert rights(editor, portal.bakalan.page) == (True, True)


def test_a_kecamatan_s_editor_edits_no_other_page(portal, editor, site_root):
    others = [portal.dander.page, portal.works.page, site_root]
    assert [rights(editor, page) for page in others] == [(False, False)] * 3


def test_the_kabupaten_s_editor_edits_the_whole_portal(portal, site_root):
    user = member("rini", portal.regency, Role.EDITOR)
    assert [rights(user, page) for page in (site_root, portal.bakalan.page)] == [(True, True)] * 2


def test_an_editor_reaches_the_pictures_of_the_own_branch_only(portal, editor):
    found = permission_policy.collections_user_has_permission_for(editor, "change")
    assert sorted(collection.name for collection in found) == [
        "Desa Bakalan",
        "Desa Tanjungharjo",
        "Kecamatan Kapas",
    ]


def test_an_editor_named_before_the_page_was_opened_is_admitted_with_it(office, site_root):
    user = member("siti", office.kapas, Role.EDITOR)
    open_unit_page(office.kapas)
    assert [group.name for group in user.groups.all()] == [editors_group_name(office.kapas)]


def test_an_editor_is_admitted_in_the_same_step_as_the_page(office, site_root):
    def stop(done, total):
        if done == 2:
            raise KeyboardInterrupt

    user = member("siti", office.kapas, Role.EDITOR)
    with pytest.raises(KeyboardInterrupt):
        open_unit_pages([office.kapas], progress=stop)
    assert groups(user) == [editors_group_name(office.kapas)]


def groups(user) -> list[str]:
    return sorted(user.groups.values_list("name", flat=True))


def test_who_edits_a_unit_and_one_above_it_keeps_both_when_they_part(portal):
    user = member("rangkap", portal.kapas, Role.EDITOR)
    join(user, portal.bakalan, Role.EDITOR)
    assert groups(user) == ["Penyunting 35.22.14"]
    moved(portal)
    assert groups(user) == ["Penyunting 35.22.14", "Penyunting 35.22.14.2001"]


def test_who_edits_two_units_needs_one_group_once_one_stands_below_the_other(portal):
    user = member("rangkap", portal.dander, Role.EDITOR)
    join(user, portal.bakalan, Role.EDITOR)
    moved(portal)
    assert groups(user) == ["Penyunting 35.22.06"]


def test_an_import_that_moves_a_unit_brings_its_editors_along(portal):
    user = member("rangkap", portal.kapas, Role.EDITOR)
    join(user, portal.bakalan, Role.EDITOR)
    import_units([{"kode": "35.22.14.2001", "nama": "Bakalan", "jenis": "desa", "kode_induk": "35.22.06"}])
    assert groups(user) == ["Penyunting 35.22.14", "Penyunting 35.22.14.2001"]


def test_the_former_kecamatan_s_editor_no_longer_edits_a_desa_that_moved(portal, editor):
    moved(portal)
    assert rights(editor, open_unit_page(portal.bakalan)) == (False, False)


def test_rights_given_to_a_unit_s_group_by_hand_elsewhere_are_taken_back(portal, site_root):
    group = Group.objects.get(name=editors_group_name(portal.kapas))
    permission = group.page_permissions.first().permission
    group.page_permissions.create(page=site_root, permission=permission)
    open_unit_page(portal.kapas)
    assert {given.page_id for given in group.page_permissions.all()} == {portal.kapas.page.pk}


# --- what editors cannot take away -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("action", ["delete", "copy", "unpublish"])
def test_an_editor_cannot_take_a_unit_s_page_away_or_double_it(portal, as_editor, action):
    page = portal.bakalan.page
    as_editor.post(
        f"/admin/pages/{page.pk}/{action}/",
        {"new_title": "Dua", "new_slug": "dua", "new_parent_page": page.get_parent().pk},
    )
    assert list(UnitPage.objects.filter(unit=portal.bakalan).values_list("live", flat=True)) == [True]
    assert not Page.objects.filter(slug="dua").exists()


def test_not_even_an_administrator_moves_a_unit_s_page(portal, as_administrator):
    page = portal.bakalan.page
    as_administrator.post(f"/admin/pages/{page.pk}/move/{portal.dander.page.pk}/confirm/")
    assert UnitPage.objects.get(pk=page.pk).get_parent().specific == portal.kapas.page


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_units_pages_cannot_be_taken_away_by_the_dozen(portal, as_administrator, action):
    pages = [portal.bakalan.page.pk, portal.tanjungharjo.page.pk]
    query = "&".join(f"id={pk}" for pk in pages)
    as_administrator.post(f"/admin/bulk/wagtailcore/page/{action}/?{query}")
    assert UnitPage.objects.filter(pk__in=pages, live=True).count() == 2


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_nobody_puts_a_page_of_the_portal_behind_a_log_in(portal, as_administrator, site_root, kind):
    group = Group.objects.first()
    for page in (portal.kapas.page, site_root):
        as_administrator.post(
            f"/admin/pages/{page.pk}/privacy/",
            {"restriction_type": kind, "password": "rahasia", "groups": [group.pk]},
        )
    assert not PageViewRestriction.objects.exists()


def test_an_editor_puts_no_page_behind_a_log_in(small_portal, as_editor):
    page = small_portal.kapas.page
    as_editor.post(f"/admin/pages/{page.pk}/privacy/", {"restriction_type": "login"})
    assert not PageViewRestriction.objects.exists()


def test_an_editor_puts_no_collection_behind_a_log_in(small_portal, as_editor):
    collection = small_portal.kapas.page.collection
    as_editor.post(f"/admin/collections/{collection.pk}/privacy/", {"restriction_type": "login"})
    assert not CollectionViewRestriction.objects.exists()


def test_no_page_promises_a_day_on_which_nothing_would_publish_it(small_portal, as_editor):
    page = small_portal.kapas.page
    form = nested_form_data({"introduction": "", "body": rich_text("")})
    late = form | {"go_live_at": "2126-12-01 10:00", "expire_at": "2126-12-02 10:00", "action-publish": "1"}
    as_editor.post(f"/admin/pages/{page.pk}/edit/", late)
    page = UnitPage.objects.get(pk=page.pk)
    assert (page.live, page.go_live_at, page.expire_at) == (True, None, None)
    assert "expire_at" not in as_editor.get(f"/admin/pages/{page.pk}/edit/").content.decode()


def test_an_editor_makes_a_page_of_words_below_the_unit_s(small_portal, as_editor, client):
    page = small_portal.kapas.page
    form = {"title": "Profil", "slug": "profil", "body": rich_text("<p>Sejak 1950.</p>")}
    as_editor.post(
        f"/admin/pages/add/home/plainpage/{page.pk}/",
        nested_form_data(form) | {"action-publish": "1"},
    )
    assert PlainPage.objects.get(slug="profil").url == "/kecamatan-kapas/profil/"
    assert "Sejak 1950." in client.get("/kecamatan-kapas/profil/").content.decode()


def test_a_page_of_words_does_not_stand_beside_the_front_door(portal, as_administrator, site_root):
    root = site_root.get_parent()
    assert as_administrator.get(f"/admin/pages/add/home/plainpage/{root.pk}/").status_code == 302


def test_an_editor_deletes_a_page_of_words_below_the_unit_s(portal, as_editor):
    page = portal.kapas.page.add_child(instance=PlainPage(title="Profil", body="<p>x</p>"))
    as_editor.post(f"/admin/pages/{page.pk}/delete/")
    assert not PlainPage.objects.exclude(slug__in=["kebijakan-privasi", "aksesibilitas"]).exists()


def test_nobody_makes_a_unit_s_page_by_hand(portal, as_administrator, site_root):
    answer = as_administrator.get(f"/admin/pages/add/opd_pages/unitpage/{site_root.pk}/")
    assert (answer.status_code, answer.url) == (302, "/admin/")


def test_an_editor_s_menu_is_short(portal, as_editor):
    page = as_editor.get("/admin/").content.decode()
    assert [
        name for name in ("reports", "help", "unit-dan-orang", "waktu-dan-pesan") if f'"{name}"' in page
    ] == []


def test_somebody_without_a_membership_does_not_come_in(portal, client):
    client.force_login(make_user("tamu"))
    assert client.get("/admin/").status_code == 302


# --- old addresses -------------------------------------------------------------------------------------------------------
def test_the_old_addresses_of_a_unit_that_moved_and_of_its_pages_lead_on(client, portal):
    page = portal.bakalan.page.add_child(instance=PlainPage(title="Kabar", slug="kabar", body="<p>Isi.</p>"))
    page.save_revision().publish()
    # There is a Bakalan in Dander too: the address changes as well as the place.
    make_unit("35.22.06.2001", "DDR-2001", "Bakalan", "desa", portal.dander)
    open_unit_pages(Unit.objects.all())
    bakalan = Unit.objects.get(pk=portal.bakalan.pk)
    bakalan.parent = portal.dander
    bakalan.save()
    open_unit_page(bakalan)
    for old, new in (
        ("/kecamatan-kapas/desa-bakalan/", "/kecamatan-dander/desa-bakalan-kps-2001/"),
        ("/kecamatan-kapas/desa-bakalan/kabar/", "/kecamatan-dander/desa-bakalan-kps-2001/kabar/"),
    ):
        assert client.get(old).url == new
        assert client.get(new).status_code == 200


def test_a_unit_that_is_renamed_keeps_its_address(client, portal):
    kapas = Unit.objects.get(pk=portal.kapas.pk)
    kapas.name = "Kapas Baru"
    kapas.save()
    open_unit_page(kapas)
    assert "Kecamatan Kapas Baru" in client.get("/kecamatan-kapas/").content.decode()
