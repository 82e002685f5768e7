"""Rows of different lengths that follow each other in one array: the words of passages, the passages of articles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class Ragged:
    """Row i has the entries starts[i] to starts[i + 1]; a row may be empty."""

    starts: NDArray[np.int64]
    """(rows + 1,): where each row starts, and then where the last row ends; starts[0] is 0."""

    @classmethod
    def of_lengths(cls, lengths: Iterable[int]) -> Ragged:
        """Rows of these lengths."""
        return cls(np.fromiter(accumulate(lengths, initial=0), dtype=np.int64))

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.starts) - 1

    @property
    def entries(self) -> int:
        """The number of entries of all rows together."""
        return int(self.starts[-1])

    @property
    def lengths(self) -> NDArray[np.int64]:
        """(rows,): the number of entries of each row."""
        return np.diff(self.starts)

    def row_of(self, entries: NDArray[np.integer]) -> NDArray[np.int64]:
        """The row that each of these entries belongs to, in the shape of `entries`."""
        return np.searchsorted(self.starts, entries, side="right") - 1

    def rows(self) -> NDArray[np.int64]:
        """(entries,): the row that every entry belongs to."""
        return np.repeat(np.arange(len(self)), self.lengths)

    def span(self, row: int) -> tuple[int, int]:
        """Where a row starts and where it ends."""
        return int(self.starts[row]), int(self.starts[row + 1])

    def spans(self, rows: NDArray[np.integer]) -> list[tuple[int, int]]:
        """Where each of these rows starts and where it ends."""
        return list(zip(self.starts[rows].tolist(), self.starts[rows + 1].tolist(), strict=True))

    def select(self, rows: NDArray[np.integer]) -> Selection:
        """These rows alone, in the order given."""
        starts, lengths = self.starts[rows], self.lengths[rows]
        selected = Ragged.of_lengths(lengths.tolist())
        return Selection(np.arange(selected.entries) + np.repeat(starts - selected.starts[:-1], lengths), selected)

    def maximum(self, values: NDArray[Number]) -> NDArray[Number]:
        """(…, entries) → (…, rows): the largest value of each row; 0 or False for an empty row."""
        return self._reduced(np.maximum, values)

    def sum(self, values: NDArray[Number]) -> NDArray[Number]:
        """(…, entries) → (…, rows): the sum of each row's values; 0 for an empty row."""
        return self._reduced(np.add, values)

    def argmax(self, values: NDArray[Any]) -> NDArray[np.int64]:
        """(entries,) → (rows,): the number of the largest entry in each row, from 0; the first of equal entries.

        Raises ValueError if a row is empty.
        """
        return np.array([values[start:end].argmax() for start, end in self.spans(np.arange(len(self)))], np.int64)

    def _reduced(self, function: np.ufunc, values: NDArray[Number]) -> NDArray[Number]:
        reduced = np.zeros((*values.shape[:-1], len(self)), values.dtype)
        filled = np.flatnonzero(self.lengths)
        if len(filled):
            # Each filled row ends where the next filled row starts, for empty rows between them have no entries.
            reduced[..., filled] = function.reduceat(values, self.starts[filled], axis=-1)
        return reduced


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """Rows taken out of a Ragged."""

    entries: NDArray[np.int64]
    """The entries of the selected rows, row after row, as the whole Ragged counts them."""
    rows: Ragged
    """The selected rows, whose entries are counted anew from 0."""
