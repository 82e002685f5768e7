"""The words of a corpus are found once, for the lexical index and for the table of words."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.precedence import unhurried
from retrieval.ragged import Ragged
from retrieval.search.corpus import Corpus
from retrieval.search.layout import Layout, Located
from retrieval.search.lexical import LexicalIndex
from retrieval.search.word_table import WordTable


@dataclass(frozen=True, slots=True)
class WordIndexes:
    """The two indexes over the words of a corpus."""

    lexical: LexicalIndex
    table: WordTable


@dataclass(frozen=True, slots=True)
class Known:
    """Passages of another corpus, whose words are found already."""

    corpus: Corpus
    rows: NDArray[np.int64]
    """(passages,): the row of an equal passage in the other corpus; -1 where it has none."""


def index_words(layout: Layout, known: Known | None = None) -> WordIndexes:
    """Find the words of content passage by passage, but of passages that are known.

    To find words is most of what a corpus takes that differs in a few passages from another, and others wait meanwhile.
    """
    found = list(unhurried(_found(layout, known)))
    lexical = LexicalIndex.build([words.stems for words in found])
    sentences = zip(found, layout.passage_sentences.starts[:-1].tolist(), strict=True)
    table = WordTable(
        passages=Ragged.of_lengths(len(words.stems) for words in found),
        terms=np.array([lexical.term(stem) for words in unhurried(found) for stem in words.stems], np.int32),
        positions=np.concatenate([words.positions for words in found], dtype=np.int32),
        sentences=np.concatenate([words.sentences + first for words, first in unhurried(sentences)], dtype=np.int32),
        looks=np.concatenate([words.looks for words in found], dtype=np.uint8),
    )
    return WordIndexes(lexical, table)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of content of one passage, in order; the arrays are (words,)."""

    stems: Sequence[str]
    positions: NDArray[np.int32]
    sentences: NDArray[np.int32]
    """Each word's sentence, counted through the passage."""
    looks: NDArray[np.uint8]

    @classmethod
    def of(cls, located: Located) -> _Words:
        starts = [sentence.start - located.passage.start for sentence in located.passage.sentences]
        words = located.language.content_words(located.text)
        return cls(
            [sys.intern(word.stem) for word in words],
            np.array([word.position for word in words], np.int32),
            np.array([bisect_right(starts, word.start) - 1 for word in words], np.int32),
            np.array([word.look for word in words], np.uint8),
        )

    @classmethod
    def taken(cls, corpus: Corpus, row: int, stems: Sequence[str]) -> _Words:
        """The words of a passage of a corpus, whose terms have these stems."""
        words = slice(*corpus.words.passages.span(row))
        first = np.int32(corpus.layout.passage_sentences.starts[row])
        return cls(
            [stems[term] for term in corpus.words.terms[words].tolist()],
            corpus.words.positions[words],
            corpus.words.sentences[words] - first,
            corpus.words.looks[words],
        )


def _found(layout: Layout, known: Known | None) -> Iterator[_Words]:
    if known is None:
        yield from map(_Words.of, layout.passages)
        return
    stems = known.corpus.lexical.stems()
    for located, row in zip(layout.passages, known.rows.tolist(), strict=True):
        yield _Words.of(located) if row < 0 else _Words.taken(known.corpus, row, stems)
