"""Search by words: BM25 (bm25s) over stemmed words."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import bm25s
import numpy as np
import Stemmer
from bm25s.stopwords import STOPWORDS_EN_PLUS
from numpy.typing import NDArray

from retrieval.errors import SnapshotError

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_APOSTROPHES = str.maketrans("’ʼ", "''")
_STOPWORDS = frozenset(STOPWORDS_EN_PLUS)


class _Stemmers(threading.local):
    """One stemmer a thread: PyStemmer's are not to be shared."""

    def __init__(self) -> None:
        self.english = Stemmer.Stemmer("english")


_stemmers = _Stemmers()


def stems(text: str) -> list[str]:
    """The stems of the words that carry meaning, in order, without accents and case."""
    words = _WORD.findall(_plain(text))
    return list(_stemmers.english.stemWords([word for word in words if word not in _STOPWORDS]))


def _plain(text: str) -> str:
    """The text in small letters without accents. An accent may be a character of its own, which would end a word."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text).translate(_APOSTROPHES)
        text = "".join(char for char in decomposed if not unicodedata.combining(char))
    return text.casefold()


@dataclass(frozen=True, slots=True)
class WordScores:
    """Two scores for each row of an index, both of shape (rows,)."""

    bm25: NDArray[np.float32]
    coverage: NDArray[np.float32]
    """The share (0 to 1) of the question's words that the row has, rare words counting more: each weighs Lucene's
    idf, ln(1 + (N − n + ½) / (n + ½)), where n of N rows have it. A word that no row has weighs most."""


class LexicalIndex:
    """BM25 (Lucene's variant, k1 1.5, b 0.75) over the passages of a corpus."""

    def __init__(self, index: bm25s.BM25) -> None:
        self._index = index
        self._size = int(index.scores["num_docs"])

    @classmethod
    def build(cls, texts: Sequence[str]) -> LexicalIndex:
        """Index the texts, one row each."""
        index = bm25s.BM25(method="lucene", k1=1.5, b=0.75)
        # bm25s divides by the mean length, so a corpus without a single word needs one that no question can have.
        rows = [stems(text) for text in texts]
        index.index(rows if any(rows) else [[" "], *rows[1:]], show_progress=False)
        return cls(index)

    @classmethod
    def read(cls, folder: Path) -> LexicalIndex:
        """Read an index that `write` wrote. Raises SnapshotError if it cannot be read."""
        try:
            return cls(bm25s.BM25.load(folder))
        except (OSError, ValueError, KeyError) as error:
            raise SnapshotError(f"the BM25 index in {folder.name} cannot be read") from error

    def write(self, folder: Path) -> None:
        """Write the index into a folder, without pickle."""
        self._index.save(folder, show_progress=False)

    def search(self, question: str) -> WordScores:
        """Score every row on the question's words."""
        words = list(dict.fromkeys(stems(question)))
        if not words:
            return WordScores(np.zeros(self._size, np.float32), np.zeros(self._size, np.float32))
        return WordScores(np.asarray(self._index.get_scores(words), np.float32), self._coverage(words))

    def _coverage(self, words: Sequence[str]) -> NDArray[np.float32]:
        found = np.zeros(self._size, np.float32)
        total = np.float32(0)
        for word in words:
            rows = self._rows_with(word)
            # Both sums in the same precision: a row with all words must come to 1, not a rounding error above it.
            rarity = np.float32(np.log1p((self._size - len(rows) + 0.5) / (len(rows) + 0.5)))
            found[rows] += rarity
            total += rarity
        return found / total

    def _rows_with(self, word: str) -> NDArray[np.int32]:
        column = self._index.vocab_dict.get(word)
        starts: NDArray[np.int32] = self._index.scores["indptr"]
        rows: NDArray[np.int32] = self._index.scores["indices"]
        return rows[:0] if column is None else rows[starts[column] : starts[column + 1]]
