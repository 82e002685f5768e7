"""A table of the words of content in a corpus: the position of each word, its term, its look."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.ragged import Ragged
from retrieval.search.arrays import read_arrays, write_arrays

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
        starts, *others = read_arrays(folder, _FILES)
        return cls(Ragged(starts), *others)

    def write(self, folder: Path) -> None:
        """Write the table into a new folder, a file for each of its arrays."""
        arrays = (self.passages.starts, self.terms, self.positions, self.sentences, self.looks)
        write_arrays(folder, dict(zip(_FILES, arrays, strict=True)))
