"""Text → vectors: what an encoder gives, and what it has to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.language.words import Word
from retrieval.reading.segmentation import Measure

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Encoded:
    """The vectors of some texts, and of the words in them that the caller named; all of length 1."""

    vectors: Vectors
    """(texts, dimension), float32."""
    words: list[Vectors]
    """Of each text (words, dimension). A word that lies behind what the model reads has zeros."""


class Encoder(Protocol):
    """Turns texts into vectors of length 1 and counts their word pieces. Safe to use from several threads."""

    @property
    def name(self) -> str:
        """The folder, or the name on the hub, that the model was loaded by."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the vectors would."""

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""

    @property
    def max_tokens(self) -> int:
        """The word pieces a passage may have: so many are read for certain, what follows them may not be."""

    def encode_queries(self, questions: Sequence[str], words: Sequence[Sequence[Word]]) -> Encoded:
        """Questions and these words of each, in one pass."""

    def encode_passages(self, texts: Sequence[str], words: Sequence[Sequence[Word]]) -> Encoded:
        """Passages and these words of each, in one pass."""

    def encode_sentences(self, texts: Sequence[str]) -> Vectors:
        """(texts, dimension), float32."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many word pieces each text has, without those that mark its start and end."""

    @property
    def measure(self) -> Measure:
        """Counts as this encoder does, without it: another process can be given it, for it can be pickled."""
