"""A part of a corpus: some of its articles, as if nobody had written the others.

What is told of a part is what a corpus of its articles alone would tell, to the last digit: how rare a word is, how
sure an answer. Nothing is encoded again, and the words' vectors are read where the whole corpus has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from retrieval.encoding.encoder import Encoder
from retrieval.ragged import Ragged
from retrieval.search.corpus import Corpus, Topics
from retrieval.search.dense import DenseIndexKind
from retrieval.search.faiss_index import FaissIndex
from retrieval.search.headings import Headings
from retrieval.search.layout import Layout
from retrieval.search.word_index import Known, index_words
from retrieval.search.word_vectors import WordVectors


def part_of(corpus: Corpus, kept: Sequence[int], encoder: Encoder, index: DenseIndexKind = FaissIndex) -> Corpus:
    """The corpus of the articles with these numbers, in ascending order; at least one. It answers, and is not saved.

    `encoder` is that of the corpus, `index` the kind of the dense indexes.
    """
    articles = tuple(corpus.articles[number] for number in kept)
    layout = Layout.of(articles)
    rows = corpus.layout.article_passages.select(np.array(kept)).entries
    sentences = corpus.layout.passage_sentences.select(rows).entries
    words = index_words(layout, Known(corpus, rows))
    passage_index = index.build(corpus.passage_index.vectors(rows))
    return replace(
        corpus,
        articles=articles,
        layout=layout,
        passage_index=passage_index,
        sentence_index=index.build(corpus.sentence_index.vectors(sentences)),
        lexical=words.lexical,
        words=words.table,
        word_vectors=_PartOfWords(corpus, rows, words.table.passages),
        topics=Topics.of(articles, layout, passage_index),
        headings=Headings.encoded(layout, encoder, corpus.headings),
    )


class _PartOfWords(WordVectors):
    """The vectors of some passages' words, read from those of the whole corpus."""

    def __init__(self, whole: Corpus, rows: NDArray[np.int64], passages: Ragged) -> None:
        """`rows` are the passages in the whole corpus, `passages` has their words as the part counts them."""
        self._whole = whole.word_vectors
        self._passages = passages
        self._behind = whole.words.passages.starts[rows] - passages.starts[:-1]
        self.words = passages.entries
        self.dimension = whole.word_vectors.dimension

    def read(self, spans: Sequence[tuple[int, int]]) -> NDArray[np.int8]:
        """The vectors of these spans of words, each within a passage. Raises SnapshotError if they are not there."""
        filled = np.array([span for span in spans if span[0] < span[1]], np.int64).reshape(-1, 2)
        behind = self._behind[self._passages.row_of(filled[:, 0])]
        return self._whole.read([(start, end) for start, end in (filled + behind[:, np.newaxis]).tolist()])
