"""Building a corpus: words are found, known passages keep their vectors, new passages are encoded, all is indexed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from retrieval.article import Article, Span
from retrieval.encoding.encoder import Encoder, Vectors
from retrieval.errors import CorpusError
from retrieval.language.language import Language
from retrieval.language.words import Word
from retrieval.precedence import unhurried
from retrieval.progress import Progress, Step
from retrieval.search.corpus import Corpus, Topics
from retrieval.search.dense import DenseIndexKind
from retrieval.search.faiss_index import FaissIndex
from retrieval.search.headings import Headings
from retrieval.search.layout import Layout, Located
from retrieval.search.word_index import Known, index_words
from retrieval.search.word_table import WordTable
from retrieval.search.word_vectors import WordVectors, quantised

# How many passages are encoded between two reports of progress, or copied at once.
_STRIDE = 64
_GOLDEN_RATIO = (1 + 5**0.5) / 2

T = TypeVar("T")


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
    """Build a corpus. What the previous corpus had, of the same encoder, keeps its vectors; all else is encoded.

    The words' vectors are written into a folder, or kept in memory if none is given; `index` is the kind of the dense
    indexes. Raises CorpusError if there are no articles, OSError if the folder does not take the vectors, SnapshotError
    if the previous corpus's vectors cannot be read any more, and whatever `progress` raises.
    """
    if not articles:
        raise CorpusError("no-article")
    layout = Layout.of(articles)
    if previous is not None and previous.fingerprint != encoder.fingerprint:
        previous = None
    before = None if previous is None else _known(layout, previous)
    words = index_words(layout, before)
    task = _Task(
        layout,
        words.table,
        passages=np.empty((len(layout.passages), encoder.dimension), np.float32),
        sentences=np.empty((layout.sentences, encoder.dimension), np.float32),
        words=WordVectors.create(len(words.table.terms), encoder.dimension, folder),
    )
    known = _take_over(task, before)
    _encode_new(task, known, encoder, progress)
    passage_index = index.build(task.passages)
    corpus = Corpus(
        articles=tuple(articles),
        layout=layout,
        passage_index=passage_index,
        sentence_index=index.build(task.sentences),
        lexical=words.lexical,
        words=words.table,
        word_vectors=task.words,
        topics=Topics.of(articles, layout, passage_index),
        headings=Headings.encoded(layout, encoder, previous.headings if previous else None),
        model=encoder.name,
        fingerprint=encoder.fingerprint,
        built_at=dt.datetime.now(dt.UTC),
    )
    reused = int(known.sum())
    return Built(corpus, encoded=len(known) - reused, reused=reused)


@dataclass(frozen=True, slots=True)
class _Text:
    """What the vectors of a passage depend on. Equal texts of two languages differ in their words of content."""

    text: str
    """The passage behind what introduces it: see Located.with_lead."""
    start: int
    """Where the passage itself starts in the text."""
    sentences: tuple[Span, ...]
    """Its sentences, as offsets into the text."""
    language: Language

    @classmethod
    def of(cls, located: Located) -> _Text:
        text = located.with_lead
        start = len(text) - len(located.text)
        shift = start - located.passage.start
        sentences = tuple(Span(each.start + shift, each.end + shift) for each in located.passage.sentences)
        return cls(text, start, sentences, located.language)

    def words(self) -> list[Word]:
        """The words of content of the passage itself, placed in the text."""
        words = self.language.content_words(self.text[self.start :])
        return [replace(word, start=word.start + self.start, end=word.end + self.start) for word in words]

    def sentence_texts(self) -> list[str]:
        return [self.text[sentence.start : sentence.end] for sentence in self.sentences]


@dataclass(frozen=True, slots=True)
class _Task:
    """The passages of a corpus and the arrays that take their vectors."""

    layout: Layout
    table: WordTable
    passages: Vectors
    sentences: Vectors
    words: WordVectors

    def fill(self, row: int, passage: Vectors, sentences: Vectors, words: NDArray[np.int8]) -> None:
        """Put the vectors of a passage into its rows. Raises OSError."""
        self.passages[row] = passage
        self.sentences[slice(*self.layout.passage_sentences.span(row))] = sentences
        self.words.write(self.table.passages.span(row)[0], words)


def _known(layout: Layout, previous: Corpus) -> Known:
    before = {_Text.of(located): row for row, located in enumerate(unhurried(previous.layout.passages))}
    rows = [before.get(_Text.of(located), -1) for located in unhurried(layout.passages)]
    return Known(previous, np.array(rows))


def _take_over(task: _Task, known: Known | None) -> NDArray[np.bool_]:
    """Copy the previous corpus's vectors of known passages, _STRIDE at a time: all would be in memory twice.

    Returns which passages are filled: (passages,).
    """
    if known is None:
        return np.zeros(len(task.layout.passages), np.bool_)
    previous = known.corpus
    filled = known.rows >= 0
    rows = np.flatnonzero(filled)
    for first in range(0, len(rows), _STRIDE):
        stride = rows[first : first + _STRIDE]
        old = known.rows[stride]
        sentences = previous.layout.passage_sentences.select(old)
        of_sentences = previous.sentence_index.vectors(sentences.entries)
        pairs = zip(stride.tolist(), old.tolist(), previous.passage_index.vectors(old), strict=True)
        for i, (row, old_row, vector) in enumerate(unhurried(pairs)):
            words = previous.word_vectors.read([previous.words.passages.span(old_row)])
            task.fill(row, vector, of_sentences[slice(*sentences.rows.span(i))], words)
    return filled


def _encode_new(task: _Task, known: NDArray[np.bool_], encoder: Encoder, progress: Progress | None) -> None:
    """Encode the other passages, equal ones once, in strides of like length, so that batches have little padding."""
    rows_of: dict[_Text, list[int]] = {}
    for row in unhurried(np.flatnonzero(~known).tolist()):
        rows_of.setdefault(_Text.of(task.layout.passages[row]), []).append(row)
    todo = sorted(rows_of.items(), key=lambda each: len(each[0].text))
    done = 0
    for stride in _spread([todo[first : first + _STRIDE] for first in range(0, len(todo), _STRIDE)]):
        if progress is not None:
            progress(Step.ENCODING, done, len(todo))
        _encode(stride, task, encoder)
        done += len(stride)


def _spread(strides: Sequence[T]) -> list[T]:
    """The strides with long texts among short ones all along, so that what is done tells how long the rest will take.

    The fractions of multiples of the golden ratio, by which they are ordered, lie evenly wherever they are cut off.
    """
    order = sorted(range(len(strides)), key=lambda number: number * _GOLDEN_RATIO % 1)
    return [strides[number] for number in order]


def _encode(todo: Sequence[tuple[_Text, Sequence[int]]], task: _Task, encoder: Encoder) -> None:
    """Encode passages and their sentences, and put the vectors of each passage into all of its rows.

    Sentences are encoded alone. Their vectors could be pooled from the pass of their passage, in two thirds of the
    time; but then the right passage came first less often, and the right sentence was marked less often.
    """
    texts = [text for text, _ in todo]
    encoded = encoder.encode_passages([text.text for text in texts], [text.words() for text in unhurried(texts)])
    vectors = dict(zip((text.text for text in texts), encoded.vectors, strict=True))
    alone = list(dict.fromkeys(each for text in texts for each in text.sentence_texts() if each not in vectors))
    vectors |= zip(alone, encoder.encode_sentences(alone), strict=True)
    for (text, rows), vector, of_words in zip(todo, encoded.vectors, encoded.words, strict=True):
        of_sentences = np.array([vectors[each] for each in text.sentence_texts()])
        for row in rows:
            task.fill(row, vector, of_sentences, quantised(of_words))
