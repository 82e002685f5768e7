"""Examples → the ranker's weights: what `bot.py calibrate` and `benchmarks/fit_ranker.py` do.

Four convex fits, each by maximum likelihood with a little ridge:

- rank: a softmax over a question's candidates, right where it is the question's own paragraph (also for questions that
  it does not answer: they were written on it).
- point: a softmax over the sentences of the right passage, right where one holds an expected answer.
- topic: logistic, questions on a library against questions on an article left out of it.
- answer: logistic, answerable questions against those written to look so.

The last two see the first hit of a ranker that was fitted without the question's article, as a user's questions do.

With a reranker there is a fifth, a softmax over the candidates again, of the first sum and of what the reranker says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np

from evaluation.estimation import Choice, conditional_logit, logistic_regression
from evaluation.examples import Asking, Example
from retrieval.answering import RERANKED
from retrieval.evidence import Floats
from retrieval.features import PASSAGE_FEATURES, SENTENCE_FEATURES
from retrieval.ranker import linear, logistic, softmax
from retrieval.reranker import Pair, Reranker
from retrieval.weights import RERANKER

RANK = (
    "passage_cosine", "sentence_cosine", "fitting_sentence_cosine", "article_cosine", "distinct_maxsim",
    "window_maxsim", "pair_maxsim", "sentence_coverage", "neighbour_coverage", "article_coverage", "title_coverage",
    "telling_words", "telling_sentence", "pairs", "names", "asking_word", "length",
)  # fmt: skip
# Titles help to tell passages apart. Whether a question is on the articles is not for them to say: an encyclopedia's
# titles are the very words of its questions, a newspaper's are not.
TOPIC = (
    *(name for name in RANK if name != "title_coverage"), "maxsim", "sharp_maxsim", "weakest_word", "telling_share",
    "best_cosine", "best_sentence_cosine", "words_asked", "rarity_asked",
)  # fmt: skip
ANSWER = (
    "passage_cosine", "sentence_cosine", "window_maxsim", "maxsim", "distinct_maxsim", "name_maxsim", "weakest_word",
    "telling_sentence", "rarity_asked", "words_asked",
)  # fmt: skip
POINT = tuple(SENTENCE_FEATURES)

# Articles are dealt to so many folds; each is ranked by what the others taught.
FOLDS = 4
# The share of off-topic questions that are declined, and of these the share told that the articles do not say. More
# could be had for more answerable ones declined: on the tune half one in thirty is.
DECLINED, NOT_IN_CORPUS = 0.955, 0.9
# At a threshold of 0 every question would be answered.
_LEAST = 0.001
# scikit-learn's C, the ridge's inverse. For `answer` it is the smallest whose log loss on articles left out is within a
# standard error of the best: half of its examples were written to be taken for the other half.
_TOPIC_C, _ANSWER_C = 0.1, 0.01
# With a reranker so many questions of each kind are enough for its few weights: it takes seconds for each.
_RERANKED_QUESTIONS = 1_000

_COLUMNS = {name: column for column, name in enumerate(PASSAGE_FEATURES)}


@dataclass(frozen=True, slots=True)
class Scored:
    """An example and the scores of its candidates, (candidates,), by a ranker that has not seen its article."""

    example: Example
    scores: Floats
    reranker: Floats | None = None
    """What a reranker says of each candidate; the lowest of these for those it has not read."""

    @property
    def first(self) -> int:
        """Which candidate comes first."""
        return int(self.scores.argmax())

    @property
    def share(self) -> float:
        """The first candidate's part of one probability that all candidates share."""
        return float(softmax(self.scores)[self.first])

    @property
    def right(self) -> bool:
        """Whether the first answers the question."""
        return bool(self.example.answerable and self.example.right[self.first])

    @property
    def features(self) -> dict[str, float]:
        """Those of the first."""
        found = dict(zip(PASSAGE_FEATURES, self.example.passages[self.first].tolist(), strict=True))
        return found if self.reranker is None else found | {RERANKER: float(self.reranker[self.first])}


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
        """That the first candidate answers: see retrieval.ranker."""
        features = scored.features
        return logistic(self.topic, features) * logistic(self.answer, features) * scored.share


def fit(examples: Sequence[Example], reranker: Reranker | None = None) -> Fitted:
    """Fit all weights and choose the thresholds. A reranker is asked about some thousand questions."""
    articles = sorted({one.article for one in examples})
    scored = [one for fold in range(FOLDS) for one in _left_out(examples, {*articles[fold::FOLDS]})]
    wide = [one for one in scored if one.example.asking is not Asking.ARTICLE]
    topic = _first_logistic(TOPIC, _TOPIC_C, wide, [one.example.asking is Asking.LIBRARY for one in wide])
    rerank: Mapping[str, float] | None = None
    names: Sequence[str] = ANSWER
    if reranker is not None:
        read = [_read(one, reranker) for asking in Asking for one in _some(scored, asking)]
        rerank, names = _rerank(read), (*ANSWER, RERANKER)
        scored = [replace(one, scores=_reranked(one, rerank)) for one in read]
    about = [one for one in scored if one.example.asking is not Asking.ELSEWHERE]
    answer = _first_logistic(names, _ANSWER_C, about, [one.example.answerable for one in about])
    fitted = Fitted(_rank(examples), _point(examples), topic, answer, 0, 0, rerank, scored)
    elsewhere = [fitted.probability(one) for one in scored if one.example.asking is Asking.ELSEWHERE]
    closest, answered = np.quantile(elsewhere, (DECLINED * NOT_IN_CORPUS, DECLINED)).round(3).clip(_LEAST).tolist()
    return replace(fitted, answered=answered, closest=closest)


def scored_by(rank: Mapping[str, float], example: Example) -> Scored:
    """Score an example's candidates by these weights."""
    features = {name: example.passages[:, _COLUMNS[name]].astype(np.float64) for name in rank}
    return Scored(example, linear(rank, features))


def _left_out(examples: Sequence[Example], articles: Set[int]) -> list[Scored]:
    """The examples on these articles, scored by what the others teach."""
    rank = _rank([example for example in examples if example.article not in articles])
    return [scored_by(rank, example) for example in examples if example.article in articles]


def _rank(examples: Sequence[Example]) -> dict[str, float]:
    columns = [_COLUMNS[name] for name in RANK]
    in_library = (one for one in examples if one.asking is Asking.LIBRARY)
    return conditional_logit(RANK, [Choice(one.passages[:, columns], one.right) for one in in_library])


def _point(examples: Sequence[Example]) -> dict[str, float]:
    in_library = (one for one in examples if one.asking is Asking.LIBRARY)
    return conditional_logit(POINT, [Choice(one.sentences, one.holding) for one in in_library])


def _first_logistic(
    names: Sequence[str], c: float, scored: Sequence[Scored], labels: Sequence[bool]
) -> dict[str, float]:
    """A logistic regression on the features of the first candidates."""
    features = [one.features for one in scored]
    return logistic_regression(names, np.array([[each[name] for name in names] for each in features]), labels, c)


def _some(scored: Sequence[Scored], asking: Asking) -> list[Scored]:
    """Questions that were asked there, evenly spaced."""
    every = [one for one in scored if one.example.asking is asking]
    count = min(len(every), _RERANKED_QUESTIONS)
    return [every[i * len(every) // count] for i in range(count)]


def _read(scored: Scored, reranker: Reranker) -> Scored:
    """Have a reranker read the first candidates."""
    best = np.argsort(-scored.scores, kind="stable")[:RERANKED]
    found = reranker.score([Pair(scored.example.question, scored.example.places[i].text) for i in best])
    scores = np.full(len(scored.scores), found.min())
    scores[best] = found
    return replace(scored, reranker=scores)


def _rerank(read: Sequence[Scored]) -> dict[str, float]:
    in_library = (one for one in read if one.example.asking is Asking.LIBRARY)
    choices = [Choice(np.column_stack([*_sums(one).values()]), one.example.right) for one in in_library]
    return conditional_logit(("score", RERANKER), choices)


def _reranked(scored: Scored, rerank: Mapping[str, float]) -> Floats:
    return linear(rerank, _sums(scored))


def _sums(scored: Scored) -> dict[str, Floats]:
    """What is added up for the second order of a question that a reranker has read."""
    assert scored.reranker is not None
    return {"score": scored.scores, RERANKER: scored.reranker}
