"""A table of the words of content in a corpus: the position of each word, its term, its look."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import SnapshotError
from retrieval.ragged import Ragged

# The files of a WordTable: where each passage's words start, and the four arrays.
_FILES = ("starts", "terms", "positions", "sentences", "looks")


@dataclass(frozen=True, slots=True)
class WordTable:
    """The words of content in a corpus, passage by passage, in order. The arrays are (words,)."""

    passages: Ragged
    """The words of each passage."""
    terms: NDArray[np.int32]
    """Each word's term in the lexical index."""
    positions: NDArray[np.int32]
    """Each word's position in its passage, where words without content count, too."""
    sentences: NDArray[np.int32]
    """Each word's sentence, counted through the corpus."""
    looks: NDArray[np.uint8]
    """Each word's Look."""

    @classmethod
    def read(cls, folder: Path) -> WordTable:
        """Read what `write` wrote. Raises SnapshotError if a table cannot be read."""
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
