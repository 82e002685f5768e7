"""The content words of a corpus as a table: where each stands, which term it is, and what it looks like."""

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
            raise SnapshotError(f"the table of words in {folder.name} cannot be read") from error

    def write(self, folder: Path) -> None:
        """Write the table into a new folder, a file for each of its arrays."""
        folder.mkdir()
        arrays: tuple[NDArray[np.integer], ...] = (
            self.passages.starts, self.terms, self.positions, self.sentences, self.looks
        )  # fmt: skip
        for name, array in zip(_FILES, arrays, strict=True):
            np.save(folder / f"{name}.npy", array, allow_pickle=False)
