"""A corpus without some of its passages: what it proposes, and what its evidence knows."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.ranking.evidence import encode, gather
from retrieval.search.corpus import Corpus
from retrieval.search.withheld import without
from tests.support.fake_encoder import LetterEncoder, article, corpus_of
from tests.support.made_answers import unparsed

BODY = "Ant bee!\n\nBee cat! Dog!\n\nDog eel!"


def rows(corpus: Corpus, question: str) -> list[int]:
    [query] = encode([unparsed(question)], LetterEncoder())
    found: list[int] = gather(query, corpus).rows.tolist()
    return found


def test_what_is_withheld_is_not_proposed_and_rows_stay() -> None:
    corpus = corpus_of(BODY, "Fox gnu!")
    assert rows(corpus, "ant bee cat dog") == [0, 1, 2, 3]
    assert rows(without(corpus, np.array([1])), "ant bee cat dog") == [0, 2, 3]
    assert rows(without(corpus, np.array([0, 3])), "fox ant") == [1, 2]


def test_as_many_are_proposed_as_before() -> None:
    """The nearest twenty are withheld, and the next twenty are proposed instead."""
    corpus = corpus_of("\n\n".join(["Ant!"] * 20 + ["Ant bee!"] * 20 + ["Cat!"] * 5))
    assert rows(without(corpus, np.arange(20)), "apple") == list(range(20, 40))


def test_evidence_knows_nothing_of_what_is_withheld() -> None:
    corpus = without(corpus_of(BODY), np.array([0]))
    [query] = encode([unparsed("ant bee")], LetterEncoder())
    found = gather(query, corpus)
    # "ant" stood in the withheld passage alone, "bee" stands in the next one, too.
    assert found.in_article.tolist() == [[False, False], [True, True]]
    assert found.in_neighbours.tolist() == [[False, False], [True, True]]
    # The mean of (b + c + d) / √3 and (d + e) / √2, of length 1.
    mean = np.array([1 / np.sqrt(3), 1 / np.sqrt(3), 1 / np.sqrt(3) + 1 / np.sqrt(2), 1 / np.sqrt(2)])
    bee = mean[0] / np.linalg.norm(mean)
    np.testing.assert_allclose(found.article_cosine, [bee / np.sqrt(2)] * 2, atol=1e-6)


def test_headings_propose_only_what_stays() -> None:
    encoder = LetterEncoder()
    corpus = corpus_of("# Zoo\n\n## Yak\n\n" + "\n\n".join(["Cat!"] * 4 + ["Dog!"] * 30))
    assert corpus.headings.proposed(encoder.encode_sentences(["yak"])[0]).tolist() == [0, 1, 2]
    rest = without(corpus, np.array([1]))
    assert rest.headings.proposed(encoder.encode_sentences(["yak"])[0]).tolist() == [0, 2]


def test_something_must_stay() -> None:
    with pytest.raises(ValueError, match="no passage stays"):
        without(corpus_of("Ant!\n\nBee!"), np.array([0, 1]))


def test_the_whole_corpus_is_as_it_was() -> None:
    corpus = corpus_of(BODY)
    without(corpus, np.array([0, 1]))
    assert rows(corpus, "ant") == [0, 1, 2]
    assert corpus.articles == (article(BODY, "0.txt"),)
