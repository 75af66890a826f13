from contextlib import suppress
from datetime import date, time

import pytest
from django.contrib.auth import get_user_model
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from cases.models import (
    Case,
    Erasure,
    Holiday,
    HolidayDecree,
    MessageTemplate,
    OfficeHours,
    RetentionRule,
    Rule,
    Task,
)
from opd_pages.models import Leader, Membership, Role, SearchWord, Section, Unit, UnitKind, UnitPage
from opd_pages.services.unit_pages import open_unit_page
from pengaduan.models import Category, DeskSettings, SectionDuty
from ppid.models import ConsequenceTest, ExclusionGround, LetterTemplate

from ..browsers import words
from ..factories import join, make_unit, make_user, member

pytestmark = pytest.mark.django_db

REGISTERS = [
    "cases_erasure",
    "cases_holiday",
    "cases_holidaydecree",
    "cases_messagetemplate",
    "cases_officehours",
    "cases_retentionrule",
    "cases_rule",
    "home_user",
    "opd_pages_leader",
    "opd_pages_membership",
    "opd_pages_searchword",
    "opd_pages_section",
    "opd_pages_unit",
    "opd_pages_unitkind",
    "pengaduan_category",
    "pengaduan_desksettings",
    "pengaduan_sectionduty",
    "ppid_consequencetest",
    "ppid_exclusionground",
    "ppid_lettertemplate",
]
ACTIONS = ["index", "create", "edit", "delete", "inspect", "history"]


# Kept at a desk and only looked up here.
ONLY_READ = tuple(
    f"/admin/{register}/{action}"
    for register in ("opd_pages/leader", "cases/erasure", "ppid/consequencetest")
    for action in ("edit", "history")
)


def erased(unit: Unit) -> Erasure:
    case = Case.objects.create(
        kind="complaint",
        number="2026-ADU-KPS-000009",
        receiving_unit=unit,
        responsible_unit=unit,
        area=unit,
        lineage=unit.lineage,
        status="resolved",
        identity_mode="named",
        received_at=timezone.now(),
    )
    return Erasure.objects.create(
        case=case, subject="identity", at=timezone.now(), basis="UU 27/2022", rows=1
    )


def weighed(unit: Unit) -> ConsequenceTest:
    return ConsequenceTest.objects.create(
        number="1",
        unit=unit,
        information="Uji",
        ground=ExclusionGround.objects.get(letter="h"),
        legal_basis="Uji",
        if_opened="Uji",
        if_closed="Uji",
        decided_by="Uji",
        decided_on=date(2026, 1, 5),
    )


@pytest.fixture
def rows(small_portal, administrator):
    """A row of every register, by the register's name."""
    return {
        "cases_erasure": erased(small_portal.kapas),
        "cases_retentionrule": RetentionRule.objects.get(kind="complaint", subject="identity"),
        "cases_holiday": Holiday.objects.create(date=date(2026, 8, 17), name="Kemerdekaan", kind="daerah"),
        "cases_holidaydecree": HolidayDecree.objects.create(year=2031, number="SKB 1"),
        "cases_messagetemplate": MessageTemplate.objects.create(
            code="uji_1", title="Uji", subject="Uji", body="Uji"
        ),
        "cases_officehours": OfficeHours.objects.create(
            weekday=0,
            opens=time(8),
            closes=time(14),
            valid_from=date(2031, 1, 1),
            valid_until=date(2031, 1, 31),
        ),
        "cases_rule": Rule.objects.create(
            procedure="uji",
            step="uji",
            title="Uji",
            amount=3,
            unit="hari",
            legal_basis="Uji",
            effective_from=date(2026, 1, 1),
        ),
        "home_user": make_user("rini"),
        "opd_pages_leader": Leader.objects.create(unit=small_portal.kapas, office="Camat Kapas"),
        "opd_pages_membership": Membership.objects.get(user=administrator),
        "opd_pages_searchword": SearchWord.objects.create(word="ktp", unit=small_portal.works),
        "opd_pages_section": small_portal.order_section,
        "opd_pages_unit": small_portal.dander,
        "opd_pages_unitkind": UnitKind.objects.get(code="bagian setda"),
        "pengaduan_category": (category := Category.objects.create(name="Uji")),
        "pengaduan_desksettings": DeskSettings.objects.create(unit=small_portal.kapas),
        "pengaduan_sectionduty": SectionDuty.objects.create(
            section=small_portal.order_section, category=category
        ),
        "ppid_consequencetest": weighed(small_portal.kapas),
        "ppid_exclusionground": ExclusionGround.objects.get(letter="h"),
        "ppid_lettertemplate": LetterTemplate.objects.first(),
    }


def addresses(rows, actions) -> list[str]:
    """The pages of every register for these actions, where it has such pages."""
    found = []
    for register in REGISTERS:
        for action in actions:
            row = [] if action in ("index", "create") else [rows[register].pk]
            with suppress(NoReverseMatch):
                found.append(reverse(f"{register}_modeladmin_{action}", args=row))
    return found


def test_every_register_stands_in_this_list():
    found = {
        str(name).removesuffix("_modeladmin_index")
        for name in get_resolver().reverse_dict
        if str(name).endswith("_modeladmin_index")
    }
    assert sorted(found) == REGISTERS


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_editor_is_turned_away_from_every_page_of_every_register(as_editor, rows, method):
    pages = addresses(rows, ACTIONS)
    answers = {page: getattr(as_editor, method)(page) for page in pages}
    turned_away = [page for page, answer in answers.items() if answer.headers.get("Location") == "/admin/"]
    assert turned_away == pages


def test_an_administrator_opens_every_register(as_administrator, rows):
    pages = [page for page in addresses(rows, ["index", "edit", "history"]) if not page.startswith(ONLY_READ)]
    assert {page: as_administrator.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)


def test_what_others_refer_to_is_not_deleted(as_administrator, rows):
    kept = [
        "cases_erasure",
        "cases_retentionrule",
        "cases_messagetemplate",
        "cases_rule",
        "home_user",
        "opd_pages_membership",
        "opd_pages_unit",
        "opd_pages_unitkind",
        "pengaduan_category",
    ]
    for register in kept:
        as_administrator.post(reverse(f"{register}_modeladmin_delete", args=[rows[register].pk]))
    assert [name for name in kept if not type(rows[name]).objects.filter(pk=rows[name].pk).exists()] == []


def test_a_section_that_a_disposition_names_stays_and_the_register_says_why(as_administrator, rows):
    case = rows["cases_erasure"].case
    section = Section.objects.create(unit=case.responsible_unit, name="Seksi Contoh")
    owed = {"step": "draft", "unit": section.unit, "role": Role.OPERATOR, "opened_at": timezone.now()}
    Task.objects.create(case=case, section=section, **owed)
    address = reverse("opd_pages_section_modeladmin_delete", args=[section.pk])
    page = as_administrator.post(address, follow=True)
    assert "Seksi Contoh” masih dipakai, jadi tidak dapat dihapus." in words(page)
    assert Section.objects.filter(pk=section.pk).exists()


def test_an_administrator_has_no_page_of_wagtail_s_own_for_groups_and_accounts(as_administrator):
    pages = ["/admin/users/", "/admin/groups/", "/admin/sites/"]
    assert [as_administrator.get(page).status_code for page in pages] == [302, 302, 302]


# --- units -----------------------------------------------------------------------------------------------------------------
@pytest.fixture
def new_unit(small_portal):
    return {
        "code": "35.22.DINKES",
        "short_code": "DINKES",
        "name": "Dinas Kesehatan",
        "kind": "dinas",
        "parent": small_portal.regency.pk,
    }


def test_a_unit_made_by_form_has_its_page_at_once(as_administrator, new_unit):
    as_administrator.post("/admin/opd_pages/unit/create/", new_unit)
    assert UnitPage.objects.get(unit__code="35.22.DINKES").url == "/dinas-kesehatan/"


def test_a_unit_s_codes_stay_what_they_were(as_administrator, small_portal, new_unit):
    as_administrator.post(f"/admin/opd_pages/unit/edit/{small_portal.works.pk}/", new_unit)
    small_portal.works.refresh_from_db()
    assert (small_portal.works.code, small_portal.works.short_code, small_portal.works.name) == (
        "35.22.DPUBMPR",
        "DPUBMPR",
        "Dinas Kesehatan",
    )


def test_a_unit_moved_by_form_takes_its_page_along(as_administrator, small_portal):
    page = open_unit_page(small_portal.bakalan)
    as_administrator.post(
        f"/admin/opd_pages/unit/edit/{small_portal.bakalan.pk}/",
        {"name": "Bakalan", "kind": "desa", "parent": small_portal.dander.pk},
    )
    assert UnitPage.objects.get(pk=page.pk).url == "/kecamatan-dander/desa-bakalan/"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"parent": ""}, {"parent": ["Pilih induk unit ini."]}),
        ({"kind": "kota"}, {"parent": ["Kabupaten atau kota tidak mempunyai induk."]}),
        ({"short_code": "dinkes!"}, {"short_code": ["Pakai huruf besar, angka, dan tanda hubung."]}),
    ],
)
def test_a_unit_in_a_wrong_place_is_refused_beside_the_field(as_administrator, new_unit, changes, fault):
    answer = as_administrator.post("/admin/opd_pages/unit/create/", new_unit | changes)
    assert answer.context["form"].errors == fault
    assert not Unit.objects.filter(code="35.22.DINKES").exists()


def test_the_list_of_units_asks_the_database_no_more_for_more_rows(
    as_administrator, small_portal, django_assert_max_num_queries
):
    for number in range(20):
        make_unit(
            f"35.22.14.{2100 + number}", f"KPS-{2100 + number}", f"Desa {number}", "desa", small_portal.kapas
        )
    with django_assert_max_num_queries(20):
        as_administrator.get("/admin/opd_pages/unit/")


def test_pages_are_called_by_the_office_s_new_word_for_their_kind(as_administrator, small_portal):
    words = {"label": "Kapanewon", "prefixes_name": "on", "head_office": "Panewu", "order": "20"}
    as_administrator.post("/admin/opd_pages/unitkind/edit/kecamatan/", words)
    assert UnitPage.objects.get(unit=small_portal.kapas).title == "Kapanewon Kapas"


def test_a_unit_moved_by_form_to_where_its_address_is_taken_gets_another(as_administrator, small_portal):
    open_unit_page(make_unit("35.22.06.2001", "DDR-2001", "Bakalan", "desa", small_portal.dander))
    page = open_unit_page(small_portal.bakalan)
    answer = as_administrator.post(
        f"/admin/opd_pages/unit/edit/{small_portal.bakalan.pk}/",
        {"name": "Bakalan", "kind": "desa", "parent": small_portal.dander.pk},
    )
    assert answer.status_code == 302
    assert UnitPage.objects.get(pk=page.pk).url == "/kecamatan-dander/desa-bakalan-kps-2001/"


def test_a_unit_renamed_by_form_renames_its_page(as_administrator, small_portal):
    as_administrator.post(
        f"/admin/opd_pages/unit/edit/{small_portal.kapas.pk}/",
        {"name": "Kapas Baru", "kind": "kecamatan", "parent": small_portal.regency.pk},
    )
    assert UnitPage.objects.get(unit=small_portal.kapas).title == "Kecamatan Kapas Baru"


def test_a_kind_keeps_its_code_and_gets_the_office_s_word(as_administrator, small_portal):
    as_administrator.post(
        "/admin/opd_pages/unitkind/edit/kecamatan/",
        {
            "code": "distrik",
            "label": "Kapanewon",
            "prefixes_name": "on",
            "head_office": "Panewu",
            "order": "20",
        },
    )
    assert Unit.objects.get(pk=small_portal.kapas.pk).full_name == "Kapanewon Kapas"


# --- leaders ---------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("action", ["create", "edit", "delete"])
def test_leaders_are_not_changed_past_the_desk_where_their_numbers_end(as_administrator, rows, action):
    leader = rows["opd_pages_leader"]
    filled = {"unit": leader.unit_id, "rank": "1", "office": "Camat Kapas", "name": "Orang Baru"}
    row = [] if action == "create" else [leader.pk]
    as_administrator.post(reverse(f"opd_pages_leader_modeladmin_{action}", args=row), filled | {"rank": "2"})
    assert [(found.pk, found.name) for found in Leader.objects.all()] == [(leader.pk, "")]


@pytest.mark.parametrize(("role", "is_led_there"), [(None, False), (Role.OPERATOR, True)])
def test_the_list_of_leaders_leads_a_keeper_to_the_desk(
    as_administrator, administrator, rows, small_portal, role, is_led_there
):
    if role:
        join(administrator, small_portal.kapas, role)
    page = as_administrator.get("/admin/opd_pages/leader/").content.decode()
    assert ("jabatan kosong" in page, "/meja/kontak/KPS/" in page) == (True, is_led_there)


# --- people ------------------------------------------------------------------------------------------------------------------
PERSON = {
    "first_name": "Rini Wulandari",
    "username": "rini",
    "email": "rini@contoh.test",
    "password": "kopi-pahit-tiap-pagi",
    "is_active": "on",
}


def test_an_account_is_made_without_any_right(as_administrator):
    as_administrator.post("/admin/home/user/create/", PERSON | {"is_superuser": "on", "groups": "1"})
    made = get_user_model().objects.get(username="rini")
    assert (made.check_password(PERSON["password"]), made.is_superuser, made.groups.count()) == (
        True,
        False,
        0,
    )


def test_a_password_made_of_the_own_name_is_refused_beside_the_field(as_administrator):
    answer = as_administrator.post("/admin/home/user/create/", PERSON | {"password": "rini@contoh.test"})
    assert list(answer.context["form"].errors) == ["password"]


def test_an_account_is_changed_without_touching_its_password(as_administrator):
    rini = make_user("rini")
    as_administrator.post(f"/admin/home/user/edit/{rini.pk}/", PERSON | {"password": "yang-lain-lagi-ini"})
    rini.refresh_from_db()
    assert (rini.first_name, rini.check_password("sandi-untuk-uji")) == ("Rini Wulandari", True)


def test_an_administrator_does_not_touch_an_account_without_bounds(as_administrator):
    root = make_user("root", is_superuser=True)
    answer = as_administrator.post(f"/admin/home/user/edit/{root.pk}/", PERSON | {"email": "x@contoh.test"})
    root.refresh_from_db()
    assert (answer.status_code, root.email) == (302, "root@contoh.test")


# --- legal time and words ------------------------------------------------------------------------------------------------------
@pytest.fixture
def rule(rows):
    return rows["cases_rule"]


@pytest.fixture
def rule_form():
    return {
        "procedure": "uji",
        "step": "uji",
        "title": "Uji",
        "amount": "5",
        "unit": "hari",
        "legal_basis": "Uji",
        "effective_from": "2026-01-01",
    }


def test_a_rule_verified_by_half_is_refused_beside_what_is_missing(as_administrator, rule, rule_form):
    answer = as_administrator.post(
        f"/admin/cases/rule/edit/{rule.pk}/", rule_form | {"verified_by": "Bagian Hukum"}
    )
    words = ["Sebutkan siapa yang memverifikasi, kapan, dan dengan naskah mana."]
    assert answer.context["form"].errors == {"verified_on": words, "verified_against": words}


def test_a_term_that_changes_is_verified_anew_and_one_that_only_ends_is_not(
    as_administrator, rule, rule_form
):
    """Whoever reads that the legal department verified it reads so of the term that stands there."""
    proof = {"verified_by": "Bagian Hukum", "verified_on": "2026-01-05", "verified_against": "UU 25/2009"}
    page, form = f"/admin/cases/rule/edit/{rule.pk}/", rule_form | proof
    as_administrator.post(page, form)
    answer = as_administrator.post(page, form | {"amount": "3"})
    assert list(answer.context["form"].errors) == ["verified_on"]
    as_administrator.post(page, form | {"effective_until": "2026-12-31"})
    as_administrator.post(
        page, form | {"effective_until": "2026-12-31", "amount": "4", "verified_on": "2026-01-06"}
    )
    rule.refresh_from_db()
    assert (rule.amount, str(rule.effective_until), str(rule.verified_on)) == (4, "2026-12-31", "2026-01-06")


def test_a_rule_for_a_step_no_procedure_knows_is_refused(as_administrator, rule, rule_form):
    other = Rule.objects.exclude(procedure="uji").first()
    answer = as_administrator.post(
        "/admin/cases/rule/create/", rule_form | {"step": other.step, "effective_from": "2027-01-01"}
    )
    assert answer.context["form"].errors == {"step": ["Langkah ini tidak ada dalam prosedur tersebut."]}


def test_a_new_rule_begins_where_the_old_one_ended(as_administrator, rule, rule_form):
    as_administrator.post(f"/admin/cases/rule/edit/{rule.pk}/", rule_form | {"effective_until": "2026-12-31"})
    as_administrator.post("/admin/cases/rule/create/", rule_form | {"effective_from": "2027-01-01"})
    assert Rule.objects.filter(procedure="uji").count() == 2


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"closes": "07:00"}, {"closes": ["Jam tutup harus sesudah jam buka."]}),
        ({"valid_until": ""}, {"valid_until": ["Isi kedua tanggal, atau kosongkan keduanya."]}),
        ({"valid_until": "2031-01-01"}, {"valid_until": ["Tanggal berakhir mendahului tanggal mulai."]}),
        (
            {"valid_from": "2031-01-15"},
            {"weekday": ["Jam kantor hari ini untuk masa itu sudah tercatat. Ubah baris yang ada."]},
        ),
    ],
)
def test_odd_office_hours_are_refused_beside_the_field(as_administrator, rows, changes, fault):
    hours = {
        "weekday": "0",
        "opens": "08:00",
        "closes": "14:00",
        "valid_from": "2031-02-01",
        "valid_until": "2031-02-28",
    }
    answer = as_administrator.post("/admin/cases/officehours/create/", hours | changes)
    assert answer.context["form"].errors == fault


def test_a_message_with_a_field_nobody_fills_is_refused(as_administrator, rows):
    template = rows["cases_messagetemplate"]
    answer = as_administrator.post(
        reverse("cases_messagetemplate_modeladmin_edit", args=[template.pk]),
        {"title": "Uji", "subject": "Uji", "body": "Yth. {nama}"},
    )
    assert answer.context["form"].errors == {"body": ["Isian tidak dikenal: {nama}."]}


def test_a_rule_of_retention_names_who_verified_it_whole_or_not_at_all(as_administrator, rows):
    rule = rows["cases_retentionrule"]
    answer = as_administrator.post(
        reverse("cases_retentionrule_modeladmin_edit", args=[rule.pk]),
        {"months": "0", "legal_basis": "UU 27/2022", "verified_by": "Bagian Hukum"},
    )
    proof = ["Sebutkan siapa yang memverifikasi, kapan, dan dengan naskah mana."]
    assert answer.context["form"].errors == {
        "months": ["Pastikan nilai ini lebih besar dari atau sama dengan 1."],
        "verified_on": proof,
        "verified_against": proof,
    }


def test_a_rule_of_retention_that_changes_is_verified_anew(as_administrator, rows):
    rule = rows["cases_retentionrule"]
    proof = {"verified_by": "Bagian Hukum", "verified_on": "2026-01-05", "verified_against": "UU 27/2022"}
    RetentionRule.objects.filter(pk=rule.pk).update(**proof)
    answer = as_administrator.post(
        reverse("cases_retentionrule_modeladmin_edit", args=[rule.pk]),
        {"months": "6", "legal_basis": rule.legal_basis, **proof},
    )
    assert list(answer.context["form"].errors) == ["verified_on"]
    assert RetentionRule.objects.get(pk=rule.pk).months == rule.months


def test_messages_are_worded_but_not_added(as_administrator):
    assert as_administrator.get("/admin/cases/messagetemplate/create/").status_code == 302


def test_a_monitor_of_the_kabupaten_comes_into_no_register(client, small_portal):
    client.force_login(member("tim", small_portal.regency, Role.MONITOR))
    assert client.get("/admin/opd_pages/unit/").status_code == 302
