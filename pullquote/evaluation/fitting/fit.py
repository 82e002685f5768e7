"""Examples → the ranker's weights: what `bot.py calibrate` does.

Four convex fits, each by maximum likelihood with a little ridge:

- rank: a softmax over a question's candidates, right where the candidate is out of the question's own paragraph (also
  for questions that the paragraph does not answer: they were written on it).
- point: a softmax over the sentences of the right passage, right where the sentence holds an expected answer.
- topic: logistic, questions on a library against questions on an article left out of it.
- answer: logistic, answerable questions against questions written to look answerable.

The last two see the first hit of a ranker that was fitted without the question's article, as a user's questions do.

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
from pullquote.evaluation.spacing import evenly_spaced
from retrieval.answering import RERANKED
from retrieval.encoding.reranker import Pair, Reranker
from retrieval.ranking.feature_matrix import FeatureMatrix
from retrieval.ranking.features import SENTENCE_FEATURES
from retrieval.ranking.ranker import by_score, linear, probabilities, reranker_scores
from retrieval.ranking.weights import RERANKER, SCORE

RANK = (
    "passage_cosine", "sentence_cosine", "fitting_sentence_cosine", "article_cosine", "distinct_maxsim",
    "window_maxsim", "pair_maxsim", "sentence_coverage", "neighbour_coverage", "article_coverage", "title_coverage",
    "telling_words", "telling_sentence", "pairs", "names", "question_word", "length",
)  # fmt: skip
# Titles help to tell passages apart. Whether a question is on the articles is not for them to say: an encyclopedia's
# titles are the very words of its questions, a newspaper's are not.
TOPIC = (
    *(name for name in RANK if name != "title_coverage"), "maxsim", "sharp_maxsim", "weakest_word", "telling_share",
    "best_cosine", "best_sentence_cosine", "question_length", "question_rarity",
)  # fmt: skip
ANSWER = (
    "passage_cosine", "sentence_cosine", "window_maxsim", "maxsim", "distinct_maxsim", "name_maxsim", "weakest_word",
    "telling_sentence", "question_rarity", "question_length",
)  # fmt: skip
POINT = tuple(SENTENCE_FEATURES)

# How many folds the articles are dealt to; each fold is ranked by what the others taught.
FOLDS = 4
# The share of off-topic questions that are declined, and of these the share told that the articles do not say. A larger
# share would cost more answerable questions: on the tune half, one answerable question in thirty is declined.
DECLINED, NOT_IN_CORPUS = 0.955, 0.9
# At a threshold of 0 every question would be answered.
_LEAST = 0.001
# scikit-learn's C, the ridge's inverse. For `answer` it is the smallest whose log loss on articles left out is within a
# standard error of the best: half of its examples were written to be taken for the other half.
_TOPIC_C, _ANSWER_C = 0.1, 0.01
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
    """The weights of all parts and the two thresholds, and what the probabilities rest on."""

    rank: Mapping[str, float]
    point: Mapping[str, float]
    topic: Mapping[str, float]
    answer: Mapping[str, float]
    answered: float
    closest: float
    rerank: Mapping[str, float] | None
    scored: Sequence[Scored]

    def probability(self, scored: Scored) -> float:
        """The probability that the first candidate answers: see retrieval.ranking.ranker."""
        return float(probabilities(scored.features, self.topic, self.answer).candidates[scored.best])


def fit(examples: Sequence[Example], reranker: Reranker | None = None) -> Fitted:
    """Fit all weights and choose the thresholds. A reranker reads some thousand questions."""
    articles = sorted({example.article for example in examples})
    scored = [question for fold in range(FOLDS) for question in _left_out(examples, {*articles[fold::FOLDS]})]
    wide = [question for question in scored if question.example.pool is not Pool.ARTICLE]
    topic = _first_logistic(TOPIC, _TOPIC_C, wide, [question.example.pool is Pool.ALL for question in wide])
    rerank: Mapping[str, float] | None = None
    names: Sequence[str] = ANSWER
    if reranker is not None:
        read = [_read(question, reranker) for pool in Pool for question in _some(scored, pool)]
        rerank, names = _rerank(read), (*ANSWER, RERANKER)
        scored = [replace(question, scores=linear(rerank, question.features)) for question in read]
    about = [question for question in scored if question.example.pool is not Pool.OTHERS]
    answer = _first_logistic(names, _ANSWER_C, about, [question.example.answerable for question in about])
    fitted = Fitted(_rank(examples), _point(examples), topic, answer, 0, 0, rerank, scored)
    off_topic = [fitted.probability(question) for question in scored if question.example.pool is Pool.OTHERS]
    closest, answered = np.quantile(off_topic, (DECLINED * NOT_IN_CORPUS, DECLINED)).round(3).clip(_LEAST).tolist()
    return replace(fitted, answered=answered, closest=closest)


def scored_by(rank: Mapping[str, float], example: Example) -> Scored:
    """Score an example's candidates by the weights of `rank`."""
    return Scored(example, linear(rank, example.features))


def _left_out(examples: Sequence[Example], articles: Set[int]) -> list[Scored]:
    """The examples on these articles, scored by what the others teach."""
    rank = _rank([example for example in examples if example.article not in articles])
    return [scored_by(rank, example) for example in examples if example.article in articles]


def _rank(examples: Sequence[Example]) -> dict[str, float]:
    of_all = (example for example in examples if example.pool is Pool.ALL)
    return conditional_logit(RANK, [Choice(example.features.columns(RANK), example.right) for example in of_all])


def _point(examples: Sequence[Example]) -> dict[str, float]:
    of_all = (example for example in examples if example.pool is Pool.ALL)
    return conditional_logit(
        POINT, [Choice(example.sentence_features.columns(POINT), example.holding) for example in of_all]
    )


def _first_logistic(
    names: Sequence[str], c: float, scored: Sequence[Scored], labels: Sequence[bool]
) -> dict[str, float]:
    """A logistic regression on the features of the first candidates."""
    features = np.array([question.features.columns(names)[question.best] for question in scored])
    return logistic_regression(names, features, labels, c)


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
