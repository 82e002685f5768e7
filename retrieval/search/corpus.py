"""A corpus: an immutable snapshot of articles and the indexes over their passages and sentences."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.article import Article, Passage
from retrieval.encoding.encoder import Vectors
from retrieval.language.language import Language
from retrieval.language.languages import language_of
from retrieval.ragged import Ragged
from retrieval.search.dense import DenseIndex
from retrieval.search.lexical import LexicalIndex
from retrieval.search.word_table import WordTable
from retrieval.search.word_vectors import WordVectors
from retrieval.titles import shown_titles

# How many passages each of the three searches proposes.
PROPOSALS = 20


@dataclass(frozen=True, slots=True)
class Located:
    """A passage and the article it stands in."""

    article: Article
    passage: Passage

    @property
    def text(self) -> str:
        """The passage as it stands in its article."""
        return self.article.slice(self.passage)

    @property
    def language(self) -> Language:
        """The language whose rules hold for the passage."""
        return language_of(self.article.language)


@dataclass(frozen=True, slots=True)
class Layout:
    """What each row of vectors belongs to: first all passages, then all sentences in the order of their passages."""

    passages: tuple[Located, ...]
    passage_sentences: Ragged
    """The sentences of each passage."""
    article_passages: Ragged
    """The passages of each article."""
    titles: tuple[str, ...]
    """The title of each article as it is shown: no two articles have the same."""
    languages: tuple[Language, ...]
    """The languages of the articles; the language of most passages comes first."""

    @classmethod
    def of(cls, articles: Iterable[Article]) -> Layout:
        """The layout of these articles, in their order."""
        articles = tuple(articles)
        passages = tuple(Located(article, passage) for article in articles for passage in article.passages)
        return cls(
            passages,
            Ragged.of_lengths(len(located.passage.sentences) for located in passages),
            Ragged.of_lengths(len(article.passages) for article in articles),
            shown_titles(articles),
            tuple(language for language, _ in Counter(located.language for located in passages).most_common()),
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
        title_stems = tuple(frozenset(language_of(each.language).stems(each.title)) for each in articles)
        return cls(np.asarray(means, np.float32), title_stems)


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles and their indexes. A corpus never changes once it is built, so that readers need no lock."""

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
        """The rows of the passages that the three searches propose, in ascending order.

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
