"""Evidence → ranking: the order of the passages, the sentence to mark in each, the probability that each answers.

Three factors make the probability that a candidate answers:

    P(the question is about the articles) · P(the articles answer it, if so) · P(this passage answers it, if so)

The first two are logistic functions of the first candidate's features, the third is a softmax over the candidates.
They are fitted apart: on off-topic questions, on near misses (questions whose answer was taken out of the articles), on
answerable questions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from retrieval.answer import Verdict
from retrieval.ranking.evidence import Evidence
from retrieval.ranking.feature_matrix import FeatureMatrix, feature_matrix
from retrieval.ranking.weights import LEAD, RERANKER, SCORE, SHARE, Weights

# A lead that says all that a lead can say: beside it the softmax gives other candidates a four-hundredth.
LARGEST_LEAD = 6.0


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """All candidates of a question, best first, with the probabilities that they answer it."""

    rows: NDArray[np.int64]
    """(candidates,): their rows in the corpus."""
    sentences: NDArray[np.int64]
    """(candidates,): the sentence of each that answers best, counted from 0 in each candidate."""
    features: FeatureMatrix
    """The features that the probabilities are made of: every feature that has a weight, and `score`, the weighted sum
    whose softmax is the third factor."""
    probabilities: Probabilities

    def explained(self, candidate: int) -> dict[str, float]:
        """The features of a candidate by name, and for the best candidate its lead and its share, too."""
        return self.features.row(candidate) if candidate else first_features(self.features)


@dataclass(frozen=True, slots=True, eq=False)
class Probabilities:
    """The probabilities that a question's candidates answer it, and their factors."""

    topic: float
    """P(the question is about the articles)."""
    answerable: float
    """P(the articles answer it, if so)."""
    candidates: NDArray[np.float64]
    """(candidates,): P(this candidate answers), the product of all three factors."""

    @property
    def first(self) -> float:
        """P(the likeliest candidate answers)."""
        return float(self.candidates.max())

    def off_topic(self) -> Probabilities:
        """These probabilities for a text that is known to be about no article."""
        return replace(self, topic=0.0, candidates=np.zeros_like(self.candidates))


@dataclass(frozen=True, slots=True)
class Ranker:
    """Orders candidates and judges the best candidate, by fitted weights."""

    weights: Weights

    def rank(self, evidence: Evidence) -> Ranking:
        """Order the candidates by their features."""
        features = feature_matrix(evidence, self.weights.passage_features)
        sentences = best_sentences(evidence, self.weights.point)
        return self._ordered(evidence.rows, sentences, features.with_column(SCORE, linear(self.weights.rank, features)))

    def rerank(self, ranking: Ranking, scores: NDArray[np.float32]) -> Ranking:
        """Order the candidates anew, by a reranker's scores of the first candidates: (first candidates,).

        Raises ValueError if these weights were fitted without a reranker.
        """
        if self.weights.rerank is None:
            raise ValueError("these weights were fitted without a reranker")
        of_all = reranker_scores(np.arange(len(ranking.rows)), scores)
        features = ranking.features.with_column(RERANKER, of_all)
        features = features.with_column(SCORE, linear(self.weights.rerank, features))
        return self._ordered(ranking.rows, ranking.sentences, features)

    def verdict(self, probabilities: Probabilities) -> Verdict:
        """What the thresholds make of the probability that the first quote answers the question."""
        of_weights = self.weights
        return verdict_of(probabilities, of_weights.answered, of_weights.closest, of_weights.on_topic)

    def _ordered(self, rows: NDArray[np.int64], sentences: NDArray[np.int64], features: FeatureMatrix) -> Ranking:
        """Order the candidates by their score; equals stay in their order."""
        order = by_score(features.column(SCORE))
        unordered = probabilities(features, self.weights.topic, self.weights.answer)
        ordered = replace(unordered, candidates=unordered.candidates[order])
        return Ranking(rows[order], sentences[order], features.select(order), ordered)


def verdict_of(probabilities: Probabilities, answered: float, closest: float, on_topic: float) -> Verdict:
    """What these thresholds make of the probability that the first quote answers a question.

    A question that may well be about something else gets one verdict less: for these, the probability of the topic
    alone tells more than the product, in which a passage that stands out makes up for a strange topic.
    """
    if probabilities.topic < on_topic:
        return Verdict.CLOSEST if probabilities.first >= answered else Verdict.NOT_IN_CORPUS
    if probabilities.first >= answered:
        return Verdict.ANSWERED
    return Verdict.CLOSEST if probabilities.first >= closest else Verdict.NOT_IN_CORPUS


def best_sentences(evidence: Evidence, weights: Mapping[str, float]) -> NDArray[np.int64]:
    """(candidates,): the sentence of each that answers best, counted from 0 in each candidate."""
    return evidence.passage_sentences.argmax(linear(weights, feature_matrix(evidence, tuple(weights))))


def by_score(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """(candidates,): the candidates with the highest score first; equals stay in their order."""
    return np.argsort(-scores, kind="stable")


def reranker_scores(order: NDArray[np.int64], scores: NDArray[np.float32]) -> NDArray[np.float64]:
    """(candidates,): a reranker's score of each candidate. Candidates that it has not read get its lowest score.

    `order` has the best candidate first; `scores`, (first candidates,), belong to the first candidates in `order`.
    """
    of_all = np.full(len(order), scores.min(), np.float64)
    of_all[order[: len(scores)]] = scores
    return of_all


def probabilities(features: FeatureMatrix, topic: Mapping[str, float], answer: Mapping[str, float]) -> Probabilities:
    """The probabilities of candidates whose features include their `score`.

    `topic` and `answer` are weights for the features of the candidate with the highest score.
    """
    first = first_features(features)
    about = logistic(topic, first)
    # Before reranking the reranker's score is not known; then this probability is not the last word.
    answerable = logistic(answer, {RERANKER: 0.0} | first)
    return Probabilities(about, answerable, about * answerable * softmax(features.column(SCORE)))


def first_features(features: FeatureMatrix) -> dict[str, float]:
    """The features of the candidate with the highest score, with its lead and its share."""
    scores = features.column(SCORE)
    best = int(scores.argmax())
    return features.row(best) | {LEAD: _lead(scores), SHARE: float(softmax(scores)[best])}


def _lead(scores: NDArray[np.float64]) -> float:
    """How far the highest score is above the next, at most LARGEST_LEAD; as far if there is no other."""
    if len(scores) == 1:
        return LARGEST_LEAD
    second, first = np.sort(scores)[-2:].tolist()
    return min(float(first - second), LARGEST_LEAD)


def linear(weights: Mapping[str, float], features: FeatureMatrix) -> NDArray[np.float64]:
    """(rows,): the weighted sum of features."""
    return np.asarray(sum(weight * features.column(name) for name, weight in weights.items()))


def logistic(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """1 / (1 + e^−x) of the weighted sum x; the weight `bias` is added to it."""
    x = weights["bias"] + sum(weight * features[name] for name, weight in weights.items() if name != "bias")
    return float(softmax(np.array([x, 0.0]))[0])  # softmax gives the same, and e^−x cannot overflow


def softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """e^x of each score, divided by the sum of all e^x."""
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum())
