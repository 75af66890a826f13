"""What anyone may read of complaints: the reviewed copy and the approved answer, and nothing of what was told."""

from datetime import timedelta
from itertools import chain

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cases.models import Case
from pengaduan.models import Answer, Complaint
from pengaduan.panels import answered_by, recently_answered
from pengaduan.services import answers
from pengaduan.services import desk as desk_services
from tests.browsers import browser, photo, queries_of, received_now, report_form, soup, words

from . import steps

LIST = "/pengaduan/"
COPY = "Jembatan di desa ini rusak."
TOLD = "Pak Karto menutup jembatan dekat rumah saya, RT 3."


def page_of(case: Case) -> str:
    return f"{LIST}{case.number}/"


def published(desk, case: Case | None = None, *, text: str = COPY) -> Case:
    case = case or received_now(desk, words=TOLD, landmark="sebelah rumah Karto", village=desk.office.bakalan)
    desk_services.verify(case, by=desk.staff("operator"), seen=None, told_head="langsung", public_text=text)
    return steps.fresh(case)


def answered(desk, case: Case, text: str = "Papan sudah diganti.") -> Case:
    section = desk.office.building_section
    desk_services.dispose(case, by=desk.staff("head"), seen=None, section=section)
    answers.draft_answer(case, by=desk.staff("drafter"), seen=None, text=text, outcome="done")
    answers.publish_answer(case, by=desk.staff("head"), seen=None)
    return steps.fresh(case)


@pytest.fixture
def anyone():
    return browser()


def test_the_reviewed_copy_and_its_answer_are_read_by_anyone(desk, anyone):
    case = answered(desk, published(desk))
    page = soup(anyone.get(page_of(case)))
    assert [p.get_text() for p in page.select("main .said p")] == [COPY, "Papan sudah diganti."]
    assert page.select_one("main .tag").get_text() == "Dijawab"


def test_it_says_where_and_who_is_responsible(desk, anyone):
    case = published(desk)
    day = timezone.localdate(case.received_at)
    assert f"Desa Bakalan, Kecamatan Kapas · Kecamatan Kapas · masuk {day.day} " in words(
        anyone.get(page_of(case))
    )


@pytest.mark.parametrize(
    "hidden", ["Karto", "RT 3", "Warga Uji", "081234", "6281234", "contoh.test", "sebelah rumah"]
)
def test_nothing_of_what_was_told_is_on_a_public_page(desk, anyone, hidden):
    case = answered(desk, published(desk))
    pages = [anyone.get(address).content.decode() for address in (page_of(case), LIST)]
    assert [hidden in page for page in pages] == [False, False]


@pytest.mark.parametrize("officer", ["operator", "camat", "ppid"])
def test_no_officer_is_named_on_a_public_page(desk, anyone, officer):
    for user in (desk.operator, desk.head, desk.drafter):
        user.first_name = f"Nama{user.username}"
        user.save()
    case = answered(desk, published(desk))
    assert f"Nama{officer}" not in anyone.get(page_of(case)).content.decode()


def test_a_wording_that_nobody_approved_is_not_shown(desk, anyone):
    case = published(desk)
    desk_services.dispose(case, by=desk.staff("head"), seen=None, section=desk.office.building_section)
    answers.draft_answer(case, by=desk.staff("drafter"), seen=None, text="Rumusan rahasia.", outcome="done")
    assert "Rumusan rahasia." not in words(anyone.get(page_of(case)))


def test_a_report_without_a_copy_has_no_page(desk, anyone):
    case = received_now(desk)
    assert anyone.get(page_of(case)).status_code == 404
    assert soup(anyone.get(LIST)).select("main li") == []


@pytest.mark.parametrize(
    "number", ["2026-ADU-KPS-999999", "x", "2026-ADU-KPS-000001'--", "%00", "..", "A" * 3000]
)
def test_an_unknown_number_has_no_page(desk, anyone, number):
    assert anyone.get(f"{LIST}{number}/").status_code == 404


def test_a_secret_report_has_no_page_whatever_its_row_says(desk, anyone):
    case = received_now(desk, is_secret=True)
    Case.objects.update(published_at=timezone.now())
    Complaint.objects.update(public_text=COPY)
    assert anyone.get(page_of(case)).status_code == 404
    assert soup(anyone.get(LIST)).select("main li") == []
    assert (recently_answered(), answered_by(desk.office.kapas)) == (None, None)


def test_a_copy_taken_back_is_gone_everywhere(desk, anyone):
    case = answered(desk, published(desk))
    desk_services.change_public_copy(case, by=desk.staff("operator"), seen=None, public_text="")
    assert anyone.get(page_of(case)).status_code == 404
    assert soup(anyone.get(LIST)).select("main li") == []
    assert (recently_answered(), answered_by(desk.office.kapas)) == (None, None)


def test_only_photos_that_were_looked_at_are_shown(desk, anyone):
    photos = [SimpleUploadedFile(f"{n}.jpg", photo(size=(8, 8 + n))) for n in range(2)]
    anyone.post("/lapor/", report_form(desk.office, photos=photos))
    case = Case.objects.get()
    shown, _hidden = case.files.all()
    desk_services.verify(
        case,
        by=desk.staff("operator"),
        seen=None,
        public_text=COPY,
        public_photos=[shown],
        told_head="telepon",
    )
    images = soup(anyone.get(page_of(case))).select("main img")
    assert [image["src"] for image in images] == [f"/berkas/{shown.key}/"]


def test_an_open_promise_is_shown_with_its_day(desk, anyone):
    case = published(desk)
    desk_services.dispose(case, by=desk.staff("head"), seen=None, section=desk.office.building_section)
    until = timezone.localdate() + timedelta(days=20)
    answers.draft_answer(
        case,
        by=desk.staff("drafter"),
        seen=None,
        text="Kami ganti.",
        outcome="promised",
        promised_until=until,
    )
    answers.publish_answer(case, by=desk.staff("head"), seen=None)
    assert "Janji ini tetap terbuka sampai diperiksa oleh orang lain." in words(anyone.get(page_of(case)))


# --- The list ---------------------------------------------------------------------------------------------------------


def copies(desk, count: int, start: int = 0) -> None:
    """That many public copies with an answer each, straight into the tables."""
    now = timezone.now()
    cases = Case.objects.bulk_create(
        Case(
            kind="complaint",
            number=f"2026-ADU-KPS-1{n:05d}",
            receiving_unit=desk.office.kapas,
            responsible_unit=desk.office.kapas,
            area=desk.office.kapas,
            lineage=desk.office.kapas.lineage,
            status="answered",
            identity_mode="none",
            published_at=now + timedelta(seconds=n),
            received_at=now,
        )
        for n in range(start, start + count)
    )
    Complaint.objects.bulk_create(
        Complaint(
            case=case, report_class="complaint", procedure="kapas", public_text=f"Salinan {case.number}"
        )
        for case in cases
    )
    Answer.objects.bulk_create(
        Answer(
            case=case,
            text="Sudah.",
            outcome="done",
            drafted_by=desk.drafter,
            drafted_at=now,
            approved_by=desk.head,
            approved_at=now,
        )
        for case in cases
    )


def titles(response) -> list[str]:
    return [a.get_text() for a in soup(response).select("main li h3 a")]


def test_the_newest_copies_come_first_20_on_a_page(desk, anyone):
    copies(desk, 45)
    pages = [titles(anyone.get(LIST, {"hal": n})) for n in (1, 2, 3)]
    assert [len(page) for page in pages] == [20, 20, 5]
    assert list(chain(*pages)) == [f"Salinan 2026-ADU-KPS-1{n:05d}" for n in reversed(range(45))]


def test_pages_lead_to_each_other(desk, anyone):
    copies(desk, 45)
    links = soup(anyone.get(LIST, {"hal": 2})).select(".pagination a")
    assert [(a["rel"], a["href"]) for a in links] == [(["prev"], "?hal=1"), (["next"], "?hal=3")]


@pytest.mark.parametrize("typed", ["0", "-1", "abc", "99999", "1e9", "\x00"])
def test_a_page_that_is_not_there_shows_one_that_is(desk, anyone, typed):
    copies(desk, 1)
    assert len(titles(anyone.get(LIST, {"hal": typed}))) == 1


def test_an_empty_list_says_so(desk, anyone):
    assert "Belum ada laporan yang ditampilkan" in words(anyone.get(LIST))


# --- Queries ----------------------------------------------------------------------------------------------------------


def test_the_list_takes_as_many_queries_for_20_rows_as_for_1(desk, anyone):
    copies(desk, 1)
    few = queries_of(anyone, LIST)
    copies(desk, 19, start=1)
    assert queries_of(anyone, LIST) == few == 4


def test_a_public_page_takes_few_queries(desk, anyone):
    assert queries_of(anyone, page_of(answered(desk, published(desk)))) == 6


def test_the_panel_of_the_home_page_takes_2_queries(desk, django_assert_num_queries):
    copies(desk, 6)
    with django_assert_num_queries(2):
        panel = recently_answered()
        assert [case.published_answers[0].text for case in panel["cases"]] == ["Sudah."] * 4


def test_the_panel_of_a_unit_takes_2_queries(desk, django_assert_num_queries):
    copies(desk, 6)
    with django_assert_num_queries(2):
        panel = answered_by(desk.office.kapas)
        assert [case.responsible_unit.full_name for case in panel["cases"]] == ["Kecamatan Kapas"] * 3
