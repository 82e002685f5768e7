"""Search by words: BM25 (bm25s) over stemmed words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from retrieval.errors import SnapshotError
from retrieval.precedence import unhurried

# A word that no passage has may be a misspelling of a word that some passages have: a word of at least _SHORT letters
# with one letter wrong, missing, too many or swapped (optimal string alignment), a word of at least _LONG with two.
_SHORT, _LONG = 5, 8


class LexicalIndex:
    """BM25 (Lucene's variant, k1 1.5, b 0.75) over the passages of a corpus."""

    def __init__(self, index: bm25s.BM25) -> None:
        self._index = index
        self._size = int(index.scores["num_docs"])
        self._long_stems: dict[str, list[str]] = {}
        for stem in unhurried(filter(_is_long, index.vocab_dict)):
            self._long_stems.setdefault(stem[0], []).append(stem)
        # The commonest stem comes first: of stems that are equally near to a misspelt word, the first is taken.
        for alike in unhurried(self._long_stems.values()):
            alike.sort(key=lambda stem: (-len(self.rows_with(index.vocab_dict[stem])), stem))

    @classmethod
    def build(cls, rows: Sequence[Sequence[str]]) -> LexicalIndex:
        """Index the stems of each passage."""
        index = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
        # bm25s divides by the mean length, so a corpus without words needs a word that no question can have.
        rows = rows if any(rows) else [[" "], *rows[1:]]
        terms: dict[str, int] = {}
        numbered = _Unhurried([terms.setdefault(stem, len(terms)) for stem in row] for row in unhurried(rows))
        index.index((numbered, terms), show_progress=False)
        return cls(index)

    @classmethod
    def read(cls, folder: Path) -> LexicalIndex:
        """Read what `write` wrote. Raises SnapshotError if an index cannot be read."""
        try:
            return cls(bm25s.BM25.load(folder))
        except (OSError, EOFError, ValueError, KeyError) as error:
            raise SnapshotError("lexical-unreadable", name=folder.name) from error

    def write(self, folder: Path) -> None:
        """Write the index into a folder, without pickles."""
        self._index.save(folder, show_progress=False)

    def stems(self) -> list[str]:
        """The stem of each term; the empty stem is of a term that no passage has."""
        stems = [""] * len(self._index.vocab_dict)
        for stem, term in self._index.vocab_dict.items():
            stems[term] = stem
        return stems

    def term(self, stem: str) -> int | None:
        """The term of a stem; of a stem that no passage has, the term that is likely meant, or None."""
        term: int | None = self._index.vocab_dict.get(stem)
        return self._meant(stem) if term is None else term

    def terms(self, stems: Sequence[str]) -> list[int]:
        """The terms of a word that has these stems, by the rules of one language each.

        Only where no passage has any of them, the term that is likely meant by the first of them.
        """
        known = [self._index.vocab_dict[stem] for stem in stems if stem in self._index.vocab_dict]
        likely = None if known else self._meant(stems[0])
        return known or ([] if likely is None else [likely])

    def rows_with(self, term: int) -> NDArray[np.int32]:
        """The passages that have a term."""
        starts: NDArray[np.int32] = self._index.scores["indptr"]
        rows: NDArray[np.int32] = self._index.scores["indices"]
        return rows[starts[term] : starts[term + 1]]

    def search(self, terms: Sequence[int]) -> NDArray[np.float32]:
        """BM25 of every passage for these terms, each of which counts once: (passages,)."""
        if not terms:
            return np.zeros(self._size, np.float32)
        return np.asarray(self._index.get_scores_from_ids(list(dict.fromkeys(terms))), np.float32)

    def _meant(self, stem: str) -> int | None:
        if not _is_long(stem):
            return None
        # Hardly anybody gets the first letter wrong.
        alike = self._long_stems.get(stem[0], [])
        nearest = process.extractOne(stem, alike, scorer=OSA.distance, score_cutoff=1 if len(stem) < _LONG else 2)
        return None if nearest is None else int(self._index.vocab_dict[nearest[0]])


class _Unhurried(list[list[int]]):
    """Rows of terms. bm25s goes through them several times, which is most of its work, and gives way before each."""

    def __iter__(self) -> Iterator[list[int]]:
        return unhurried(super().__iter__())


def _is_long(stem: str) -> bool:
    return len(stem) >= _SHORT and stem.isalpha()
