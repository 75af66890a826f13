"""Texts as citizens type them, for measuring what masking finds, written down before anything of `cases.masking` was looked at.

A spelling is written with its data between « and »: # is the number's next digit, … all that are left of it, the rest is typed
as it stands. Each spelling is put into three sentences, each time with new numbers. Of every list the 1st, 3rd, 5th … belong to the
first half, which the patterns were then tuned on; the 2nd, 4th, 6th … to the second, so that the halves share neither spelling nor
sentence. The second half was measured once (docs/architecture.md, "Personal data in free words") and what it showed was mended
afterwards: new spellings that shall say something new belong into a new set. All numbers come from a seeded generator and belong to
nobody.
"""

import random
import re

from cases.masking import PersonalData

from .planted_texts import Planted

SENTENCES = {
    "identity": [
        "Assalamualaikum, {} sampai sekarang belum dapat bansos padahal rumah saya RT 03 RW 02.",
        "Mohon dicek pak, {}, sudah 3 bulan BPJS saya tidak aktif",
        "Sudah rekam e-KTP tgl 12 Maret 2025 tapi belum jadi. {}. Terima kasih.",
        "Anak saya mau daftar SD ditolak karena data tidak cocok, {} tolong dibetulkan",
        "min tolong {} kok ga muncul di dtks ya, kemarin sdh ke balai desa 2x",
        "Yth. Dukcapil, akta kematian bapak saya belum terbit.\n{}\nMeninggal 5 Januari 2026.",
    ],
    "phone": [
        "Lampu jalan depan mushola mati sudah 2 minggu, {} kalau mau survei.",
        "Tolong segera diperbaiki pak, {}. Jalannya rusak sepanjang 200 meter.",
        "air pdam keruh sejak tgl 3, {} makasih min",
        "Kalau petugas sudah sampai di RT 5 {} nanti saya antar",
        "Pohon tumbang menutup jalan desa!! {}\nMohon cepat ditangani",
        "Saya pedagang di pasar blok C no 14, {}, retribusinya naik jadi Rp 5.000",
    ],
    "plate": [
        "Tadi pagi jam 07.15 {} ngebut di depan SD dan hampir menabrak anak-anak.",
        "Ada {} parkir di trotoar depan puskesmas tiap hari",
        "Kemarin sore {} buang sampah di jembatan, ada 2 orang. Mohon ditindak",
        "lapor min, {} muat pasir tanpa terpal lewat jalan desa terus",
        "Bapak saya diserempet {}, lalu kabur ke arah selatan",
        "Warga resah karena {} sering balapan jam 11 malam di jalan lingkar",
    ],
    "account": [
        "Bantuan belum masuk sampai hari ini, {}. Katanya cair bulan Juni 2025.",
        "Saya disuruh bayar 500 ribu, {} katanya biaya pengurusan sertifikat",
        "Honor kader 6 bulan tidak dibayar. {} mohon dicek ke dinas",
        "Petugasnya minta uang pelicin, {} buktinya ada pak",
        "Saya korban penipuan lowongan kerja Rp1.500.000, {}, tolong dilacak",
        "Insentif guru ngaji belum cair, {} sudah saya setor ke kelurahan tgl 4",
    ],
    "email": [
        "Balasannya dikirim saja, {}. Saya kerja di luar kota.",
        "Dokumen APBDes 2024 mohon dikirim {} ya pak",
        "Saya sudah daftar online 2 kali tapi tidak ada kode masuk, {} mohon dibantu",
        "Mohon salinan jawaban ke {} karena hp saya rusak",
        "{} itu akun saya yang tidak bisa login sejak Senin",
        "Minta data jumlah sekolah rusak, {} terima kasih sebelumnya",
    ],
}

SPELLINGS = {
    "nik": [
        "nik «################»",
        "NIK: «#### #### #### ####»",
        "no ktp «################»",
        "nik saya «######.######.####»",
        "nomor induk kependudukan «################»",
        "No. KTP : «######-######-####»",
        "nik nya «######\n##########»",
        "NIK\n«################»",
        "NIK=«################»",
        "«################» (nik ibu saya)",
        "N.I.K «## ## ## ###### ####»",
        "no nik ayah «####-####-####-####»",
        "ktp «###### ###### ####»",
        "nik «##.##.##.##.##.##.####»",
        "KTP dg nomor «######/######/####»",
        "nik *«################»*",
        "atas nama Sumini «################»",
        "NIK «#### - #### - #### - ####»",
    ],
    "kk": [
        "no kk «################»",
        "KK «#### #### #### ####»",
        "nomor kartu keluarga «################»",
        "No.KK : «######-######-####»",
        "kk nomer «######.######.####»",
        "kartu keluarga saya nomornya «################»",
        "no kk: «########\n########»",
        "KK nmr «####,####,####,####»",
    ],
    "mobile": [
        "hp «0…»",
        "no wa «+62 ###-####-####»",
        "WA: «0###-####-####»",
        "nomer hp saya «0### #### ####»",
        "telp «62…»",
        "wa aja «0###.####.####»",
        "HP/WA «0###/####/####»",
        "hub «(0###) #######»",
        "hubungi sy di «…»",
        "call/wa «0062…»",
        "kontak «0###,####,####»",
        "no hp istri «0## ### ### ###»",
        "«0…» (WA)",
        "wa.me/«62…»",
        "nomor yg bisa dihubungi «+62…»",
        "hp «0### - #### - ####»",
        "tlp/sms «+62(###)#######»",
        "telpon «o…»",
        "nope sy «0####-#####-##»",
        "hp. «0# ## ## ## ## ##»",
        "no. wa nya «+62.###.####.####»",
        "wa «0###_####_####»",
        "cp «0###-#######»",
        "hp «0###\n########»",
        "nomere «0…»",
        "WA ku «###-####-####»",
        "ini nomor saya «###########»",
        "langsung aja ke «0…»",
    ],
    "landline": [
        "telp «(0###) ######»",
        "tlp rumah «0###-######»",
        "telepon «0### ######»",
        "Telp. «0###/######»",
        "tlp toko «0###.######»",
        "telepon rumah «0###, ######»",
        "no telp «+62 ### ######»",
        "Telp: «0###-## ## ##»",
        "hub «(0###)######»",
        "fax «0### – ######»",
        "telp «0###.###.###»",
        "tlpn «+62-###-######»",
    ],
    "local": [
        "telp rumah «######»",
        "telepon rumah saya «###-###»",
        "tlp «######»",
        "nomor telepon «## ## ##»",
        "telpon warung «###.###»",
        "no telp rmh: «### ###»",
    ],
    "plate": [
        "nopol «{A} {N} {S}»",
        "plat «{a} {N} {s}»",
        "motor «{A}{N}{S}»",
        "mobil «{A}-{N}-{S}»",
        "truk plat nomor «{A}.{N}.{S}»",
        "mobil no pol «{a}{N}{s}»",
        "plat no «{A} {N}»",
        "«{A} {N} {S}» warna hitam",
        "vario «{a} {N} {s}»",
        "avanza putih «{A}{N}{S}»",
        "mobil nopol «{A} - {N} - {S}»",
        "motor plat «{A}/{N}/{S}»",
        "dump truk «{A} {N} {S}»",
        "pick up «{a} {N}{s}»",
        "truk nomor polisi : «{A}{N} {S}»",
        "bus «{A} {N} {S1} {S2}»",
        "mio «{A}_{N}_{S}»",
        "mobil, nopolnya «{A},{N},{S}»",
        "sepeda motor bernopol «{A} {N}-{S}»",
        "plat «{A} {N1} {N2} {N3} {N4} {S}»",
        "truk plat\n«{A} {N} {S}»",
        "L300 «{A} {N} {S}»",
        "scoopy merah «{a}{N}{s}»",
        "mobil dinas plat merah «{A} {N} {S}»",
    ],
    "account": [
        "rek BRI «###############»",
        "norek «##########» BCA",
        "no rekening «###############»",
        "transfer ke «####-##-######-##-#» BRI",
        "bank mandiri «###-##-#######-#»",
        "rekening bank jateng «##########»",
        "rekening bni «#### ### ###»",
        "tf ke «##########» mandiri",
        "BSI «##########»",
        "no rek bank jateng : «#-###-#####-#»",
        "virtual account «################»",
        "masuk rekening saya «##########»",
        "dikirim ke «##########» (bank jago)",
        "seabank «############»",
        "rek. «####.##.######.##.#»",
        "brilink ke «###############» a.n. Suparno",
        "BTN «#####-##-##-######-#»",
        "tabungan BKK «#.###.######»",
    ],
    "wallet": [
        "dana «0…»",
        "gopay «0### #### ####»",
        "ovo nya «0###-####-####»",
        "top up ke «0…» (dana)",
        "shopeepay «0###.####.####»",
        "lewat linkaja «…»",
    ],
    "email": [
        "email «{user}@{host}»",
        "email saya «{user} @ {host}»",
        "email «{user}(at){host}»",
        "e-mail: «{user}[at]{host}»",
        "imel «{user} at {host}»",
        "alamat email «{user} at {name} dot {end}»",
        "EMAIL «{USER}@{HOST}»",
        "email «{user}@{name},{end}»",
        "surel «{user} (at) {name} (dot) {end}»",
        "email «{user}@\n{host}»",
        "email «{user}[at]{name}[dot]{end}»",
        "email «{user}@{name}. {end}»",
        "fb/email «{user}@{host}»",
        "mail ke «{user}[@]{host}»",
    ],
}

KINDS = {
    "nik": (PersonalData.NIK, "identity"),
    "kk": (PersonalData.FAMILY_CARD, "identity"),
    "mobile": (PersonalData.PHONE, "phone"),
    "landline": (PersonalData.PHONE, "phone"),
    "local": (PersonalData.PHONE, "phone"),
    "plate": (PersonalData.PLATE, "plate"),
    "account": (PersonalData.ACCOUNT, "account"),
    "wallet": (PersonalData.PHONE, "account"),
    "email": (PersonalData.EMAIL, "email"),
}

HARMLESS = [
    "Jalan rusak di Jl. S. Parman 27 sudah 3 tahun tidak diperbaiki.",
    "Rumah saya di Jl. A. Yani No. 145 RT 02 RW 05.",
    "Saya dimintai uang Rp 350.000 untuk mengurus KTP.",
    "Biaya parkir di pasar 2000 rupiah tapi ditarik 5000.",
    "Pungli 1.500.000 waktu daftar sekolah tahun ajaran 2024/2025.",
    "Harga pupuk Rp115.000/sak padahal HET Rp 92.500",
    "Gaji saya 1,2 juta per bulan, tidak dapat PKH sejak 2019.",
    "Dana desa tahun 2023 sebesar Rp 1.245.678.000 ke mana saja?",
    "APBD 2025 pagu Rp12.345.678.900 untuk jalan kabupaten.",
    "Bantuan BLT 300 ribu x 3 bulan = 900000 belum diterima.",
    "Kejadian tanggal 12-03-2025 pukul 08.30 WIB.",
    "Surat saya tertanggal 05/11/2025 belum dibalas.",
    "Saya lahir 17 Agustus 1965, umur 60 tahun.",
    "Jam buka 07.30-15.00 tapi petugas datang 09:45.",
    "Mati lampu dari 18.00 s/d 21.30 tgl 2 s/d 5 Juni.",
    "RT 04 RW 01 dan RT 05/RW 01 belum dapat air bersih.",
    "Dukuh Ngasem RT 003/002 banjir setinggi 40 cm",
    "Jarak ke puskesmas 12,5 km lewat jalan tanah.",
    "Jalan rusak 1500 m lebar 3,5 m dari km 12+300.",
    "Jembatan panjang 24 meter roboh tgl 1-2-2026.",
    "Sesuai UU No. 14 Tahun 2008 saya minta informasi.",
    "UU 25/2009 pasal 18 dan PP 96 Tahun 2012 mengatur itu.",
    "Perda Nomor 5 Tahun 2021 pasal 12 ayat (3) huruf b.",
    "Perbup 60/2022 tentang retribusi pasar belum dijalankan.",
    "Permendagri 20 Tahun 2018 pasal 40 ayat 1",
    "SK Bupati No. 188.45/123/2024 tentang tim percepatan.",
    "Laporan saya no. ADU-2026-000123 belum ditanggapi.",
    "Menyambung aduan nomor 2025/11/0457 kemarin.",
    "Nomor tiket 004512 masih menunggu katanya.",
    "Surat nomor 470/215/35.2001/2025 dari desa sudah saya bawa.",
    "Kode pos 58211 salah tertulis di kartu saya.",
    "Alamat kantor: Jl. Pemuda 45, Kode Pos 58213",
    "SDN 2 Tempelan rusak atapnya, 120 murid belajar di teras.",
    "SMP Negeri 5 kelas 7B dan 8C tidak punya bangku.",
    "Ada 35 KK di dusun kami yang belum punya jamban.",
    "Sebanyak 127 kk dan 450 jiwa terdampak banjir.",
    "Antri dari jam 6 dapat nomor antrian 87.",
    "Loket 3 tutup terus, nomor antrean A 045 tidak dipanggil.",
    "Tegangan listrik 220 V turun jadi 160 volt.",
    "Tagihan PDAM bulan ini 187.500, biasanya 45.000.",
    "Meteran air menunjukkan 1234 tapi ditagih 1324.",
    "Luas sawah 2.500 m2, sertifikat belum jadi.",
    "Pohon tumbang di depan rumah nomor 12.",
    "Blok D 17 perumahan belum ada lampu jalan.",
    "Pasar lantai 2 kios B 21 bocor.",
    "Gang 3 nomor 8a banjir tiap hujan.",
    "Nilai anak saya 87,5 tapi tidak lolos PPDB kuota 30%.",
    "Jumlah pemilih 2.345 orang, TPS 007.",
    "Truk lewat sini bisa 50 rit per hari, muatan 8 ton.",
    "Vaksin covid 19 dosis 2 belum dapat sertifikat.",
    "Suhu badan anak saya 39,5 waktu di puskesmas.",
    "Obat paracetamol 500 mg habis di apotek.",
    "Hari ke 14 belum ada jawaban, padahal janjinya 10 hari kerja.",
    "Dari 100 lampu hanya 25 yang nyala, sisanya mati sejak 2022.",
    "Kejadian 3 orang luka, 1 meninggal di tikungan km 7.",
    "Sekolah minta iuran 75.000 per siswa, total 250 siswa.",
    "Uang 2,5 juta diminta oknum, saya sudah bayar 1000000.",
    "Dana BOS 2024 triwulan 3 dipakai apa?",
    "Jalur S 17 angkot sudah tidak lewat.",
    "Saya tinggal di rt 7 rw 3 no 21 dekat mushola.",
    "Program K 3 di pabrik tidak jalan.",
    "Ukuran aspal 4 x 200 m tebal 5 cm.",
    "Kirim 3 truk air, masing-masing 5000 liter.",
    "Nomor rumah 12 dan 14 belum dapat tempat sampah.",
    "Rapat tgl 15 jam 19.30 di balai RW 4.",
    "Musrenbang 2026 usulan no 12, anggaran 150 juta.",
    "Panjang saluran 350 meter, kedalaman 1.2 meter.",
    "Hubungi kami sudah 3 kali tidak diangkat, nomor 112 juga.",
    "Telepon 110 dan 119 tidak ada yang jawab.",
    "Saya telp 3 kali tanggal 10, 11 dan 12 tidak dijawab.",
    "WA admin sudah dibaca jam 10.15 tapi 2 hari tidak dibalas.",
    "Tahun 2018, 2019, 2020, 2021 selalu dijanjikan.",
    "Anggaran 2021: 500000000, 2022: 750000000 tidak ada hasil",
    "Transfer 250000 ke kas RT sudah saya lakukan.",
    "Bayar pajak motor 235.500 lewat samsat keliling.",
    "Motor saya Vario 125 tahun 2017 kena lubang.",
    "Mobil L300 dan truk engkel 6 roda merusak jalan.",
    "Rekening listrik bulan 10 naik jadi Rp 412.350.",
    "Koordinat -6.970123, 111.418456 titik longsornya.",
    "Lokasi lubang di -7.0123,111.3987 depan balai desa",
    "Bantuan bank jateng 2025 untuk 40 UMKM.",
    "BRI unit tutup jam 14.00 padahal antrian 60 orang.",
    "Batas usia 56 tahun, masa kerja 2005-2023.",
    "Peserta CPNS formasi 12 orang, pelamar 1.874.",
    "Pertalite 10.000 per liter dijual 13.000 di pengecer.",
    "Beras SPHP 5 kg Rp 62.500 kosong di 3 kecamatan.",
    "Kelas 1 s/d 6 hanya 4 guru.",
    "Nomor 3 di daftar penerima sudah meninggal sejak 2020.",
    "Posyandu melati 2 timbangannya rusak, 64 balita.",
    "Plat beton selokan pecah, ukuran 60x100 cm, ada 12 lembar.",
]

AREAS = ["K", "S", "L", "B", "H", "W", "N", "M", "R", "G", "AA", "AB", "AD", "AE", "AG", "DK"]
AREA_CODES = ["296", "295", "292", "353", "356"]
PREFIXES = [
    "811",
    "812",
    "813",
    "815",
    "821",
    "822",
    "823",
    "851",
    "852",
    "856",
    "857",
    "858",
    "877",
    "878",
    "881",
    "895",
    "896",
]
COPIES = 4
HOSTS = [("example", "com"), ("example", "org"), ("contoh", "id"), ("contoh", "co.id")]


def random_digits(rng: random.Random, length: int) -> str:
    return "".join(rng.choices("0123456789", k=length))


def digits_of(kind: str, rng: random.Random) -> str:
    """A number long enough for every spelling of its kind."""
    if kind in ("nik", "kk"):
        day = rng.randint(1, 28) + (40 if kind == "nik" and rng.random() < 0.5 else 0)
        region = rng.choice(["3316", "3316", "3522", "3317", "3174"]) + f"{rng.randint(1, 16):02}"
        return f"{region}{day:02}{rng.randint(1, 12):02}{rng.randint(40, 99)}{rng.randint(1, 99):04}"
    if kind in ("mobile", "wallet"):
        return rng.choice(PREFIXES) + random_digits(rng, 8)
    if kind == "landline":
        return rng.choice(AREA_CODES) + rng.choice("3456") + random_digits(rng, 5)
    if kind == "local":
        return rng.choice("3456") + random_digits(rng, 5)
    return rng.choice("01356789") + random_digits(rng, 15)


def fields(rng: random.Random) -> dict[str, str]:
    letters = "".join(rng.choices("ABCDEFGHJKLMNPRSTUVWXYZ", k=2))
    area, number = rng.choice(AREAS), str(rng.randint(2001, 9199))
    name, end = rng.choice(HOSTS)
    user = rng.choice(["siti", "budi_s", "joko.pw", "rina-k", "pakrt"]) + str(rng.randint(1, 99))
    plate = {
        "A": area,
        "a": area.lower(),
        "N": number,
        "S": letters,
        "s": letters.lower(),
        "S1": letters[0],
        "S2": letters[1],
    }
    mail = {"user": user, "name": name, "end": end, "host": f"{name}.{end}"}
    apart = {f"N{place}": digit for place, digit in enumerate(number, 1)}
    return plate | apart | mail | {"USER": mail["user"].upper(), "HOST": mail["host"].upper()}


def typed(spelling: str, kind: str, rng: random.Random) -> str:
    if kind in ("plate", "email"):
        return spelling.format(**fields(rng))
    left = iter(digits_of(kind, rng))
    return re.sub("[#…]", lambda place: next(left) if place[0] == "#" else "".join(left), spelling)


def half(rows: list, number: int) -> list:
    return rows[number - 1 :: 2]


def unseen_texts(number: int) -> list[Planted]:
    """The texts with personal data of the first or the second half."""
    rng = random.Random(f"unseen {number}")
    texts = []
    for name, spellings in SPELLINGS.items():
        kind, sentences = KINDS[name]
        for spelling in half(spellings, number):
            for sentence in half(SENTENCES[sentences], number) * COPIES:
                words = sentence.format(typed(spelling, name, rng))
                place = words.index("«"), words.index("»") - 1, kind
                texts.append(Planted(words.replace("«", "").replace("»", ""), (place,)))
    return texts
