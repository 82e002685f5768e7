"""The documents for those who change the code name what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pullquote.settings import ROOT

DOCUMENTS = ("ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md")
# What looks like a path of this project: a folder's name ends in a slash, a file's has an ending.
_PATH = re.compile(r"`((?:[\w.-]+/)+(?:[\w.-]+\.(?:py|json|md|toml|html|yml))?|[\w.-]+\.(?:py|md|toml|yml))`")
# Stand for any file of their kind.
_ANY = ("NAME",)


def paths(document: str) -> list[str]:
    text = (ROOT / document).read_text(encoding="utf-8")
    return sorted({path for path in _PATH.findall(text) if not any(name in path for name in _ANY)})


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_a_document_names_exists(document: str) -> None:
    assert [path for path in paths(document) if not (ROOT / path).exists()] == []


def test_the_architecture_names_every_room() -> None:
    rooms = {
        f"{folder.relative_to(ROOT).as_posix()}/"
        for package in ("pullquote", "retrieval")
        for folder in Path(ROOT / package).rglob("*")
        if folder.is_dir() and any(folder.glob("*.py"))
    }
    assert rooms - set(paths("ARCHITECTURE.md")) == set()


@pytest.mark.parametrize("document", ["README.md", *DOCUMENTS, "CHANGELOG.md"])
def test_every_link_between_documents_leads_somewhere(document: str) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", (ROOT / document).read_text(encoding="utf-8"))
    assert [target for target in targets if not (ROOT / target).exists()] == []
