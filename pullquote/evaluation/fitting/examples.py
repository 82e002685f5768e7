"""Questions of a set → what the fits learn from: the features of each question's candidates, and which are right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from pullquote.evaluation.near_misses import on_one_line, withheld
from pullquote.evaluation.question_sets import QuestionSet, SetQuestion
from pullquote.evaluation.spacing import evenly_spaced
from retrieval.encoding.encoder import Encoder
from retrieval.ranking.evidence import Evidence, Query, encode, gather
from retrieval.ranking.feature_matrix import FeatureMatrix, feature_matrix
from retrieval.ranking.features import PASSAGE_FEATURES, SENTENCE_FEATURES
from retrieval.search.building import build_corpus
from retrieval.search.corpus import Corpus
from retrieval.search.layout import Located
from retrieval.search.withheld import without

# How many questions of a set are asked of each pool but the first: enough to tell what the best passage looks like.
_ASKED = 1_500
_BATCH = 64


class Pool(StrEnum):
    """The passages among which a question's passage is searched."""

    ALL = "all"
    """All passages of the question's set."""
    ARTICLE = "article"
    """Those of the question's own article."""
    WITHOUT = "without"
    """All but those that answer: natural near misses."""
    ARTICLE_WITHOUT = "article without"
    """Those of the question's own article but those that answer."""
    OTHERS = "others"
    """All but those of the question's own article."""

    @property
    def answers(self) -> bool:
        """Whether the passages that answer are in the pool."""
        return self in (Pool.ALL, Pool.ARTICLE)


@dataclass(frozen=True, slots=True)
class Example:
    """A question's candidates in a pool, with all their features."""

    pool: Pool
    article: int
    answerable: bool
    """Whether the passages of the pool answer it."""
    question: str
    candidates: tuple[Located, ...]
    features: FeatureMatrix
    """A row for each candidate."""
    right: NDArray[np.bool_]
    """(candidates,): which are out of the question's own paragraph, and hold an expected answer if any does."""
    sentence_features: FeatureMatrix
    """A row for each sentence of the right candidates."""
    holding: NDArray[np.bool_]
    """Which of these sentences hold an expected answer."""
    set: int = 0
    """The number of its question set."""
    weight: float = 1.0
    """How much it counts beside other examples."""
    in_good_faith: bool = True
    """Whether somebody would ask it of these passages, answerable or not."""


def examples(questions: QuestionSet, encoder: Encoder, number: int = 0) -> Iterator[Example]:
    """Ask every question of the whole set, and some questions of every other pool; `number` is the set's among all."""
    for each in _examples(questions, encoder):
        in_good_faith = each.answerable or not each.pool.answers or questions.in_good_faith
        yield replace(each, set=number, weight=questions.weight, in_good_faith=in_good_faith)


def _examples(questions: QuestionSet, encoder: Encoder) -> Iterator[Example]:
    whole = build_corpus(questions.articles, encoder).corpus
    queries = _encoded(questions.questions, encoder, whole)
    yield from _ask(queries, whole, Pool.ALL)
    some = evenly_spaced(queries, _ASKED)
    answerable = evenly_spaced([query for query in queries if query.question.answers], _ASKED)
    yield from _ask_without(answerable, whole, Pool.WITHOUT)
    for number, article in enumerate(questions.articles):
        own = np.arange(*whole.layout.article_passages.span(number))
        if not (on_it := _on(number, some)):
            continue
        # Where people ask of one collection, its other articles are on the same topic.
        if len(own) < len(whole.layout.passages) and not questions.in_good_faith:
            others = without(whole, own)
            yield from _ask(on_it, others, Pool.OTHERS)
        if len(own) > 1:  # a single passage leaves nothing to choose
            alone = build_corpus([article], encoder, whole).corpus
            yield from _ask(on_it, alone, Pool.ARTICLE)
            yield from _ask_without(_on(number, answerable), alone, Pool.ARTICLE_WITHOUT)


@dataclass(frozen=True, slots=True)
class _Encoded:
    question: SetQuestion
    query: Query


def _encoded(questions: Sequence[SetQuestion], encoder: Encoder, corpus: Corpus) -> list[_Encoded]:
    """The questions that can be looked up, as the articles of this corpus are asked them."""
    parsed = [question.parsed() for question in questions]
    askable = [each.asked_of(corpus.layout.languages) for each in parsed if each is not None]
    queries = (
        query for start in range(0, len(askable), _BATCH) for query in encode(askable[start : start + _BATCH], encoder)
    )
    return [
        _Encoded(question, next(queries)) for question, each in zip(questions, parsed, strict=True) if each is not None
    ]


def _on(article: int, queries: Sequence[_Encoded]) -> list[_Encoded]:
    """The questions on one article."""
    return [query for query in queries if query.question.article == article]


def _ask_without(encoded: Sequence[_Encoded], corpus: Corpus, pool: Pool) -> Iterator[Example]:
    """Ask each question of the passages that do not answer it, if there are any."""
    for each, rest in zip(encoded, withheld((each.question for each in encoded), corpus), strict=True):
        if rest is not None:
            yield from _ask([each], rest, pool)


def _ask(encoded: Sequence[_Encoded], corpus: Corpus, pool: Pool) -> Iterator[Example]:
    return (_example(each, gather(each.query, corpus), corpus, pool) for each in encoded)


def _example(encoded: _Encoded, evidence: Evidence, corpus: Corpus, pool: Pool) -> Example:
    question = encoded.question
    candidates = tuple(corpus.layout.passages[row] for row in evidence.rows)
    inside = np.array([question.is_answered_by(each.article, each.passage) for each in candidates])
    sentences = [[on_one_line(each.article.slice(span)) for span in each.passage.sentences] for each in candidates]
    holding = [np.array([any(answer in text for answer in question.answers) for text in texts]) for texts in sentences]
    holds = inside & np.array([held.any() for held in holding])
    # A paragraph may be split into several passages: where some hold an answer, the other passages are not right.
    right = holds if holds.any() else inside
    return Example(
        pool=pool,
        article=question.article,
        answerable=question.answerable and pool.answers,
        question=encoded.query.question.text,
        candidates=candidates,
        features=feature_matrix(evidence, tuple(PASSAGE_FEATURES)),
        right=right,
        sentence_features=feature_matrix(evidence, tuple(SENTENCE_FEATURES)).select(
            right[evidence.passage_sentences.rows()]
        ),
        holding=np.concatenate([held for held, is_right in zip(holding, right, strict=True) if is_right] or [_NONE]),
    )


_NONE = np.zeros(0, np.bool_)
