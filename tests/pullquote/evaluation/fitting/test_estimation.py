"""The fits against slow oracles: a loss in plain Python, a grid, scikit-learn's own probabilities, values by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from pullquote.evaluation.fitting import estimation
from pullquote.evaluation.fitting.estimation import Choice, conditional_logit, logistic_regression

RIDGE = 1e-3


def choice(features: Sequence[Sequence[float]] | NDArray[np.float64], *right: int) -> Choice:
    """A choice of which these alternatives, counted from 0, are right."""
    return Choice(np.array(features), np.isin(np.arange(len(features)), right))


def simulated(weights: Sequence[float], count: int, *, several: bool = False) -> list[Choice]:
    """Choices of 2 to 7 alternatives that somebody with these weights has made; `several` adds right alternatives."""
    rng = np.random.default_rng(1974)
    choices = []
    for _ in range(count):
        # Features of different scale, and none is centred at 0.
        features = rng.normal(size=(rng.integers(2, 8), len(weights))) * np.arange(1, len(weights) + 1) + 3
        powers = np.exp(features @ weights)
        right = np.zeros(len(features), np.bool_)
        right[rng.choice(len(features), p=powers / powers.sum())] = True
        choices.append(Choice(features, right | (several & (rng.random(len(features)) < 0.2))))
    return choices


def loss(weights: Sequence[float], choices: Sequence[Choice]) -> float:
    """The definition, alternative by alternative: mean of −ln of the share of right alternatives, plus the ridge.

    The ridge counts what a weight does over one standard deviation of its feature, over all alternatives.
    """
    total = 0.0
    for each in choices:
        powers = [math.exp(sum(w * x for w, x in zip(weights, row, strict=True))) for row in each.features]
        total -= math.log(sum(p for p, right in zip(powers, each.right, strict=True) if right) / sum(powers))
    columns = zip(*(row for each in choices for row in each.features), strict=True)
    spreads = [math.sqrt(sum((x - sum(column) / len(column)) ** 2 for x in column) / len(column)) for column in columns]
    return total / len(choices) + RIDGE * sum((w * s) ** 2 for w, s in zip(weights, spreads, strict=True))


class TestConditionalLogit:
    def test_one_weight_is_the_best_of_a_grid(self) -> None:
        choices = simulated([0.8], 30)
        best = min((step / 100 for step in range(-300, 301)), key=lambda weight: loss([weight], choices))
        weights = conditional_logit(["x"], choices)
        assert list(weights) == ["x"]
        assert abs(weights["x"] - best) < 0.011
        assert best > 0.2

    @pytest.mark.parametrize("several", [False, True])
    def test_weights_are_where_the_plain_loss_is_least(self, several: bool) -> None:
        choices = simulated([0.5, -0.6, 0.2], 40, several=several)
        assert several is any(each.right.sum() > 1 for each in choices)
        best = minimize(loss, [0.0, 0.0, 0.0], args=(choices,), method="Nelder-Mead", options={"xatol": 1e-5}).x
        weights = conditional_logit(["x", "y", "z"], choices)
        np.testing.assert_allclose(list(weights.values()), best, atol=0.006)

    def test_the_weights_that_made_the_choices_are_found(self) -> None:
        weights = conditional_logit(["up", "down", "nothing"], simulated([1.0, -0.5, 0.0], 3_000))
        assert weights == pytest.approx({"up": 1.0, "down": -0.5, "nothing": 0.0}, abs=0.07)

    def test_by_hand(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of two alternatives the alternative with the feature is right 3 times of 4: e^w / (e^w + 1) = 3/4."""
        monkeypatch.setattr(estimation, "_RIDGE", 0.0)
        choices = [choice([[1.0], [0.0]], right) for right in (0, 0, 0, 1)]
        assert conditional_logit(["x"], choices) == {"x": round(math.log(3), 2)}

    def test_several_right_ones_by_hand(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of (1, 0, 0) a times the first two are right, b times the last two.

        The sum of a·ln((e^w + 1) / (e^w + 2)) and b·ln(2 / (e^w + 2)) is largest at e^w = (a − b) / b.
        """
        monkeypatch.setattr(estimation, "_RIDGE", 0.0)
        alternatives = [[1.0], [0.0], [0.0]]
        choices = [choice(alternatives, 0, 1)] * 5 + [choice(alternatives, 1, 2)]
        assert conditional_logit(["x"], choices) == {"x": round(math.log(4), 2)}

    def test_the_ridge_pulls_towards_zero(self) -> None:
        """Where the feature is always right, only the ridge keeps its weight from growing without end.

        The spread of 1 and 0 is ½, so the gradient e^−w / (1 + e^−w) equals the ridge's, 2 · 0.001 · w / 4.
        """
        [weight] = conditional_logit(["x"], [choice([[1.0], [0.0]], 0)] * 3).values()
        # Weights have two places, and a hundredth of this weight is a hundredth of its share.
        assert 1 / (1 + math.exp(weight)) == pytest.approx(RIDGE / 2 * weight, rel=0.01)

    def test_choices_without_a_right_one_teach_nothing(self) -> None:
        choices = simulated([0.8, -0.4], 50)
        nothing = [choice([[1e3, -1e3], [0.0, 1e3]]), choice([[5.0, 5.0]])]
        mixed = [nothing[0], *choices[:20], nothing[1], *choices[20:], nothing[0]]
        assert conditional_logit(["x", "y"], mixed) == conditional_logit(["x", "y"], choices)

    def test_what_all_alternatives_share_teaches_nothing(self) -> None:
        """A computer cannot hold 0.35 exactly, so that the mean is off by a rounding."""
        with_share = [
            Choice(np.column_stack([each.features, np.full(len(each.features), 0.35)]), each.right)
            for each in simulated([0.8], 70)
        ]
        assert conditional_logit(["x", "share"], with_share)["share"] == 0

    def test_a_choice_of_one_changes_no_other_weight_much(self) -> None:
        """Its only alternative is right whatever the weights: it counts in the mean only."""
        choices = [choice([[1.0], [0.0]], right) for right in (0, 0, 1)] * 100
        alone = [choice([[float(value)]], 0) for value in (0, 1)]
        assert conditional_logit(["x"], [*choices, *alone])["x"] == pytest.approx(
            conditional_logit(["x"], choices)["x"], abs=0.011
        )

    def test_scores_do_not_overflow(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """One alternative stands out so far that e to the power of its score is more than a computer can hold."""
        monkeypatch.setattr(estimation, "_RIDGE", 0.0)
        near = [choice([[1.0], [0.0]], right) for right in (0, 0, 0, 1)]
        weights = conditional_logit(["x"], [*near * 100, choice([[1e5], [0.0]], 0)])
        assert weights == {"x": round(math.log(3), 2)}

    def test_features_in_single_precision_give_the_same(self) -> None:
        choices = simulated([0.8, -0.4], 50)
        single = [Choice(each.features.astype(np.float32), each.right) for each in choices]
        assert conditional_logit(["x", "y"], single) == conditional_logit(["x", "y"], choices)


def labelled(count: int = 400) -> tuple[NDArray[np.float64], list[bool]]:
    rng = np.random.default_rng(1958)
    features = rng.normal(size=(count, 3)) * [1, 10, 0.1] + [5, 0, -0.3]
    chances = 1 / (1 + np.exp(-(features @ [1.2, -0.1, 4.0] - 4)))
    return features, (rng.random(count) < chances).tolist()


class TestLogisticRegression:
    @pytest.mark.parametrize("c", [0.01, 1.0])
    def test_its_probabilities_are_those_of_scikit_learn(self, c: float) -> None:
        features, labels = labelled()
        weights = logistic_regression(["x", "y", "z"], features, labels, c)
        assert list(weights) == ["bias", "x", "y", "z"]
        ours = weights["bias"] + features @ [weights[name] for name in ("x", "y", "z")]
        model = make_pipeline(StandardScaler(), LogisticRegression(C=c, tol=1e-8, max_iter=10_000))
        theirs = model.fit(features, labels).predict_proba(features)[:, 1]
        # Each weight may be off by half a hundredth, and the log odds by that times the feature.
        slack = 0.005 * (1 + np.abs(features).sum(axis=1)) + 1e-4
        assert (np.abs(ours - np.log(theirs / (1 - theirs))) <= slack).all()
        assert np.ptp(theirs) > 0.2

    def test_by_hand(self) -> None:
        """With next to no ridge: 1 of 4 without the feature, 3 of 4 with it, so log odds of −ln 3 and ln 3."""
        features = np.array([[0.0]] * 4 + [[1.0]] * 4)
        labels = [True, False, False, False, True, True, True, False]
        weights = logistic_regression(["x"], features, labels, 1e6)
        assert weights == {"bias": round(-math.log(3), 2), "x": round(2 * math.log(3), 2)}

    def test_a_constant_feature_gets_no_weight(self) -> None:
        """A computer cannot hold 0.35 exactly, so that the mean is off by a rounding."""
        features, labels = labelled(70)
        weights = logistic_regression(["x", "y", "z"], features, labels, 0.1)
        padded = np.column_stack([features, np.full(70, 0.35)])
        assert logistic_regression(["x", "y", "z", "same"], padded, labels, 0.1) == weights | {"same": 0}


def test_weights_have_two_places_and_are_the_same_each_time() -> None:
    choices = simulated([0.123456, -0.654321], 60)
    features, labels = labelled()
    logit, logistic = (
        conditional_logit(["x", "y"], choices),
        logistic_regression(["x", "y", "z"], features, labels, 0.1),
    )
    assert {round(value, 2) for value in (*logit.values(), *logistic.values())} == {*logit.values(), *logistic.values()}
    assert all(type(value) is float for value in (*logit.values(), *logistic.values()))
    assert conditional_logit(["x", "y"], choices) == logit
    assert logistic_regression(["x", "y", "z"], features, labels, 0.1) == logistic
