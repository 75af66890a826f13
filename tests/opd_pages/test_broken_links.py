"""Links that lead nowhere: found by the worker, kept until the next look, shown to who mends them."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from cases.services.sweep import sweep
from home.models import BrokenLink, DocumentsPage, FaqPage, GalleryPage, LinkFault, PlainPage
from home.services.link_checks import check_links, pages_to_check
from opd_pages.models import Commitment, CommitmentsPage, Role, UnitPage
from opd_pages.selectors.unit_tasks import task_board
from tests.browsers import browser, photo, queries_of, words
from tests.factories import member

from .test_service_page import service

NOW = timezone.now()


@pytest.fixture
def page(portal) -> UnitPage:
    return UnitPage.objects.get(unit=portal.kapas)


@pytest.fixture
def editor(portal):
    return member("siti", portal.kapas, Role.EDITOR)


def written(page: UnitPage, html: str, slug: str = "tentang") -> PlainPage:
    return page.add_child(instance=PlainPage(title="Tentang kami", slug=slug, body=html))


def broken(now=NOW) -> list[tuple[str, str]]:
    check_links(now)
    return list(BrokenLink.objects.values_list("words", "fault"))


def again(days: float):
    return NOW + timedelta(days=days)


def document(page: UnitPage):
    return get_document_model().objects.create(
        title="Formulir", file=ContentFile(b"%PDF-1.4", "formulir.pdf"), collection=page.collection
    )


def image(page: UnitPage):
    return get_image_model().objects.create(
        title="Loket", file=ContentFile(photo(), "loket.jpg"), collection=page.collection
    )


def test_a_link_to_an_unpublished_page_is_told_at_the_next_look_and_a_mended_one_no_more(page):
    target = service(page)
    told = written(page, f'<p><a linktype="page" id="{target.pk}">Syarat KTP</a></p>')
    assert broken() == []
    target.unpublish()
    assert broken(again(6)) == []
    assert broken(again(7)) == [("Syarat KTP", "unpublished")]
    told.body = "<p>Datang saja ke loket.</p>"
    told.save_revision().publish()
    # At once after it was published, not a week later.
    PlainPage.objects.filter(pk=told.pk).update(last_published_at=again(8))
    assert broken(again(8.1)) == []


def test_what_was_deleted_is_told_by_what_it_was(page):
    target, file, picture = service(page), document(page), image(page)
    written(
        page,
        f'<p><a linktype="page" id="{target.pk}">Layanan</a> <a linktype="document" id="{file.pk}">Formulir</a>'
        f' <embed embedtype="image" id="{picture.pk}" alt="Loket" format="left"/></p>',
    )
    assert broken() == []
    target.delete()
    file.delete()
    picture.delete()
    assert broken(again(7)) == [("Layanan", "gone"), ("Formulir", "no_document"), ("Loket", "no_image")]


def test_files_and_pictures_in_blocks_are_missed_too_and_files_that_are_gone_from_the_disk(page):
    file, picture = document(page), image(page)
    page.add_child(
        instance=DocumentsPage(
            title="Dokumen", slug="dokumen", documents=[("document", {"document": file, "description": ""})]
        )
    )
    shown = ("picture", {"image": picture, "alt": "Loket", "caption": ""})
    page.add_child(instance=GalleryPage(title="Galeri", slug="galeri", images=[shown]))
    answer = '<p><a href="/tidak-ada/">Jadwal</a></p>'
    question = ("question", {"question": "Kapan buka?", "answer": answer})
    page.add_child(instance=FaqPage(title="Tanya", slug="tanya", questions=[question]))
    assert broken() == [("Jadwal", "no_address")]
    file.file.storage.delete(file.file.name)
    picture.delete()
    assert broken(again(7)) == [
        ("Berkas", "no_document"),
        ("Gambar", "no_image"),
        ("Jadwal", "no_address"),
    ]


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("/kecamatan-kapas/ktp/", ""),
        ("/en/kecamatan-kapas/ktp/", ""),
        ("/kecamatan-kapas/ktp", ""),
        ("ktp/", "no_address"),
        ("../ktp/#syarat", ""),
        (f"{settings.PUBLIC_URL}/kecamatan-kapas/tidak-ada/", "no_address"),
        ("/kecamatan-kapas/draf/", "unpublished"),
        ("/kecamatan-kapas/dahulu/?dari=lama", "moved"),
        ("/kecamatan-kapas/berita.xml", ""),
        ("/kecamatan-kapas/berita.json", "no_address"),
        ("/lapor/?unit=KPS", ""),
        ("/unit/KPS/poster.pdf", ""),
        ("/lapor/tidak-ada/", "no_address"),
        ("/documents/999999/formulir.pdf", "no_document"),
        ("#bagian", ""),
        ("", ""),
        ("https://contoh.test/tidak-ada/", ""),
        ("mailto:kapas@contoh.test", ""),
        ("tel:112", ""),
        ("http://[", ""),
    ],
)
def test_a_typed_address_is_followed_within_the_portal(page, address, fault):
    service(page)
    service(page, slug="draf").unpublish()
    Redirect.objects.create(old_path="/kecamatan-kapas/dahulu", redirect_page=page)
    written(page, f'<p><a href="{address}">ke sana</a></p>')
    assert broken() == ([("ke sana", fault)] if fault else [])


def test_the_evidence_of_a_commitment_is_followed_too(page):
    plan = page.add_child(instance=CommitmentsPage(title="Rencana aksi", slug="rencana", period="2026"))
    Commitment.objects.create(
        page=plan,
        text="Jalan dirabat.",
        unit=page.unit,
        due_on=NOW.date(),
        evidence_url=f"{settings.PUBLIC_URL}/hilang/",
    )
    assert broken() == [("tautan bukti", "no_address")]


def test_of_pages_that_nobody_reads_nothing_is_told(page):
    told = written(page, '<p><a href="/hilang/">ke sana</a></p>')
    assert broken() == [("ke sana", "no_address")]
    told.unpublish()
    assert task_board(member("siti", page.unit, Role.EDITOR)).broken.total == 0


def test_the_worker_looks_and_then_has_nothing_to_look_at_until_next_week(page):
    written(page, '<p><a href="/hilang/">ke sana</a></p>')
    now = timezone.now()
    sweep(now)
    assert BrokenLink.objects.count() == 1
    assert not pages_to_check(now + timedelta(days=6)).exists()
    assert pages_to_check(now + timedelta(days=7)).count() == Page.objects.live().filter(depth__gt=1).count()


def test_a_page_that_cannot_be_read_holds_up_nobody_behind_it_and_is_not_called_sound(page, monkeypatch):
    from home.services import link_checks

    unreadable = written(page, "<p>x</p>", slug="rusak")
    BrokenLink.objects.create(page=unreadable, fault=LinkFault.GONE, words="dahulu")
    written(page, '<p><a href="/hilang/">ke sana</a></p>')
    read = link_checks.links_of

    def stumbling(each):
        if each.pk == unreadable.pk:
            raise KeyError("type")
        return read(each)

    monkeypatch.setattr(link_checks, "links_of", stumbling)
    assert broken(again(days=1)) == [("dahulu", "gone"), ("ke sana", "no_address")]
    assert not pages_to_check(again(days=1)).exists()


def test_who_mends_it_is_led_to_the_form_and_others_are_told_who_does(page, editor, operator, portal):
    told = written(page, '<p><a href="/hilang/">ke sana</a></p>')
    check_links(NOW)
    shown = browser(editor).get("/meja/tugas/")
    assert f'href="/admin/pages/{told.pk}/edit/"' in shown.content.decode()
    assert "“ke sana” : alamat ini tidak ada di portal (/hilang/)" in words(shown)
    assert "Diperbaiki penyunting halaman." in words(browser(operator).get("/meja/tugas/"))
    assert task_board(member("dander", portal.dander, Role.EDITOR)).broken.total == 0


def test_a_look_at_40_more_pages_and_their_list_ask_the_same_of_the_database(
    page, editor, django_assert_max_num_queries
):
    def asked(count, now) -> int:
        for number in range(count):
            html = f'<p><a href="/hilang/{number}/">a</a> <a linktype="page" id="{900000 + number}">b</a></p>'
            written(page, html, slug=f"h{count}-{number}")
        with django_assert_max_num_queries(40) as captured:
            check_links(now)
        return len(captured)

    few = asked(1, NOW)
    client = browser(editor)
    listed = queries_of(client, "/meja/tugas/")
    assert asked(30, again(7)) == few
    assert BrokenLink.objects.count() == 62
    assert queries_of(client, "/meja/tugas/") == listed
