"""Natural near misses: questions asked in good faith whose answer has been taken out of the articles.

A question's own paragraph goes, and so does every other passage that holds the words of an expected answer. What is
left is on the topic and does not answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pullquote.evaluation.question_sets import SetQuestion
from pullquote.evaluation.spacing import evenly_spaced
from retrieval.search.corpus import Corpus
from retrieval.search.withheld import without

MAX_NEAR_MISSES = 1_000


def near_misses(questions: Sequence[SetQuestion]) -> list[SetQuestion]:
    """The questions with known answers as questions that nothing answers, evenly spaced, at most MAX_NEAR_MISSES.

    They keep their answers: `Answers.withheld` needs them.
    """
    with_answers = [question for question in questions if question.answers]
    return [replace(question, answerable=False) for question in evenly_spaced(with_answers, MAX_NEAR_MISSES)]


class Answers:
    """Finds the passages of a corpus that answer a question of its set."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._texts = [on_one_line(located.text) for located in corpus.layout.passages]

    def rows(self, question: SetQuestion) -> NDArray[np.int64]:
        """The rows of the passages out of the question's paragraph, and of those that hold an expected answer."""
        pairs = zip(self.corpus.layout.passages, self._texts, strict=True)
        return np.flatnonzero(
            [
                question.is_answered_by(located.article, located.passage)
                or any(answer in text for answer in question.answers)
                for located, text in pairs
            ]
        )

    def withheld(self, question: SetQuestion) -> Corpus | None:
        """The corpus without the passages that answer; None if no passage would be left."""
        rows = self.rows(question)
        return None if len(rows) == len(self._texts) else without(self.corpus, rows)


def on_one_line(text: str) -> str:
    """The text with single spaces, as expected answers have them."""
    return " ".join(text.split())
