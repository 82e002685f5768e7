"""Weights whose probabilities can be worked out by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from retrieval.ranking.weights import RERANKER, Provenance, Weights

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


WEIGHTS = Weights(
    provenance=Provenance(
        command="python bot.py calibrate öffentlich.json",
        date=dt.date(2026, 2, 28),
        model="letters",
        fingerprint="letters, first edition",
        files={"öffentlich.json": "0" * 64},
        metrics={"r1": 0.9},
    ),
    rank={"passage_cosine": 0.1, "length": -2.0},
    point={"cosine_of_sentence": 1e-9},
    topic={"bias": -6.25, "best_cosine": 1.0, "length": 0.5},
    answer={"bias": 3.0, "maxsim": 2.0, RERANKER: 1.0},
    answered=0.3,
    closest=0.1,
    on_topic=0.7,
)
