"""Weights whose probabilities can be worked out by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from retrieval.ranking.weights import Provenance, Weights

_PROVENANCE = Provenance("by hand", dt.date(2026, 11, 23), "letters", "letters, first edition", {}, {})


def weights_of(
    rank: Mapping[str, float],
    *,
    point: Mapping[str, float] | None = None,
    topic: Mapping[str, float] | None = None,
    answer: Mapping[str, float] | None = None,
    answered: float = 0.5,
    closest: float = 0.1,
    on_topic: float = 0.0,
    rerank: Mapping[str, float] | None = None,
) -> Weights:
    """What is left out is neutral: the sentence nearest to the question, and probabilities of 1 (to 1e-15)."""
    certain = {"bias": 40.0}
    point = point or {"cosine_of_sentence": 1.0}
    return Weights(_PROVENANCE, rank, point, topic or certain, answer or certain, answered, closest, on_topic, rerank)
