"""The table of media types tells the type of an ending, and a new kind of file needs only a line of the table."""

from __future__ import annotations

import gzip

import pytest

from pullquote.library.sources.folder import FolderSource
from retrieval.errors import ArticleError, Reason, UnfitError
from retrieval.reading.articles import Document, read_article
from retrieval.reading.blocks import Block, Kind
from retrieval.reading.frontmatter import FrontMatter
from retrieval.reading.media_types import (
    ASCIIDOC,
    DOCX,
    EPUB,
    HTML,
    MARKDOWN,
    MEDIA_TYPES,
    NOTEBOOK,
    PDF,
    PLAIN_TEXT,
    RST,
    MediaType,
    endings,
    media_type_of,
)
from retrieval.reading.parsed import Parsed
from retrieval.reading.texts import text_parser
from tests.support.folders import MakeFolder
from tests.support.measures import Words
from tests.support.wording import problem_line, refusal


@pytest.mark.parametrize(
    ("file", "media_type"),
    [
        ("a.md", MARKDOWN),
        ("sub/a.MARKDOWN", MARKDOWN),
        ("a.b.txt", PLAIN_TEXT),
        ("a.rst", RST),
        ("a.adoc", ASCIIDOC),
        ("a.HTM", HTML),
        ("a.ipynb", NOTEBOOK),
        ("a.docx", DOCX),
        ("a.epub", EPUB),
        ("a.PDF", PDF),
        ("a.md.bak", None),
        ("md", None),
        (".md", None),
        ("x.md/y", None),
    ],
)
def test_the_last_ending_tells(file: str, media_type: str | None) -> None:
    assert media_type_of(file) == media_type


def test_all_endings() -> None:
    assert endings() == [
        ".md", ".mdx", ".markdown", ".txt", ".rst", ".rest", ".adoc", ".asciidoc", ".asc", ".html", ".htm", ".xhtml",
        ".ipynb", ".docx", ".epub", ".pdf",
    ]  # fmt: skip


def parse_rows(text: str) -> list[Block]:
    """Makes every line a paragraph."""
    return [Block(Kind.PROSE, line) for line in text.splitlines() if line]


def test_another_kind_of_text(make_folder: MakeFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MEDIA_TYPES, "text/csv", MediaType((".csv",), text_parser(parse_rows)))
    folder = make_folder({"a.csv": "Ants bite.\nBees fly.\n", "b.dat": "Text."})
    listing = FolderSource(folder).list()
    assert [problem_line(remark) for remark in listing.remarks] == ["1 file is not an article: 1 .dat"]
    [listed] = listing.documents
    raw = FolderSource(folder).read(listed)
    article = read_article(Document(listed.file, listed.media_type, raw), Words())
    assert [article.slice(passage) for passage in article.passages] == ["Ants bite.", "Bees fly."]


def parse_packed(raw: bytes) -> Parsed:
    """Unpacks bytes that are not text, with a title of their own."""
    try:
        text = gzip.decompress(raw).decode()
    except gzip.BadGzipFile as error:
        raise UnfitError("no-text") from error
    return Parsed([Block(Kind.PROSE, text)], FrontMatter(title="Ants"), notes=(Reason.of("empty"),))


@pytest.fixture
def packed(monkeypatch: pytest.MonkeyPatch) -> str:
    """The media type of files that are not text."""
    monkeypatch.setitem(MEDIA_TYPES, "application/gzip", MediaType((".gz",), parse_packed))
    return "application/gzip"


def test_a_kind_of_file_that_is_not_text(packed: str) -> None:
    article = read_article(Document("a.gz", packed, gzip.compress(b"Ants bite. They dig.")), Words())
    assert (article.title, article.text) == ("Ants", "Ants bite. They dig.")
    assert [article.slice(sentence) for sentence in article.passages[0].sentences] == ["Ants bite.", "They dig."]
    assert article.notes == (Reason.of("empty"),)


def test_bytes_that_are_not_of_that_kind_are_named(packed: str) -> None:
    with refusal(ArticleError, match=r"^a\.gz: has no text in it$"):
        read_article(Document("a.gz", packed, b"Ants bite."), Words())
