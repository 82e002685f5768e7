"""The statistics: values worked out by hand, and brute force as the oracle."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from pullquote.evaluation.statistics import auroc, bootstrap, calibration_error, ratio

shares = st.floats(0, 1)
# Few different values, so that ties are common.
scores = st.lists(st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]), min_size=1, max_size=12)
judged = st.lists(st.tuples(shares, st.booleans()), min_size=1, max_size=40)


def once(questions: int) -> NDArray[np.float64]:
    return np.ones(questions)


def test_a_ratio_is_the_mean_of_the_questions_that_it_includes() -> None:
    statistic = ratio(np.array([1.0, 0.5, 0.0, 1.0]), np.array([True, True, True, False]))
    assert statistic(once(4)) == 0.5
    assert statistic(np.array([3.0, 2.0, 0.0, 7.0])) == 0.8


def test_a_ratio_of_nothing_is_not_a_number() -> None:
    statistic = ratio(np.array([True, False]), np.array([False, True]))
    assert statistic(once(2)) == 0
    assert math.isnan(statistic(np.array([2.0, 0.0])))


def test_the_calibration_error_by_hand() -> None:
    # Three bins: 0.2 and 0.25 with one right (gap 0.275 of 2), 0.8 wrong (gap 0.8 of 1), 1.0 right (no gap).
    statistic = calibration_error(np.array([0.2, 0.25, 0.8, 1.0]), np.array([True, False, False, True]))
    assert statistic(once(4)) == pytest.approx((2 * 0.275 + 0.8) / 4)
    assert statistic(np.array([0.0, 0.0, 1.0, 3.0])) == pytest.approx(0.8 / 4)


def test_over_and_under_confidence_do_not_cancel_out_across_bins() -> None:
    statistic = calibration_error(np.array([0.05, 0.95]), np.array([True, False]))
    assert statistic(once(2)) == pytest.approx(0.95)


@given(judged)
def test_the_calibration_error_by_brute_force(answers: list[tuple[float, bool]]) -> None:
    error = 0.0
    for low in range(10):
        inside = [(c, right) for c, right in answers if int(10 * c) == low or (low == 9 and c == 1)]
        if inside:
            confidence = sum(c for c, _ in inside) / len(inside)
            error += abs(confidence - sum(right for _, right in inside) / len(inside)) * len(inside) / len(answers)
    confidences, rights = zip(*answers, strict=True)
    assert calibration_error(np.array(confidences), np.array(rights))(once(len(answers))) == pytest.approx(error)


@given(scores, scores)
def test_the_auroc_is_the_share_of_pairs_in_order(positive: list[float], negative: list[float]) -> None:
    pairs = [(p > n) + (p == n) / 2 for p, n in product(positive, negative)]
    assert auroc(positive, negative) == pytest.approx(sum(pairs) / len(pairs))


def test_the_auroc_needs_both_kinds() -> None:
    assert auroc([], [0.5]) is None
    assert auroc([0.5], []) is None


def test_intervals_of_a_share_are_as_by_the_normal_approximation() -> None:
    hits = np.arange(400) < 100
    interval = bootstrap({"share": ratio(hits, np.ones(400, dtype=bool))}, 400)["share"]
    half = 1.96 * math.sqrt(0.25 * 0.75 / 400)
    assert interval == pytest.approx((0.25 - half, 0.25 + half), abs=0.006)


def test_intervals_are_the_same_every_time_and_for_whatever_else_is_asked() -> None:
    random = np.random.default_rng(3)
    first = ratio(random.random(50), np.ones(50, dtype=bool))
    second = ratio(random.random(50), random.random(50) < 0.5)
    both = bootstrap({"second": second, "first": first}, 50)
    assert both["first"] == bootstrap({"first": first}, 50)["first"]
    assert both["first"] != both["second"]


def test_where_all_questions_fare_alike_the_interval_is_a_point() -> None:
    everyone = np.ones(5, dtype=bool)
    assert bootstrap({"all": ratio(everyone, everyone), "none": ratio(~everyone, everyone)}, 5) == {
        "all": (1.0, 1.0),
        "none": (0.0, 0.0),
    }


def test_draws_without_a_question_that_matters_do_not_count() -> None:
    rare, never = np.array([True, False, False]), np.zeros(3, dtype=bool)
    assert bootstrap({"rare": ratio(rare, rare), "never": ratio(rare, never)}, 3) == {"rare": (1.0, 1.0), "never": None}
