"""Building a corpus: the words are found, known texts keep their vectors, new texts are encoded, all is indexed."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.article import Article
from retrieval.encoding.encoder import Encoder, Vectors
from retrieval.errors import CorpusError
from retrieval.language.language import Language
from retrieval.progress import Progress, Step
from retrieval.search.corpus import Corpus, Layout, Topics
from retrieval.search.dense import DenseIndexKind
from retrieval.search.faiss_index import FaissIndex
from retrieval.search.word_index import index_words
from retrieval.search.word_table import WordTable
from retrieval.search.word_vectors import WordVectors, quantised

# How many texts are encoded between two reports of progress, which takes a fraction of a second, or copied at once.
_STRIDE = 64
_GOLDEN_RATIO = (1 + 5**0.5) / 2


@dataclass(frozen=True, slots=True)
class Built:
    """A corpus, how many of its passages were encoded, and how many kept the vectors of the previous corpus."""

    corpus: Corpus
    encoded: int
    reused: int


def build_corpus(
    articles: Sequence[Article],
    encoder: Encoder,
    previous: Corpus | None = None,
    progress: Progress | None = None,
    folder: Path | None = None,
    index: DenseIndexKind = FaissIndex,
) -> Built:
    """Build a corpus. Texts that the previous corpus had keep their vectors; all other texts are encoded.

    The words' vectors are written into a folder, or kept in memory if none is given; `index` is the kind of the dense
    indexes. Raises CorpusError if there are no articles, OSError if the folder does not take the vectors, SnapshotError
    if the previous corpus's vectors cannot be read any more, and whatever `progress` raises.
    """
    if not articles:
        raise CorpusError("no-article")
    layout = Layout.of(articles)
    passages = len(layout.passages)
    words = index_words(layout)
    vectors = np.empty((passages + layout.sentences, encoder.dimension), dtype=np.float32)
    word_vectors = WordVectors.create(len(words.table.terms), encoder.dimension, folder)
    task = _Task(_texts(layout), passages, words.table, vectors, word_vectors)
    known = _take_over(task, previous, encoder)
    _encode_new(task, known, encoder, progress)
    passage_index = index.build(vectors[:passages])
    corpus = Corpus(
        articles=tuple(articles),
        layout=layout,
        passage_index=passage_index,
        sentence_index=index.build(vectors[passages:]),
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
class _Text:
    """The text of a passage or sentence. Equal texts of two languages differ in their words of content."""

    text: str
    language: Language

    @property
    def digest(self) -> bytes:
        """SHA-256: what the vectors of the text are remembered by."""
        return hashlib.sha256(f"{self.language.code} {self.text}".encode()).digest()


def _texts(layout: Layout) -> list[_Text]:
    """The text of every row of vectors."""
    owners = [*range(len(layout.passages)), *layout.passage_sentences.rows().tolist()]
    return [_Text(text, layout.passages[owner].language) for text, owner in zip(layout.texts(), owners, strict=True)]


@dataclass(frozen=True, slots=True)
class _Task:
    """The texts of a corpus and the arrays that take their vectors. Rows are counted as in Layout."""

    texts: Sequence[_Text]
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


def _take_over(task: _Task, previous: Corpus | None, encoder: Encoder) -> NDArray[np.bool_]:
    """Copy the previous corpus's vectors of known texts, _STRIDE texts at a time: all at once would be in memory twice.

    Returns which rows are filled: (rows,). No text is known if another model made the vectors.
    """
    known = np.zeros(len(task.texts), np.bool_)
    if previous is None or previous.fingerprint != encoder.fingerprint:
        return known
    # Of rows with equal texts the earliest is kept: passages come first, and have vectors of words, unlike sentences.
    before = {text.digest: row for row, text in reversed(list(enumerate(_texts(previous.layout))))}
    passages = len(previous.layout.passages)
    old_rows = [before.get(text.digest, -1) for text in task.texts]
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
    """Encode the other texts, each once, in strides of texts of like length, so that batches have little padding."""
    rows_of: dict[_Text, list[int]] = {}
    for row in np.flatnonzero(~known).tolist():
        rows_of.setdefault(task.texts[row], []).append(row)
    todo = sorted(rows_of.values(), key=lambda rows: len(task.texts[rows[0]].text))
    done = 0
    for stride in _spread([todo[first : first + _STRIDE] for first in range(0, len(todo), _STRIDE)]):
        if progress is not None:
            progress(Step.ENCODING, done, len(todo))
        done += len(stride)
        # Rows are in order: a text that is a passage anywhere has a passage's row first.
        if passages := [rows for rows in stride if task.is_passage(rows[0])]:
            _encode_passages(passages, task, encoder)
        if sentences := [rows for rows in stride if not task.is_passage(rows[0])]:
            _encode_sentences(sentences, task, encoder)


def _spread(strides: list[list[list[int]]]) -> list[list[list[int]]]:
    """The strides with long texts among short ones all along, so that what is done tells how long the rest will take.

    The fractions of multiples of the golden ratio, by which they are ordered, lie evenly wherever they are cut off.
    """
    order = sorted(range(len(strides)), key=lambda number: number * _GOLDEN_RATIO % 1)
    return [strides[number] for number in order]


def _encode_passages(rows_of: Sequence[Sequence[int]], task: _Task, encoder: Encoder) -> None:
    """Encode texts that are passages, and put the vectors of each text into all of its rows."""
    texts = [task.texts[rows[0]] for rows in rows_of]
    encoded = encoder.encode_passages(
        [each.text for each in texts], [each.language.content_words(each.text) for each in texts]
    )
    for rows, vector, words in zip(rows_of, encoded.vectors, encoded.words, strict=True):
        task.vectors[rows] = vector
        for row in filter(task.is_passage, rows):
            task.word_vectors.write(task.first_word(row), quantised(words))


def _encode_sentences(rows_of: Sequence[Sequence[int]], task: _Task, encoder: Encoder) -> None:
    vectors = encoder.encode_sentences([task.texts[rows[0]].text for rows in rows_of])
    for rows, vector in zip(rows_of, vectors, strict=True):
        task.vectors[rows] = vector
