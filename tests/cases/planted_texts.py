"""Made-up complaints with personal data planted in them, in the many ways in which people write such numbers.

`SPELLINGS` and `HELD_OUT` were written beside the patterns, share their sentences, and guard what is found already. What is found of
spellings that nobody had in mind is measured by `masking_unseen`.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass

from cases.masking import PersonalData

# The kind, the words around it, and what is planted between the marks.
Spelling = tuple[PersonalData, str, Callable[[random.Random], str]]


@dataclass(frozen=True)
class Planted:
    """A text, and where which personal data stand in it."""

    text: str
    places: tuple[tuple[int, int, PersonalData], ...]


def digits(luck: random.Random, count: int) -> str:
    return "".join(luck.choice("0123456789") for _ in range(count))


def grouped(number: str, sizes: tuple[int, ...], gap: str) -> str:
    """
    >>> grouped("081234567890", (4, 4, 4), "-")
    '0812-3456-7890'
    """
    parts, start = [], 0
    for size in sizes:
        parts.append(number[start : start + size])
        start += size
    return gap.join([*parts, number[start:]] if start < len(number) else parts)


def card(luck: random.Random) -> str:
    """A NIK, or the number of a family card: region, date, count."""
    day = luck.randint(1, 28) + luck.choice([0, 40])
    region = luck.choice(["352214", "352206", "331601", "357801", "317106", "630204"])
    return f"{region}{day:02}{luck.randint(1, 12):02}{luck.randint(0, 99):02}{luck.randint(1, 40):04}"


def mobile(luck: random.Random) -> str:
    prefix = luck.choice(["0811", "0812", "0813", "0821", "0838", "0852", "0857", "0877", "0895", "0881"])
    return prefix + digits(luck, luck.choice([6, 7, 8, 8, 8, 9]))


def landline(luck: random.Random) -> tuple[str, str]:
    return luck.choice([("0353", 6), ("0296", 6), ("021", 8), ("031", 7), ("0341", 6)])


def fixed(luck: random.Random, form: str) -> str:
    area, length = landline(luck)
    number = luck.choice("345678") + digits(luck, length - 1)
    return form.format(area=area, bare=area[1:], number=number, a=number[:3], b=number[3:])


def account(luck: random.Random) -> str:
    return luck.choice("12345679") + digits(luck, luck.choice([9, 9, 12, 14]))


def plate(luck: random.Random, form: str) -> str:
    region = luck.choice(["S", "S", "S", "B", "L", "AG", "AE", "W", "K", "AD", "N", "DK", "AB"])
    letters = "".join(luck.choice("ABCDEFGHJKLPRSTUVWXYZ") for _ in range(luck.choice([1, 2, 2])))
    letters = luck.choice("ABCEFGHJ") + letters[1:] + ("X" if len(letters) == 2 else "")
    return form.format(region=region, number=luck.randint(1000, 9999), series=letters)


def user(luck: random.Random) -> str:
    name = luck.choice(["budi", "siti.aminah", "warga_kapas", "joko-s", "dewi77", "pak.tani", "rt03kapas"])
    return name + luck.choice(["", digits(luck, 2), digits(luck, 4)])


def site(luck: random.Random) -> str:
    return luck.choice(
        ["gmail.com", "yahoo.co.id", "ymail.com", "outlook.com", "surel.test", "mail.contoh.id"]
    )


def address(luck: random.Random, form: str) -> str:
    return form.format(user=user(luck), site=site(luck))


NIK, KK, PHONE = PersonalData.NIK, PersonalData.FAMILY_CARD, PersonalData.PHONE
PLATE, ACCOUNT, EMAIL = PersonalData.PLATE, PersonalData.ACCOUNT, PersonalData.EMAIL

SPELLINGS: list[Spelling] = [
    (NIK, "«{}»", card),
    (NIK, "NIK «{}»", card),
    (NIK, "nik saya «{}»", lambda r: grouped(card(r), (6, 6), " ")),
    (NIK, "No. KTP: «{}»", lambda r: grouped(card(r), (4, 4, 4), " ")),
    (NIK, "NIK. «{}»", lambda r: grouped(card(r), (6, 6), "-")),
    (NIK, "KTP «{}»", lambda r: grouped(card(r), (2, 2, 2, 6), ".")),
    (KK, "KK «{}»", card),
    (KK, "nomor kartu keluarga «{}»", lambda r: grouped(card(r), (6, 6), " ")),
    (PHONE, "«{}»", mobile),
    (PHONE, "HP «{}»", lambda r: grouped(mobile(r), (4, 4), "-")),
    (PHONE, "WA «{}»", lambda r: grouped(mobile(r), (4, 4), " ")),
    (PHONE, "hubungi «{}»", lambda r: "+62" + mobile(r)[1:]),
    (PHONE, "«{}»", lambda r: "+62 " + grouped(mobile(r)[1:], (3, 4), "-")),
    (PHONE, "«{}»", lambda r: "62" + mobile(r)[1:]),
    (PHONE, "telp «{}»", lambda r: fixed(r, "({area}) {number}")),
    (PHONE, "«{}»", lambda r: fixed(r, "{area}-{number}")),
    (PHONE, "wa.me/«{}»", lambda r: "62" + mobile(r)[1:]),
    (PHONE, "nomor saya «{}»", lambda r: grouped(mobile(r), (4, 3), ".")),
    (PHONE, "«{}»", lambda r: mobile(r).replace("0", "O")),
    (PHONE, "hp «{}»", lambda r: mobile(r).replace("1", "l", 1)),
    (PLATE, "«{}»", lambda r: plate(r, "{region} {number} {series}")),
    (PLATE, "motor «{}»", lambda r: plate(r, "{region}{number}{series}").lower()),
    (PLATE, "nopol «{}»", lambda r: plate(r, "{region}-{number}-{series}")),
    (PLATE, "truk plat «{}»", lambda r: plate(r, "{region} {number} {series}").lower()),
    (ACCOUNT, "rekening BRI «{}»", account),
    (ACCOUNT, "no. rek «{}» a.n. Sutrisno", account),
    (ACCOUNT, "rek BCA «{}»", lambda r: grouped(account(r), (3, 3), " ")),
    (ACCOUNT, "transfer ke Mandiri «{}»", lambda r: grouped(account(r), (3, 2), "-")),
    (ACCOUNT, "«{}» atas nama Sulastri", account),
    (EMAIL, "«{}»", lambda r: address(r, "{user}@{site}")),
    (EMAIL, "surel «{}»", lambda r: address(r, "{user} (at) {site}")),
    (EMAIL, "«{}»", lambda r: address(r, "{user}[at]{site}")),
]

HELD_OUT: list[Spelling] = [
    (NIK, "nomor induk kependudukan saya yaitu «{}»", lambda r: grouped(card(r), (4, 4, 4), "-")),
    (NIK, "(NIK:«{}»)", card),
    (NIK, "NIK=«{}»", lambda r: grouped(card(r), (6, 2, 2, 2), ".")),
    (NIK, "e-KTP nomor «{}»", lambda r: grouped(card(r), (3, 5, 5), " ")),
    (NIK, "NIK «{}»", lambda r: card(r)[:-1]),
    (KK, "No KK nya «{}»", lambda r: grouped(card(r), (4, 4, 4), ".")),
    (PHONE, "nmr «{}»", lambda r: grouped(mobile(r), (2, 2, 2, 2, 2), " ")),
    (PHONE, "hp:«{}»", lambda r: grouped(mobile(r), (3, 3, 3), "-")),
    (PHONE, "WhatsApp «{}»", lambda r: "(+62) " + grouped(mobile(r)[1:], (3, 3), " ")),
    (PHONE, "wa «{}»", lambda r: mobile(r)[1:]),
    (PHONE, "«{}»", lambda r: "+62." + grouped(mobile(r)[1:], (3, 4), ".")),
    (PHONE, "No.HP saya«{}»", mobile),
    (PHONE, "tlp rumah «{}»", lambda r: fixed(r, "({area}){a} {b}")),
    (PHONE, "kantornya «{}»", lambda r: fixed(r, "+62 {bare} {number}")),
    (PHONE, "«{}»", lambda r: grouped(mobile(r), (4, 4), " – ")),
    (PHONE, "https://wa.me/«{}»?text=halo", lambda r: "62" + mobile(r)[1:]),
    (PHONE, "kontak «{}»", lambda r: "O" + mobile(r)[1:]),
    (PLATE, "mobil «{}»", lambda r: plate(r, "{region}.{number}.{series}")),
    (PLATE, "bernomor polisi «{}»", lambda r: plate(r, "{region} {number}{series}")),
    (PLATE, "(«{}»)", lambda r: plate(r, "{region}{number} {series}").lower()),
    (ACCOUNT, "norek «{}»", lambda r: grouped(account(r), (4, 2), "-")),
    (ACCOUNT, "Bank Jatim: «{}»", account),
    (ACCOUNT, "ditransfer ke nomor «{}» (BNI)", account),
    (ACCOUNT, "rekeningnya «{}»", lambda r: grouped(account(r), (4, 4), ".")),
    (EMAIL, "email:«{}»", lambda r: address(r, "{user}@{site}").upper()),
    (EMAIL, "«{}»", lambda r: f"{user(r)} at {site(r).replace('.', ' dot ')}"),
    (EMAIL, "<«{}»>", lambda r: address(r, "{user}+lapor@{site}")),
]

PLAIN = [
    "Lampu jalan di RT {a} RW {b} Desa Bakalan mati sejak {date}.",
    "Saya sudah lapor dengan nomor 2026-ADU-KPS-{six} tetapi belum ada jawaban.",
    "Pungutan Rp {money} untuk mengurus surat pindah, padahal gratis.",
    "Kejadiannya pukul {time} WIB di Jalan Diponegoro No. {a}, depan SDN {b}.",
    "Menurut UU No. 25 Tahun 2009 pelayanan harus selesai {a} hari.",
    "Saya menelepon 112 dan 119, lalu {short}, tidak ada yang mengangkat.",
    "Jalan rusak sepanjang {metres} meter, lebar {a} m, di Km {b},{a}.",
    "Bantuan Rp{money},- untuk {metres} KK belum cair sampai {date}.",
    "Surat nomor 470/{a}/35.22.14/2026 tanggal {date} belum dijawab.",
    "Rapat {date} jam {time}-{later} dihadiri {a} orang, biayanya {metres} ribu rupiah.",
    "Letaknya di {lat}, {long}, sebelah selatan jembatan.",
    "Harga pupuk {metres}.000 rupiah per sak, naik {a} persen dari tahun 2025.",
    "Blok B {a} No. {b}, Perum Kapas Indah, kode pos 62181.",
    "Anggaran dana desa 2026 sebesar {money} tidak diumumkan.",
    "Panggilan ke 1500{short} dan 0800{metres}100 tidak tersambung.",
    "Kelas {b} A di gedung C lantai {a}, {metres} siswa, SK Nomor 188/{metres}/KEP/2026.",
    "Peraturan Daerah Nomor {a} Tahun 2019 pasal {b} ayat (2).",
    "Posyandu buka jam {time} s/d {later} setiap tanggal {a}.",
    "NIP petugas tidak terlihat, mejanya nomor {a}, antrean ke-{metres}.",
    "Pelanggan PDAM 5 rumah, meteran {a} sampai {b}, bulan {month}-2026.",
]
LINKS = [" Ini milik saya: ", " Hubungi ", " ", ", ", " (", "\n", " yaitu ", ". Catatan: ", " sama "]


def plain(luck: random.Random) -> str:
    hour = luck.randint(6, 20)
    return luck.choice(PLAIN).format(
        a=luck.randint(1, 30),
        b=luck.randint(1, 12),
        six=f"{luck.randint(1, 999999):06}",
        date=luck.choice(["{:02}-{:02}-2026", "{}/{}/2026", "{:02}.{:02}.2025", "2026-{1:02}-{0:02}"]).format(
            luck.randint(1, 28), luck.randint(1, 12)
        ),
        money=luck.choice(["1.500.000", "250.000", "75000", "12.345.678.000", "300.000,00"]),
        time=f"{hour:02}.{luck.randint(0, 59):02}",
        later=f"{hour + 2:02}.{luck.randint(0, 59):02}",
        short=luck.choice(["110", "137", "1708", "129"]),
        metres=luck.randint(100, 999),
        lat=f"-7.1{digits(luck, 4)}",
        long=f"111.8{digits(luck, 4)}",
        month=luck.randint(1, 12),
    )


def planted_texts(count: int, spellings: list[Spelling], seed: int) -> list[Planted]:
    """Texts of two to four sentences, each with up to two things planted, every spelling about equally often."""
    luck = random.Random(seed)
    texts = []
    for number in range(count):
        text, places = plain(luck), []
        for turn in range(luck.choice([1, 1, 2])):
            kind, form, number_of = spellings[(2 * number + turn) % len(spellings)]
            before, after = form.split("«{}»")
            what = number_of(luck)
            text += luck.choice(LINKS) + before
            places.append((len(text), len(text) + len(what), kind))
            text += (
                what
                + after
                + luck.choice([".", ",", "", " ya", ")", "!", " mohon segera"])
                + " "
                + plain(luck)
            )
        texts.append(Planted(text, tuple(places)))
    return texts
