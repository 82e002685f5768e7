"""The ranker's weights: a small JSON file that says what it was fitted on, and how well it did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

from pydantic import Field, FiniteFloat, TypeAdapter

from retrieval.errors import ModelError
from retrieval.features import PASSAGE_FEATURES, SENTENCE_FEATURES

SHIPPED_WEIGHTS = Path(__file__).with_name("weights.json")
# Beside the features of retrieval.features: the weighted sum that orders candidates, and what a reranker says of them.
SCORE = "score"
RERANKER = "reranker"
# For an encoder nobody calibrated: a probability fitted for another one is taken with a grain of salt.
CONSERVATIVE_ANSWERED, CONSERVATIVE_CLOSEST = 0.5, 0.2

Probability = Annotated[float, Field(ge=0, le=1)]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where weights come from. `files` are SHA-256 by name, `metrics` those of the questions they were fitted on."""

    command: str
    date: dt.date
    model: str
    fingerprint: str
    files: Mapping[str, str]
    metrics: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by feature, `topic` and `answer` with a `bias`, and what probability each verdict begins at."""

    provenance: Provenance
    rank: Mapping[str, FiniteFloat]
    point: Mapping[str, FiniteFloat]
    topic: Mapping[str, FiniteFloat]
    answer: Mapping[str, FiniteFloat]
    answered: Probability
    closest: Probability
    rerank: Mapping[str, FiniteFloat] | None = None
    """Weights of `score`, the sum that `rank` makes, and of `reranker`, if these were fitted with a reranker."""

    @property
    def passage_features(self) -> list[str]:
        """The features of passages that have a weight, but what a reranker says."""
        names = dict.fromkeys([*self.rank, *self.topic, *self.answer])
        return [name for name in names if name not in ("bias", RERANKER)]


_WEIGHTS = TypeAdapter(Weights)


def read_weights(path: Path) -> Weights:
    """Read a file of weights. Raises ModelError if it cannot be used."""
    try:
        weights = _WEIGHTS.validate_json(path.read_bytes())
        _check(weights)
    except (OSError, ValueError) as error:
        raise ModelError(f"The ranker's weights in {path} cannot be used; delete them and calibrate again.") from error
    return weights


def _check(weights: Weights) -> None:
    """Raises ValueError if they are another version's, or lack what no ranking can do without."""
    unknown = {*weights.passage_features} - PASSAGE_FEATURES.keys() | {*weights.point} - SENTENCE_FEATURES.keys()
    unknown |= {*(weights.rerank or ())} - {SCORE, RERANKER, *weights.passage_features}
    if unknown:
        raise ValueError(f"there is no feature {', '.join(sorted(unknown))}")
    if not (weights.rank and weights.point and "bias" in weights.topic and "bias" in weights.answer):
        raise ValueError("there is a weight missing")


def write_weights(weights: Weights, path: Path) -> None:
    """Raises OSError."""
    path.write_bytes(_WEIGHTS.dump_json(weights, indent=2) + b"\n")


def calibrated_file(data: Path, encoder: str, reranker: str | None) -> Path:
    """Where `bot.py calibrate` puts the weights for an encoder and a reranker, both by fingerprint."""
    return data / "weights" / f"{'-'.join(one[:16] for one in (encoder, reranker) if one)}.json"


def weights_for(data: Path, encoder: str, reranker: str | None = None) -> Weights:
    """The weights calibrated for this encoder and reranker; else those for the encoder; else the shipped ones, with
    conservative thresholds. Raises ModelError if a file of them cannot be used."""
    for file in (calibrated_file(data, encoder, reranker), calibrated_file(data, encoder, None)):
        if file.is_file():
            return read_weights(file)
    shipped = read_weights(SHIPPED_WEIGHTS)
    if shipped.provenance.fingerprint == encoder:
        return shipped
    return replace(shipped, answered=CONSERVATIVE_ANSWERED, closest=CONSERVATIVE_CLOSEST)
