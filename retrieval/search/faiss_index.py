"""Search by meaning with FAISS, which no other file of the program knows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import faiss
import numpy as np
from numpy.typing import NDArray

from retrieval.encoding.encoder import Vectors
from retrieval.errors import SnapshotError
from retrieval.search.dense import Nearest


class FaissIndex:
    """A DenseIndex that compares a query with every vector, exactly."""

    suffix: ClassVar[str] = ".faiss"

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, vectors: Vectors) -> FaissIndex:
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    @classmethod
    def read(cls, path: Path) -> FaissIndex:
        """Read a file that FAISS wrote. Raises SnapshotError if FAISS cannot read it, OSError if the system cannot."""
        try:
            with path.open("rb") as stream:
                return cls(faiss.read_index(faiss.PyCallbackIOReader(stream.read)))  # type: ignore[attr-defined]
        except RuntimeError as error:
            raise SnapshotError("dense-unreadable", name=path.name, library="FAISS") from error

    def write(self, path: Path) -> None:
        """Have FAISS write the index to a file. Raises OSError."""
        # Python opens the file: FAISS would not find every path on Windows, and has no OSError for a full disk.
        with path.open("wb") as stream:
            faiss.write_index(self._index, faiss.PyCallbackIOWriter(stream.write))  # type: ignore[attr-defined]

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    def vectors(self, rows: NDArray[np.int64]) -> Vectors:
        vectors: Vectors = self._index.reconstruct_batch(rows)
        return vectors

    def search(self, queries: Vectors, k: int) -> Nearest:
        # Where the index holds fewer than k vectors, FAISS would add rows with the number -1.
        with _one_thread():
            cosines, rows = self._index.search(np.ascontiguousarray(queries), min(k, len(self)))
        return Nearest(cosines, rows)


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let FAISS work in the calling thread alone.

    FAISS would start a thread for each core and wait for the slowest, which takes several times as long on a busy
    machine. OpenMP keeps the number for each thread that calls it: other threads are not affected.
    """
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)
