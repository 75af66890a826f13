"""Wagtail's own Indonesian covers a part of /admin/; what an editor or an administrator meets is completed in the portal's catalogues."""

import re
from pathlib import Path

import django
import polib
import pytest
import wagtail
import wagtail_modeladmin

from config.paths import BASE

PLACES = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w+\}")
FOLDERS = (Path(wagtail.__file__).parent, Path(wagtail_modeladmin.__file__).parent)
DOMAINS = ("django", "djangojs")
# Parts of Wagtail that this portal has not: its own log-in, accounts and groups, procedures, snippets, translated
# pages, and what is told when a server is kept up to date.
ABSENT = (
    r"contrib/(forms|search_promotions|simple_translation|styleguide|table_block|typed_table_block)/|/locales/locale/"
    r"|/snippets/locale/|/users/locale/.*(views|bulk_actions|groups|users/index|templatetags)"
    r"|workflow|moderation|notifications/|login\.html|password_reset|upgrade_notification|whats_new|apps\.py"
)
UNSEEN = re.compile(r"workflow|moderation|\btasks?\b|translation", re.IGNORECASE)


def catalogue(domain: str) -> polib.POFile:
    return polib.pofile(str(BASE / "site" / "locale" / "id" / "LC_MESSAGES" / f"{domain}.po"))


def of_wagtail(domain: str) -> list[tuple[Path, polib.POEntry]]:
    paths = [path for folder in FOLDERS for path in folder.glob(f"**/locale/en/LC_MESSAGES/{domain}.po")]
    return [(path, entry) for path in sorted(paths) for entry in polib.pofile(str(path))]


def translated_by_wagtail(path: Path) -> set[str]:
    theirs = Path(str(path).replace("/locale/en/", "/locale/id_ID/"))
    return (
        {entry.msgid for entry in polib.pofile(str(theirs)) if entry.translated()}
        if theirs.exists()
        else set()
    )


def is_met(path: Path, entry: polib.POEntry) -> bool:
    """Whether one of the places where it stands is a part of this portal."""
    places = [f"{path}:{place}" for place, _line in entry.occurrences]
    return not UNSEEN.search(entry.msgid) and any(not re.search(ABSENT, place) for place in places)


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_string_that_is_met_has_its_indonesian(domain):
    ours = {entry.msgid for entry in catalogue(domain) if entry.translated()}
    theirs = {path: translated_by_wagtail(path) for path, _entry in of_wagtail(domain)}
    lacking = [
        entry.msgid
        for path, entry in of_wagtail(domain)
        if entry.msgid not in ours | theirs[path] and is_met(path, entry)
    ]
    assert lacking == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_string_of_a_catalogue_is_one_of_wagtails_or_of_djangos_models_with_as_many_forms(domain):
    # Of Django's own one says in its Indonesian that what is there already is not there.
    djangos = polib.pofile(
        Path(django.__file__).parent / "conf" / "locale" / "en" / "LC_MESSAGES" / "django.po"
    )
    entries = [*djangos, *(entry for _path, entry in of_wagtail(domain))]
    forms = {(entry.msgid, entry.msgid_plural) for entry in entries}
    assert [
        entry.msgid for entry in catalogue(domain) if (entry.msgid, entry.msgid_plural) not in forms
    ] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_string_keeps_its_places(domain):
    wrong = []
    for entry in catalogue(domain):
        for text in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
            allowed = {*PLACES.findall(entry.msgid), *PLACES.findall(entry.msgid_plural)}
            kept = PLACES.findall(text)
            if not text or {*kept} - allowed or (not entry.msgid_plural and {*kept} != allowed):
                wrong.append(entry.msgid)
    assert wrong == []
