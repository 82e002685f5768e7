"""The table of media types tells the type of an ending, and a new kind of text needs only a line of the table."""

from __future__ import annotations

import pytest

from pullquote.library.sources.folder import FolderSource
from retrieval.reading.articles import Document, read_article
from retrieval.reading.blocks import Block, Kind
from retrieval.reading.media_types import MARKDOWN, MEDIA_TYPES, PLAIN_TEXT, MediaType, endings, media_type_of
from tests.support.folders import MakeFolder
from tests.support.measures import Words
from tests.support.wording import problem_line


@pytest.mark.parametrize(
    ("file", "media_type"),
    [
        ("a.md", MARKDOWN),
        ("sub/a.MARKDOWN", MARKDOWN),
        ("a.b.txt", PLAIN_TEXT),
        ("a.md.bak", None),
        ("md", None),
        (".md", None),
        ("x.md/y", None),
    ],
)
def test_the_last_ending_tells(file: str, media_type: str | None) -> None:
    assert media_type_of(file) == media_type


def test_all_endings() -> None:
    assert endings() == [".md", ".markdown", ".txt"]


def parse_rows(text: str) -> list[Block]:
    """Makes every line a paragraph."""
    return [Block(Kind.PROSE, line) for line in text.splitlines() if line]


def test_another_kind_of_text(make_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MEDIA_TYPES, "text/csv", MediaType((".csv",), parse_rows))
    folder = make_folder({"a.csv": "Ants bite.\nBees fly.\n", "b.rst": "Text."})
    listing = FolderSource(folder).list()
    assert [problem_line(problem) for problem in listing.problems] == [
        "b.rst: is not read; only .md, .markdown, .txt and .csv files are"
    ]
    [listed] = listing.documents
    raw = FolderSource(folder).read(listed)
    article = read_article(Document(listed.file, listed.media_type, raw), Words())
    assert [article.slice(passage) for passage in article.passages] == ["Ants bite.", "Bees fly."]
