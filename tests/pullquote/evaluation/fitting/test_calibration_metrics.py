"""The metrics of a calibration."""

from __future__ import annotations

import numpy as np

from pullquote.evaluation.fitting.calibration import metrics
from pullquote.evaluation.fitting.examples import Example, Pool
from pullquote.evaluation.fitting.fit import Fitted, Scored
from retrieval.ranking.feature_matrix import FeatureMatrix
from retrieval.ranking.features import PASSAGE_FEATURES, SENTENCE_FEATURES

# Metrics


def scored(pool: Pool, log_odds: float, *, answerable: bool = True, right: bool = True) -> Scored:
    """A question with one candidate, and so with a probability of 1 / (1 + e^−log_odds)."""
    example = Example(
        pool=pool,
        article=0,
        answerable=answerable,
        question="?",
        candidates=(),
        features=FeatureMatrix.of({name: np.array([log_odds if name == "maxsim" else 0]) for name in PASSAGE_FEATURES}),
        right=np.array([right]),
        sentence_features=FeatureMatrix.of({name: np.zeros(0) for name in SENTENCE_FEATURES}),
        holding=np.zeros(0, np.bool_),
    )
    return Scored(example, np.zeros(1))


def fitted(answered: float, *scored: Scored) -> Fitted:
    topic, answer = {"bias": 40.0}, {"bias": 0.0, "maxsim": 1.0}
    return Fitted({}, {}, topic, answer, answered, 0.1, 0.0, None, scored)


BY_HAND = (
    # Answerable, asked of the library: 4 of 5 are right. From log odds of 0 they count as answered: 2 of 3 are right.
    scored(Pool.ALL, 3),
    scored(Pool.ALL, 2, right=False),
    scored(Pool.ALL, 0),
    scored(Pool.ALL, -1),
    scored(Pool.ALL, -3),
    # Near misses: 1.5 lies below 2 of the 5, −2 below 4.
    scored(Pool.ALL, 1.5, answerable=False),
    scored(Pool.ALL, -2, answerable=False),
    # Off-topic: three of four are declined. 0.5 lies below 2 answerable questions, −2.5 below 4, −4 and −5 below all 5.
    scored(Pool.OTHERS, 0.5, right=False),
    scored(Pool.OTHERS, -2.5, right=False),
    scored(Pool.OTHERS, -4, answerable=False, right=False),
    scored(Pool.OTHERS, -5, right=False),
    # Of its own article: that is another task, and counts nowhere.
    scored(Pool.ARTICLE, 9, right=False),
    scored(Pool.ARTICLE, 8, answerable=False),
)


def test_metrics_by_hand() -> None:
    assert metrics(fitted(0.5, *BY_HAND)) == {
        "r1": 0.8,
        "answered_precision": 0.667,
        "declined_answerable": 0.4,
        "declined_off_topic": 0.75,
        "auroc_off_topic": round((2 + 4 + 5 + 5) / 20, 3),
        "auroc_unanswerable": round((2 + 4) / 10, 3),
    }


def test_a_precision_of_nothing_is_left_out() -> None:
    """It is not a number, and no file of weights could hold it."""
    figures = metrics(fitted(0.99, *BY_HAND))
    assert "answered_precision" not in figures
    assert (figures["declined_answerable"], figures["declined_off_topic"]) == (1, 1)
