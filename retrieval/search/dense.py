"""Search by meaning, over vectors of length 1, where the inner product is the cosine: the Protocol of indexes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from retrieval.encoding.encoder import Vectors


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest rows of each query, best first, and their cosines with the query: both arrays are (queries, k)."""

    cosines: NDArray[np.float32]
    rows: NDArray[np.int64]


class DenseIndex(Protocol):
    """Finds the nearest of its vectors. An index never changes once it is built; several threads may use it at once.

    It holds the vectors as they are, so that nobody else need keep them.
    """

    suffix: ClassVar[str]
    """The end of the names of its files, with the dot."""

    def __len__(self) -> int:
        """The number of rows."""

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""

    def vectors(self, rows: NDArray[np.int64]) -> Vectors:
        """A copy of the vectors of these rows: (rows, dimension)."""

    def search(self, queries: Vectors, k: int) -> Nearest:
        """The k nearest rows of each query; fewer where the index holds fewer. `queries` is (queries, dimension)."""

    def write(self, path: Path) -> None:
        """Write the index to a file. Raises OSError."""


class DenseIndexKind(Protocol):
    """Builds and reads indexes of one class: the class itself."""

    suffix: str

    def build(self, vectors: Vectors) -> DenseIndex:
        """Index vectors of shape (rows, dimension)."""

    def read(self, path: Path) -> DenseIndex:
        """Read a file that such an index wrote. Raises SnapshotError if it is damaged, or OSError."""
