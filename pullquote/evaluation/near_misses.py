"""Natural near misses: questions asked in good faith whose answer has been taken out of the articles.

A question's own paragraph goes, and so does every other passage that holds the words of an expected answer. What is
left is on the topic and does not answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from pullquote.evaluation.question_sets import SetQuestion
from pullquote.evaluation.spacing import evenly_spaced
from retrieval.search.corpus import Corpus
from retrieval.search.withheld import without

MAX_NEAR_MISSES = 1_000


def near_misses(questions: Sequence[SetQuestion]) -> list[SetQuestion]:
    """The questions with known answers as questions that nothing answers, evenly spaced, at most MAX_NEAR_MISSES.

    They keep their answers: `withheld` needs them.
    """
    with_answers = [question for question in questions if question.answers]
    return [replace(question, answerable=False) for question in evenly_spaced(with_answers, MAX_NEAR_MISSES)]


def withheld(questions: Iterable[SetQuestion], corpus: Corpus) -> Iterator[Corpus | None]:
    """For each question the corpus without the passages that answer it; None if no passage is left.

    Such a passage is out of the question's paragraph, or holds an expected answer.
    """
    texts = [on_one_line(located.text) for located in corpus.layout.passages]
    for question in questions:
        answering = [
            question.is_answered_by(located.article, located.passage)
            or any(answer in text for answer in question.answers)
            for located, text in zip(corpus.layout.passages, texts, strict=True)
        ]
        yield None if all(answering) else without(corpus, np.flatnonzero(answering))


def on_one_line(text: str) -> str:
    """The text with single spaces, as expected answers have them."""
    return " ".join(text.split())
