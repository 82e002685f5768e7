"""Evidence → hits: which passage comes first, which of its sentences is marked, how likely it answers the question.

Three factors make the probability that a hit answers:

    P(the question is about the articles) · P(they answer it, if so) · P(it is this passage, if they do)

The first two are logistic functions of the first hit's features, the third is a softmax over the candidates. They are
fitted apart: on off-topic questions, on near misses (questions that passages seem to answer), on answerable ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np

from retrieval.evidence import Evidence, Floats
from retrieval.features import PASSAGE_FEATURES, SENTENCE_FEATURES
from retrieval.weights import RERANKER, Weights


class Verdict(StrEnum):
    """What the best hit's probability amounts to."""

    ANSWERED = "answered"
    CLOSEST = "closest"
    NOT_IN_CORPUS = "not_in_corpus"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage and the probability (0 to 1) that it answers the question."""

    row: int
    """The passage's row in the corpus."""
    sentence: int
    """Which of its sentences answers best, from 0."""
    probability: float
    features: Mapping[str, float]
    """What the probability is made of: every feature that has a weight, and `score`, the weighted sum whose softmax is
    the third factor."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """All candidates, best first."""

    hits: tuple[Hit, ...]
    topic: float
    """P(the question is about the articles)."""
    answerable: float
    """P(they answer it, if so)."""


NO_RANKING = Ranking((), 0.0, 0.0)
"""Of a question that nothing was looked up for."""


@dataclass(frozen=True, slots=True)
class Ranker:
    """Orders candidates and judges the best, by fitted weights."""

    weights: Weights

    def rank(self, evidence: Evidence) -> Ranking:
        """Order the candidates by their features."""
        features = {name: PASSAGE_FEATURES[name](evidence) for name in self.weights.passage_features}
        features["score"] = linear(self.weights.rank, features)
        return self._ranking(evidence.rows, best_sentences(evidence, self.weights.point), features)

    def rerank(self, ranking: Ranking, scores: Floats) -> Ranking:
        """Order the hits anew, knowing what a reranker says of the first: its scores are of shape (first hits,).

        The others get the lowest of these. Raises ValueError if these weights were fitted without a reranker.
        """
        if self.weights.rerank is None:
            raise ValueError("these weights were fitted without a reranker")
        hits = ranking.hits
        features = {name: np.array([hit.features[name] for hit in hits]) for name in hits[0].features}
        features[RERANKER] = np.append(scores, [scores.min()] * (len(hits) - len(scores)))
        features["score"] = linear(self.weights.rerank, features)
        rows, sentences = (np.array([getattr(hit, name) for hit in hits]) for name in ("row", "sentence"))
        return self._ranking(rows, sentences, features)

    def verdict(self, probability: float) -> Verdict:
        """What the thresholds make of the probability that the first quote answers the question."""
        if probability >= self.weights.answered:
            return Verdict.ANSWERED
        return Verdict.CLOSEST if probability >= self.weights.closest else Verdict.NOT_IN_CORPUS

    def _ranking(self, rows: Floats, sentences: Floats, features: Mapping[str, Floats]) -> Ranking:
        order = np.argsort(-features["score"], kind="stable")
        shares = softmax(features["score"])
        first = {name: float(values[order[0]]) for name, values in features.items()}
        topic = logistic(self.weights.topic, first)
        # Before reranking nothing is known of what the reranker will say; then this probability is not the last word.
        answerable = logistic(self.weights.answer, {RERANKER: 0.0} | first)
        hits = tuple(
            Hit(
                row=int(rows[i]),
                sentence=int(sentences[i]),
                probability=topic * answerable * float(shares[i]),
                features={name: float(values[i]) for name, values in features.items()},
            )
            for i in order.tolist()
        )
        return Ranking(hits, topic, answerable)


def best_sentences(evidence: Evidence, weights: Mapping[str, float]) -> Floats:
    """(c,): which of its sentences answers best, counted from 0 in each candidate."""
    scores = linear(weights, {name: SENTENCE_FEATURES[name](evidence) for name in weights})
    bounds = evidence.first_sentence
    return np.array([scores[start:end].argmax() for start, end in pairwise(bounds)])


def linear(weights: Mapping[str, float], features: Mapping[str, Floats]) -> Floats:
    """The weighted sum of features."""
    # In double precision throughout, as in a hit's features, which explain the sum to the last bit.
    return np.asarray(sum(weight * np.asarray(features[name], np.float64) for name, weight in weights.items()))


def logistic(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """1 / (1 + e^−x) of the weighted sum x; the weight `bias` is added to it."""
    x = weights["bias"] + sum(weight * features[name] for name, weight in weights.items() if name != "bias")
    return float(softmax(np.array([x, 0.0]))[0])  # the same, and e^−x cannot overflow


def softmax(scores: Floats) -> Floats:
    """e^x, divided by their sum."""
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum())
