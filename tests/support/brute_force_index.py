"""Search by meaning with nothing but NumPy: the oracle for other indexes, and an index in its own right."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from retrieval.encoding.encoder import Vectors
from retrieval.errors import SnapshotError
from retrieval.search.dense import Nearest


class BruteForceIndex:
    """A DenseIndex that computes every cosine and sorts them; of equal cosines the earlier row comes first."""

    suffix: ClassVar[str] = ".npy"

    def __init__(self, rows: Vectors) -> None:
        self._rows = rows

    @classmethod
    def build(cls, vectors: Vectors) -> BruteForceIndex:
        return cls(vectors.copy())

    @classmethod
    def read(cls, path: Path) -> BruteForceIndex:
        try:
            return cls(np.load(path, allow_pickle=False))
        except (EOFError, ValueError) as error:
            raise SnapshotError("dense-unreadable", name=path.name, library="NumPy") from error

    def write(self, path: Path) -> None:
        np.save(path, self._rows, allow_pickle=False)

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def dimension(self) -> int:
        return int(self._rows.shape[1])

    def vectors(self, rows: NDArray[np.int64]) -> Vectors:
        vectors: Vectors = self._rows[rows]
        return vectors

    def search(self, queries: Vectors, k: int) -> Nearest:
        cosines = queries @ self._rows.T
        rows = np.argsort(-cosines, axis=1, kind="stable")[:, :k]
        return Nearest(np.take_along_axis(cosines, rows, axis=1), rows)
