"""Text → vectors: the Protocol of encoders, and the vectors that they give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.language.words import Word
from retrieval.reading.lengths import Measure

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Encoded:
    """The vectors of texts, and of the words in them that the caller named; all have length 1."""

    vectors: Vectors
    """(texts, dimension), float32."""
    words: list[Vectors]
    """(words, dimension) for each text. A word has zeros if it stands where the model no longer reads."""


class Encoder(Protocol):
    """Turns texts into vectors of length 1 and counts their word pieces. Safe to use from several threads."""

    @property
    def name(self) -> str:
        """The folder that the model was loaded from, or its name on the hub."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the vectors would."""

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""

    @property
    def max_tokens(self) -> int:
        """How many word pieces a passage may have. A model reads them all; it may not read a word piece after them."""

    @property
    def languages(self) -> frozenset[str] | None:
        """The codes of the languages that the model was trained on; None if it knows many, or does not say which."""

    def encode_queries(self, questions: Sequence[str], words: Sequence[Sequence[Word]]) -> Encoded:
        """Encode questions and these words of each, in one pass."""

    def encode_passages(self, texts: Sequence[str], words: Sequence[Sequence[Word]]) -> Encoded:
        """Encode passages and these words of each, in one pass."""

    def encode_sentences(self, texts: Sequence[str]) -> Vectors:
        """Encode texts without their words: (texts, dimension), float32."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many word pieces each text has, without the marks of its start and end."""

    @property
    def measure(self) -> Measure:
        """Counts word pieces as this encoder does. The measure can be pickled, and so given to another process."""
