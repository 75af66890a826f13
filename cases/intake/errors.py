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
