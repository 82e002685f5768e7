"""Maximum-likelihood fits of linear models, with a little ridge: deterministic, rounded, by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.ragged import Ragged

_RIDGE = 1e-3
# No feature that tells anything differs by less. Divided by it, a rounding would be a feature of its own.
_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives with their features, (alternatives, features), and which of them are right."""

    features: NDArray[np.floating]
    right: NDArray[np.bool_]
    weight: float = 1.0
    """How much the choice counts."""


def conditional_logit(names: Sequence[str], choices: Sequence[Choice]) -> dict[str, float]:
    """Weights whose softmax over the alternatives is largest for the right alternatives together (McFadden 1974).

    Choices without a right alternative teach nothing.
    """
    usable = [choice for choice in choices if choice.right.any()]
    features = np.concatenate([choice.features for choice in usable]).astype(np.float64)
    right = np.concatenate([choice.right for choice in usable])
    counts = np.array([choice.weight for choice in usable])
    counts /= counts.sum()
    alternatives = Ragged.of_lengths(len(choice.right) for choice in usable)
    choice_of = alternatives.rows()
    spread = _spread(features)
    scaled = (features - features.mean(axis=0)) / spread

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """The weighted mean of −ln of the right alternatives' share, plus the ridge; and its gradient."""
        scores = scaled @ weights
        powers = np.exp(scores - alternatives.maximum(scores)[choice_of])
        shares = powers / alternatives.sum(powers)[choice_of]
        of_right = alternatives.sum(shares * right)
        gradient = scaled.T @ ((shares - shares * right / of_right[choice_of]) * counts[choice_of])
        return -(counts @ np.log(of_right)) + _RIDGE * weights @ weights, gradient + 2 * _RIDGE * weights

    from scipy.optimize import minimize  # slow to load, and most commands do not need it

    solution = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"gtol": 1e-8, "ftol": 1e-14})
    return _rounded(names, solution.x / spread)


def logistic_regression(
    names: Sequence[str],
    features: NDArray[np.float64],
    labels: Sequence[bool],
    c: float,
    weights: NDArray[np.float64] | None = None,
) -> dict[str, float]:
    """Weights of features (examples, features), with a `bias`; `c` is scikit-learn's, the ridge's inverse.

    `weights`, (examples,), say how much each example counts: 1 if they are left out.
    """
    mean, spread = features.mean(axis=0), _spread(features)
    from sklearn.linear_model import LogisticRegression  # slow to load, and most commands do not need it

    model = LogisticRegression(C=c, max_iter=10_000, tol=1e-8).fit((features - mean) / spread, labels, weights)
    fitted = model.coef_[0] / spread
    return {"bias": round(float(model.intercept_[0] - fitted @ mean), 2)} | _rounded(names, fitted)


def _spread(features: NDArray[np.float64]) -> NDArray[np.float64]:
    """(features,): standard deviations; 1 for a feature that is the same everywhere, but for rounding."""
    spread = features.std(axis=0)
    return np.where(spread > _SAME, spread, 1.0)


def _rounded(names: Sequence[str], weights: NDArray[np.float64]) -> dict[str, float]:
    """Weights with two decimals: enough for a probability, and few enough to come out the same in every run."""
    return {name: round(float(weight), 2) for name, weight in zip(names, weights, strict=True)}
