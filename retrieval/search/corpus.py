"""A corpus: an immutable snapshot of articles and the indexes over their passages and sentences."""

from __future__ import annotations

import datetime as dt
import hashlib
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.article import Article, Passage
from retrieval.encoding.encoder import Encoder, Vectors
from retrieval.errors import CorpusError
from retrieval.language.words import content_words, stems
from retrieval.progress import Progress, Step
from retrieval.ragged import Ragged
from retrieval.search.dense import DenseIndex
from retrieval.search.lexical import LexicalIndex
from retrieval.search.word_vectors import WordTable, WordVectors, quantised

# How many passages each of the three searches proposes.
PROPOSALS = 20
# Texts encoded between two reports of progress, a fraction of a second's work, or copied at once.
_STRIDE = 64


@dataclass(frozen=True, slots=True)
class Located:
    """A passage and the article it stands in."""

    article: Article
    passage: Passage

    @property
    def text(self) -> str:
        """The passage as it stands in its article."""
        return self.article.slice(self.passage)


@dataclass(frozen=True, slots=True)
class Layout:
    """Which row is what. Rows of vectors: first one a passage, then all sentences in the passages' order."""

    passages: tuple[Located, ...]
    passage_sentences: Ragged
    """The sentences of each passage."""
    article_passages: Ragged
    """The passages of each article."""

    @classmethod
    def of(cls, articles: Iterable[Article]) -> Layout:
        """The layout of these articles, in their order."""
        articles = tuple(articles)
        passages = tuple(Located(article, passage) for article in articles for passage in article.passages)
        return cls(
            passages,
            Ragged.of_lengths(len(located.passage.sentences) for located in passages),
            Ragged.of_lengths(len(article.passages) for article in articles),
        )

    @property
    def sentences(self) -> int:
        return self.passage_sentences.entries

    def texts(self) -> Iterator[str]:
        """The text of every row of vectors."""
        yield from (located.text for located in self.passages)
        yield from (located.article.slice(s) for located in self.passages for s in located.passage.sentences)

    def article_of(self, passages: NDArray[np.integer]) -> NDArray[np.int64]:
        """The articles that passages belong to."""
        return self.article_passages.row_of(passages)


@dataclass(frozen=True, slots=True)
class Topics:
    """What each article is about: the mean of its passages' vectors, of length 1, and the stems of its title."""

    vectors: Vectors
    title_stems: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, articles: Sequence[Article], layout: Layout, index: DenseIndex) -> Topics:
        """`index` holds the passages' vectors."""
        spans = map(layout.article_passages.span, range(len(articles)))
        sums = np.array([index.vectors(np.arange(*span)).sum(axis=0) for span in spans])
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        means = sums / np.where(lengths > 0, lengths, 1)
        return cls(np.asarray(means, np.float32), tuple(frozenset(stems(article.title)) for article in articles))


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything needed to search: never changed after it is built, so readers need no lock."""

    articles: tuple[Article, ...]
    layout: Layout
    passage_index: DenseIndex
    sentence_index: DenseIndex
    lexical: LexicalIndex
    words: WordTable
    word_vectors: WordVectors
    topics: Topics
    model: str
    fingerprint: str
    built_at: dt.datetime

    def proposed(self, query: Vectors, terms: Sequence[int]) -> NDArray[np.int64]:
        """The passages that the three searches propose, in their order in the corpus.

        `query` is a question's vector of shape (dimension,), `terms` are its words in the lexical index.
        """
        by_passage = self.passage_index.search(query[np.newaxis, :], PROPOSALS).rows[0]
        by_sentence = self.layout.passage_sentences.row_of(
            self.sentence_index.search(query[np.newaxis, :], PROPOSALS).rows[0]
        )
        bm25 = self.lexical.search(terms)
        k = min(PROPOSALS, len(bm25))
        by_words = np.argpartition(-bm25, k - 1)[:k]
        by_words = by_words[bm25[by_words] > 0]
        return np.unique(np.concatenate([by_passage, by_sentence, by_words]))

    def vectors(self, rows: NDArray[np.int64]) -> Vectors:
        """A copy of the vectors of these rows, counted as in Layout: (rows, dimension)."""
        passages = len(self.layout.passages)
        vectors = np.empty((len(rows), self.passage_index.dimension), dtype=np.float32)
        in_first = rows < passages
        vectors[in_first] = self.passage_index.vectors(rows[in_first])
        vectors[~in_first] = self.sentence_index.vectors(rows[~in_first] - passages)
        return vectors


@dataclass(frozen=True, slots=True)
class Built:
    """A corpus and how much of it had to be encoded, in passages."""

    corpus: Corpus
    encoded: int
    reused: int


def build_corpus(
    articles: Sequence[Article],
    encoder: Encoder,
    previous: Corpus | None = None,
    progress: Progress | None = None,
    folder: Path | None = None,
) -> Built:
    """Build a corpus, taking over the previous one's vectors for every text that it had already.

    The words' vectors are written into a folder, and kept in memory without one. Raises CorpusError if there are no
    articles, OSError if the folder does not take the vectors, SnapshotError if the previous one's cannot be read any
    more, and whatever `progress` raises.
    """
    if not articles:
        raise CorpusError("no-article")
    layout = Layout.of(articles)
    passages = len(layout.passages)
    words = _index_words(layout)
    vectors = np.empty((passages + layout.sentences, encoder.dimension), dtype=np.float32)
    word_vectors = WordVectors.create(len(words.table.terms), encoder.dimension, folder)
    task = _Task(list(layout.texts()), passages, words.table, vectors, word_vectors)
    known = _take_over(task, previous, encoder)
    _encode_new(task, known, encoder, progress)
    passage_index = DenseIndex.build(vectors[:passages])
    corpus = Corpus(
        articles=tuple(articles),
        layout=layout,
        passage_index=passage_index,
        sentence_index=DenseIndex.build(vectors[passages:]),
        lexical=words.lexical,
        words=words.table,
        word_vectors=word_vectors,
        topics=Topics.of(articles, layout, passage_index),
        model=encoder.name,
        fingerprint=encoder.fingerprint,
        built_at=dt.datetime.now(dt.UTC),
    )
    reused = int(known[:passages].sum())
    return Built(corpus, encoded=passages - reused, reused=reused)


@dataclass(frozen=True, slots=True)
class _Task:
    """What has to be encoded and where its vectors go. Rows are those of Layout: passages, then sentences."""

    texts: Sequence[str]
    passages: int
    """How many of the texts are passages."""
    table: WordTable
    vectors: Vectors
    word_vectors: WordVectors

    def is_passage(self, row: int) -> bool:
        return row < self.passages

    def first_word(self, passage: int) -> int:
        """Where the words of a passage start in the table."""
        return self.table.passages.span(passage)[0]


@dataclass(frozen=True, slots=True)
class _WordIndexes:
    """The two indexes that are made of a corpus's words."""

    lexical: LexicalIndex
    table: WordTable


def _index_words(layout: Layout) -> _WordIndexes:
    """Find the content words of every passage, one passage at a time: all of them at once would fill the memory."""
    rows: list[list[str]] = []
    positions, sentences, looks = array("i"), array("i"), array("B")
    for located, first in zip(layout.passages, layout.passage_sentences.starts[:-1].tolist(), strict=True):
        starts = [sentence.start - located.passage.start for sentence in located.passage.sentences]
        words = content_words(located.text)
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
    return _WordIndexes(lexical, table)


def content_hash(text: str) -> bytes:
    """What a vector is remembered by."""
    return hashlib.sha256(text.encode()).digest()


def _take_over(task: _Task, previous: Corpus | None, encoder: Encoder) -> NDArray[np.bool_]:
    """Copy the previous corpus's vectors of known texts, some at a time: all at once they would be in memory twice.

    Returns which rows are filled. Nothing is known if another model made the vectors.
    """
    known = np.zeros(len(task.texts), np.bool_)
    if previous is None or previous.fingerprint != encoder.fingerprint:
        return known
    # A later row would hide an earlier one, and a passage has vectors of its words, which a sentence has not.
    before = {content_hash(text): row for row, text in reversed(list(enumerate(previous.layout.texts())))}
    passages = len(previous.layout.passages)
    old_rows = [before.get(content_hash(text), -1) for text in task.texts]
    rows = [row for row, old in enumerate(old_rows) if old >= 0 and (old < passages or not task.is_passage(row))]
    for first in range(0, len(rows), _STRIDE):
        stride = rows[first : first + _STRIDE]
        task.vectors[stride] = previous.vectors(np.array([old_rows[row] for row in stride]))
        for row in filter(task.is_passage, stride):
            old_words = previous.word_vectors.read([previous.words.passages.span(old_rows[row])])
            task.word_vectors.write(task.first_word(row), old_words)
    known[rows] = True
    return known


def _encode_new(task: _Task, known: NDArray[np.bool_], encoder: Encoder, progress: Progress | None) -> None:
    """Fill the other rows, each text once, the shortest first so that batches have little padding."""
    rows_of: dict[str, list[int]] = {}
    for row in np.flatnonzero(~known).tolist():
        rows_of.setdefault(task.texts[row], []).append(row)
    todo = sorted(rows_of.values(), key=lambda rows: len(task.texts[rows[0]]))
    for done in range(0, len(todo), _STRIDE):
        if progress is not None:
            progress(Step.ENCODING, done, len(todo))
        stride = todo[done : done + _STRIDE]
        # Rows are in order: a text that is a passage anywhere has a passage's row first.
        if passages := [rows for rows in stride if task.is_passage(rows[0])]:
            _encode_passages(passages, task, encoder)
        if sentences := [rows for rows in stride if not task.is_passage(rows[0])]:
            _encode_sentences(sentences, task, encoder)


def _encode_passages(rows_of: Sequence[Sequence[int]], task: _Task, encoder: Encoder) -> None:
    """Encode texts that are passages, and put their vectors into all rows that have them."""
    texts = [task.texts[rows[0]] for rows in rows_of]
    encoded = encoder.encode_passages(texts, [content_words(text) for text in texts])
    for rows, vector, words in zip(rows_of, encoded.vectors, encoded.words, strict=True):
        task.vectors[rows] = vector
        for row in filter(task.is_passage, rows):
            task.word_vectors.write(task.first_word(row), quantised(words))


def _encode_sentences(rows_of: Sequence[Sequence[int]], task: _Task, encoder: Encoder) -> None:
    vectors = encoder.encode_sentences([task.texts[rows[0]] for rows in rows_of])
    for rows, vector in zip(rows_of, vectors, strict=True):
        task.vectors[rows] = vector
