"""Statistics over questions, and how far they can be trusted."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

BINS = 10
RESAMPLES = 1_000

_SEED = 1874

Statistic = Callable[[NDArray[np.float64]], float]
"""A figure of all questions, each counted as often as its weight says; NaN if it is about no question that counts."""


def ratio(values: NDArray[np.float64] | NDArray[np.bool_], included: NDArray[np.bool_]) -> Statistic:
    """The mean of the values, each from 0 to 1, of the questions that are included."""
    counted = values * included.astype(float)

    def statistic(weights: NDArray[np.float64]) -> float:
        total = weights @ included
        return float(weights @ counted / total) if total else math.nan

    return statistic


def calibration_error(confidences: NDArray[np.float64], rights: NDArray[np.bool_]) -> Statistic:
    """The expected calibration error of Guo et al., On calibration of modern neural networks (2017).

    Answers are put into bins by their confidence. In each bin, mean confidence and share of right answers differ; the
    error is the mean difference, weighted by the answers in the bins.
    """
    bins = bins_of(confidences)
    gaps = confidences - rights

    def statistic(weights: NDArray[np.float64]) -> float:
        # A bin's difference of means times its share of all answers is its sum of gaps divided by all answers.
        return float(np.abs(np.bincount(bins, weights * gaps)).sum() / weights.sum())

    return statistic


def bins_of(confidences: NDArray[np.float64], bins: int = BINS) -> NDArray[np.int64]:
    """(answers,): the bin of each confidence, from 0. Bins are of equal width from 0 to 1; the last includes 1."""
    return np.minimum((confidences * bins).astype(np.int64), bins - 1)


def judgement(
    right: NDArray[np.bool_], answerable: NDArray[np.bool_], answered: NDArray[np.bool_]
) -> dict[str, Statistic]:
    """What the verdicts are worth. (questions,): whether each has the right hit first, is answerable, is answered."""
    return {
        "r1": ratio(right, answerable),
        "answered_precision": ratio(right, answerable & answered),
        "coverage": ratio(answered, answerable),
        "declined_answerable": ratio(~answered, answerable),
        "declined_unanswerable": ratio(~answered, ~answerable),
    }


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """The probability that a random positive score is above a random negative score; a tie counts one half."""
    if not positive or not negative:
        return None
    labels = [True] * len(positive) + [False] * len(negative)
    from sklearn.metrics import roc_auc_score  # takes a second to load, and most commands do not need it

    return float(roc_auc_score(labels, [*positive, *negative]))


def bootstrap(statistics: Mapping[str, Statistic], questions: int) -> dict[str, tuple[float, float] | None]:
    """95 % percentile intervals of statistics over this number of questions, drawn RESAMPLES times with replacement.

    All statistics see the same draws, in every run. See Efron and Tibshirani, An introduction to the bootstrap (1993).
    """
    random = np.random.default_rng(_SEED)
    drawn: dict[str, list[float]] = {name: [] for name in statistics}
    for _ in range(RESAMPLES):
        weights = np.bincount(random.integers(questions, size=questions), minlength=questions).astype(float)
        for name, statistic in statistics.items():
            drawn[name].append(statistic(weights))
    return {name: _interval(values) for name, values in drawn.items()}


def _interval(values: Sequence[float]) -> tuple[float, float] | None:
    """None if the statistic is about no question in any draw; draws without such a question do not count."""
    numbers = [value for value in values if not math.isnan(value)]
    if not numbers:
        return None
    low, high = np.percentile(numbers, [2.5, 97.5]).tolist()
    return low, high
