"""Questions of a set → what the fits learn from: the features of each question's candidates, and which are right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from evaluation.question_sets import Question, QuestionSet, article_file
from retrieval.answering import clean_question
from retrieval.corpus import Corpus, Located, build_corpus
from retrieval.encoder import Encoder
from retrieval.errors import QuestionError
from retrieval.evidence import Bools, Evidence, Floats, Query, encode, gather
from retrieval.features import PASSAGE_FEATURES, SENTENCE_FEATURES, Feature

# So many questions are asked elsewhere, too: enough to tell how the best passage of a stranger looks.
_ELSEWHERE = 3_000
_BATCH = 64


class Asking(StrEnum):
    """Where a question was asked."""

    LIBRARY = "library"
    """Of all articles of its set."""
    ARTICLE = "article"
    """Of its own article."""
    ELSEWHERE = "elsewhere"
    """Of all articles of its set but its own."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question's candidates. The columns are PASSAGE_FEATURES and SENTENCE_FEATURES, in their order."""

    asking: Asking
    article: int
    answerable: bool
    question: str
    places: tuple[Located, ...]
    """The candidates."""
    passages: Floats
    """(candidates, features)"""
    right: Bools
    """(candidates,): which are out of the question's own paragraph, and hold an expected answer if one does."""
    sentences: Floats
    """(sentences of the right passages, features)"""
    holding: Bools
    """Which of these sentences hold an expected answer."""


def examples(questions: QuestionSet, encoder: Encoder) -> Iterator[Example]:
    """Ask every question of the whole set and of its own article, and some of all the other articles."""
    whole = build_corpus(questions.articles, encoder).corpus
    queries = _encoded(questions.questions, encoder)
    yield from _ask(queries, whole, Asking.LIBRARY)
    astray = _spread(queries, _ELSEWHERE)
    for place, article in enumerate(questions.articles):
        if article.passages:
            own = build_corpus([article], encoder, whole).corpus
            yield from _ask([one for one in queries if one.question.article == place], own, Asking.ARTICLE)
        if others := [one for one in questions.articles if one is not article and one.passages]:
            without = build_corpus(others, encoder, whole).corpus
            yield from _ask([one for one in astray if one.question.article == place], without, Asking.ELSEWHERE)


@dataclass(frozen=True, slots=True)
class _Asked:
    question: Question
    query: Query


def _encoded(questions: Sequence[Question], encoder: Encoder) -> list[_Asked]:
    cleaned = [one for one in map(_cleaned, questions) if one is not None]
    queries = [
        query
        for first in range(0, len(cleaned), _BATCH)
        for query in encode([one.text for one in cleaned[first : first + _BATCH]], encoder)
    ]
    return [_Asked(*pair) for pair in zip((one.question for one in cleaned), queries, strict=True)]


@dataclass(frozen=True, slots=True)
class _Cleaned:
    question: Question
    text: str


def _cleaned(question: Question) -> _Cleaned | None:
    try:
        return _Cleaned(question, clean_question(question.text))
    except QuestionError:
        return None


def _spread(asked: Sequence[_Asked], count: int) -> list[_Asked]:
    """So many of them, evenly spaced."""
    count = min(count, len(asked))
    return [asked[i * len(asked) // count] for i in range(count)]


def _ask(asked: Sequence[_Asked], corpus: Corpus, asking: Asking) -> Iterator[Example]:
    return (_example(one, gather(one.query, corpus), corpus, asking) for one in asked)


def _example(asked: _Asked, evidence: Evidence, corpus: Corpus, asking: Asking) -> Example:
    question = asked.question
    found = tuple(corpus.layout.passages[row] for row in evidence.rows)
    inside = np.array([_is_inside(place, question) for place in found])
    sentences = [[_on_one_line(place.article.slice(s)) for s in place.passage.sentences] for place in found]
    holding = [np.array([any(one in text for one in question.answers) for text in texts]) for texts in sentences]
    holds = inside & np.array([held.any() for held in holding])
    # A paragraph may be split into several passages: where one of them holds an answer, the others are not right.
    right = holds if holds.any() else inside
    return Example(
        asking=asking,
        article=question.article,
        answerable=question.answerable,
        question=asked.query.text,
        places=found,
        passages=_columns(PASSAGE_FEATURES, evidence),
        right=right,
        sentences=_columns(SENTENCE_FEATURES, evidence)[np.repeat(right, np.diff(evidence.first_sentence))],
        holding=np.concatenate([held for held, is_right in zip(holding, right, strict=True) if is_right] or [_NONE]),
    )


_NONE = np.zeros(0, np.bool_)


def _on_one_line(text: str) -> str:
    """As expected answers are."""
    return " ".join(text.split())


def _is_inside(place: Located, question: Question) -> bool:
    """Whether a passage of the same set is out of the question's paragraph."""
    start, end = question.paragraph
    return place.article.file == article_file(question.article) and start <= place.passage.start < end


def _columns(features: Mapping[str, Feature], evidence: Evidence) -> Floats:
    return np.column_stack([feature(evidence) for feature in features.values()]).astype(np.float32)
