"""What a request itself keeps of people, and so is erased with the identity or the words of its case."""

from cases.models import Case

from ..models import InformationRequest


def erase_identity(case: Case) -> int:
    """The NIK or deed, address, occupation, and who was represented. The notice stays, without its addressee."""
    rows = InformationRequest.objects.filter(case=case)
    return rows.update(id_number="", address="", occupation="", represented="")


def erase_words(case: Case) -> int:
    """The purpose. What the office decided is its own record, which the register of requests is made of."""
    return InformationRequest.objects.filter(case=case).update(purpose="")
