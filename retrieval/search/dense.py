"""Search by meaning: FAISS over normalised vectors, where the inner product is the cosine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from retrieval.encoding.encoder import Vectors
from retrieval.errors import SnapshotError


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest rows of each query, best first: both arrays are (queries, k), cosines and row numbers."""

    cosines: NDArray[np.float32]
    rows: NDArray[np.int64]


class DenseIndex:
    """An exact FAISS index over vectors of length 1. It holds the vectors as they are: nobody else need keep them."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> DenseIndex:
        """Index vectors of shape (rows, dimension)."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    @classmethod
    def read(cls, path: Path) -> DenseIndex:
        """Read an index that FAISS wrote. Raises SnapshotError if FAISS cannot read it, OSError if nobody can."""
        try:
            with path.open("rb") as stream:
                return cls(faiss.read_index(faiss.PyCallbackIOReader(stream.read)))  # type: ignore[attr-defined]
        except RuntimeError as error:
            raise SnapshotError("dense-unreadable", name=path.name) from error

    def write(self, path: Path) -> None:
        """Have FAISS write the index to a file. Raises OSError."""
        # Python opens the file: FAISS would not find every path on Windows, and has no OSError for a full disk.
        with path.open("wb") as stream:
            faiss.write_index(self._index, faiss.PyCallbackIOWriter(stream.write))  # type: ignore[attr-defined]

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._index.d)

    def vectors(self, rows: NDArray[np.int64]) -> Vectors:
        """A copy of the vectors of these rows: (rows, dimension)."""
        vectors: Vectors = self._index.reconstruct_batch(rows)
        return vectors

    def search(self, queries: Vectors, k: int) -> Nearest:
        """The k nearest rows of each query; fewer where the index holds fewer, for FAISS would pad with row -1."""
        with _one_thread():
            cosines, rows = self._index.search(np.ascontiguousarray(queries), min(k, len(self)))
        return Nearest(cosines, rows)


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let FAISS work in the calling thread alone.

    It would start a thread for each core and wait for the slowest: on a busy machine that takes several times as long.
    OpenMP keeps the number for each thread that calls it: other threads are not affected.
    """
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)
