from .consequence_test import ConsequenceTest, ExclusionGround
from .letter import LetterTemplate
from .notice import Decision, Notice
from .page import PpidPage
from .request import ApplicantKind, Channel, Delivery, InformationRequest, Obtaining
from .settings import PpidSettings

__all__ = [
    "ApplicantKind",
    "Channel",
    "ConsequenceTest",
    "Decision",
    "Delivery",
    "ExclusionGround",
    "InformationRequest",
    "LetterTemplate",
    "Notice",
    "Obtaining",
    "PpidPage",
    "PpidSettings",
]
