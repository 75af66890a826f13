"""What ends the pages that are kept: whoever reads after a change reads what a portal without a cache would say."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from cases.calendar import DayOffKind
from cases.models import Holiday
from home.freshness import generation
from home.models import PortalSettings
from opd_pages.models import Role
from opd_pages.services.contacts import confirm, remove_contact, save_contact, withdraw
from opd_pages.services.leaders import change_leader
from opd_pages.services.mergers import end_unit
from opd_pages.services.unit_pages import open_unit_page
from pengaduan.services import desk as desk_services
from tests.browsers import received_now
from tests.factories import member
from tests.pengaduan.desk import Desk
from tests.pengaduan.test_public_pages import answered, page_of, published, shown

from .kept_pages import ABOUT, KAPAS, KeptPortal, files, kept, unpacked
from .portal import manage

__all__ = ["kept"]
POSTER = "/unit/KPS/poster.png"
CALCULATOR = "/hitung-batas/?mulai=2026-11-24&lama=3&satuan=hk"


def is_fresh(kept: KeptPortal, settings, address: str, before) -> bool:
    """Whether the page changed, and reads as if nothing were kept."""
    after = kept.read(address)
    settings.PAGE_CACHE_SECONDS = 0
    uncached = kept.read(address)
    settings.PAGE_CACHE_SECONDS = 60
    said = (after.status_code, after.get("Location"), after.content)
    assert said == (uncached.status_code, uncached.get("Location"), uncached.content)
    return said != (before.status_code, before.get("Location"), before.content)


def publish(kept):
    page = kept.page("tentang")
    page.body = "<p>Kata-kata baru.</p>"
    page.save_revision().publish()


def unpublish(kept):
    kept.page("tentang").unpublish()


def change_address(kept):
    page = kept.page("tentang")
    page.slug = "profil"
    page.save()


def move(kept):
    kept.page("tentang").move(kept.page("kecamatan-kapas"), pos="last-child")


def delete(kept):
    kept.page("tentang").delete()


def restrict(kept):
    restriction = PageViewRestriction(page=kept.about, restriction_type=PageViewRestriction.LOGIN)
    restriction.save()


def restrict_to_a_group(kept):
    restriction = PageViewRestriction.objects.create(page=kept.about, restriction_type="groups")
    restriction.groups.add(Group.objects.create(name="Pembaca"))


def confirm_another_number(kept):
    kept.phone.value = "+62353881000"
    save_contact(kept.phone, by=kept.operator)
    confirm(kept.office.kapas, kept.operator)


def withdraw_consent(kept):
    withdraw(kept.personal, kept.operator)


def delete_a_personal_number(kept):
    remove_contact(kept.personal)


def change_head(kept):
    change_leader(kept.head, by=kept.operator, name="Bambang Susilo", office=kept.head.office)
    confirm(kept.office.kapas, kept.operator)


def rename_portal(kept):
    portal = PortalSettings.load()
    portal.region_name = "Kabupaten Lain"
    portal.save()


def rename_unit(kept):
    kept.office.kapas.name = "Kapas Baru"
    kept.office.kapas.save()


def open_a_page_below(kept):
    open_unit_page(kept.office.bakalan)


def end_the_unit(kept):
    head = member("koordinator", kept.office.regency, Role.COORDINATOR)
    end_unit(kept.office.dander, last_day=date.today() - timedelta(days=1), by=head)


def enter_a_day_off(kept):
    Holiday.objects.create(
        date=date(2026, 11, 25), name="Hari yang baru saja ditetapkan", kind=DayOffKind.NATIONAL
    )


CHANGES = [
    (publish, ABOUT),
    (unpublish, ABOUT),
    (change_address, ABOUT),
    (move, ABOUT),
    (delete, ABOUT),
    (restrict, ABOUT),
    (restrict_to_a_group, ABOUT),
    (confirm_another_number, KAPAS),
    (confirm_another_number, POSTER),
    (withdraw_consent, KAPAS),
    (withdraw_consent, POSTER),
    (delete_a_personal_number, KAPAS),
    (change_head, KAPAS),
    (change_head, POSTER),
    (rename_portal, "/"),
    (rename_portal, "/pengaduan/"),
    (rename_unit, KAPAS),
    (rename_unit, "/unit/"),
    (open_a_page_below, KAPAS),
    (end_the_unit, "/unit/"),
    (enter_a_day_off, CALCULATOR),
]


@pytest.mark.parametrize(
    ("change", "address"), [pytest.param(*row, id=f"{row[0].__name__} {row[1]}") for row in CHANGES]
)
def test_a_change_is_seen_at_once(kept, settings, change, address):
    before = kept.read(address)
    assert before.status_code == 200
    with kept.writing():
        change(kept)
    assert is_fresh(kept, settings, address, before)


def test_a_withdrawn_number_is_in_no_kept_file(kept):
    assert "wa.me/6281234567890" in kept.text(KAPAS)
    with kept.writing():
        withdraw(kept.personal, kept.operator)
    assert "wa.me/6281234567890" not in kept.text(KAPAS)
    assert [file for file in files() if b"6281234567890" in unpacked(file)] == []


# --- Reports -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(kept):
    with kept.writing():
        return Desk.at_kapas(kept.office)


def put_the_answer_beside_it(desk, case):
    shown(desk, case)


def take_the_copy_back(desk, case):
    desk_services.change_public_copy(case, by=desk.staff("operator"), seen=None)


def word_it_anew(desk, case):
    desk_services.change_public_copy(
        case, by=desk.staff("operator"), seen=None, public_text="Jembatan rusak dan licin."
    )


@pytest.mark.parametrize("change", [put_the_answer_beside_it, take_the_copy_back, word_it_anew])
def test_what_is_done_with_a_public_report_is_seen_at_once(kept, desk, settings, change):
    with kept.writing():
        case = answered(desk, published(desk))
    before = kept.read(page_of(case))
    with kept.writing():
        change(desk, case)
    assert is_fresh(kept, settings, page_of(case), before)


def test_the_state_of_a_public_report_is_seen_at_once(kept, desk, settings):
    with kept.writing():
        case = published(desk)
    before = kept.read(page_of(case))
    with kept.writing():
        answered(desk, case)
    assert is_fresh(kept, settings, page_of(case), before)


def test_a_report_that_nobody_reads_yet_leaves_public_pages_as_they_are(kept, desk):
    before = generation()
    with kept.writing():
        desk_services.verify(received_now(desk), by=desk.staff("operator"), seen=None, told_head="langsung")
    assert generation() == before


# --- Other processes -------------------------------------------------------------------------------------------------------


def test_another_process_ends_what_this_one_keeps(kept, settings, django_assert_num_queries):
    kept.read(ABOUT)
    before, folder = generation(), settings.PAGE_CACHE_ROOT.parent
    assert folder / "halaman" == settings.PAGE_CACHE_ROOT
    told = "from home.freshness import public_content_changed; public_content_changed()"
    assert manage("shell", "-v0", "-c", told, DATA_DIR=str(folder)).returncode == 0
    assert generation() != before
    kept.about.body = "<p>Kata-kata baru.</p>"
    kept.about.save()
    assert "Kata-kata baru." in kept.text(ABOUT)
