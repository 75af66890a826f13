"""What people call offices and their services, for the demonstration."""

from opd_pages.models import SearchWord, Unit

from .units import ROOT

WORDS = {
    "DUKCAPIL": (
        "dukcapil",
        "capil",
        "ktp",
        "e-ktp",
        "kk",
        "kartu keluarga",
        "akta",
        "akta kelahiran",
        "kia",
    ),
    "DPUBMPR": ("jalan berlubang", "jalan rusak", "jembatan rusak", "pu"),
    "BPBD": ("banjir", "tanah longsor", "bencana"),
    "DINKES": ("puskesmas", "posyandu", "imunisasi"),
    "BUMD-PDAM": ("air mati", "ledeng", "pdam"),
    "DISDIK": ("sekolah", "ppdb", "beasiswa"),
    "DINSOS": ("bansos", "pkh", "bantuan sosial"),
    "DPMPTSP": ("izin usaha", "nib", "oss"),
    "BAPENDA": ("pbb", "pajak", "bphtb"),
    "DISNAKKAN": ("sapi", "ternak", "vaksin pmk"),
}


def make_words() -> int:
    """The words that are missing. Returns how many were made."""
    units = Unit.objects.filter(code__in=[f"{ROOT}.{code}" for code in WORDS], is_demo=True).in_bulk(
        field_name="code"
    )
    known = set(SearchWord.objects.values_list("word", "unit"))
    wanted = [
        SearchWord(word=word, unit=units[f"{ROOT}.{code}"])
        for code, words in WORDS.items()
        if f"{ROOT}.{code}" in units
        for word in words
    ]
    return len(SearchWord.objects.bulk_create(row for row in wanted if (row.word, row.unit_id) not in known))
