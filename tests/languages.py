"""What a page says in which language, and the words that give a language away."""

import re
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# What a person typed, what only machines read, and what can hold no mark of its language: the heading says it again.
SILENT = {"script", "style", "textarea", "code", "svg", "title"}
SPOKEN = {"alt", "title", "placeholder", "aria-label", "aria-description"}
# Addresses, names of files and codes belong to no language; a key of random letters may hold a word.
CODE = re.compile(r"\{\w+\}|\S*(?:[@/=_\d]|\w\.\w)\S*|\b[A-Z]{2,}\b")
# The Indonesian name of what has an English one, for whoever looks for it.
BRACKETS = re.compile(r"\([^()]*\)")
WORD = re.compile(r"[a-z]+")

# Common in one language and no word of the other.
ENGLISH = frozenset(
    """
    the and of to is are was were be been being have has had you your we our us they them their this that these those
    there here not no yes for from with without by on at as it its if then than so but or an into about after before
    between because can cannot could will would shall should may must do does did done please enter choose select
    search find save saved saving send sent sending delete deleted remove removed add added adding edit edited
    change changed update updated upload download open opened close closed cancel continue next previous back home
    page pages name names address phone email password user users username role roles unit's office officer report
    reports request requests answer answers question number numbers code date day days week month year hour hours
    minute minutes time today tomorrow yesterday first last new old all any some each every other more most less
    many much only also again already still yet never always nothing something anything everything someone nobody
    required optional invalid valid error errors field fields form forms file files image images document documents
    language english settings setting account log login logout sign view show hide list history draft live publish
    published unpublish preview status: comment comments people public private size type title body content summary
    description help explorer dashboard locked unlock translate copy move sort order filter results result found
    """.replace("status:", "").split()
) - {
    "has",
    "home",
    "unit",
    "document",
    "status",
    "live",
    "log",
    "an",
    "type",
    "form",
    "list",
    "body",
    "file",
    "day",
    "us",
    "do",
    "as",
    "at",
    "to",
    "no",
    "may",
    "here",
    "on",
    "so",
}
INDONESIAN = frozenset(
    [
        "yang",
        "dan",
        "di",
        "ke",
        "dari",
        "untuk",
        "tidak",
        "anda",
        "ini",
        "itu",
        "dengan",
        "atau",
        "sudah",
        "belum",
        "oleh",
        "pada",
        "akan",
        "adalah",
        "dapat",
        "kami",
        "bila",
        "agar",
        "supaya",
        "karena",
        "hanya",
        "juga",
        "lagi",
        "masih",
        "lebih",
        "paling",
        "setiap",
        "semua",
        "satu",
        "dua",
        "tiga",
        "hari",
        "kerja",
        "jam",
        "tanggal",
        "bulan",
        "tahun",
        "pukul",
        "nomor",
        "kode",
        "nama",
        "alamat",
        "surel",
        "telepon",
        "laporan",
        "pelapor",
        "permohonan",
        "pemohon",
        "petugas",
        "kantor",
        "unit-unit",
        "pilih",
        "tulis",
        "tuliskan",
        "isi",
        "kirim",
        "simpan",
        "hapus",
        "ubah",
        "tambah",
        "cari",
        "lihat",
        "buka",
        "tutup",
        "kembali",
        "lanjutkan",
        "batal",
        "masuk",
        "keluar",
        "terlambat",
        "diterima",
        "ditangani",
        "dijawab",
        "ditutup",
        "ditunda",
        "selesai",
        "jawaban",
        "pertanyaan",
        "keterangan",
        "catatan",
        "alasan",
        "foto",
        "berkas",
        "dokumen",
        "gambar",
        "halaman",
        "beranda",
        "daftar",
        "hasil",
        "riwayat",
        "kontak",
        "poster-poster",
        "pimpinan",
        "jabatan",
        "seksi",
        "desa",
        "kecamatan",
        "kelurahan",
        "dinas",
        "perintah",
        "temuan",
        "janji",
        "batas",
        "waktu",
        "tenggat",
        "cara",
        "menghitung",
        "ceritakan",
        "apa",
        "siapa",
        "kapan",
        "mana",
        "bagaimana",
        "berapa",
        "ada",
        "bukan",
        "jangan",
        "boleh",
        "perlu",
        "harus",
        "sedang",
        "telah",
        "sejak",
        "sampai",
        "antara",
        "tentang",
        "kepada",
        "menurut",
    ]
)


class Reading(HTMLParser):
    """The words of a page with the language each stands in, as a screen reader would be told."""

    def __init__(self, page: str):
        super().__init__()
        self.said: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = [("", "")]
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        language = given.get("lang") or self._open[-1][1]
        for name, value in given.items():
            is_button = tag == "input" and name == "value" and given.get("type") in ("submit", "button")
            if value and tag != "link" and (name in SPOKEN or is_button):
                self.said.append((language, value))
        if tag not in VOID:
            self._open.append((tag, language))

    def handle_endtag(self, tag):
        if any(tag == opened for opened, _language in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data):
        if not any(tag in SILENT for tag, _language in self._open):
            self.said.append((self._open[-1][1], data))

    def parts(self, language: str, among: frozenset[str]) -> list[str]:
        """What stands there in a language and holds one of these words, as it stands."""
        texts = dict.fromkeys(" ".join(part.split()) for spoken, part in self.said if spoken == language)
        return [text for text in texts if {*_words(text)} & among]

    def words(self, language: str, *, besides: tuple[str, ...] = ()) -> set[str]:
        """The words in a language but those of some names."""
        text = " ".join(part for spoken, part in self.said if spoken == language)
        for name in sorted(besides, key=len, reverse=True):
            text = re.sub(rf"\b{re.escape(name)}\b", " ", text)
        return set(_words(text))


def _words(text: str) -> list[str]:
    return WORD.findall(CODE.sub(" ", BRACKETS.sub(" ", text)).lower())
