"""Whole reports as people in villages type them, each written for itself, before anything of `cases.masking` was looked at.

What is to be found stands between « and ». In it # is the number's next digit, § the next digit as a word, ¤ as a Javanese word,
¥ as a scan or a thick finger gives it (O for 0, l for 1); the rest is typed as it stands. Digits come from a seeded generator and
belong to nobody. Of every list the 1st, 3rd, 5th … text is of the first half, on which patterns may be tuned; the others are of the
second, whose figure is stated in docs/architecture.md, "Personal data in free words".
"""

import random
import re

from cases.masking import PersonalData

from .masking_unseen import digits_of, half
from .planted_texts import Planted

NIK = [
    "Assalamu'alaikum, saya warga dsn Kedung, «################» blm dapat PKH padahal tetangga dapat semua.",
    "NIK sy «####.####.####.####» kenapa ditolak terus di aplikasi cek bansos?",
    "mohon maaf pak, nik «#### #### #### ####» atas nama ibu saya sudah meninggal tp masih terdaftar",
    "No KTP : «###### ###### ####»\nMohon dibantu aktivasi BPJS nya",
    "nik nya «######-######-####» itu punya adik saya, salah tanggal lahir",
    "tolong cek NIK=«################»,kartu tani saya mati sejak panen kemarin",
    "Ibu Sumiati (KTP «################») janda 3 anak tidak pernah didata.",
    "nik«################»tolong dicek ya min",
    "N I K  «#### #### #### ####» , BLT bulan Juni tidak keluar",
    "nomer induk kependudukan saya «##.##.##.######.####» mau ngurus pindah kok dipersulit",
    "ini ktp saya pak «###### / ###### / ####» sudah 2 th jadi surat keterangan terus",
    "Data saya: Parno, nik «###############» (kurang satu angka kata petugas, padahal di KTP segitu)",
    "KTP hilang di pasar, nomornya «###########\n#####», mohon dibuatkan yang baru",
    "ktp ku «########-########» durung dadi nganti saiki, jare blangko entek",
    "NIK. «#### - #### - #### - ####» dan nama Suparmi, mohon dibetulkan di DTKS",
    "Yth Camat, e-KTP «############ ####» sudah saya foto tapi di sistem tidak sinkron",
    "nik saya 16 angka: «#,#,#,#,#,#,#,#,#,#,#,#,#,#,#,#» kurang apa lagi",
    "nik : «###### _ ###### _ ####» bantuan bedah rumah kok ke orang lain",
    "saya Ngatemi «(################)» RT 2 RW 1 lumpuh belum pernah dikunjungi",
    "NIK bapak saya «######  ######  ####» (spasi dua) tidak bisa dipakai daftar antrean online",
    "«################» ini nik saya tolong dicek kok dobel di kk mertua",
    "no. nik nya «####'####'####'####» apa benar sudah dihapus?",
    "Nik saya di foto copy terbaca «¥¥¥¥¥¥¥¥¥¥¥¥¥¥¥¥», tolong di betulkan",
    "nik e mbah kulo «######.######.####» kok mboten saged kangge mendhet beras",
]

KK = [
    "No KK «################» isinya 6 orang tapi bantuan cuma dihitung 2.",
    "kartu keluarga nomor «#### #### #### ####» belum dipecah padahal sudah cerai",
    "KK: «####-####-####-####» mau nambah anak, disuruh bolak balik 4 kali",
    "nomer kk kulo «###### ###### ####» dereng dados-dados",
    "no.kk nya «######.######.####» sama nik ibu «331601.450363.####» beda alamat",
    "Kk lama saya «############\n####» sudah ditarik desa, yang baru mana",
    "nokk «################» salah ketik nama dusun",
    "no kartu keluarga=«################» mohon dicetak ulang karena kena banjir",
]

MOBILE = [
    "Jalan depan masjid bolong, hubungi sy di «0812########» kalau mau survey.",
    "hub «0857-####-####» (Pak Warno RT 4)",
    "wa aja «0813 #### ####» soale telpon sering mati",
    "no hp «0 8 1 2 # # # # # # # #» ya pak jangan lupa",
    "nomor saya «+62 812-####-####», siang kerja di sawah",
    "bisa ditelp «+62813########» setelah isya",
    "WA: «6285#########»",
    "nomer wa sy «62 857 #### ####» , lampu mati total",
    "hp.«08#.####.#####» an bu Tini, tlg direspon",
    "Cp «0896#######» / «0831#########» untuk info lebih lanjut soal pungli ini",
    "nelpon saya di «(0852) #### ####» saja",
    "call/sms «0821_####_####» tiap hari bisa",
    "no telp «0878 / #### / ####» pemilik tanah",
    "Kontak perangkat desanya «O8l2########» tapi tidak pernah diangkat",
    "hapeku «o813 #### ####», nek ora diangkat WA wae",
    "telp. «08¥¥¥¥¥¥¥¥¥¥» hasil scan surat pengaduan bapak",
    "Sudah tiga kali lapor lewat «0812\n####\n####» tidak dijawab operator",
    "kades blokir nomor saya «0822-########» sejak saya tanya dana desa",
    "nomor anak saya «62-852-####-####» dia yang lihat kejadiannya",
    "ini no.nya «0 8 5 7 - # # # # - # # # #» jangan disebar",
    "Mohon telfon balik ke «081#,####,####», pulsa saya habis",
    "kulo saged dihubungi teng «0858########» mbah Karto",
    "HP/WA:«0813########»a.n.Sukirman",
    "hubungi nmr ini «+62(0)812 #### ####» dari Malaysia juga bisa",
    "nohp «0812*####*####» biar tidak kebaca robot",
    "orang yang nyuri kabel telponnya «0831 ## ## ## ##» saya dapat dari konternya",
    "saya TKI di Taiwan, keluarga di rumah «0062 812 #### ####»",
    "whatsapp sy «08.12.##.##.##.##» ganti dari nomor lama «0857.##.##.##.##»",
    "no ne «812########» (tanpa nol) pak Modin",
    "telpun «8 5 7 # # # # # # # #» depannya nol",
    "nomor WA saya 👉«0812 #### ####»👈 terima kasih",
    "Hubungi:«08 1234 ######»",
    "kalau ke lokasi telp dulu «08122 ### ####» rumah saya masuk gang",
    "Silakan japri «wa.me/62812########»",
    "Nmr dukun penipunya «0857—####—####» masih aktif smpai skrg",
    "untuk konfirmasi «(+62)813.####.####»",
]

LANDLINE = [
    "telp rumah «(0353) 88####» malam saja",
    "bisa hub. «0353-88####» toko sebelah",
    "Telepon kantor koperasi «0296 53####» tidak pernah diangkat, itu rumah ketuanya",
    "no tlp rumah saya «0353.77####»",
    "«(0296)42####» telp rumah mertua, saya nebeng",
    "fax/telp «0296/53####» atas nama bu Endang",
]

SPELT = [
    "nomor saya «§ § § § § § § § § § § §» pak, sengaja ditulis huruf",
    "Wa nya «kosong delapan satu dua § § § § § § § §» ya min",
    "hubungi «nol delapan lima tujuh, § § § §, § § § §» kalau siang",
    "no hp sy «kosong-delapan-satu-tiga-§-§-§-§-§-§-§-§» biar tidak dihapus sistem",
    "telp «kosong lapan satu dua § § § § § § §» bu RT",
    "nomer hape «nol wolu ¤ ¤ ¤ ¤ ¤ ¤ ¤ ¤ ¤» mbah Sastro",
    "nopo saged telpon teng «nol wolu siji loro ¤ ¤ ¤ ¤ ¤ ¤ ¤»",
    "WA «kosong delapan 12 ####-####»",
    "nomor «0delapan1dua ########» jangan disebarkan",
    "hp «delapan satu dua, § § § §, § § § §» tambah nol di depan",
    "NIK saya «§ § § § § § § § § § § § § § § §» tolong jangan ditampilkan",
    "rekening BRI «§ § § § § § § § § § § § § § §» punya bendahara desa",
    "no nya «kosong delapan dobel satu § § § § § § §» anaknya pak lurah",
    "Nomor HP: «Kosong Delapan Lima Dua § § § § § § § §»",
    "plus enam dua, jadi «enam dua delapan satu dua § § § § § § § §» itu no saya",
    "kontak «nol delapan satu tiga ### ### ##» pak Bayan",
    "telfon «kosongdelapansatudua########»",
    "hp nya «nol.delapan.satu.dua.§.§.§.§.§.§.§.§»",
    "nomer «kosong delapan satu dua\n§ § § §\n§ § § §» maaf hp jadul",
    "Pin ATM tidak saya kasih tapi norek BCA «§ § § § § § § § § §» sudah saya kasih ke penipu",
    "call «nol delapan satu dua tiga § § § § § §» ya",
    "nmr wa «ksng dlpn stu dua #### ####» (disingkat)",
    "hpne lurah «kosong wolu limo pitu ¤ ¤ ¤ ¤ ¤ ¤ ¤ ¤» ora tau diangkat",
    "sms ke «nol delapan dua satu dua belas tiga puluh empat § § § §»",
]

PLATE = [
    "Truk pasir plat «S 8### UA» ngebut depan SD",
    "nopol «s####ab» parkir di trotoar tiap pagi",
    "Dump truck «K 9### BN» dan «K 8### HE» bikin jalan ambles",
    "motor vario hitam «S-2###-DK» knalpot brong tiap malam",
    "mobil dinas «S #### AP» dipakai mudik, ada fotonya",
    "no.pol «k.1###.te» nabrak pagar balai desa terus kabur",
    "plat nomernya «S 1### C» angkot ugal ugalan",
    "nopolnya «W####XY» muatan tebu tumpah dijalan raya",
    "pick up plat «AG 8### EF» buang sampah di kali",
    "bus plat «N 7### UB» turun penumpang sembarangan",
    "Innova putih «L 1### ABC» katanya punya dewan",
    "plat merah «S 9 P» dipakai belanja hari minggu",
    "plat «s 4### bc» warna ijo beat street, nyopet hape anak saya",
    "sepeda motor dengan nomor polisi «S  3###  EX» ditinggal di sawah",
    "kendaraan ber plat «B 1### SZQ» foto-foto rumah warga",
    "truk tangki nopol: «S\n8### UJ» ngambil air sumur desa",
    "plat «(S 5### DB)» penjambretnya dua orang",
    "montor plat «AE 6### jk» nyrempet anakku ora tanggung jawab",
    "NOPOL «S8###XX» TRUK TAMBANG ILEGAL LEWAT JAM 2 MALAM",
    "plate nya «H_1###_QE» kayaknya rental",
    "Elf «S 7### A» mogok di rel",
    "pakai mobil pelat «DK 1### FG» padahal katanya warga sini",
    "nopolnya kalau tidak salah «S 2### AB»",
    "Nmr kendaraan «s 1### a b» tronton, jam 3 pagi",
]

ACCOUNT = [
    "disuruh transfer ke no rek bri «0043010########» an bendahara",
    "rek. BRI «0043-01-######-53-#» atas nama pak Sekdes, buat bayar PTSL",
    "Rekening BCA «#### ### ###» a/n panitia sumbangan",
    "norek bank jatim «00########» pungutan lampu jalan 50 ribu/KK",
    "Transfer ke mandiri «### ## ######## #»",
    "bayar via BNI «0#########» katanya biar cepet jadi KTP nya",
    "no.rekening «#### #### #### ###» (BRI unit Kapas)",
    "bansos saya di rekening KKS BNI «################» kosong terus",
    "kirim ke dana «0812########» kalau mau didata",
    "BSI «7#########» itu rekening pribadi kades bukan rekening desa",
    "buku tabungan simpedes «####-##-######-##-#» keblokir",
    "NO REK BANK JATENG «3-###-#####-#» ATAS NAMA SUMINAH",
    "pungli lewat rek BTN «00### - 01 - ## - ###### - #»",
    "rekening saya di bri nomor «####  ####  ####  ###» tolong dicek pencairannya",
    "saya tf ke «#### #### ##» (BCA) tidak ada kabar",
    "no. rek: «############», BRI, an Slamet",
    "via ovo «0857-####-####» an calo samsat",
    "bri kulo «0043 01 ###### 50 #» dereng mlebet artane",
    "rekening bpr «##.###.######.#» milik kelompok tani",
    "rek mandiri kartu «####.####.####.####» ketelan mesin ATM depan kecamatan",
    "gopay ne «0813########» jare kanggo admin",
    "virtual account bri «88810##########» dikirim orang yang ngaku dari dukcapil",
    "bank jatim nomer «00##\n######» pak carik",
    "jangan transfer ke «1##########» bank mandiri itu penipuan",
]

EMAIL = [
    "balas ke email saya «sutrisno.kapas{n}@contoh.test» ya",
    "imel: «siti_aminah{n} @ contoh.test»",
    "email «wagiman{n}(at)contoh.test» saja",
    "e-mail «pak.rt{n}[at]contoh[dot]test»",
    "surel kulo «mbokdhe{n} at contoh dot test»",
    "Kirim berkas ke «KARANGTARUNA{n}@CONTOH.TEST» sebelum jumat",
    "alamat email «budi-santoso{n}@contoh.co.test» sudah tidak aktif, pakai «budi{n}@contoh.test»",
    "emailnya «joko{n} et contoh titik test»",
    "gmail saya «lilis{n}@contoh,test» (koma karena hp nya error)",
    "hubungi via «rudi{n}@contoh .test»",
    "email : «warga{n}@\ncontoh.test»",
    "ke «dewi.{n}{at}contoh.test» terima kasih",
    "emailku «slamet{n}<at>contoh<dot>test»",
    "emailnya adalah «nur.hidayah{n} @contoh. test» mohon dibalas",
    "tulis ke «bumdes{n} [ at ] contoh . test»",
    "mail:«yanto{n}＠contoh.test»",
    "email «ratna{n} (a) contoh.test»",
    "surelnya «agus{n}  at  contoh.test» huruf kecil semua",
]

MIXED = [
    "Nama Suyono, NIK «3522140101######», HP «0812########», alamat dsn Ngrowo RT 9 RW 2 kec Kapas",
    "Data pelapor: Kasmirah / «3316010505######» / wa «0857 #### ####» / rek bri «0043-01-######-50-#»",
    "min, nik «3522 1463 0290 ####» kk «3522 1401 0110 ####» hp «+62 813 #### ####» sudah 3x daftar ga masuk",
    "orangnya naik «S 4### DM» nomor wa nya «0831########» nipu tetangga saya 2 juta",
    "jenengku Paijo, hp «nol wolu limo pitu ¤ ¤ ¤ ¤ ¤ ¤ ¤ ¤», montorku «S 6### EF» ilang nang pasar",
    "a.n. Mujiati, «3522145508######», email «mujiati{n}(at)contoh.test», telp rumah «0353 88####»",
    "NIK/HP: «3316015203######»/«0896########»",
    "hp1 «0812########» hp2 «0813########» hp3 «0852########» pilih salah satu",
]

HARMLESS = [
    "Jalan rusak sepanjang 1,5 km mulai KM 12+300 sampai KM 13+800.",
    "Pagu pengaspalan Rp 812.345.678,00 tapi tebalnya cuma 2 cm.",
    "Anggaran 1.250.000.000 rupiah tahun 2025 tidak jelas wujudnya",
    "dana desa th 2024 sebesar Rp.857.123.000,- papan proyek tidak ada",
    "APBDes 2025 total 1850432000 kok jembatan dari bambu",
    "Surat saya nomor 005/1234/414.101/2025 tanggal 8 Desember 2025 belum dibalas",
    "SK Bupati Nomor 188/85/KEP/412.013/2025 tentang penetapan penerima",
    "Menurut UU 14/2008 pasal 22 ayat 7 paling lambat 10 hari kerja",
    "Perpres 76 Tahun 2013 dan PermenPANRB 62/2018 mengatur itu",
    "Perda Kabupaten No. 9 Tahun 2021 pasal 12 ayat (3) huruf b",
    "laporan saya 2026-ADU-KPS-000123 belum ada tanggapan",
    "Permohonan 2026-PIP-DKI-000012 sudah lewat waktu",
    "kejadiannya tgl 08-12-2025 jam 08.15-10.30 WIB",
    "tanggal 08 12 2025 saya ke kecamatan, tutup jam 14.00",
    "Hari Senin 1/12/2025 sampai Jumat 5/12/2025 air mati",
    "RT 08 RW 12 No. 34 Dusun Kedungrejo gelap gulita",
    "rt.003/rw.005 desa Tikusan belum dapat air bersih",
    "Lampu jalan di blok S 12 mati 3 titik",
    "gang M 3 becek, gang K 7 juga",
    "mobil L 300 pengangkut sampah tidak lewat 2 minggu",
    "harga pupuk urea 50 kg Rp 112.500 dijual Rp 150.000",
    "gas 3 kg sampai 25 ribu, padahal HET 18.000",
    "beras bulog 10 kg isinya 8,5 kg saja",
    "Ada 25 rumah, 112 jiwa, 38 KK terendam banjir setinggi 80 cm",
    "kode pos 62115 kok ditulis 62181 di KK",
    "telepon 112 tidak diangkat, 110 juga",
    "Sudah lapor 119 dan 1708 tidak ada respon",
    "SDN 2 kelas 5 A 30 siswa atapnya bocor",
    "lebar jalan 3 m x panjang 1200 m x tebal 0,15 m",
    "koordinat -7.1502, 111.8817 jembatan putus",
    "lokasi di -7.150234,111.881745 dekat SMP",
    "tiga hari dua malam listrik padam",
    "satu dua orang saja yang dapat, delapan ratus lainnya tidak",
    "rumah kosong delapan bulan dipakai mabuk-mabukan",
    "dua tiga kali saya ke sana, empat lima jam antre",
    "sudah satu tahun lima bulan enam hari belum jadi",
    "loro telu dina maneh jarene, nganti saiki durung",
    "sawah seluas dua ratus lima puluh meter dicaplok",
    "kami bertujuh belas orang menunggu tiga jam",
    "Pengukuran PTSL biaya 150 ribu jadi 750 ribu per bidang",
    "NPSN sekolah 20504567 belum terakreditasi",
    "kode wilayah 35.22.14.2005 salah di aplikasi",
    "Peraturan Bupati No 45 Th 2023 lampiran II halaman 17",
    "ruas Kapas - Dander 7,25 km dianggarkan 2 kali",
    "sumur bor 120 meter 2 titik tidak keluar air",
    "ukuran seragam M 38 dan L 40 tidak ada",
    "tensi ibu saya 180/110 ditolak puskesmas karena rujukan",
    "bayar pajak PBB 2023, 2024, 2025 masing-masing 45.600, 47.200, 51.000",
    "stiker uji KIR 2024 sudah mati, bus tetap jalan",
    "motor 150 cc tahun 2019 hilang di parkiran pasar",
    "Proyek drainase 2 x 0,6 x 0,8 m sepanjang 450 m mangkrak",
    "volume 1.234,56 m3 nilai kontrak Rp1.987.654.321,00",
    "nilai kontrak Rp 3.456.789.000 waktu pelaksanaan 120 hari kalender",
    "kontrak nomor 602.1/085/SPK/DPU/2025 papan namanya dicabut",
    "HUT RI ke 81 iuran 50.000 per KK wajib, yang tidak bayar tidak dilayani",
    "Iuran 2 x 12 x 25.000 = 600.000 setahun untuk sampah",
    "antrean nomor A 045 dipanggil setelah A 120",
    "loket B 12 kosong petugasnya",
    "jam 07.30 12.00 13.00 15.30 saya cek tidak ada petugas",
    "buka 08.00-14.45, Jumat 08.00-11.00",
    "suhu 38,5 39,1 40,2 anak saya tidak ditangani IGD",
    "umur saya 67 tahun, suami 71, cucu 3 dan 8 tahun",
    "lahir 12-03-1985 di Bojonegoro, nama salah tulis di ijazah",
    "penduduk 3.456 jiwa, pemilih 2.789, TPS 9",
    "suara sah 1.234 tidak sah 56 di TPS 003",
    "debit 0,5 liter/detik kemarau, 2,5 liter/detik musim hujan",
    "tiang listrik nomor KPS 23/4/1 miring mau roboh",
    "gardu 108 meledak jam 2 pagi",
    "pompa 5,5 HP dan 8 HP bantuan tidak pernah sampai kelompok tani",
    "benih 25 kg x 40 orang = 1000 kg datang cuma 600",
    "Pak Kades menjabat 2019-2025 lalu diperpanjang 2 tahun",
    "tahun 2021 2022 2023 2024 2025 tidak pernah ada musdes",
    "Semester 1 2024/2025 PIP anak saya 450.000 dipotong 50.000",
    "pasal 362 KUHP jo pasal 55 tidak diproses",
    "Keputusan Menteri 300.2.2-2430 Tahun 2025 sudah jelas batas desanya",
    "bukti setor 12 Mei 2025 sebesar 3.150.000 saya simpan",
    "kuitansi no 000345 tanpa cap basah",
    "kursi roda ukuran 18 inci, dijanjikan 3 bulan lalu",
    "lapangan 90 x 45 m jadi parkiran truk 10 roda",
    "wifi desa 20 Mbps 300 ribu/bulan tidak pernah nyala",
    "Jembatan 2 x 12 m beban maks 8 ton dilewati truk 25 ton",
    "no rumah 45 sebelah timur toko Berkah 2, selatan SDN 3",
    "Kelas 7 8 9 digabung karena gurunya cuma 2",
    "debat di RT 1 2 3 4 5 6 RW 7 soal air, semua tidak dapat",
    "dua belas titik lampu, tujuh mati, lima hidup",
    "rekening listrik 3 bulan naik jadi 850.000 padahal rumah kosong",
    "tabungan wisata SD 1.200.000 x 32 anak tidak dikembalikan",
    "plat besi jembatan 8 mm sudah keropos",
    "nopol dinas seharusnya merah, bukan hitam",
    "email sudah 3 kali saya kirim ke kecamatan, 2 minggu tidak dijawab",
    "tolong at least dijawab, 14 hari kerja sudah lewat",
    "NIK saya sudah benar tapi tanggal lahir 17-08-1969 salah jadi 1996",
]

FAMILIES = {
    "nik": (PersonalData.NIK, NIK),
    "kk": (PersonalData.FAMILY_CARD, KK),
    "mobile": (PersonalData.PHONE, MOBILE),
    "landline": (PersonalData.PHONE, LANDLINE),
    "spelt": (PersonalData.PHONE, SPELT),
    "plate": (PersonalData.PLATE, PLATE),
    "account": (PersonalData.ACCOUNT, ACCOUNT),
    "email": (PersonalData.EMAIL, EMAIL),
    "mixed": (PersonalData.PHONE, MIXED),
}

INDONESIAN = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
JAVANESE = ("nol", "siji", "loro", "telu", "papat", "limo", "enem", "pitu", "wolu", "songo")
SCANNED = "Ol23456789"


def written(text: str, family: str, rng: random.Random) -> str:
    """The text with digits in their places."""
    left = iter(digits_of(family, rng) if family in ("nik", "kk") else "")

    def digit(place: re.Match) -> str:
        value = int(next(left, None) or rng.randint(0, 9))
        return {"#": str(value), "§": INDONESIAN[value], "¤": JAVANESE[value], "¥": SCANNED[value]}[place[0]]

    return re.sub("[#§¤¥]", digit, text.replace("{n}", str(rng.randint(1, 99))))


def marked(text: str, kind: PersonalData) -> Planted:
    """The text without its marks, and the places they held."""
    places, plain = [], ""
    for piece in re.split("(«[^»]*»)", text):
        if piece.startswith("«"):
            places.append((len(plain), len(plain) + len(piece) - 2, kind))
        plain += piece.strip("«»")
    return Planted(plain, tuple(places))


def villagers_texts(number: int) -> dict[str, list[Planted]]:
    """The texts of the first or the second half, by what was planted in them."""
    rng = random.Random(f"villagers {number}")
    return {
        family: [marked(written(text, family, rng), kind) for text in half(texts, number)]
        for family, (kind, texts) in FAMILIES.items()
    }
