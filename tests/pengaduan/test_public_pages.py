"""What anyone may read of complaints: the reviewed copy and the approved answer, and nothing of what was told."""

from datetime import timedelta
from itertools import chain

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cases.actors import Reporter
from cases.models import Case
from cases.services.changes import CaseRefusal
from cases.services.public_photos import cover
from pengaduan.models import Answer, Complaint
from pengaduan.panels import newest_answers, newest_reports_to
from pengaduan.services import answers, reporter
from pengaduan.services import desk as desk_services
from tests.browsers import act, browser, photo, queries_of, received_now, report_form, soup, words

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


def answered(desk, case: Case, text: str = "Papan sudah diganti.", **draft) -> Case:
    """Answered to the reporter, and to nobody else yet."""
    section = desk.office.building_section
    desk_services.dispose(case, by=desk.staff("head"), seen=None, section=section)
    draft = {"outcome": "done"} | draft
    answers.draft_answer(case, by=desk.staff("drafter"), seen=None, text=text, **draft)
    answers.publish_answer(case, by=desk.staff("head"), seen=None)
    return steps.fresh(case)


def shown(desk, case: Case, text: str = "Papan sudah diganti.") -> Case:
    """With the answer that an officer has worded for everyone."""
    operator = desk.staff("operator")
    desk_services.change_public_copy(case, by=operator, seen=None, public_text=COPY, public_answer=text)
    return steps.fresh(case)


@pytest.fixture
def anyone():
    return browser()


def test_the_reviewed_copy_and_its_answer_are_read_by_anyone(desk, anyone):
    case = shown(desk, answered(desk, published(desk)))
    page = soup(anyone.get(page_of(case)))
    assert [p.get_text() for p in page.select("main .said p")] == [COPY, "Papan sudah diganti."]
    assert page.select_one("main .tag").get_text() == "Dijawab"


def test_it_says_where_and_who_is_responsible(desk, anyone):
    case = published(desk)
    day = timezone.localdate(case.received_at)
    assert f"Desa Bakalan, Kecamatan Kapas · Kecamatan Kapas · masuk {day.day} " in words(
        anyone.get(page_of(case))
    )


def test_the_answer_to_the_reporter_is_read_by_nobody_else(desk, anyone):
    case = answered(desk, published(desk), "Pak Karto sudah kami tegur.")
    assert "Karto" not in words(anyone.get(page_of(case)))
    assert "Laporan ini sudah dijawab. Jawaban untuk umum belum ditampilkan." in words(
        anyone.get(page_of(case))
    )
    case = shown(desk, case, "Yang menutup jembatan sudah kami tegur.")
    said = [p.get_text() for p in soup(anyone.get(page_of(case))).select("main .said p")]
    assert said == [COPY, "Yang menutup jembatan sudah kami tegur."]
    assert newest_answers()["cases"] == [case]


def test_the_desk_is_asked_to_word_the_answer_for_everyone(desk):
    case = answered(desk, published(desk), "Pak Karto sudah kami tegur.")
    assert "public_answer" in steps.open_steps(case)
    operator = browser(desk.operator)
    form = soup(operator.get(f"/meja/perkara/{case.number}/")).find(id="public-copy").form
    assert form.find("textarea", attrs={"name": "public-copy-public_answer"}).get_text().strip() == (
        "Pak Karto sudah kami tegur."
    )
    answer = "Yang menutup jembatan sudah kami tegur."
    act(operator, case, "public-copy", public_text=COPY, public_answer=answer)
    assert "public_answer" not in steps.open_steps(case)
    assert steps.latest_answer(case).public_text == answer


def test_of_a_report_without_a_copy_no_answer_is_worded_for_everyone(desk):
    case = answered(desk, steps.verified(desk, received_now(desk), timezone.now()))
    assert "public_answer" not in steps.open_steps(case)


def test_a_new_answer_is_not_shown_in_the_words_of_the_old_one(desk, anyone):
    case = shown(desk, answered(desk, published(desk)))
    reporter.ask_to_reopen(case, by=Reporter(), reason="Masih rusak.")
    coordinator = desk.staff("coordinator")
    desk_services.decide_reopening(case, by=coordinator, seen=None, is_granted=True, reason="Benar.")
    answered(desk, case, "Pak Karto kami panggil.")
    said = [p.get_text() for p in soup(anyone.get(page_of(case))).select("main .said p")]
    assert said == [COPY]


@pytest.mark.parametrize("ending", ["withdrawn", "duplicate", "archived"])
def test_what_is_withdrawn_archived_or_anothers_double_is_shown_no_more(desk, anyone, ending):
    case = published(desk)
    if ending == "withdrawn":
        reporter.withdraw(case, by=Reporter(), reason="Sudah beres.")
    else:
        operator = desk.staff("operator")
        desk_services.end_without_answer(case, by=operator, seen=None, target=ending, reason="Uji coba.")
    assert anyone.get(page_of(case)).status_code == 404
    assert steps.event_kinds(case).count("copy_withdrawn") == 1
    with pytest.raises(CaseRefusal, match="tidak ditampilkan"):
        shown(desk, case)


@pytest.mark.parametrize(
    "hidden", ["Karto", "RT 3", "Warga Uji", "081234", "6281234", "contoh.test", "sebelah rumah"]
)
def test_nothing_of_what_was_told_is_on_a_public_page(desk, anyone, hidden):
    case = shown(desk, answered(desk, published(desk)))
    pages = [anyone.get(address).content.decode() for address in (page_of(case), LIST)]
    assert [hidden in page for page in pages] == [False, False]


@pytest.mark.parametrize("officer", ["operator", "camat", "ppid"])
def test_no_officer_is_named_on_a_public_page(desk, anyone, officer):
    for user in (desk.operator, desk.head, desk.drafter):
        user.first_name = f"Nama{user.username}"
        user.save()
    case = shown(desk, answered(desk, published(desk)))
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
    assert (newest_answers(), newest_reports_to(desk.office.kapas)) == (None, None)


def test_a_copy_taken_back_is_gone_everywhere(desk, anyone):
    case = shown(desk, answered(desk, published(desk)))
    desk_services.change_public_copy(case, by=desk.staff("operator"), seen=None, public_text="")
    assert anyone.get(page_of(case)).status_code == 404
    assert soup(anyone.get(LIST)).select("main li") == []
    assert (newest_answers(), newest_reports_to(desk.office.kapas)) == (None, None)


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
        public_photos=[cover(shown)],
        told_head="telepon",
    )
    images = soup(anyone.get(page_of(case))).select("main img")
    assert [image["src"] for image in images] == [f"/berkas/umum/{shown.public_photo.key}/"]


def test_an_open_promise_is_shown_with_its_day(desk, anyone):
    until = timezone.localdate() + timedelta(days=20)
    case = shown(desk, answered(desk, published(desk), outcome="promised", promised_until=until))
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
            public_text="Sudah.",
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
    assert queries_of(anyone, page_of(shown(desk, answered(desk, published(desk))))) == 6


def test_the_newest_answer_comes_first_on_the_home_page(desk):
    copies(desk, 6)
    now = timezone.now()
    first = Case.objects.order_by("pk").first()
    first.answers.update(approved_at=now + timedelta(hours=1))
    assert newest_answers()["cases"][0] == first


def test_a_report_that_was_answered_twice_stands_on_the_home_page_once(desk):
    copies(desk, 2)
    case = Case.objects.order_by("pk").first()
    Answer.objects.create(
        case=case,
        text="Diganti semua.",
        public_text="Diganti semua.",
        outcome="done",
        drafted_by=desk.drafter,
        drafted_at=timezone.now(),
        approved_by=desk.head,
        approved_at=timezone.now() + timedelta(hours=1),
    )
    panel = newest_answers()
    assert [case.published_answers[0].text for case in panel["cases"]] == ["Diganti semua.", "Sudah."]


def test_the_panel_of_the_home_page_takes_1_query(desk, django_assert_num_queries):
    copies(desk, 6)
    with django_assert_num_queries(1):
        panel = newest_answers()
        assert [case.published_answers[0].text for case in panel["cases"]] == ["Sudah."] * 4


def test_the_panel_of_a_unit_takes_2_queries(desk, django_assert_num_queries):
    copies(desk, 6)
    with django_assert_num_queries(2):
        panel = newest_reports_to(desk.office.kapas)
        assert [case.responsible_unit.full_name for case in panel["cases"]] == ["Kecamatan Kapas"] * 3
