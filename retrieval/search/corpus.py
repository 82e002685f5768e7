"""A corpus: an immutable snapshot of articles and the indexes over their passages and sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.article import Article
from retrieval.encoding.encoder import Vectors
from retrieval.language.languages import language_of
from retrieval.precedence import unhurried
from retrieval.search.dense import DenseIndex
from retrieval.search.headings import Headings
from retrieval.search.layout import Layout
from retrieval.search.lexical import LexicalIndex
from retrieval.search.word_table import WordTable
from retrieval.search.word_vectors import WordVectors

# How many passages each of the searches over passages, over sentences and over words proposes.
PROPOSALS = 20
# Bytes in memory, beside vectors: text, objects, and arrays in the lexical indexes. With these the estimate is within a
# tenth of what snapshots of 687 passages of an encyclopedia and of 2,050 reviews took when they were loaded.
_PASSAGE, _SENTENCE, _WORD = 1_500, 250, 90


@dataclass(frozen=True, slots=True)
class Topics:
    """What each article is about: the mean of its passages' vectors, of length 1, and the stems of its title."""

    vectors: Vectors
    title_stems: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, articles: Sequence[Article], layout: Layout, index: DenseIndex) -> Topics:
        """`index` holds the passages' vectors."""
        spans = map(layout.article_passages.span, unhurried(range(len(articles))))
        sums = np.array([index.vectors(np.arange(*span)).sum(axis=0) for span in spans])
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        means = sums / np.where(lengths > 0, lengths, 1)
        title_stems = tuple(frozenset(language_of(each.language).stems(each.title)) for each in unhurried(articles))
        return cls(np.asarray(means, np.float32), title_stems)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
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
    headings: Headings
    model: str
    fingerprint: str
    built_at: dt.datetime

    @property
    def memory(self) -> int:
        """About how many bytes the corpus takes in memory, where its words' vectors are not."""
        passages, sentences = len(self.layout.passages), self.layout.sentences
        vectors = self.passage_index.dimension * (passages + sentences + len(self.headings.texts)) * 4
        return vectors + passages * _PASSAGE + sentences * _SENTENCE + len(self.words.terms) * _WORD

    def proposed(self, query: Vectors, terms: Sequence[int], above: Sequence[int]) -> NDArray[np.int64]:
        """The rows of the passages that the searches propose, in ascending order.

        `query` is a question's vector of shape (dimension,), `terms` are its words in the lexical index, `above` its
        words in the lexical index of headings. The headings propose, too: by what they mean the first passages of a few
        sections, by their words the passages that have the other words of the question.
        """
        by_passage = self.passage_index.search(query[np.newaxis, :], PROPOSALS).rows[0]
        by_sentence = self.layout.passage_sentences.row_of(
            self.sentence_index.search(query[np.newaxis, :], PROPOSALS).rows[0]
        )
        bm25 = self.lexical.search(terms)
        proposed = [by_passage, by_sentence, _best(bm25), self.headings.proposed(query)]
        if above:
            proposed.append(_best(bm25 + self.headings.lexical.search(above)))
        return np.unique(np.concatenate(proposed))


def _best(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """The rows of the best scores, at most PROPOSALS; a score of 0 proposes nothing."""
    k = min(PROPOSALS, len(scores))
    best = np.argpartition(-scores, k - 1)[:k]
    return best[scores[best] > 0]
