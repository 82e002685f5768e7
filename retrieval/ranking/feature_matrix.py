"""The features of a question's candidates as one matrix: ranking and fitting use the same matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.ranking.evidence import Evidence
from retrieval.ranking.features import PASSAGE_FEATURES, SENTENCE_FEATURES

_FEATURES = PASSAGE_FEATURES | SENTENCE_FEATURES


@dataclass(frozen=True, slots=True, eq=False)
class FeatureMatrix:
    """A row for each candidate, or for each sentence of the candidates; a column with a name for each feature."""

    names: tuple[str, ...]
    values: NDArray[np.float64]
    """(rows, features)"""

    @classmethod
    def of(cls, columns: Mapping[str, NDArray[np.floating]]) -> FeatureMatrix:
        """A matrix of these columns, each of shape (rows,), in their order."""
        # In double precision throughout: the features of a hit explain its score to the last bit.
        return cls(tuple(columns), np.column_stack([np.asarray(column, np.float64) for column in columns.values()]))

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.values)

    def column(self, name: str) -> NDArray[np.float64]:
        """(rows,): one feature."""
        column: NDArray[np.float64] = self.values[:, self.names.index(name)]
        return column

    def columns(self, names: Sequence[str]) -> NDArray[np.float64]:
        """(rows, names): these features in this order."""
        return self.values[:, [self.names.index(name) for name in names]]

    def row(self, row: int) -> dict[str, float]:
        """All features of one row, by name."""
        return dict(zip(self.names, self.values[row].tolist(), strict=True))

    def select(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> FeatureMatrix:
        """These rows in this order, or the rows where a mask is true."""
        return FeatureMatrix(self.names, self.values[rows])

    def with_column(self, name: str, column: NDArray[np.floating]) -> FeatureMatrix:
        """This matrix with another feature of shape (rows,), or with a new column for a feature that it has."""
        return FeatureMatrix.of({each: self.column(each) for each in self.names} | {name: column})


def feature_matrix(evidence: Evidence, names: Sequence[str]) -> FeatureMatrix:
    """These features of the evidence: all of passages, or all of sentences."""
    return FeatureMatrix.of({name: _FEATURES[name](evidence) for name in names})
