"""Late interaction: one vector for each content word of a passage, in the light of the whole passage.

As in ColBERT (Khattab & Zaharia 2020), but by words: a word's vector is the mean of its word pieces', which needs half
the room and ranks as well. Words without content (the, of) have none.
"""

from __future__ import annotations

import shutil
import threading
import weakref
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from retrieval.encoding.encoder import Vectors
from retrieval.errors import SnapshotError
from retrieval.ragged import Ragged

# The files of a WordTable: where each passage's words start, and the four arrays.
_FILES = ("starts", "terms", "positions", "sentences", "looks")


@dataclass(frozen=True, slots=True)
class WordTable:
    """The content words of a corpus, passage by passage, in order. The arrays have one entry a word."""

    passages: Ragged
    """The words of each passage."""
    terms: NDArray[np.int32]
    """The word's term in the lexical index."""
    positions: NDArray[np.int32]
    """Which word of its passage it is, counting words without content."""
    sentences: NDArray[np.int32]
    """Which sentence of the corpus it stands in."""
    looks: NDArray[np.uint8]

    @classmethod
    def read(cls, folder: Path) -> WordTable:
        """Read what `write` wrote. Raises SnapshotError if it cannot be read."""
        try:
            starts, *others = (np.load(folder / f"{name}.npy", allow_pickle=False) for name in _FILES)
            return cls(Ragged(starts), *others)
        except (OSError, EOFError, ValueError) as error:
            raise SnapshotError("words-unreadable", name=folder.name) from error

    def write(self, folder: Path) -> None:
        """Write the table into a new folder, a file for each of its arrays."""
        folder.mkdir()
        arrays: tuple[NDArray[np.integer], ...] = (
            self.passages.starts, self.terms, self.positions, self.sentences, self.looks
        )  # fmt: skip
        for name, array in zip(_FILES, arrays, strict=True):
            np.save(folder / f"{name}.npy", array, allow_pickle=False)


class WordVectors:
    """A file, or memory, with the vectors of all words of a WordTable, a byte for each number.

    The file is read for candidates only, and not mapped into memory: should somebody truncate a mapped file, reading it
    would kill the process, where this raises an error. The file stays readable after it is deleted.
    """

    def __init__(self, stream: BinaryIO, words: int, dimension: int) -> None:
        self._stream = stream
        # Whoever still searches an older corpus keeps its file; nobody can say when the last one is done.
        weakref.finalize(self, _close, stream)
        self._lock = threading.Lock()
        self.words = words
        self.dimension = dimension

    @classmethod
    def create(cls, words: int, dimension: int, folder: Path | None = None) -> WordVectors:
        """A nameless file in a folder, gone when nobody uses it any more; memory without a folder. Raises OSError."""
        return cls(BytesIO() if folder is None else TemporaryFile(dir=folder), words, dimension)

    @classmethod
    def open(cls, path: Path, words: int, dimension: int) -> WordVectors:
        """Raises OSError, or SnapshotError if the file has another size."""
        if path.stat().st_size != words * dimension:
            raise SnapshotError("vectors-of-other-size", name=path.name, words=words, dimension=dimension)
        return cls(path.open("rb"), words, dimension)

    def write(self, first: int, vectors: NDArray[np.int8]) -> None:
        """Put vectors of shape (words, dimension) in their place, from word `first` on. Raises OSError."""
        with self._lock:
            self._stream.seek(first * self.dimension)
            self._stream.write(np.ascontiguousarray(vectors).tobytes())
            # A full disk is to be noticed here, and not when somebody reads.
            self._stream.flush()

    def read(self, spans: Sequence[tuple[int, int]]) -> NDArray[np.int8]:
        """The vectors of these spans of words, one after the other. Raises SnapshotError if they are not there."""
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
    """Close a file. What a full disk did not take of it is lost, and nobody needs it any more."""
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
