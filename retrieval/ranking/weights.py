"""The ranker's weights: a small JSON file that names the questions it was fitted on, and says how well it did."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, FiniteFloat, TypeAdapter, ValidationError
from pydantic_core import from_json

from retrieval.errors import ModelError, Reason, UnfitError
from retrieval.files import replace_durably
from retrieval.ranking.features import PASSAGE_FEATURES, SENTENCE_FEATURES

log = logging.getLogger(__name__)

SHIPPED_WEIGHTS = Path(__file__).with_name("weights.json")
# Columns beside the features: the weighted sum that orders candidates, and a reranker's score of each.
SCORE = "score"
RERANKER = "reranker"
# Of the first candidate alone: how far its score is above the next, and its share of the softmax over all scores.
LEAD = "score_lead"
SHARE = "score_share"
_OF_SCORES = frozenset([SCORE, RERANKER, LEAD, SHARE])
# The thresholds for an encoder that nobody calibrated: probabilities fitted for another encoder are less certain.
CONSERVATIVE_ANSWERED, CONSERVATIVE_CLOSEST = 0.5, 0.2

Probability = Annotated[float, Field(ge=0, le=1)]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where weights come from: the SHA-256 of question files by their names, and the metrics of these questions."""

    command: str
    date: dt.date
    model: str
    fingerprint: str
    files: Mapping[str, str]
    metrics: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by feature, `topic` and `answer` with a `bias`, and the least probabilities of each verdict."""

    provenance: Provenance
    rank: Mapping[str, FiniteFloat]
    point: Mapping[str, FiniteFloat]
    topic: Mapping[str, FiniteFloat]
    answer: Mapping[str, FiniteFloat]
    answered: Probability
    closest: Probability
    on_topic: Probability = 0.0
    """The least probability that an answered question is about the articles. Weights from before there was one have
    none."""
    rerank: Mapping[str, FiniteFloat] | None = None
    """Weights of `score`, the sum that `rank` makes, and of `reranker`; None if they were fitted without a reranker."""

    @property
    def passage_features(self) -> list[str]:
        """The features of passages that have a weight, without what is computed from scores."""
        names = dict.fromkeys([*self.rank, *self.topic, *self.answer])
        return [name for name in names if name != "bias" and name not in _OF_SCORES]


_WEIGHTS = TypeAdapter(Weights)


def read_weights(path: Path) -> Weights:
    """Read a file of weights. Raises ModelError if the weights cannot be used."""
    try:
        return _read(path)
    except (OSError, ValueError) as error:
        raise _unusable(path, error) from error


def _read(path: Path) -> Weights:
    """Raises OSError, or ValueError if the content of the file cannot be used."""
    content = path.read_bytes()
    weights = _WEIGHTS.validate_json(content)
    _check(weights)
    stored = from_json(content)
    # Weights from before there were checksums have none.
    if stored.pop("checksum", None) not in (None, checksum(stored)):
        raise UnfitError("checksum-damaged")
    return weights


def _unusable(path: Path, error: OSError | ValueError) -> ModelError:
    if path == SHIPPED_WEIGHTS:
        return ModelError("shipped-weights-unusable", path=str(path), reason=_reason(error))
    return ModelError("weights-unusable", path=str(path), reason=_reason(error))


def _reason(error: OSError | ValueError) -> Reason | str:
    match error:
        case UnfitError():
            return error.reason
        case ValidationError():
            first = error.errors(include_url=False)[0]
            return ": ".join([*map(str, first["loc"]), first["msg"]])
        case _:
            return str(getattr(error, "strerror", None) or error)


def _check(weights: Weights) -> None:
    """Raises UnfitError if the weights are another version's, or if weights are missing that every ranking needs."""
    unknown = {*weights.passage_features} - PASSAGE_FEATURES.keys() | {*weights.point} - SENTENCE_FEATURES.keys()
    unknown |= {*(weights.rerank or ())} - {SCORE, RERANKER, *weights.passage_features}
    if unknown:
        raise UnfitError("unknown-features", features=", ".join(sorted(unknown)))
    if not (weights.rank and weights.point and "bias" in weights.topic and "bias" in weights.answer):
        raise UnfitError("weight-missing")


def write_weights(weights: Weights, path: Path) -> None:
    """Write a file of weights, whole or not at all. Raises OSError."""
    content = _WEIGHTS.dump_python(weights, mode="json")
    text = json.dumps({"checksum": checksum(content), **content}, indent=2, ensure_ascii=False)
    replace_durably(path, f"{text}\n".encode())


def checksum(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content of a file of weights without its checksum, however the file is laid out."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def calibrated_file(data: Path, encoder: str, reranker: str | None) -> Path:
    """Where `bot.py calibrate` puts the weights for an encoder and a reranker, both by fingerprint."""
    return data / "weights" / f"{'-'.join(each[:16] for each in (encoder, reranker) if each)}.json"


def weights_for(
    data: Path, encoder: str, reranker: str | None = None, tell: Callable[[Reason], object] = log.warning
) -> Weights:
    """The weights calibrated for this encoder and reranker, or for the encoder alone, or the shipped weights.

    The shipped weights get conservative thresholds if they were fitted for another encoder. `tell` is called with a
    reason for each calibrated file that cannot be used. Raises ModelError if the shipped weights cannot
    be used.
    """
    unusable: list[Reason] = []
    for file in dict.fromkeys([calibrated_file(data, encoder, reranker), calibrated_file(data, encoder, None)]):
        try:
            weights, instead = _read(file), "weights-without-reranker-instead"
            break
        except (FileNotFoundError, NotADirectoryError):
            continue
        except (OSError, ValueError) as error:
            complaint = _unusable(file, error)
            unusable.append(Reason(complaint.code, complaint.fields))
    else:
        weights, instead = _shipped(encoder), "shipped-weights-instead"
    for reason in unusable:
        tell(Reason.of(instead, reason=reason))
    return weights


def _shipped(encoder: str) -> Weights:
    shipped = read_weights(SHIPPED_WEIGHTS)
    if shipped.provenance.fingerprint == encoder:
        return shipped
    return replace(shipped, answered=CONSERVATIVE_ANSWERED, closest=CONSERVATIVE_CLOSEST)
