"""What the oracles for the features share: loops over words and sentences, and the list of all oracles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from retrieval.ranking.evidence import Evidence
from retrieval.ranking.features import PASSAGE_FEATURES, SENTENCE_FEATURES

# The value of a candidate, or of a sentence.
Oracle = Callable[[Evidence, int], float]
ORACLES: dict[str, Oracle] = {}


def oracle(function: Oracle) -> Oracle:
    ORACLES[function.__name__] = function
    return function


def words_of(e: Evidence, candidate: int) -> range:
    return range(*e.passage_words.span(candidate))


def sentences_of(e: Evidence, candidate: int) -> range:
    return range(*e.passage_sentences.span(candidate))


def words_in(e: Evidence, sentence: int) -> range:
    return range(*e.sentence_words.span(sentence))


def candidate_of(e: Evidence, sentence: int) -> int:
    return next(candidate for candidate in range(len(e.rows)) if sentence in sentences_of(e, candidate))


def words_of_question(e: Evidence) -> range:
    return range(len(e.weight))


def nearest(e: Evidence, word: int, among: Sequence[int]) -> float:
    return max((float(e.similarity[word, other]) for other in among), default=0.0)


def has(e: Evidence, word: int, among: Sequence[int]) -> bool:
    return any(e.match[word, other] for other in among)


def share(e: Evidence, matched: Sequence[bool]) -> float:
    return sum(float(weight) for weight, counts in zip(e.weight, matched, strict=True) if counts)


def followers(e: Evidence, candidate: int) -> Iterator[tuple[int, int]]:
    return pairwise(words_of(e, candidate))


def pair_weights(e: Evidence) -> list[float]:
    return [float(first + second) for first, second in pairwise(e.weight)]


def in_context(e: Evidence, word: int, candidate: int) -> float:
    return max(nearest(e, word, words_of(e, candidate)), float(e.above_similarity[word, candidate]))


def found(e: Evidence, word: int, candidate: int) -> bool:
    return has(e, word, words_of(e, candidate)) or bool(e.above_match[word, candidate])


def mentioned(e: Evidence, word: int, candidate: int) -> bool:
    return bool(e.in_article[word, candidate]) or bool(e.above_match[word, candidate])


def ahead(values: Sequence[float], candidate: int) -> float:
    others = [value for i, value in enumerate(values) if i != candidate]
    return values[candidate] - max(others, default=0)


def assert_as_the_loops_say(evidence: Evidence) -> None:
    """In every feature, of every candidate and every sentence."""
    for features, count in ((PASSAGE_FEATURES, len(evidence.rows)), (SENTENCE_FEATURES, len(evidence.sentence_cosine))):
        for name, feature in features.items():
            values = feature(evidence)
            assert values.shape == (count,), name
            assert np.isfinite(values).all(), name
            expected = [ORACLES[name](evidence, i) for i in range(count)]
            np.testing.assert_allclose(values, expected, atol=1e-5, err_msg=name)
