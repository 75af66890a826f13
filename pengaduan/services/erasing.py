"""What a complaint itself keeps of people, and so is erased with the words of its case."""

from cases.models import Case

from ..models import Complaint


def erase_words(case: Case) -> int:
    """The landmark and the point on the map, and the answers to the reporter; desa and kecamatan stay. What an officer has
    worded for anyone is taken back beforehand, or stays by a rule (RetentionRule.keeps_public_copy)."""
    rows = Complaint.objects.filter(case=case).update(landmark="", latitude=None, longitude=None)
    return rows + case.answers.update(text="")
