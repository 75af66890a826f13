"""A report that turns out to be a request for information goes on as one, and keeps its receipt."""

from collections.abc import Iterator
from datetime import datetime

from django.core.files.storage import storages
from django.utils.translation import gettext as _

from cases.actors import Staff, System
from cases.intake import AcceptedImage
from cases.models import Case, CaseFile, EventWords, IdentityMode, Party
from cases.models.history import ActorKind
from cases.services.changes import CaseRefusal, change
from cases.services.receipt import Identity
from home.languages import in_indonesian

from ..models import Channel
from .desk import start_waiting
from .receiving import Request, receive_request


def take_over_report(report: Case, by: Staff, at: datetime) -> Case:
    """Receive a request with the words, identity and photos of a report; its clocks run from the report's receipt.

    What the form of a request asks for and a report does not, the applicant is asked to add. Raises NoUnit, NoRule.
    """
    party = Party.objects.filter(case=report).first()
    mode = IdentityMode(report.identity_mode)
    identity = Identity(mode, party.name, party.phone, party.email) if party else Identity(mode)
    request = Request(
        words=_words_of(report),
        identity=identity,
        body=report.responsible_unit,
        images=list(_photos_of(report)),
        channel=Channel.HANDED_OVER,
        received_at=report.received_at,
    )
    case, _is_new = receive_request(request, by=System(), at=at, is_demo=report.is_demo)
    with change(case, by=System(), at=at) as changing:
        changing.record("came_as", internal=False, number=report.number)
        with in_indonesian():  # it is kept
            missing = _missing_from(identity)
        start_waiting(changing, missing)
    return Case.objects.select_related("responsible_unit__kind").get(pk=case.pk)


def _words_of(report: Case) -> str:
    """What the reporter wrote, then and later. Raises CaseRefusal where it was erased."""
    told = EventWords.objects.filter(event__case=report, event__actor_kind=ActorKind.REPORTER)
    first = EventWords.objects.filter(event__case=report, event__seq=1)
    words = (first | told).order_by("event__seq").values_list("text", flat=True)
    if not words:
        raise CaseRefusal(_("Isi laporan ini sudah dihapus, sehingga tidak dapat diserahkan."))
    return "\n\n".join(words)


def _missing_from(identity: Identity) -> str:
    parts = [
        "" if identity.name and identity.mode == IdentityMode.NAMED else _("nama Anda"),
        _("NIK atau nomor akta badan hukum"),
        _("alamat"),
        "" if identity.phone or identity.email else _("nomor HP atau surel"),
        _("tujuan penggunaan informasi"),
        _("cara memperoleh informasi"),
    ]
    return _("Lengkapi permohonan ini: %s.") % ", ".join(part for part in parts if part)


def _photos_of(report: Case) -> Iterator[AcceptedImage]:
    """The photos that came with the report, to be kept with the request too: who sees the one may not see the other."""
    for file in CaseFile.objects.filter(case=report, by_reporter=True):
        if file.is_picture and storages["cases"].exists(file.path):
            with storages["cases"].open(file.path) as stored:
                yield AcceptedImage.of(stored.read(), file.width, file.height)
