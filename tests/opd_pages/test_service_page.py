import pytest

from home.models import FaqPage
from opd_pages.models import ServicePage, UnitPage
from tests.browsers import soup
from tests.editing import create, faults, rich_text, streamfield

STANDARD = {
    "title": "KTP elektronik",
    "slug": "ktp",
    "summary": "Membuat KTP elektronik untuk pertama kali.",
    "requirements": rich_text("<ul><li>Kartu Keluarga</li></ul>"),
    "procedure": streamfield([("step", {"title": "Ambil nomor", "note": "loket 1"}), ("step", {"title": "Rekam foto", "note": ""})]),
    "duration": "1 hari kerja",
    "fee": "Gratis",
    "product": "KTP elektronik",
    "complaints": "Loket pengaduan di ruang depan.",
    "legal_basis": "",
}  # fmt: skip


def service(page: UnitPage, **fields) -> ServicePage:
    values = {
        "title": "KTP elektronik",
        "slug": "ktp",
        "summary": "Membuat KTP.",
        "requirements": "<ul><li>Kartu Keluarga</li></ul>",
        "procedure": [("step", {"title": "Ambil nomor", "note": "loket 1"})],
        "duration": "1 hari kerja",
        "fee": "Gratis",
        "product": "KTP elektronik",
        "complaints": "Loket pengaduan.",
    }
    return page.add_child(instance=ServicePage(**values | fields))


@pytest.fixture
def page(editor, small_portal) -> UnitPage:
    return UnitPage.objects.get(unit=small_portal.kapas)


def test_an_editor_publishes_a_service_with_its_standard(as_editor, client, page):
    assert faults(create(as_editor, ServicePage, page, STANDARD)) == {}
    shown = soup(client.get("/kecamatan-kapas/ktp/"))
    assert shown.h1.text == "KTP elektronik"
    assert [step.b.text for step in shown.select("ol.steps li")] == ["Ambil nomor", "Rekam foto"]
    assert [each.text for each in shown.select("h2")] == [
        "Ringkasnya",
        "Persyaratan",
        "Prosedur",
        "Pengaduan",
    ]
    assert shown.select_one('a[href="/lapor/?unit=KPS"]')


@pytest.mark.parametrize(
    "component", ["requirements", "procedure", "duration", "fee", "product", "complaints"]
)
def test_a_service_without_a_component_of_its_standard_is_not_published(as_editor, page, component):
    empty = {"requirements": rich_text(""), "procedure": streamfield([])}
    response = create(as_editor, ServicePage, page, STANDARD | {component: empty.get(component, "")})
    assert list(faults(response)) == [component]
    assert not ServicePage.objects.exists()


def test_the_units_page_leads_to_its_services_and_other_pages(client, page):
    service(page)
    page.add_child(instance=FaqPage(title="Tanya jawab", slug="tanya", questions=[]))
    service(page, title="Rencana", slug="rencana", live=False)
    context = client.get("/kecamatan-kapas/").context
    assert context["services"] == [{"title": "KTP elektronik", "url": "/kecamatan-kapas/ktp/"}]
    assert context["more"] == [{"title": "Tanya jawab", "url": "/kecamatan-kapas/tanya/"}]


def test_the_way_up_from_a_service_leads_over_its_unit(client, page):
    service(page)
    assert client.get("/kecamatan-kapas/ktp/").context["crumbs"] == [
        {"title": "Beranda", "url": "/"},
        {"title": "Kecamatan Kapas", "url": "/kecamatan-kapas/"},
    ]


def test_a_service_takes_6_queries(client, page, django_assert_num_queries):
    """Site, home page, the page's two rows, those above; settings."""
    service(page)
    client.logout()
    client.get("/kecamatan-kapas/ktp/")
    with django_assert_num_queries(6):
        client.get("/kecamatan-kapas/ktp/")


def test_a_service_is_found_by_the_words_of_its_standard(page):
    service(page, title="Layanan loket 3", product="Surat keterangan pindah")
    found = ServicePage.objects.search("pindah")
    assert [each.title for each in found] == ["Layanan loket 3"]
