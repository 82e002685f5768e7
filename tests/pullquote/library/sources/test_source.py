"""A library serves any source, not only a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from pullquote.library.library import Library
from retrieval.answering import Answerer
from retrieval.errors import CorpusError
from retrieval.question import Question
from tests.support.fake_encoder import LetterEncoder
from tests.support.libraries import diff, names, problems, texts
from tests.support.made_answers import SHIPPED
from tests.support.sources import Shelf
from tests.support.wording import refusal


@pytest.fixture
def source() -> Shelf:
    return Shelf({"Ants": "Ants bite.", "Bees": "Bees fly."})


@pytest.fixture
def library(source: Shelf, tmp_path: Path) -> Library:
    return Library.of(source, tmp_path / "shelf", LetterEncoder())


def test_its_articles_are_answered_from(library: Library) -> None:
    assert names(library.corpus) == ["Ants", "Bees"]
    [quote] = Answerer(library, SHIPPED).answer(Question.parse("Do bees fly?")).quotes[:1]
    assert (quote.article.title, quote.article.source, quote.text) == ("Bees", "Bees", "Bees fly.")


def test_a_reload_reads_what_is_new_or_changed_alone(library: Library, source: Shelf) -> None:
    source.read_so_far.clear()
    source.texts |= {"Bees": "Bees dance.", "Cats": "Cats sleep."}
    assert diff(library.reload("Ada")) == {"added": ["Cats"], "changed": ["Bees"], "unchanged": ["Ants"]}
    assert source.read_so_far == ["Bees", "Cats"]


def test_what_cannot_be_read_any_more_keeps_its_last_good_version(library: Library, source: Shelf) -> None:
    source.texts["Bees"] = "Bees dance."
    source.lost.add("Bees")
    assert diff(library.reload("Ada")) == {"unchanged": ["Ants", "Bees"]}
    assert texts(library.corpus)["Bees"] == "Bees fly."
    assert problems(library) == ["Bees: cannot be opened (No such row). Its last good version stays in use"]


def test_a_second_start_takes_it_from_the_disk(library: Library, source: Shelf) -> None:
    source.read_so_far.clear()
    encoder = LetterEncoder()
    assert Library.of(source, library.shelf, encoder).corpus.articles == library.corpus.articles
    assert (source.read_so_far, encoder.encoded) == ([], [])


def test_without_articles_it_is_named(tmp_path: Path) -> None:
    with refusal(CorpusError, match=r"^There are no articles in the shelf in memory\. "):
        Library.of(Shelf({}), tmp_path / "shelf", LetterEncoder())
