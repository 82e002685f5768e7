"""The words of a corpus are found once, for the lexical index and for the table of words."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from dataclasses import dataclass

import numpy as np

from retrieval.ragged import Ragged
from retrieval.search.layout import Layout
from retrieval.search.lexical import LexicalIndex
from retrieval.search.word_table import WordTable


@dataclass(frozen=True, slots=True)
class WordIndexes:
    """The two indexes over the words of a corpus."""

    lexical: LexicalIndex
    table: WordTable


def index_words(layout: Layout) -> WordIndexes:
    """Find the words of content passage by passage: the words of all passages at once would fill the memory."""
    rows: list[list[str]] = []
    positions, sentences, looks = array("i"), array("i"), array("B")
    for located, first in zip(layout.passages, layout.passage_sentences.starts[:-1].tolist(), strict=True):
        starts = [sentence.start - located.passage.start for sentence in located.passage.sentences]
        words = located.language.content_words(located.text)
        rows.append([sys.intern(word.stem) for word in words])
        positions.extend(word.position for word in words)
        sentences.extend(first + bisect_right(starts, word.start) - 1 for word in words)
        looks.extend(word.look for word in words)
    lexical = LexicalIndex.build(rows)
    table = WordTable(
        passages=Ragged.of_lengths(map(len, rows)),
        terms=np.array([lexical.term(stem) for row in rows for stem in row], np.int32),
        positions=np.array(positions, np.int32),
        sentences=np.array(sentences, np.int32),
        looks=np.array(looks, np.uint8),
    )
    return WordIndexes(lexical, table)
