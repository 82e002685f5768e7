"""Late interaction: a vector for each word of content in a passage, in the light of the whole passage.

As in ColBERT (Khattab & Zaharia 2020), but by words: a word's vector is the mean of the vectors of its word pieces,
which needs half the room and ranks as well. Words without content (the, of) have none.
"""

from __future__ import annotations

import shutil
import threading
import weakref
from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from retrieval.encoding.encoder import Vectors
from retrieval.errors import SnapshotError


class WordVectors:
    """A file, or memory, with the vectors of all words of a WordTable, a byte for each number.

    The file is read for candidates only, and not mapped into memory: should somebody truncate a mapped file, reading
    would kill the process; a file that is read raises an error. The file stays readable after it is deleted.
    """

    def __init__(self, stream: BinaryIO, words: int, dimension: int) -> None:
        self._stream = stream
        # Whoever still searches an older corpus keeps its file; nobody can say when the last search is done.
        weakref.finalize(self, _close, stream)
        self._lock = threading.Lock()
        self.words = words
        self.dimension = dimension

    @classmethod
    def create(cls, words: int, dimension: int, folder: Path | None = None) -> WordVectors:
        """A file without a name in a folder, which is gone when nobody uses it any more; memory if no folder is given.

        Raises OSError.
        """
        return cls(BytesIO() if folder is None else TemporaryFile(dir=folder), words, dimension)

    @classmethod
    def open(cls, path: Path, words: int, dimension: int) -> WordVectors:
        """Raises OSError, or SnapshotError if the file has another size."""
        if path.stat().st_size != words * dimension:
            raise SnapshotError("vectors-of-other-size", name=path.name, words=words, dimension=dimension)
        return cls(path.open("rb"), words, dimension)

    def write(self, first: int, vectors: NDArray[np.int8]) -> None:
        """Write the vectors of word `first` and the words after it: (words, dimension). Raises OSError."""
        with self._lock:
            self._stream.seek(first * self.dimension)
            self._stream.write(np.ascontiguousarray(vectors).tobytes())
            # A full disk is to be noticed here, and not when somebody reads.
            self._stream.flush()

    def read(self, spans: Sequence[tuple[int, int]]) -> NDArray[np.int8]:
        """The vectors of these spans of words, span after span: (words, dimension).

        Raises SnapshotError if they are not there.
        """
        vectors = np.empty((sum(end - start for start, end in spans), self.dimension), np.int8)
        into, done = vectors.reshape(-1).view(np.uint8).data, 0
        try:
            with self._lock:
                for start, end in spans:
                    size = (end - start) * self.dimension
                    self._stream.seek(start * self.dimension)
                    if self._stream.readinto(into[done : done + size]) != size:  # type: ignore[attr-defined]
                        raise SnapshotError("vectors-cut")
                    done += size
        except OSError as error:
            raise SnapshotError("vectors-unreadable", reason=error.strerror or str(error)) from error
        return vectors

    def copy_to(self, path: Path) -> None:
        """Write all vectors to a new file."""
        with self._lock, path.open("wb") as target:
            self._stream.seek(0)
            shutil.copyfileobj(self._stream, target, 1 << 20)


def _close(stream: BinaryIO) -> None:
    """Close a file. Bytes that a full disk did not take are lost, and nobody needs them any more."""
    with suppress(OSError):
        stream.close()


def quantised(vectors: Vectors) -> NDArray[np.int8]:
    """Vectors as bytes: each is scaled so that its largest number becomes ±127. Only directions matter here."""
    largest = np.abs(vectors).max(axis=1, keepdims=True, initial=0)
    return np.rint(vectors * (127 / np.where(largest > 0, largest, 1))).astype(np.int8)


def similarities(query: Vectors, words: NDArray[np.int8]) -> NDArray[np.float32]:
    """Cosines of (question's words, dimension) and (words, dimension); 0 where a vector is all zeros."""
    vectors = words.astype(np.float32)
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    return np.asarray((query @ vectors.T) / np.where(lengths > 0, lengths, 1), np.float32)
