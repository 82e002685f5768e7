"""Question and passage read together → a score: the Protocol of rerankers, which are optional."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a passage that may answer it."""

    question: str
    passage: str


class Reranker(Protocol):
    """Scores pairs: the higher, the likelier the passage answers. Safe to use from several threads."""

    @property
    def name(self) -> str:
        """The folder that the model was loaded from, or its name on the hub."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the scores would."""

    def score(self, pairs: Sequence[Pair]) -> NDArray[np.float32]:
        """(pairs,), float32: raw logits, comparable within one model only."""
