"""A corpus without some of its passages, as if nobody had written them: made at once, to see what is answered then.

The indexes are those of the whole corpus, and their results leave out what is withheld. Only the number of passages
is counted as before: a thousandth more or less changes no rarity that matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from retrieval.encoding.encoder import Vectors
from retrieval.search.corpus import Corpus, Topics
from retrieval.search.dense import DenseIndex, Nearest
from retrieval.search.headings import Headings
from retrieval.search.lexical import LexicalIndex


def without(corpus: Corpus, rows: NDArray[np.int64]) -> Corpus:
    """The corpus without the passages in these rows, which no search proposes and no evidence knows.

    The passages that stay keep their rows. Such a corpus answers, and is neither saved nor taken over from. Raises
    ValueError if no passage stays.
    """
    gone = np.zeros(len(corpus.layout.passages), np.bool_)
    gone[rows] = True
    if gone.all():
        raise ValueError("no passage stays")
    return replace(
        corpus,
        passage_index=_WithheldIndex(corpus.passage_index, gone),
        sentence_index=_WithheldIndex(corpus.sentence_index, gone[corpus.layout.passage_sentences.rows()]),
        lexical=_WithheldWords(corpus.lexical, gone),
        headings=_headings(corpus.headings, gone),
        topics=_topics(corpus, gone),
    )


class _WithheldIndex:
    """A DenseIndex that never finds some of its rows."""

    suffix: ClassVar[str] = ""

    def __init__(self, index: DenseIndex, gone: NDArray[np.bool_]) -> None:
        self._index = index
        self._gone = gone
        self._count = int(gone.sum())

    def __len__(self) -> int:
        return len(self._index)

    @property
    def dimension(self) -> int:
        return self._index.dimension

    def vectors(self, rows: NDArray[np.int64]) -> Vectors:
        return self._index.vectors(rows)

    def search(self, queries: Vectors, k: int) -> Nearest:
        k = min(k, len(self._index) - self._count)
        found = self._index.search(queries, k + self._count)
        # Rows that stay come first, in the order in which they were found.
        stay = np.argsort(self._gone[found.rows], axis=1, kind="stable")[:, :k]
        return Nearest(np.take_along_axis(found.cosines, stay, 1), np.take_along_axis(found.rows, stay, 1))

    def write(self, path: Path) -> None:
        raise NotImplementedError  # a corpus without some passages is made for one question, and is not saved


class _WithheldWords(LexicalIndex):
    """A LexicalIndex whose words stand in the passages that stay only."""

    def __init__(self, index: LexicalIndex, gone: NDArray[np.bool_]) -> None:
        self._whole = index
        self._gone = gone

    def term(self, stem: str) -> int | None:
        return next(iter(self.terms([stem])), None)

    def terms(self, stems: Sequence[str]) -> list[int]:
        return [term for term in self._whole.terms(stems) if len(self.rows_with(term))]

    def rows_with(self, term: int) -> NDArray[np.int32]:
        rows = self._whole.rows_with(term)
        return rows[~self._gone[rows]]

    def search(self, terms: Sequence[int]) -> NDArray[np.float32]:
        return np.where(self._gone, np.float32(0), self._whole.search(terms))


@dataclass(frozen=True, slots=True, eq=False)
class _WithheldHeadings(Headings):
    """Headings that propose only passages that stay."""

    gone: NDArray[np.bool_]

    def proposed(self, query: Vectors) -> NDArray[np.int64]:
        rows = Headings.proposed(self, query)
        return rows[~self.gone[rows]]


def _headings(headings: Headings, gone: NDArray[np.bool_]) -> Headings:
    whole = {field.name: getattr(headings, field.name) for field in fields(Headings)}
    return _WithheldHeadings(**whole | {"lexical": _WithheldWords(headings.lexical, gone), "gone": gone})


def _topics(corpus: Corpus, gone: NDArray[np.bool_]) -> Topics:
    """What the articles are about without the withheld passages; only the articles that lose passages change."""
    vectors = corpus.topics.vectors.copy()
    layout = corpus.layout
    for article in np.unique(layout.article_of(np.flatnonzero(gone))).tolist():
        rows = np.arange(*layout.article_passages.span(article))
        total = corpus.passage_index.vectors(rows[~gone[rows]]).sum(axis=0)
        length = float(np.linalg.norm(total))
        vectors[article] = total / length if length else total
    return replace(corpus.topics, vectors=vectors)
