"""The words before and after a number that say whose and what it is, as people write them."""

import re

from .kinds import PersonalData

TELEPHONES = r"t[ei]?le?[pf][ou]?n?|tel|te?lpn|fa[xk]s?|hub|(?:di|meng)?hubungi|[ck]onta[ck]t?|call|c\.?p|contact person"
MOBILES = r"w\.?a|wh?ats? ?app?|wasap|h\.?p|hape|hand ?phone|sms|ponsel|seluler|nope|no\.?hp|no\.?wa"
# The number of such a purse is its owner's mobile.
PURSES = r"dana|ovo|go-?pay|shopee ?pay|link ?aja"
BANKS = (
    r"\w{0,12}bank|bri|bca|bni|bsi|btn|bjb|bpd|bpr|bkk|mandiri|jatim|jateng|jago|jenius|danamon|cimb|permata|"
    r"muamalat|panin|ocbc|brilink|brimo|briva|livin"
)
SUPPLIERS = "pln|pdam|hippam|indihome"
NAMES = {
    PersonalData.NIK: r"n[. ]?i[. ]?k|e?ktp|identitas|(?:nomor|no\.?) induk(?: kependudukan)?|kependudukan",
    PersonalData.FAMILY_CARD: r"k[. ]?k|kartu keluarga",
    PersonalData.PHONE: rf"{TELEPHONES}|{MOBILES}|{PURSES}",
    PersonalData.NPWP: "npwp",
    PersonalData.ACCOUNT: rf"(?:no)?rek(?:ening)?(?:{BANKS})?|tabungan|{BANKS}|atm|kks|kartu (?:debit|kredit|saya|sy)|(?<!\d)(?<!\d )va|virtual account|"
    r"(?:di|men|me)?(?:transfer|tr?f|kirim|setor)(?:kan)?",
    PersonalData.CUSTOMER: rf"id ?pel(?:anggan)?|pelanggan|plgn|(?:no|nomor|nomer|nmr|id)\.? ?(?:pel|meter|sambungan|{SUPPLIERS})|"
    rf"(?:{SUPPLIERS}) (?:no|nomor|nomer|nmr|id)|meteran|sambungan|bpjs|jkn|kis|kpj",
}
# The numbers of papers.
PAPERS = (
    r"surat|sk|perda|perbup|perdes|uu|pp|pasal|aduan|laporan|tiket|sertifikat|berkas|proposal|akta|perkara|"
    r"putusan|registe?r(?:asi)?|resi|kode rek(?:ening)?"
)
BEGINS, ENDS = r"(?<![^\W\d_])", r"(?:nya|ku|mu|n?e)?(?![^\W\d_])"
NAMED = re.compile(
    "|".join(
        rf"(?P<{kind}>{BEGINS}(?:{words}){ENDS})" for kind, words in (NAMES | {"paper": PAPERS}).items()
    ),
    re.I,
)
# Right before a number these say that it is of no person, unless it has the form of a mobile.
OF_NO_PERSON = re.compile(
    rf"{BEGINS}(?:nop|sppt|nib|nip|npsn|nisn|nuptk|isbn|imei|[mt]id|resi|pbg|slf|imb|pirt|ntpn|"
    r"ref(?:erensi)?|(?:order|pesanan|transaksi|trx|invoice|meeting|zoom|rapat)(?: id)?|id (?:order|transaksi|meeting|zoom|rapat)|kode (?:bayar|billing|rek(?:ening)?|booking|tender)|pendaftaran|"
    rf"registe?r(?:asi)?|peserta ujian|kontrak|sertifikat|barcode|rangka|mesin){ENDS}"
    r"\W{0,3}(?:(?:no|nomor|nomer)\W{0,3})?$",
    re.I,
)
# Near enough for a number without its beginning.
NUMBER = re.compile(rf"{BEGINS}(?:nomor|nomer|nmr|no){ENDS}(?:\s(?:saya|sy|aku|kami))?\W{{0,3}}$", re.I)
TELEPHONE = re.compile(rf"{BEGINS}(?:{TELEPHONES}){ENDS}\D{{0,20}}$", re.I)
TELEPHONE_AFTER = re.compile(rf"\s{{0,2}}\((?:no\.? )?(?:{TELEPHONES}){ENDS}", re.I)
OWNER = re.compile(rf"\s{{0,3}}[,(/-]?\s{{0,2}}(?:a\.? ?n\b|atas nama\b|(?:ke )?(?:{BANKS})\b)", re.I)
# Between numbers that one word names.
ALSO = re.compile(r"\s?(?:[/,&]|dan|atau)\s?", re.I)
