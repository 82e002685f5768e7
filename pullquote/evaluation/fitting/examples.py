"""Questions of a set → what the fits learn from: the features of each question's candidates, and which are right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from pullquote.evaluation.question_sets import QuestionSet, SetQuestion, article_file
from pullquote.evaluation.spacing import evenly_spaced
from retrieval.encoding.encoder import Encoder
from retrieval.ranking.evidence import Evidence, Query, encode, gather
from retrieval.ranking.feature_matrix import FeatureMatrix, feature_matrix
from retrieval.ranking.features import PASSAGE_FEATURES, SENTENCE_FEATURES
from retrieval.search.building import build_corpus
from retrieval.search.corpus import Corpus, Located

# How many questions are asked of other articles, too: enough to tell what the best passage on another topic looks like.
_ASKED_OF_OTHERS = 3_000
_BATCH = 64


class Pool(StrEnum):
    """The articles among which a question's passage is searched."""

    ALL = "all"
    """All articles of the question's set."""
    ARTICLE = "article"
    """The question's own article."""
    OTHERS = "others"
    """All articles of the set but the question's own."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question's candidates in a pool, with all their features."""

    pool: Pool
    article: int
    answerable: bool
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


def examples(questions: QuestionSet, encoder: Encoder) -> Iterator[Example]:
    """Ask every question of the whole set and of its own article, and some questions of all other articles."""
    whole = build_corpus(questions.articles, encoder).corpus
    queries = _encoded(questions.questions, encoder, whole)
    yield from _ask(queries, whole, Pool.ALL)
    astray = evenly_spaced(queries, _ASKED_OF_OTHERS)
    for number, article in enumerate(questions.articles):
        if article.passages:
            own = build_corpus([article], encoder, whole).corpus
            yield from _ask([query for query in queries if query.question.article == number], own, Pool.ARTICLE)
        if others := [other for other in questions.articles if other is not article and other.passages]:
            without = build_corpus(others, encoder, whole).corpus
            yield from _ask([query for query in astray if query.question.article == number], without, Pool.OTHERS)


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


def _ask(encoded: Sequence[_Encoded], corpus: Corpus, pool: Pool) -> Iterator[Example]:
    return (_example(each, gather(each.query, corpus), corpus, pool) for each in encoded)


def _example(encoded: _Encoded, evidence: Evidence, corpus: Corpus, pool: Pool) -> Example:
    question = encoded.question
    candidates = tuple(corpus.layout.passages[row] for row in evidence.rows)
    inside = np.array([_is_inside(candidate, question) for candidate in candidates])
    sentences = [[_on_one_line(each.article.slice(span)) for span in each.passage.sentences] for each in candidates]
    holding = [np.array([any(answer in text for answer in question.answers) for text in texts]) for texts in sentences]
    holds = inside & np.array([held.any() for held in holding])
    # A paragraph may be split into several passages: where some hold an answer, the other passages are not right.
    right = holds if holds.any() else inside
    return Example(
        pool=pool,
        article=question.article,
        answerable=question.answerable,
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


def _on_one_line(text: str) -> str:
    """The text with single spaces, as expected answers have them."""
    return " ".join(text.split())


def _is_inside(candidate: Located, question: SetQuestion) -> bool:
    """Whether a passage of the same set is out of the question's paragraph."""
    start, end = question.paragraph
    return candidate.article.file == article_file(question.article) and start <= candidate.passage.start < end
