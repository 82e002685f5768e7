"""Examples → the ranker's weights: what `bot.py calibrate` does.

Four convex fits, each by maximum likelihood with a little ridge:

- rank: a softmax over a question's candidates, right where the candidate is out of the question's own paragraph (also
  for questions that the paragraph does not answer: they were written on it).
- point: a softmax over the sentences of the right passage, right where the sentence holds an expected answer.
- topic: logistic, questions on the articles against questions on an article left out.
- answer: logistic, answerable questions against natural near misses, whose answer was left out.

The last two see the first hit of a ranker that was fitted without the question's article, as a user's questions do.
Their questions weigh as the stated mix says, so that probabilities mean what they say in it. Questions that were
written to be taken for answerable teach the first fit only: nobody asks them in earnest.

With a reranker there is a fifth fit, a softmax over the candidates again, of the first sum and of what the
reranker says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pullquote.evaluation.fitting.estimation import Choice, conditional_logit, logistic_regression
from pullquote.evaluation.fitting.examples import Example, Pool
from pullquote.evaluation.mix import MIX, Mix
from pullquote.evaluation.spacing import evenly_spaced
from retrieval.answer import Verdict
from retrieval.answering import RERANKED
from retrieval.encoding.reranker import Pair, Reranker
from retrieval.ranking.feature_matrix import FeatureMatrix
from retrieval.ranking.features import PASSAGE_FEATURES, SENTENCE_FEATURES
from retrieval.ranking.ranker import (
    Probabilities,
    by_score,
    first_features,
    linear,
    probabilities,
    reranker_scores,
    verdict_of,
)
from retrieval.ranking.weights import LEAD, RERANKER, SCORE, SHARE

RANK = (
    "passage_cosine", "sentence_cosine", "fitting_sentence_cosine", "article_cosine", "distinct_maxsim",
    "window_maxsim", "pair_maxsim", "sentence_coverage", "neighbour_coverage", "article_coverage", "title_coverage",
    "telling_words", "telling_sentence", "pairs", "names", "question_word", "length", "context_maxsim",
    "distinct_context_maxsim", "asked_heading",
)  # fmt: skip
# Titles help to tell passages apart. Whether a question is on the articles is not for them to say: an encyclopedia's
# titles are the very words of its questions, a newspaper's are not.
TOPIC = (*(name for name in PASSAGE_FEATURES if name != "title_coverage"), SCORE, LEAD, SHARE)
ANSWER = TOPIC
POINT = tuple(SENTENCE_FEATURES)

# How many folds the articles are dealt to; each fold is ranked by what the others taught.
FOLDS = 4
# The share of answerable questions that are declined, without which near misses are answered; the share of them that
# seem to be about something else, without which off-topic questions are answered; and the share of them that are told
# that the articles do not say though they seem to be about these.
DECLINED, ASTRAY, REFUSED = 0.08, 0.04, 0.005
# At a threshold of 0 every question would be answered.
_LEAST = 0.001
# scikit-learn's C, the ridge's inverse.
_C = 0.1
# How many questions of each pool a reranker reads: enough for its few weights, as it takes seconds for each.
_RERANKED_QUESTIONS = 1_000


@dataclass(frozen=True, slots=True)
class Scored:
    """An example and the scores of its candidates, (candidates,), by a ranker that has not seen its article."""

    example: Example
    scores: NDArray[np.float64]
    reranker: NDArray[np.float64] | None = None
    """What a reranker says of each candidate: see retrieval.ranking.ranker.reranker_scores."""

    @property
    def best(self) -> int:
        """The row of the candidate with the highest score."""
        return int(self.scores.argmax())

    @property
    def right(self) -> bool:
        """Whether the first candidate answers the question."""
        return bool(self.example.answerable and self.example.right[self.best])

    @property
    def features(self) -> FeatureMatrix:
        """The candidates' features with their `score`, and with what a reranker says if it has read them."""
        features = self.example.features.with_column(SCORE, self.scores)
        return features if self.reranker is None else features.with_column(RERANKER, self.reranker)


@dataclass(frozen=True, slots=True)
class Fitted:
    """The weights of all parts and the three thresholds, and what the probabilities rest on."""

    rank: Mapping[str, float]
    point: Mapping[str, float]
    topic: Mapping[str, float]
    answer: Mapping[str, float]
    answered: float
    closest: float
    on_topic: float
    rerank: Mapping[str, float] | None
    scored: Sequence[Scored]

    def probabilities(self, scored: Scored) -> Probabilities:
        """The probabilities that the candidates answer, in their own order."""
        return probabilities(scored.features, self.topic, self.answer)

    def is_answered(self, of_candidates: Probabilities) -> bool:
        """Whether the first candidate is quoted as an answer."""
        return verdict_of(of_candidates, self.answered, self.closest, self.on_topic) is Verdict.ANSWERED


def fit(examples: Sequence[Example], reranker: Reranker | None = None, mix: Mix = MIX) -> Fitted:
    """Fit all weights and choose the thresholds. A reranker reads some thousand questions."""
    articles = sorted({(example.set, example.article) for example in examples})
    scored = [question for fold in range(FOLDS) for question in _left_out(examples, {*articles[fold::FOLDS]})]
    rerank: Mapping[str, float] | None = None
    if reranker is not None:
        scored = [_read(question, reranker) for pool in Pool for question in _some(scored, pool)]
        rerank = _rerank(scored)
        scored = [replace(question, scores=linear(rerank, question.features)) for question in scored]
    earnest = [question for question in scored if question.example.in_good_faith]
    weights = mixed(earnest, mix)
    topic = _first_logistic(TOPIC, earnest, [question.example.pool is not Pool.OTHERS for question in earnest], weights)
    about = [i for i, question in enumerate(earnest) if question.example.pool is not Pool.OTHERS]
    answer = _first_logistic(
        (*ANSWER, RERANKER) if reranker else ANSWER,
        [earnest[i] for i in about],
        [earnest[i].example.answerable for i in about],
        weights[about],
    )
    fitted = Fitted(_rank(examples), _point(examples), topic, answer, 0, 0, 0, rerank, scored)
    answerable = [question for question in scored if question.example.answerable]
    counts = [question.example.weight for question in answerable]
    of_answerable = [fitted.probabilities(question) for question in answerable]
    values = [each.first for each in of_answerable]
    answered, closest = (max(_LEAST, _quantile(values, share, counts)) for share in (DECLINED, REFUSED))
    on_topic = _quantile([each.topic for each in of_answerable], ASTRAY, counts)
    return replace(fitted, answered=answered, closest=closest, on_topic=on_topic)


def _quantile(values: Sequence[float], share: float, weights: Sequence[float]) -> float:
    """The value that this share of the values are below, each counted as often as its weight says."""
    return round(float(np.quantile(values, share, weights=weights, method="inverted_cdf")), 3)


def mixed(questions: Sequence[Scored], mix: Mix) -> NDArray[np.float64]:
    """(questions,): weights that make answerable questions, near misses and off-topic ones as many as `mix` says.

    Their mean is 1. Inside a kind, questions weigh as their sets say.
    """
    kinds = np.array([_kind(question.example) for question in questions])
    weights = np.array([question.example.weight for question in questions])
    for kind, share in enumerate(mix):
        of_kind = kinds == kind
        if of_kind.any():
            weights[of_kind] *= share * len(questions) / weights[of_kind].sum()
    return weights


def _kind(example: Example) -> int:
    """The place of an example's kind in a Mix."""
    if example.answerable:
        return 0
    return 2 if example.pool is Pool.OTHERS else 1


def scored_by(rank: Mapping[str, float], example: Example) -> Scored:
    """Score an example's candidates by the weights of `rank`."""
    return Scored(example, linear(rank, example.features))


def _left_out(examples: Sequence[Example], articles: Set[tuple[int, int]]) -> list[Scored]:
    """The examples on these articles, by set and number, scored by what the others teach."""
    rank = _rank([example for example in examples if (example.set, example.article) not in articles])
    return [scored_by(rank, example) for example in examples if (example.set, example.article) in articles]


def _rank(examples: Sequence[Example]) -> dict[str, float]:
    of_all = (example for example in examples if example.pool is Pool.ALL)
    return conditional_logit(
        RANK, [Choice(example.features.columns(RANK), example.right, example.weight) for example in of_all]
    )


def _point(examples: Sequence[Example]) -> dict[str, float]:
    of_all = (example for example in examples if example.pool is Pool.ALL)
    return conditional_logit(
        POINT, [Choice(example.sentence_features.columns(POINT), example.holding, example.weight) for example in of_all]
    )


def _first_logistic(
    names: Sequence[str], scored: Sequence[Scored], labels: Sequence[bool], weights: NDArray[np.float64]
) -> dict[str, float]:
    """A logistic regression on the features of the first candidates."""
    of_first = [first_features(question.features) for question in scored]
    features = np.array([[first[name] for name in names] for first in of_first])
    return logistic_regression(names, features, labels, _C, weights)


def _some(scored: Sequence[Scored], pool: Pool) -> list[Scored]:
    """Questions that were asked of this pool, evenly spaced."""
    return evenly_spaced([question for question in scored if question.example.pool is pool], _RERANKED_QUESTIONS)


def _read(scored: Scored, reranker: Reranker) -> Scored:
    """Have a reranker read the first candidates."""
    order = by_score(scored.scores)
    best = [scored.example.candidates[i].text for i in order[:RERANKED]]
    scores = reranker.score([Pair(scored.example.question, text) for text in best])
    return replace(scored, reranker=reranker_scores(order, scores))


def _rerank(read: Sequence[Scored]) -> dict[str, float]:
    names = (SCORE, RERANKER)
    of_all = (question for question in read if question.example.pool is Pool.ALL)
    return conditional_logit(
        names, [Choice(question.features.columns(names), question.example.right) for question in of_all]
    )
