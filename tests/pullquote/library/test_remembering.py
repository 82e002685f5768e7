"""A file that exceeded a limit is read again only if something is different."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pullquote.library.remembering import RememberingReader
from pullquote.locales import for_operators
from retrieval.errors import ArticleError
from retrieval.reading.articles import Document
from retrieval.reading.media_types import MARKDOWN, PLAIN_TEXT
from retrieval.reading.reader import ArticleReader
from retrieval.reading.reader_process import Limits
from retrieval.search import snapshot
from tests.support.measures import Obedient

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows keeps no limits and knows no signals")

SLOW = Document("slow.txt", PLAIN_TEXT, b"die SIGXCPU")
TAKES_TOO_LONG = "slow.txt: takes more than 600 s to read; split it into several files"

Read = Callable[[Document], str]


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return tmp_path / "data" / "shelf" / "refused.json"


@pytest.fixture
def tries(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that a process was given."""
    tries: list[str] = []
    read = ArticleReader.read

    def counted(reader: ArticleReader, document: Document) -> object:
        tries.append(document.file)
        return read(reader, document)

    monkeypatch.setattr(ArticleReader, "read", counted)
    return tries


@pytest.fixture
def read(notes: Path) -> Read:
    """What is made of a document, by a reader that is new each time."""

    def read(document: Document, seconds: int = 600) -> str:
        with RememberingReader(Obedient(), notes, Limits(seconds, 384 * 1024**2)) as reader:
            try:
                return reader.read(document).text
            except ArticleError as error:
                return for_operators(error)

    return read


def test_a_file_that_exceeded_a_limit_is_not_read_again(read: Read, tries: list[str]) -> None:
    assert [read(SLOW) for _ in range(3)] == [TAKES_TOO_LONG] * 3
    assert read(Document("moved/slow.txt", PLAIN_TEXT, SLOW.raw)) == f"moved/{TAKES_TOO_LONG}"
    assert tries == ["slow.txt"]


def test_a_file_that_changed_or_is_of_another_kind_is_read(read: Read, tries: list[str]) -> None:
    read(SLOW)
    assert read(Document("slow.txt", PLAIN_TEXT, b"Quick.")) == "Quick."
    read(Document("slow.md", MARKDOWN, SLOW.raw))
    assert tries == ["slow.txt", "slow.txt", "slow.md"]
    read(SLOW)
    read(Document("slow.md", MARKDOWN, SLOW.raw))
    assert len(tries) == 3


def test_other_limits_and_another_format_are_another_chance(
    read: Callable[[Document, int], str], tries: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read(SLOW, 600)
    read(SLOW, 601)
    assert len(tries) == 2
    monkeypatch.setattr(snapshot, "FORMAT", snapshot.FORMAT + 1)
    read(SLOW, 601)
    assert len(tries) == 3


@pytest.mark.parametrize("text", [b"exit 3", b"die SIGKILL", b"fail badly", b""])
def test_whatever_else_goes_wrong_is_tried_again(read: Read, tries: list[str], notes: Path, text: bytes) -> None:
    document = Document("a.txt", PLAIN_TEXT, text)
    assert read(document) == read(document)
    assert tries == ["a.txt", "a.txt"]
    assert not notes.exists()


@pytest.mark.parametrize("written", ["", "[]", "{", '{"conditions": {}}', '{"refused": 1}'])
def test_notes_that_cannot_be_used_are_written_anew(read: Read, tries: list[str], notes: Path, written: str) -> None:
    notes.parent.mkdir(parents=True)
    notes.write_text(written)
    assert [read(SLOW), read(SLOW)] == [TAKES_TOO_LONG] * 2
    assert len(tries) == 1


def test_notes_that_cannot_be_written_change_nothing_else(
    read: Read, tries: list[str], notes: Path, caplog: pytest.LogCaptureFixture
) -> None:
    notes.parent.parent.write_text("a file where the folder should be")
    assert [read(SLOW), read(SLOW)] == [TAKES_TOO_LONG] * 2
    assert len(tries) == 2
    assert caplog.messages[0] == f"{notes} cannot be written (Not a directory): its files are read again next time"
