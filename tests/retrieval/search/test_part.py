"""A part of a corpus: it is what a corpus of its articles alone would be."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.errors import SnapshotError
from retrieval.ranking.evidence import encode, gather
from retrieval.search.building import build_corpus
from retrieval.search.corpus import Corpus
from retrieval.search.part import part_of
from tests.support.fake_encoder import LetterEncoder, article, corpus_of
from tests.support.made_answers import unparsed

TEXTS = (
    "# Ants\n\nAnt bee! Cat!\n\n## Diet\n\nDog eel.\n\n!!!",
    "# Bees\n\nBee cat dog.\n\nThe of and.",
    "# Ants\n\nAnt gnu! Yak zoo.",
    "!!!\n\n# Where?\n\nBee bee. Ant.",
)
QUESTIONS = ("ant bee", "cat", "where dog eel", "yak")


def assert_same(found: Any, expected: Any) -> None:
    """Whatever it holds is the same, to the last digit."""
    if is_dataclass(expected):
        for field in fields(expected):
            assert_same(getattr(found, field.name), getattr(expected, field.name))
    elif isinstance(expected, np.ndarray):
        np.testing.assert_array_equal(found, expected)
    elif isinstance(expected, list | tuple):
        assert len(found) == len(expected)
        for pair in zip(found, expected, strict=True):
            assert_same(*pair)
    else:
        assert found == expected


def evidence(corpus: Corpus, question: str) -> Any:
    [query] = encode([unparsed(question)], LetterEncoder())
    return gather(query, corpus)


@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=4), st.data())
def test_it_is_a_corpus_of_these_articles_alone(texts: list[str], data: st.DataObject) -> None:
    corpus = corpus_of(*texts)
    numbers = range(len(texts))
    kept = sorted(data.draw(st.sets(st.sampled_from(numbers), min_size=1)))
    encoder = LetterEncoder()
    part = part_of(corpus, kept, encoder)
    alone = build_corpus([corpus.articles[number] for number in kept], encoder, corpus).corpus
    assert encoder.encoded == []
    assert part.articles == alone.articles
    assert_same(part.layout, alone.layout)
    assert_same(part.words, alone.words)
    assert_same(part.topics, alone.topics)
    for question in QUESTIONS:
        assert_same(evidence(part, question), evidence(alone, question))


def test_titles_are_told_apart_from_those_that_are_there_alone() -> None:
    corpus = corpus_of("# News\n\nAnt.", "# News\n\nBee.")
    assert corpus.layout.titles == ("0.txt › News", "1.txt › News")
    assert part_of(corpus, [1], LetterEncoder()).layout.titles == ("News",)


def test_words_vectors_that_are_gone_are_told() -> None:
    corpus = build_corpus([article("Ant bee!", "0.txt"), article("Cat!", "1.txt")], LetterEncoder()).corpus
    part = part_of(corpus, [1], LetterEncoder())
    assert part.word_vectors.read([(0, 0), (0, 1)]).shape == (1, 26)
    with pytest.raises(SnapshotError):
        part.word_vectors.read([(0, 2)])
