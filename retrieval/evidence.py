"""A question and the passages proposed for it → everything the features are computed from, as arrays.

Axes: q for the question's words, c for candidates (passages), s for their sentences, w for their content words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.corpus import Corpus, Layout
from retrieval.encoder import Encoder, Vectors
from retrieval.late_interaction import similarities
from retrieval.questions import ASKING, Asked, asked_for
from retrieval.rarity import background, rarity
from retrieval.words import Look, Word, find_words

Floats = NDArray[Any]
Bools = NDArray[Any]
Integers = NDArray[Any]

# So many imagined passages steady the counts of words in the corpus, and in one article.
_CORPUS_PRIOR = 100
_ARTICLE_PRIOR = 10


@dataclass(frozen=True, slots=True)
class Query:
    """An encoded question: its own vector (dimension,), its words and theirs (words, dimension)."""

    text: str
    vector: Vectors
    words: tuple[Word, ...]
    word_vectors: Vectors


def encode(questions: Sequence[str], encoder: Encoder) -> list[Query]:
    """Encode questions in one pass."""
    words = [find_words(question) for question in questions]
    encoded = encoder.encode_queries(questions, words)
    return [Query(*parts) for parts in zip(questions, encoded.vectors, map(tuple, words), encoded.words, strict=True)]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a question's candidates. A question without a word of content has one that is found nowhere."""

    rows: Integers
    """(c,): the candidates' rows in the corpus."""
    asked: Asked
    """What kind of thing the question asks for."""
    rarity: Floats
    """(q,): how rare each word is, in nats."""
    weight: Floats
    """(q,): the same, made to sum to 1."""
    named: Bools
    """(q,): whether the word is a name or has digits."""
    article_rarity: Floats
    """(q, c): how rare each word is in the candidate's article."""

    passage_cosine: Floats
    """(c,): of the question and the passage."""
    article_cosine: Floats
    """(c,): of the question and the mean of its article's passages."""
    sentence_cosine: Floats
    """(s,): of the question and the sentence."""

    similarity: Floats
    """(q, w): cosine of a question's word and a passage's word, each in its context."""
    match: Bools
    """(q, w): whether they have the same stem."""
    passage_similarity: Floats
    """(q, c): the largest similarity in each passage; 0 where it has no content words."""
    passage_match: Bools
    """(q, c): whether the passage has the word."""
    sentence_similarity: Floats
    """(q, s)"""
    sentence_match: Bools
    """(q, s)"""
    in_article: Bools
    """(q, c): whether the word stands in the candidate's article."""
    in_neighbours: Bools
    """(q, c): whether the word stands in the candidate or in the passages before and after it."""
    in_title: Bools
    """(q, c): whether the word stands in the title of the candidate's article."""

    places: Integers
    """(w,): which word of its passage it is."""
    fits: Bools
    """(w,): whether the word looks like what is asked for, and is not in the question."""
    asking: Floats | None
    """(w,): cosine with the question's asking word (who, when), -1 for words of the question; None if it has none."""

    first_word: Integers
    """(c + 1,): the words of each candidate."""
    first_sentence: Integers
    """(c + 1,): the sentences of each candidate."""
    first_word_of_sentence: Integers
    """(s + 1,): the words of each sentence."""

    def by_passage(self, values: NDArray[Any]) -> NDArray[Any]:
        """(…, w) → (…, c): the largest of each passage's words; 0 where there are none."""
        return largest(values, self.first_word)

    def by_sentence(self, values: NDArray[Any]) -> NDArray[Any]:
        """(…, w) → (…, s): the largest of each sentence's words."""
        return largest(values, self.first_word_of_sentence)

    def weighted(self, values: NDArray[Any]) -> Floats:
        """(q, …) → (…): the mean over the question's words, rare ones weighing more."""
        mean: Floats = self.weight @ values
        return mean

    def best_sentence(self, values: Floats) -> Floats:
        """(s,) → (c,): the largest of each passage's sentences."""
        best: Floats = np.maximum.reduceat(values, self.first_sentence[:-1], axis=-1)
        return best


def gather(query: Query, corpus: Corpus) -> Evidence:
    """Search the corpus and collect the evidence for what is proposed. Raises SnapshotError: see WordVectors.read."""
    words = _Words.of(query, corpus)
    rows = corpus.proposed(query.vector, words.columns[words.columns >= 0].tolist())
    layout, table = corpus.layout, corpus.words
    articles = layout.article_of(rows)
    spans = list(zip(table.first[rows].tolist(), table.first[rows + 1].tolist(), strict=True))
    of_words, first_word = _ranges(table.first, rows)
    of_sentences, first_sentence = _ranges(layout.first_sentence, rows)
    asking = _asking_vector(query)
    # Rows are in order, so their words' sentences are, too.
    word_of_sentence = np.append(np.searchsorted(table.sentences[of_words], of_sentences), len(of_words))
    similarity = similarities(np.vstack([words.vectors, asking]), corpus.word_vectors.read(spans))
    similarity, like_asking = similarity[:-1], similarity[-1]
    match = words.columns[:, np.newaxis] == table.columns[of_words]
    new = ~match.any(axis=0)
    asked = asked_for(query.words)
    found = [corpus.lexical.rows_with(column) if column >= 0 else _NOWHERE for column in words.columns.tolist()]
    in_corpus = rarity(np.array([len(each) for each in found]), len(layout.passages), words.background, _CORPUS_PRIOR)
    by_article = np.array([np.bincount(layout.article_of(each), minlength=len(corpus.articles)) for each in found])
    return Evidence(
        rows=rows,
        asked=asked,
        rarity=in_corpus,
        weight=in_corpus / in_corpus.sum(),
        named=words.named,
        article_rarity=rarity(
            by_article[:, articles],
            np.diff(layout.first_passage)[articles],
            words.background[:, np.newaxis],
            _ARTICLE_PRIOR,
        ),
        passage_cosine=corpus.passage_index.vectors(rows) @ query.vector,
        article_cosine=corpus.topics.vectors[articles] @ query.vector,
        sentence_cosine=corpus.sentence_index.vectors(of_sentences) @ query.vector,
        similarity=similarity,
        match=match,
        passage_similarity=largest(similarity, first_word),
        passage_match=largest(match, first_word),
        sentence_similarity=largest(similarity, word_of_sentence),
        sentence_match=largest(match, word_of_sentence),
        in_article=by_article[:, articles] > 0,
        in_neighbours=np.array([_near(each, rows, layout) for each in found]),
        in_title=np.array([[stem in corpus.topics.title_stems[one] for one in articles] for stem in words.stems]),
        places=table.places[of_words],
        fits=new & ((table.looks[of_words] & asked.look) > 0),
        asking=np.where(new, like_asking, -1) if asking.any() else None,
        first_word=first_word,
        first_sentence=first_sentence,
        first_word_of_sentence=word_of_sentence,
    )


def largest(values: NDArray[Any], first: Integers) -> NDArray[Any]:
    """The largest value of each stretch of the last axis, from first[i] to first[i + 1]; 0 or False for empty ones."""
    found = np.zeros((*values.shape[:-1], len(first) - 1), values.dtype)
    filled = np.flatnonzero(np.diff(first))
    if len(filled):
        found[..., filled] = np.maximum.reduceat(values, first[filled], axis=-1)
    return found


@dataclass(frozen=True, slots=True)
class _Words:
    """The distinct words of content of a question."""

    stems: list[str]
    columns: Integers
    """Which word of the lexical index each is, or is likely meant to be; -1 if none."""
    background: Floats
    """The share of passages of everyday English that have it."""
    named: Bools
    vectors: Vectors

    @classmethod
    def of(cls, query: Query, corpus: Corpus) -> _Words:
        first: dict[str, Word] = {}
        for word in filter(lambda word: word.content, query.words):
            first.setdefault(word.stem, word)
        words = list(first.values())
        if not words:
            return cls(
                [""], np.array([-1]), np.array([background("")]), np.array([False]), np.zeros_like(query.vector[None])
            )
        columns = [corpus.lexical.column(word.stem) for word in words]
        return cls(
            [word.stem for word in words],
            np.array([-1 if column is None else column for column in columns]),
            np.array([background(word.form) for word in words]),
            np.array([bool(word.look & (Look.NAME | Look.DIGITS)) for word in words]),
            query.word_vectors[[word.place for word in words]],
        )


_NOWHERE = np.zeros(0, np.int32)


def _asking_vector(query: Query) -> Vectors:
    """The vector of the first asking word; zeros if there is none."""
    for word in query.words:
        if word.form in ASKING:
            vector: Vectors = query.word_vectors[word.place]
            return vector
    return np.zeros(query.vector.shape, np.float32)


def _ranges(first: Integers, rows: Integers) -> tuple[Integers, Integers]:
    """What belongs to these rows, first[row] to first[row + 1] of each, and where each row's share of it begins."""
    starts, ends = first[rows], first[rows + 1]
    bounds = np.concatenate([[0], np.cumsum(ends - starts)])
    return np.arange(bounds[-1]) + np.repeat(starts - bounds[:-1], ends - starts), bounds


def _near(having: Integers, rows: Integers, layout: Layout) -> Bools:
    """Whether each row, or the passage before or after it in its article, is among those `having` a word."""
    has = np.zeros(len(layout.passages) + 2, np.bool_)
    has[having + 1] = True
    articles = layout.article_of(rows)
    first, last = layout.first_passage[articles], layout.first_passage[articles + 1] - 1
    near: Bools = has[rows + 1] | (has[rows] & (rows > first)) | (has[rows + 2] & (rows < last))
    return near
