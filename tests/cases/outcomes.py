from cases.intake import UploadRefused, accept_document
from cases.intake.limits import Limits


def outcome(content: bytes, **limits):
    """The extension under which a document is kept, or why it is not."""
    try:
        return accept_document(content, limits=Limits(**limits)).extension
    except UploadRefused as refusal:
        return type(refusal)
