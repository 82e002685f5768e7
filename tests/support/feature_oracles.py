"""Every feature as a plain loop over words and sentences: the oracles for the features."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from retrieval.language.question_kind import QuestionKind
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


@oracle
def passage_cosine(e: Evidence, candidate: int) -> float:
    return float(e.passage_cosine[candidate])


@oracle
def sentence_cosine(e: Evidence, candidate: int) -> float:
    return max(float(e.sentence_cosine[sentence]) for sentence in sentences_of(e, candidate))


@oracle
def fitting_sentence_cosine(e: Evidence, candidate: int) -> float:
    return max(
        float(e.sentence_cosine[sentence]) - (0.3 if lacks_kind(e, sentence) else 0)
        for sentence in sentences_of(e, candidate)
    )


def lacks_kind(e: Evidence, sentence: int) -> bool:
    return e.question_kind is not QuestionKind.OTHER and not any(e.fits[word] for word in words_in(e, sentence))


@oracle
def article_cosine(e: Evidence, candidate: int) -> float:
    return float(e.article_cosine[candidate])


@oracle
def maxsim(e: Evidence, candidate: int) -> float:
    return sum(float(e.weight[word]) * nearest(e, word, words_of(e, candidate)) for word in words_of_question(e))


@oracle
def sharp_maxsim(e: Evidence, candidate: int) -> float:
    return sum(
        float(e.weight[word]) * max(nearest(e, word, words_of(e, candidate)), 0) ** 4 for word in words_of_question(e)
    )


@oracle
def distinct_maxsim(e: Evidence, candidate: int) -> float:
    weights = []
    for word in words_of_question(e):
        all_nearest = [nearest(e, word, words_of(e, other)) for other in range(len(e.rows))]
        weights.append(float(e.weight[word]) * (max(all_nearest) - sum(all_nearest) / len(all_nearest) + 1e-5))
    weighted = [weights[word] * nearest(e, word, words_of(e, candidate)) for word in words_of_question(e)]
    return sum(weighted) / sum(weights)


@oracle
def window_maxsim(e: Evidence, candidate: int) -> float:
    return max(window_maxsim_of_sentence(e, sentence) for sentence in sentences_of(e, candidate))


@oracle
def pair_maxsim(e: Evidence, candidate: int) -> float:
    if len(e.weight) == 1:
        return maxsim(e, candidate)
    total = 0.0
    for weight, (first, second) in zip(pair_weights(e), pairwise(e.similarity), strict=True):
        alike = [max(first[i] + second[j], first[j] + second[i]) / 2 for i, j in followers(e, candidate)]
        total += weight * float(max([*alike, 0]))
    return total / sum(pair_weights(e))


@oracle
def name_maxsim(e: Evidence, candidate: int) -> float:
    named = [word for word in words_of_question(e) if e.named[word]]
    if not named:
        return maxsim(e, candidate)
    total = sum(float(e.weight[word]) * nearest(e, word, words_of(e, candidate)) for word in named)
    return total / sum(float(e.weight[word]) for word in named)


@oracle
def weakest_word(e: Evidence, candidate: int) -> float:
    return min(nearest(e, word, words_of(e, candidate)) for word in words_of_question(e))


@oracle
def question_word(e: Evidence, candidate: int) -> float:
    if e.question_word_similarity is None:
        return 0.35
    return max((float(e.question_word_similarity[word]) for word in words_of(e, candidate)), default=0.0)


def coverage(e: Evidence, candidate: int) -> float:
    return share(e, [has(e, word, words_of(e, candidate)) for word in words_of_question(e)])


def in_context(e: Evidence, word: int, candidate: int) -> float:
    return max(nearest(e, word, words_of(e, candidate)), float(e.above_similarity[word, candidate]))


def found(e: Evidence, word: int, candidate: int) -> bool:
    return has(e, word, words_of(e, candidate)) or bool(e.above_match[word, candidate])


def mentioned(e: Evidence, word: int, candidate: int) -> bool:
    return bool(e.in_article[word, candidate]) or bool(e.above_match[word, candidate])


def ahead(values: Sequence[float], candidate: int) -> float:
    others = [value for i, value in enumerate(values) if i != candidate]
    return values[candidate] - max(others, default=0)


@oracle
def context_maxsim(e: Evidence, candidate: int) -> float:
    return sum(float(e.weight[word]) * in_context(e, word, candidate) for word in words_of_question(e))


@oracle
def distinct_context_maxsim(e: Evidence, candidate: int) -> float:
    weights = []
    for word in words_of_question(e):
        of_all = [in_context(e, word, other) for other in range(len(e.rows))]
        weights.append(float(e.weight[word]) * (max(of_all) - sum(of_all) / len(of_all) + 1e-5))
    return sum(weights[word] * in_context(e, word, candidate) for word in words_of_question(e)) / sum(weights)


@oracle
def context_coverage(e: Evidence, candidate: int) -> float:
    return share(e, [found(e, word, candidate) for word in words_of_question(e)])


@oracle
def heading_cosine(e: Evidence, candidate: int) -> float:
    return float(e.heading_cosine[candidate])


@oracle
def path_cosine(e: Evidence, candidate: int) -> float:
    return float(e.path_cosine[candidate])


@oracle
def asked_heading(e: Evidence, candidate: int) -> float:
    return float(e.heading_cosine[candidate]) if e.heading_asks[candidate] else 0.0


@oracle
def unfit(e: Evidence, candidate: int) -> float:
    asks_for_a_kind = e.question_kind is not QuestionKind.OTHER
    return float(asks_for_a_kind and not any(e.fits[word] for word in words_of(e, candidate)))


@oracle
def unmentioned(e: Evidence, candidate: int) -> float:
    return share(e, [not mentioned(e, word, candidate) for word in words_of_question(e)])


@oracle
def unmentioned_names(e: Evidence, candidate: int) -> float:
    names = [word for word in words_of_question(e) if e.named[word]]
    return sum(float(e.rarity[word]) for word in names if not mentioned(e, word, candidate))


@oracle
def rarest_missing(e: Evidence, candidate: int) -> float:
    return max([float(e.rarity[word]) for word in words_of_question(e) if not found(e, word, candidate)], default=0.0)


@oracle
def uncovered(e: Evidence, candidate: int) -> float:
    return sum(float(e.rarity[word]) * (1 - in_context(e, word, candidate)) for word in words_of_question(e))


@oracle
def cosine_lead(e: Evidence, candidate: int) -> float:
    return ahead([float(cosine) for cosine in e.passage_cosine], candidate)


@oracle
def sentence_lead(e: Evidence, candidate: int) -> float:
    return ahead([sentence_cosine(e, other) for other in range(len(e.rows))], candidate)


@oracle
def maxsim_lead(e: Evidence, candidate: int) -> float:
    return ahead([maxsim(e, other) for other in range(len(e.rows))], candidate)


@oracle
def sentence_coverage(e: Evidence, candidate: int) -> float:
    return max(coverage_of_sentence(e, sentence) for sentence in sentences_of(e, candidate))


@oracle
def neighbour_coverage(e: Evidence, candidate: int) -> float:
    return share(e, e.in_neighbours[:, candidate].tolist())


@oracle
def article_coverage(e: Evidence, candidate: int) -> float:
    return share(e, e.in_article[:, candidate].tolist())


@oracle
def title_coverage(e: Evidence, candidate: int) -> float:
    return share(e, e.in_title[:, candidate].tolist())


@oracle
def pairs(e: Evidence, candidate: int) -> float:
    if len(e.weight) == 1:
        return coverage(e, candidate)
    near = [(i, j) for i, j in followers(e, candidate) if e.positions[j] - e.positions[i] <= 2]
    matched = [any(e.match[word, i] and e.match[word + 1, j] for i, j in near) for word in range(len(e.weight) - 1)]
    return sum(weight for weight, counts in zip(pair_weights(e), matched, strict=True) if counts) / sum(pair_weights(e))


@oracle
def names(e: Evidence, candidate: int) -> float:
    named = [word for word in words_of_question(e) if e.named[word]]
    if not named:
        return 0.5
    total = sum(float(e.weight[word]) for word in named if has(e, word, words_of(e, candidate)))
    return total / sum(float(e.weight[word]) for word in named)


@oracle
def telling_words(e: Evidence, candidate: int) -> float:
    having = [word for word in words_of_question(e) if has(e, word, words_of(e, candidate))]
    return sum(float(e.article_rarity[word, candidate]) for word in having)


@oracle
def telling_sentence(e: Evidence, candidate: int) -> float:
    return max(
        sum(
            float(e.article_rarity[word, candidate])
            for word in words_of_question(e)
            if has(e, word, words_in(e, sentence))
        )
        for sentence in sentences_of(e, candidate)
    )


@oracle
def telling_share(e: Evidence, candidate: int) -> float:
    return telling_words(e, candidate) / sum(float(e.article_rarity[word, candidate]) for word in words_of_question(e))


@oracle
def length(e: Evidence, candidate: int) -> float:
    return math.log(1 + len(words_of(e, candidate)))


@oracle
def best_cosine(e: Evidence, candidate: int) -> float:
    return float(max(e.passage_cosine))


@oracle
def best_sentence_cosine(e: Evidence, candidate: int) -> float:
    return float(max(e.sentence_cosine))


@oracle
def question_length(e: Evidence, candidate: int) -> float:
    return len(e.weight)


@oracle
def question_rarity(e: Evidence, candidate: int) -> float:
    return math.log(1 + sum(e.rarity.tolist()))


@oracle
def cosine_of_sentence(e: Evidence, sentence: int) -> float:
    return float(e.sentence_cosine[sentence])


@oracle
def maxsim_of_sentence(e: Evidence, sentence: int) -> float:
    return sum(float(e.weight[word]) * nearest(e, word, words_in(e, sentence)) for word in words_of_question(e))


@oracle
def coverage_of_sentence(e: Evidence, sentence: int) -> float:
    return share(e, [has(e, word, words_in(e, sentence)) for word in words_of_question(e)])


@oracle
def fit_of_sentence(e: Evidence, sentence: int) -> float:
    return float(any(e.fits[word] for word in words_in(e, sentence)))


@oracle
def window_maxsim_of_sentence(e: Evidence, sentence: int) -> float:
    own_passage = sentences_of(e, candidate_of(e, sentence))
    window = [each for each in (sentence - 1, sentence) if each in own_passage]
    best = [max(nearest(e, word, words_in(e, each)) for each in window) for word in words_of_question(e)]
    return sum(float(e.weight[word]) * best[word] for word in words_of_question(e))


@oracle
def length_of_sentence(e: Evidence, sentence: int) -> float:
    return math.log(1 + len(words_in(e, sentence)))


def assert_as_the_loops_say(evidence: Evidence) -> None:
    """In every feature, of every candidate and every sentence."""
    for features, count in ((PASSAGE_FEATURES, len(evidence.rows)), (SENTENCE_FEATURES, len(evidence.sentence_cosine))):
        for name, feature in features.items():
            values = feature(evidence)
            assert values.shape == (count,), name
            assert np.isfinite(values).all(), name
            expected = [ORACLES[name](evidence, i) for i in range(count)]
            np.testing.assert_allclose(values, expected, atol=1e-5, err_msg=name)
