"""A corpus: an immutable snapshot of articles and the indexes over their passages and sentences."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from retrieval.article import Article, Passage
from retrieval.dense import DenseIndex
from retrieval.encoder import Encoder, Vectors
from retrieval.errors import CorpusError
from retrieval.lexical import LexicalIndex, WordScores
from retrieval.ranker import Candidate

# How many passages each of the three searches proposes.
PROPOSALS = 20
# Texts encoded between two reports of progress, a fraction of a second's work, or copied at once.
_STRIDE = 64

Progress = Callable[[int, int], None]
"""Called with the texts encoded so far and their total. May raise, to give the build up."""


@dataclass(frozen=True, slots=True)
class Located:
    """A passage and the article it stands in."""

    article: Article
    passage: Passage

    @property
    def text(self) -> str:
        return self.article.slice(self.passage)


@dataclass(frozen=True, slots=True)
class Layout:
    """Which row is what. Rows of vectors: first one a passage, then all sentences in the passages' order."""

    passages: tuple[Located, ...]
    first_sentence: NDArray[np.int64]
    """(passages + 1,): passage i's sentences are rows first_sentence[i] to first_sentence[i + 1] of the sentences."""

    @classmethod
    def of(cls, articles: Iterable[Article]) -> Layout:
        passages = tuple(Located(article, passage) for article in articles for passage in article.passages)
        counts = accumulate((len(located.passage.sentences) for located in passages), initial=0)
        return cls(passages, np.fromiter(counts, dtype=np.int64))

    @property
    def sentences(self) -> int:
        return int(self.first_sentence[-1])

    def texts(self) -> Iterator[str]:
        """The text of every row of vectors."""
        yield from (located.text for located in self.passages)
        yield from (located.article.slice(s) for located in self.passages for s in located.passage.sentences)

    def passage_of(self, sentences: NDArray[np.int64]) -> NDArray[np.int64]:
        """The passages that sentence rows belong to."""
        return np.searchsorted(self.first_sentence, sentences, side="right") - 1


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything needed to search: never changed after it is built, so readers need no lock."""

    articles: tuple[Article, ...]
    layout: Layout
    passage_index: DenseIndex
    sentence_index: DenseIndex
    lexical: LexicalIndex
    model: str
    fingerprint: str
    built_at: dt.datetime

    def search(self, question: str, query: Vectors) -> list[Candidate]:
        """What the three searches propose for a question and its vector of shape (dimension,)."""
        words = self.lexical.search(question)
        rows = self._proposed(query[np.newaxis, :], words.bm25)
        cosines = (self.passage_index.vectors(rows) @ query).tolist()
        return [self._candidate(row, cosine, query, words) for row, cosine in zip(rows.tolist(), cosines, strict=True)]

    def vectors(self, rows: NDArray[np.int64]) -> Vectors:
        """A copy of the vectors of these rows, counted as in Layout: (rows, dimension)."""
        passages = len(self.layout.passages)
        vectors = np.empty((len(rows), self.passage_index.dimension), dtype=np.float32)
        in_first = rows < passages
        vectors[in_first] = self.passage_index.vectors(rows[in_first])
        vectors[~in_first] = self.sentence_index.vectors(rows[~in_first] - passages)
        return vectors

    def _proposed(self, query: Vectors, bm25: NDArray[np.float32]) -> NDArray[np.int64]:
        by_passage = self.passage_index.search(query, PROPOSALS).rows[0]
        by_sentence = self.layout.passage_of(self.sentence_index.search(query, PROPOSALS).rows[0])
        k = min(PROPOSALS, len(bm25))
        by_words = np.argpartition(-bm25, k - 1)[:k]
        by_words = by_words[bm25[by_words] > 0]
        return np.unique(np.concatenate([by_passage, by_sentence, by_words]))

    def _candidate(self, row: int, cosine: float, query: Vectors, words: WordScores) -> Candidate:
        sentences = np.arange(*self.layout.first_sentence[row : row + 2])
        cosines = self.sentence_index.vectors(sentences) @ query
        sentence = int(cosines.argmax())
        return Candidate(
            row=row,
            sentence=sentence,
            cosine=cosine,
            sentence_cosine=float(cosines[sentence]),
            bm25=float(words.bm25[row]),
            coverage=float(words.coverage[row]),
        )


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
) -> Built:
    """Build a corpus, taking over the previous one's vectors for every text that it had already.

    Raises CorpusError if there are no articles, and whatever `progress` raises.
    """
    if not articles:
        raise CorpusError("There is no article to answer from.")
    layout = Layout.of(articles)
    texts = list(layout.texts())
    keys = [content_hash(text) for text in texts]
    known = _known_rows(previous, encoder)
    vectors = np.empty((len(texts), encoder.dimension), dtype=np.float32)
    if previous is not None:
        _copy_known(keys, known, previous, vectors)
    _encode_new(texts, keys, known, encoder, vectors, progress)
    passages = len(layout.passages)
    reused = sum(key in known for key in keys[:passages])
    corpus = Corpus(
        articles=tuple(articles),
        layout=layout,
        passage_index=DenseIndex.build(vectors[:passages]),
        sentence_index=DenseIndex.build(vectors[passages:]),
        lexical=LexicalIndex.build(texts[:passages]),
        model=encoder.name,
        fingerprint=encoder.fingerprint,
        built_at=dt.datetime.now(dt.UTC),
    )
    return Built(corpus, encoded=passages - reused, reused=reused)


def content_hash(text: str) -> bytes:
    """What a vector is remembered by."""
    return hashlib.sha256(text.encode()).digest()


def _known_rows(previous: Corpus | None, encoder: Encoder) -> dict[bytes, int]:
    """Content hash → row of the previous corpus, unless another model made its vectors."""
    if previous is None or previous.fingerprint != encoder.fingerprint:
        return {}
    return {content_hash(text): row for row, text in enumerate(previous.layout.texts())}


def _copy_known(keys: Sequence[bytes], known: dict[bytes, int], previous: Corpus, vectors: Vectors) -> None:
    """Fill the rows of known texts, some at a time: all at once they would be in memory once more."""
    rows = [row for row, key in enumerate(keys) if key in known]
    for first in range(0, len(rows), _STRIDE):
        stride = rows[first : first + _STRIDE]
        vectors[stride] = previous.vectors(np.array([known[keys[row]] for row in stride]))


def _encode_new(
    texts: Sequence[str],
    keys: Sequence[bytes],
    known: dict[bytes, int],
    encoder: Encoder,
    vectors: Vectors,
    progress: Progress | None,
) -> None:
    """Fill the rows of unknown texts, each text once, the shortest first so that batches have little padding."""
    rows_of: dict[bytes, list[int]] = {}
    for row, key in enumerate(keys):
        if key not in known:
            rows_of.setdefault(key, []).append(row)
    todo = sorted(rows_of.values(), key=lambda rows: len(texts[rows[0]]))
    for done in range(0, len(todo), _STRIDE):
        if progress is not None:
            progress(done, len(todo))
        stride = todo[done : done + _STRIDE]
        for rows, vector in zip(stride, encoder.encode_passages([texts[rows[0]] for rows in stride]), strict=True):
            vectors[rows] = vector
