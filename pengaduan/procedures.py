"""The built-in procedures: which steps a unit's desk takes, who owes each, and on which clock.

No term stands here: a step's term is the Rule of (procedure, step), which the office may change.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opd_pages.models.membership import Role

KAPAS, BRIEF, RAPID = "kapas", "ringkas", "reaksi_cepat"


@dataclass(frozen=True)
class Procedure:
    """`is_disposed`: the head orders a section to look into the report before it is answered.

    `opens_twice`: the desk is opened at fixed hours, and the head is told of each report directly.
    """

    code: str
    title: Promise
    is_disposed: bool
    opens_twice: bool
    drafted_by: Role


PROCEDURES = {
    procedure.code: procedure
    for procedure in (
        Procedure(KAPAS, _("Kapas"), is_disposed=True, opens_twice=True, drafted_by=Role.PPID_ASSISTANT),
        Procedure(BRIEF, _("Ringkas"), is_disposed=False, opens_twice=False, drafted_by=Role.OPERATOR),
        Procedure(RAPID, _("Reaksi cepat"), is_disposed=False, opens_twice=False, drafted_by=Role.OPERATOR),
    )
}
# The law's own terms for complaints, whatever procedure a unit picked.
BY_LAW = "complaint"
PROCEDURE_CHOICES = [(procedure.code, procedure.title) for procedure in PROCEDURES.values()]
PROCEDURE_TITLES = {
    BY_LAW: _("Pengaduan, menurut peraturan"),
    KAPAS: _("Prosedur Kapas"),
    BRIEF: _("Prosedur ringkas"),
    RAPID: _("Prosedur reaksi cepat"),
}

STEP_TITLES = {
    "verify": _("Meja layanan memeriksa laporan"),
    "dispose": _("Pimpinan memberi perintah"),
    "investigate": _("Seksi memeriksa di lapangan"),
    "study": _("Pimpinan mempelajari temuan"),
    "draft": _("Jawaban dirumuskan"),
    "approve": _("Pimpinan menerbitkan jawaban"),
    "call_reporter": _("Telepon pelapor"),
    "check_promise": _("Janji diperiksa orang lain"),
    "public_answer": _("Jawaban untuk umum ditulis"),
    "decide_reopening": _("Permintaan buka kembali diputuskan"),
    "answer": _("Jawaban kepada pelapor"),
    "law": _("Batas menurut peraturan"),
    "confirm": _("Tanggapan pelapor"),
    "complete": _("Keterangan pelapor"),
    "promise": _("Janji"),
    "postponement": _("Penundaan"),
}
