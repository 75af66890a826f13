"""All the places in which anyone could come upon what a report's public copy says."""

from cases.models import Case
from tests.browsers import browser

HOME, UNIT = "/", "/kecamatan-kapas/"


def places_showing(case: Case, words: str, *, search: str, photos: tuple[str, ...] = ()) -> set[str]:
    """Where a stranger reads these words of the report now, with the photos of its copy that can still be opened."""
    anyone = browser()
    places = {
        "page": f"/pengaduan/{case.number}/",
        "list": "/pengaduan/",
        "search": f"/cari/?q={search}",
        "home": HOME,
    }
    read = {name for name, address in places.items() if words in anyone.get(address).content.decode()}
    return read | {"photo" for address in photos if anyone.get(address).status_code == 200}
