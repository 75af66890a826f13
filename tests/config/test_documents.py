import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import call_command

from config import documents
from config.documents import DOCUMENTS, Document
from config.management.commands import document as command
from config.paths import BASE


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.path.name)
def test_what_is_documented_is_what_the_program_does(document):
    assert document.path.read_text() == document.write()


def test_every_setting_has_its_row():
    rows = [line.split("`")[1] for line in documents.configuration().splitlines() if line.startswith("| `")]
    assert rows == [setting.name for setting in documents.TABLE]


def stale(monkeypatch, folder: Path) -> Path:
    path = folder / "usang.md"
    path.write_text("lama")
    monkeypatch.setattr(command, "BASE", folder)
    monkeypatch.setattr(command, "DOCUMENTS", (Document(path, lambda: "baru"),))
    return path


def test_a_stale_document_fails_the_check_and_stays_as_it_is(monkeypatch, tmp_path):
    path = stale(monkeypatch, tmp_path)
    with pytest.raises(SystemExit) as refusal:
        call_command("document", "--check")
    assert refusal.value.code == "Usang: usang.md. Jalankan manage.py document."
    assert path.read_text() == "lama"


def test_a_stale_document_is_rewritten(monkeypatch, tmp_path):
    path = stale(monkeypatch, tmp_path)
    call_command("document")
    assert path.read_text() == "baru"


def test_every_dependency_has_its_reason():
    project = tomllib.loads((BASE / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    tools = [one for one in groups["dev"] if one != {"include-group": "install"}]
    wanted = project["project"]["dependencies"] + tools + groups["install"]
    rows = re.findall(r"^\| `([\w-]+)` \|", (BASE / "docs" / "dependencies.md").read_text(), re.MULTILINE)
    assert rows == [re.match(r"[\w-]+", requirement).group() for requirement in wanted]
