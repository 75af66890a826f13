"""Wagtail's own Indonesian covers a part of /admin/; what an editor meets is completed in the portal's catalogue."""

import re
from pathlib import Path

import polib
import wagtail

from config.paths import BASE

OURS = polib.pofile(str(BASE / "site" / "locale" / "id" / "LC_MESSAGES" / "django.po"))
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd%]")


def test_every_string_of_the_catalogue_is_one_of_wagtails():
    theirs = set()
    for path in Path(wagtail.__file__).parent.glob("**/locale/en/LC_MESSAGES/django.po"):
        theirs |= {entry.msgid for entry in polib.pofile(str(path))}
    assert [entry.msgid for entry in OURS if entry.msgid not in theirs] == []


def test_every_string_is_translated_and_keeps_its_places():
    wrong = [
        entry.msgid
        for entry in OURS
        for words in entry.msgstr_plural.values() or [entry.msgstr]
        if not words or sorted(PLACES.findall(entry.msgid)) != sorted(PLACES.findall(words))
    ]
    assert wrong == []
