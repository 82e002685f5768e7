"""Examples for the fits, made of numbers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pullquote.evaluation.fitting.examples import Example, Pool
from pullquote.evaluation.fitting.fit import Fitted
from retrieval.ranking.feature_matrix import FeatureMatrix
from retrieval.ranking.features import PASSAGE_FEATURES, SENTENCE_FEATURES
from tests.support.fake_encoder import corpus_of

CANDIDATES = 12
PASSAGES = corpus_of(*(f"Passage {i}." for i in range(CANDIDATES))).layout.passages
COLUMN = {name: column for column, name in enumerate(PASSAGE_FEATURES)}
OF_SENTENCE = {name: column for column, name in enumerate(SENTENCE_FEATURES)}


class Maker:
    """Makes examples of noise with a right candidate in it that stands out by what is given for it."""

    def __init__(self) -> None:
        self._rng = np.random.default_rng(1763)
        self.made = 0

    def example(
        self,
        pool: Pool,
        article: int,
        answerable: bool = True,
        *,
        right: Mapping[str, float] | None = None,
        every: Mapping[str, float] | None = None,
    ) -> Example:
        """Features of the right candidate get `right` added, features of every candidate `every`."""
        right_row = self.made % CANDIDATES
        self.made += 1
        passages = self._rng.normal(size=(CANDIDATES, len(COLUMN)))
        for name, value in (right or {}).items():
            passages[right_row, COLUMN[name]] += value
        for name, value in (every or {}).items():
            passages[:, COLUMN[name]] += value
        is_right = (np.arange(CANDIDATES) == right_row) & (pool is not Pool.OTHERS)
        # The right passage has three sentences; a single sentence holds the answer.
        holding = (np.arange(3) == right_row % 3) & answerable if is_right.any() else np.zeros(0, np.bool_)
        sentences = self._rng.normal(size=(len(holding), len(OF_SENTENCE)))
        sentences[holding, OF_SENTENCE["fit_of_sentence"]] += 2
        return Example(
            pool=pool,
            article=article,
            answerable=answerable,
            question=f"Question {self.made}: which is passage {right_row}?",
            candidates=PASSAGES,
            features=FeatureMatrix(tuple(PASSAGE_FEATURES), passages),
            right=is_right,
            sentence_features=FeatureMatrix(tuple(SENTENCE_FEATURES), sentences),
            holding=holding,
        )

    def of_all_kinds(self, count: int, **right: float) -> list[Example]:
        """`count` examples of each kind, two of three answerable.

        The topic shows in `sharp_maxsim`, what an article answers in `name_maxsim`, and which candidate is right in the
        features given.
        """
        made = []
        for i in range(count):
            answerable = i % 3 > 0
            on_it = {"sharp_maxsim": 3.0, "name_maxsim": 1.5 * answerable}
            made += [
                self.example(Pool.ALL, i, answerable, right=right, every=on_it),
                self.example(Pool.ARTICLE, i, answerable, right=right, every=on_it),
                self.example(Pool.OTHERS, i, answerable),
            ]
        return made


def rightly_first(fitted: Fitted) -> float:
    """The share of answerable questions on the library whose first candidate is right."""
    questions = [
        question for question in fitted.scored if question.example.pool is Pool.ALL and question.example.answerable
    ]
    return sum(question.right for question in questions) / len(questions)
