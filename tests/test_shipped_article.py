"""The article that comes with the bot: it loads as it should and is in our own words."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from pullquote.library.sources.folder import FolderSource
from retrieval.article import Article
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.reading.articles import read_article
from tests.support.documents import document
from tests.support.scraped_article import PUBLISHED

CORPUS = Path(__file__).parents[1] / "corpus"
SHIPPED = "musk-putin-claim.md"
# SHA-256, cut to twelve digits, of each run of eight words of the article's source, which is not part of the project.
SOURCE_RUNS = Path(__file__).with_name("source_runs.txt")


@pytest.fixture(scope="module")
def article(encoder: SentenceTransformerEncoder) -> Article:
    return read_article(document(SHIPPED, (CORPUS / SHIPPED).read_bytes()), encoder)


def runs_of_eight_words(text: str) -> set[str]:
    """The digests of all runs of eight words."""
    words = re.findall(r"\w+", text.lower())
    runs = (" ".join(words[i : i + 8]) for i in range(len(words) - 7))
    return {hashlib.sha256(run.encode()).hexdigest()[:12] for run in runs}


def test_it_is_found() -> None:
    assert SHIPPED in [listed.file for listed in FolderSource(CORPUS).list().documents]


def test_it_loads_without_notes_as_twelve_passages(article: Article) -> None:
    assert article.notes == ()
    assert article.title == "Musk is said to have spoken to Putin before posting his Ukraine peace proposal"
    assert (article.language, article.published is None, article.author) == ("en", False, "Pullquote")
    assert [passage.section for passage in article.passages] == [
        *["The claim"] * 3,
        *["The terms and the proposal"] * 3,
        *["Starlink and the battlefield"] * 3,
        *["Reactions"] * 3,
    ]


def test_each_passage_ends_a_sentence(article: Article) -> None:
    assert all(re.search(r"[.!?]”?$", article.slice(passage)) for passage in article.passages)


def test_no_eight_words_in_a_row_are_those_of_its_source_but_in_quotation_marks(article: Article) -> None:
    source = set(SOURCE_RUNS.read_text(encoding="ascii").split())
    assert len(source) == 362
    assert re.search(r"“[^”]+”", article.text)
    unquoted = re.split(r"“[^”]*”", article.text)
    assert set.union(*map(runs_of_eight_words, unquoted)) & source == set()
    if PUBLISHED.is_file():
        assert runs_of_eight_words(PUBLISHED.read_text(encoding="utf-8")) == source
