"""How a repeated submission of a public form is known, so that a retry makes no second case."""

import hashlib
import json
import re

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from ..history import clean_words

KEY = re.compile(r"[A-Za-z0-9_-]{22,43}")


def submission_key(form: type[forms.Form], sent: QueryDict, files: MultiValueDict) -> str | None:
    """What a repeated submission is known by: one form, filled in and with photos as it was. None for a key that no
    form of ours carried.

    Whoever goes back and changes anything, were it only to stay unknown, has sent another one, and it is not lost.
    """
    form_key = sent.get("submission_key", "")
    if not KEY.fullmatch(form_key):
        return None
    told = [(name, [clean_words(text) for text in sent.getlist(name)]) for name in form.base_fields]
    seen = [_digest(file) for name in sorted(files) for file in files.getlist(name)]
    return hashlib.sha256(json.dumps([form_key, told, seen]).encode()).hexdigest()[:43]


def _digest(file: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
