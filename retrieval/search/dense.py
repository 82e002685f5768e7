"""Search by meaning, over vectors of length 1, where the inner product is the cosine: what an index has to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.encoding.encoder import Vectors


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest rows of each query, best first: both arrays are (queries, k), cosines and row numbers."""

    cosines: NDArray[np.float32]
    rows: NDArray[np.int64]


class DenseIndex(Protocol):
    """Vectors of length 1 and the search among them. Never changed once it is built; safe to use from several threads.

    The index holds the vectors as they are: nobody else need keep them.
    """

    suffix: ClassVar[str]
    """How the names of its files end, with the dot."""

    def __len__(self) -> int:
        """The number of rows."""

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""

    def vectors(self, rows: NDArray[np.int64]) -> Vectors:
        """A copy of the vectors of these rows: (rows, dimension)."""

    def search(self, queries: Vectors, k: int) -> Nearest:
        """The k nearest rows of each query of shape (queries, dimension); fewer where the index holds fewer."""

    def write(self, path: Path) -> None:
        """Write the index to a file. Raises OSError."""


class DenseIndexKind(Protocol):
    """Makes indexes of one kind: it is the class of these indexes."""

    suffix: str

    def build(self, vectors: Vectors) -> DenseIndex:
        """Index vectors of shape (rows, dimension)."""

    def read(self, path: Path) -> DenseIndex:
        """Read what an index of this kind wrote. Raises SnapshotError if that is damaged, or OSError."""
