"""Every feature as a plain loop over words and sentences: the oracles for the features."""

from __future__ import annotations

import math
from itertools import pairwise

from retrieval.language.question_kind import QuestionKind
from retrieval.ranking.evidence import Evidence
from tests.support.feature_loops import (
    candidate_of,
    followers,
    found,
    has,
    in_context,
    nearest,
    oracle,
    pair_weights,
    sentences_of,
    share,
    words_in,
    words_of,
    words_of_question,
)


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
