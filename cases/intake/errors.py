"""Why a file is refused, each in a sentence its sender can act on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .limits import Limits


class UploadRefused(ValueError):
    """A file that is not taken in. `str()` is the sentence for its sender, in the language active when shown.

    Holds only the limits it was judged by, never the file or its name, so it may be logged and pickled.
    """

    message = _(
        "Berkas ini tidak dapat diterima. Kirim foto JPG, PNG, atau HEIC paling besar %(megabytes)d MB."
    )

    def __init__(self, limits: Limits):
        super().__init__(limits)
        self.limits = limits

    def __str__(self) -> str:
        return str(self.message) % {
            "files": self.limits.max_files,
            "megabytes": self.limits.max_bytes // 1024**2,
        }


class Empty(UploadRefused):
    message = _("Berkas ini kosong. Pilih fotonya sekali lagi, lalu kirim.")


class TooLarge(UploadRefused):
    message = _(
        "Berkas ini lebih besar dari %(megabytes)d MB."
        " Kirim tangkapan layar dari foto itu; ukurannya lebih kecil."
    )


class TooManyFiles(UploadRefused):
    message = _("Paling banyak %(files)d foto sekali kirim. Pilih yang paling jelas.")


class NotAnImage(UploadRefused):
    message = _(
        "Berkas ini bukan gambar yang dapat dibuka."
        " Kirim foto JPG, PNG, atau HEIC paling besar %(megabytes)d MB."
    )


class DocumentInstead(NotAnImage):
    message = _("Dokumen belum dapat diterima di sini. Foto halamannya dengan jelas, lalu kirim fotonya.")


class VideoInstead(NotAnImage):
    message = _(
        "Video dan rekaman suara belum dapat diterima di sini."
        " Kirim foto, lalu ceritakan isinya dengan tulisan."
    )


class TooManyPixels(UploadRefused):
    message = _("Ukuran gambar ini terlalu besar untuk dibuka. Kirim tangkapan layar dari gambar itu.")


class Broken(UploadRefused):
    message = _("Gambar ini rusak atau terkirim tidak lengkap. Kirim sekali lagi, atau ambil foto yang baru.")


class NotNow(UploadRefused):
    """Nothing is wrong with the file: it could not be opened for want of a process that opens it."""

    message = _("Berkas ini belum dapat dibuka saat ini. Coba lagi sebentar.")


class TooManyDocuments(UploadRefused):
    message = _("Paling banyak %(files)d dokumen sekali kirim. Pilih yang diperlukan.")


class TooLargeDocument(UploadRefused):
    message = _("Dokumen ini lebih besar dari %(megabytes)d MB. Kirim bagian yang diperlukan saja.")


class NotADocument(UploadRefused):
    message = _(
        "Kirim PDF, DOCX, atau XLSX paling besar %(megabytes)d MB. Simpan dokumen lain sebagai PDF lebih dahulu."
    )


class BrokenDocument(UploadRefused):
    message = _("Dokumen ini rusak atau terkirim tidak lengkap. Kirim sekali lagi.")


class LockedDocument(UploadRefused):
    message = _("Dokumen ini dikunci dengan kata sandi. Simpan tanpa kata sandi, lalu kirim lagi.")


class ActiveDocument(UploadRefused):
    message = _("Dokumen ini memuat skrip, makro, atau berkas lain. Cetak sebagai PDF, lalu kirim hasilnya.")


class HalfSigned(UploadRefused):
    message = _(
        "Tanda tangan elektronik dokumen ini tidak mencakup seluruh isinya. Minta berkas aslinya dari penanda tangan,"
        " atau cetak sebagai PDF, lalu kirim hasilnya tanpa tanda tangan itu."
    )


class LinkedDocument(UploadRefused):
    message = _("Dokumen ini mengambil isinya dari tempat lain. Simpan sebagai PDF, lalu kirim hasilnya.")


class HiddenSheets(UploadRefused):
    message = _("Dokumen ini memuat lembar tersembunyi. Hapus atau tampilkan lembar itu, lalu kirim lagi.")


class HiddenParts(UploadRefused):
    message = _(
        "Dokumen ini memuat baris, kolom, komentar, atau perubahan yang tersembunyi, atau tabel pivot dengan data di "
        "baliknya. Simpan sebagai PDF, lalu kirim hasilnya."
    )


class TooMuchInside(UploadRefused):
    message = _("Isi dokumen ini terlalu besar untuk dibuka. Kirim bagian yang diperlukan saja.")
