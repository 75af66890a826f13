"""What a request keeps of its applicant goes when their identity is erased."""

from django.utils import timezone

from cases.actors import Reporter, Staff
from cases.models import Party
from cases.services.erasure import erase_at_request
from opd_pages.models import Role
from ppid.letters import notice_letter
from ppid.models import InformationRequest, Notice
from ppid.services import applicant
from tests.factories import member

from .desk import fresh


def test_with_the_identity_go_nik_address_and_occupation_but_not_what_was_decided(desk):
    case = desk.decided(decision="refused", at=timezone.now())
    applicant.say_enough(case, by=Reporter())
    coordinator = Staff.of(member("koordinator", desk.office.regency, Role.COORDINATOR))
    erase_at_request(
        case, by=coordinator, seen=None, subjects=["identity"], reason="Diminta sendiri oleh pemohon."
    )
    request, notice = InformationRequest.objects.get(case=case), Notice.objects.get(case=case)
    assert (request.id_number, request.address, request.occupation) == ("", "", "")
    assert not Party.objects.filter(case=case).exists()
    assert notice_letter(fresh(case), notice, shows_identity=True).to == ("Yth. Pemohon informasi",)
