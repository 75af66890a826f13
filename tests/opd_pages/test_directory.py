import pytest
from django.core.exceptions import ValidationError

from home.models import PlainPage, PortalSettings
from opd_pages.models import SearchWord
from opd_pages.services.unit_pages import open_unit_page
from tests.factories import LONG_AGO, make_unit

from .test_service_page import service


def found(client, query: str) -> list[str]:
    return [row["title"] for row in client.get(f"/unit/{query}").context["rows"]]


def test_all_current_offices_are_listed_the_kabupaten_first(client, office):
    make_unit("35.22.LAMA", "LAMA", "Dinas Lama", "dinas", office.regency, valid_until=LONG_AGO)
    assert found(client, "") == [
        "Kabupaten Bojonegoro",
        "Inspektorat",
        "Dinas Pekerjaan Umum Bina Marga",
        "Kecamatan Dander",
        "Kecamatan Kapas",
        "Desa Bakalan, Kecamatan Kapas",
        "Desa Tanjungharjo, Kecamatan Kapas",
    ]


def test_desa_of_one_name_are_told_apart_by_their_kecamatan(client, office):
    make_unit("35.22.06.2001", "DDR-2001", "Bakalan", "desa", office.dander)
    assert found(client, "?q=bakalan") == ["Desa Bakalan, Kecamatan Dander", "Desa Bakalan, Kecamatan Kapas"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?q=DPUBMPR", ["Dinas Pekerjaan Umum Bina Marga"]),
        ("?q=bina+marga", ["Dinas Pekerjaan Umum Bina Marga"]),
        ("?q=marga+dinas", ["Dinas Pekerjaan Umum Bina Marga"]),
        ("?q=desa+bakalan+kec.+kapas", ["Desa Bakalan, Kecamatan Kapas"]),
        ("?q=Desa+Bakalan,+Kecamatan+Kapas", ["Desa Bakalan, Kecamatan Kapas"]),
        ("?q=jembatan", ["Dinas Pekerjaan Umum Bina Marga"]),
        ("?jenis=kecamatan", ["Kecamatan Dander", "Kecamatan Kapas"]),
        (
            "?kecamatan=KPS&jenis=desa",
            ["Desa Bakalan, Kecamatan Kapas", "Desa Tanjungharjo, Kecamatan Kapas"],
        ),
        ("?kecamatan=DDR", ["Kecamatan Dander"]),
        ("?q=zzz", []),
        ("?q=%25", []),
    ],
)
def test_offices_are_found_by_what_people_type(client, office, query, names):
    office.works.description = "Jalan dan jembatan kabupaten."
    office.works.save()
    assert found(client, query) == names


@pytest.mark.parametrize(
    "query",
    [
        "KTP",
        "ktp",
        "cara mengurus KTP",
        "kartu keluarga",
        "bikin kartu  keluarga di mana?",
        '"akta"',
        "capil",
    ],
)
def test_an_office_is_found_by_what_people_call_its_services(client, office, query):
    for word in ("KTP", "Kartu  Keluarga", "akta", "capil"):
        row = SearchWord(word=word, unit=office.works)
        row.full_clean()
        row.save()
    assert found(client, f"?q={query}") == ["Dinas Pekerjaan Umum Bina Marga"]


def test_a_word_may_mean_several_offices_and_go_with_a_name(client, office):
    for unit in (office.works, office.kapas, office.dander):
        SearchWord.objects.create(word="ktp", unit=unit)
    assert found(client, "?q=ktp") == [
        "Dinas Pekerjaan Umum Bina Marga",
        "Kecamatan Dander",
        "Kecamatan Kapas",
    ]
    assert found(client, "?q=ktp+kapas") == ["Kecamatan Kapas"]


def test_a_word_leads_to_the_page_of_a_service_while_it_is_published(client, office):
    open_unit_page(office.kapas)
    page = office.kapas.page.add_child(instance=PlainPage(title="KTP baru", slug="ktp", body="<p>Isi.</p>"))
    SearchWord.objects.create(word="ktp", page=page)
    response = client.get("/unit/?q=ktp")
    assert response.context["services"] == [
        {"title": "KTP baru", "url": "/kecamatan-kapas/ktp/", "meta": "Kecamatan Kapas"}
    ]
    assert "Tidak ada kantor" not in response.content.decode()
    page.unpublish()
    assert client.get("/unit/?q=ktp").context["services"] == []


def test_a_service_is_found_by_what_its_page_says_it_is_for_while_it_is_published(client, office):
    page = service(
        open_unit_page(office.bakalan),
        title="Surat pengantar",
        slug="surat-pengantar",
        summary="Untuk menikah.",
        product="Surat N1",
    )
    listed = {
        "title": "Surat pengantar",
        "url": "/kecamatan-kapas/desa-bakalan/surat-pengantar/",
        "meta": "Desa Bakalan, Kecamatan Kapas",
    }
    for query in ("menikah", "surat+n1", "PENGANTAR+nikah"):
        assert client.get(f"/unit/?q={query}").context["services"] == [listed]
    assert client.get("/unit/?q=menikah+dander").context["services"] == []
    assert client.get("/unit/").context["services"] == []
    page.unpublish()
    assert client.get("/unit/?q=menikah").context["services"] == []


def test_a_word_that_leads_nowhere_is_refused(office):
    with pytest.raises(ValidationError, match="Pilih kantor atau halaman"):
        SearchWord(word="ktp").full_clean()


def test_the_office_of_that_name_comes_first(client, office):
    make_unit("35.22.06.2002", "DDR-2002", "Kapasan", "desa", office.dander)
    assert found(client, "?q=kapas")[:2] == ["Kecamatan Kapas", "Desa Kapasan, Kecamatan Dander"]


@pytest.mark.parametrize(
    "query",
    [
        "?jenis=pesulap",
        "?jenis=%00",
        "?kecamatan=%27%20OR%201",
        "?halaman=x",
        "?halaman=0",
        "?halaman=-3",
        "?halaman=999999999999999999999",
        f"?halaman={'9' * 5000}",
        "?q=%00",
        "?q=%ED%A0%80",
        f"?q={'x' * 5000}",
        f"?q={'a+' * 500}",
        "?q[]=1&q=%22&q=*",
        "?q=%EA%A6%8F%EA%A6%A5%EA%A6%B1%EA%A7%80",
    ],
)
def test_odd_input_is_answered(client, office, query):
    assert client.get(f"/unit/{query}").status_code == 200


def test_what_was_asked_stays_in_the_form_and_in_the_next_page(client, office):
    for number in range(31):
        make_unit(f"35.22.14.3{number:03}", f"KPS-3{number:03}", f"Uji {number:02}", "desa", office.kapas)
    response = client.get("/unit/?q=uji&jenis=desa&kecamatan=KPS")
    chosen = response.context["directory"]
    assert (chosen.query, chosen.kind, chosen.district) == ("uji", "desa", "KPS")
    assert response.context["next_url"] == "?q=uji&jenis=desa&kecamatan=KPS&halaman=2"
    assert found(client, response.context["next_url"]) == ["Desa Uji 30, Kecamatan Kapas"]


def test_what_was_typed_is_never_markup(client, office):
    html = client.get("/unit/?q=%22%3E%3Cscript%3Ealert(1)").content.decode()
    assert "<script>alert" not in html


def test_an_office_leads_to_its_page_and_without_one_to_its_contacts(client, office):
    open_unit_page(office.kapas)
    urls = [row["url"] for row in client.get("/unit/?jenis=kecamatan").context["rows"]]
    assert urls == ["/k/DDR", "/kecamatan-kapas/"]


def test_only_kinds_that_exist_here_are_offered(client, office):
    kinds = client.get("/unit/").context["directory"].kinds
    assert [kind.code for kind in kinds] == ["kabupaten", "inspektorat", "dinas", "kecamatan", "desa"]


def test_the_directory_takes_8_queries_with_7_or_40_offices(client, office, django_assert_num_queries):
    PortalSettings.load()
    service(open_unit_page(office.kapas), title="Surat keterangan desa")
    with django_assert_num_queries(8):
        client.get("/unit/?q=desa&jenis=desa&kecamatan=KPS")
    for number in range(33):
        open_unit_page(
            make_unit(f"35.22.14.3{number:03}", f"KPS-3{number:03}", f"Uji {number}", "desa", office.kapas)
        )
    with django_assert_num_queries(8):
        client.get("/unit/?q=desa&jenis=desa&kecamatan=KPS")


def test_the_directory_sets_no_cookie(client, office):
    assert client.get("/unit/?q=kapas").cookies == {}
