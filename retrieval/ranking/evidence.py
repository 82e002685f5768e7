"""A question and the passages proposed for it → the arrays that features are computed from.

Axes: q for the question's words, c for candidates (passages), s for their sentences, w for their content words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from retrieval.encoding.encoder import Encoder, Vectors
from retrieval.language.question_kind import QuestionKind
from retrieval.language.rarity import rarity
from retrieval.language.words import Look, Word
from retrieval.question import Question
from retrieval.ragged import Ragged
from retrieval.search.corpus import Corpus
from retrieval.search.layout import Layout
from retrieval.search.lexical import LexicalIndex
from retrieval.search.word_vectors import similarities

# How many imagined passages steady the counts of words in the corpus, and in one article.
_CORPUS_PRIOR = 100
_ARTICLE_PRIOR = 10

Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Query:
    """An encoded question: its own vector (dimension,) and its words' vectors (words, dimension)."""

    question: Question
    vector: Vectors
    word_vectors: Vectors


def encode(questions: Sequence[Question], encoder: Encoder) -> list[Query]:
    """Encode questions in one pass, whatever the corpus of each question."""
    encoded = encoder.encode_queries([each.text for each in questions], [each.words for each in questions])
    return [Query(*parts) for parts in zip(questions, encoded.vectors, encoded.words, strict=True)]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The arrays that tell of a question's candidates.

    A question without a word of content is given a single word that no passage has.
    """

    rows: NDArray[np.int64]
    """(c,): the candidates' rows in the corpus."""
    question_kind: QuestionKind
    rarity: NDArray[np.float64]
    """(q,): how rare each word is, in nats."""
    weight: NDArray[np.float64]
    """(q,): the rarities, made to sum to 1."""
    named: NDArray[np.bool_]
    """(q,): whether the word is a name or has digits."""
    article_rarity: NDArray[np.float64]
    """(q, c): how rare each word is in the candidate's article."""

    passage_cosine: NDArray[np.float32]
    """(c,): of the question and the passage."""
    article_cosine: NDArray[np.float32]
    """(c,): of the question and the mean of its article's passages."""
    sentence_cosine: NDArray[np.float32]
    """(s,): of the question and the sentence."""

    similarity: NDArray[np.float32]
    """(q, w): cosine of a question's word and a passage's word, each in its context."""
    match: NDArray[np.bool_]
    """(q, w): whether the two words have the same term."""
    passage_similarity: NDArray[np.float32]
    """(q, c): the largest similarity in each passage; 0 where it has no words of content."""
    passage_match: NDArray[np.bool_]
    """(q, c): whether the passage has the word."""
    sentence_similarity: NDArray[np.float32]
    """(q, s): the largest similarity in each sentence; 0 where it has no words of content."""
    sentence_match: NDArray[np.bool_]
    """(q, s): whether the sentence has the word."""
    in_article: NDArray[np.bool_]
    """(q, c): whether the word stands in the candidate's article."""
    in_neighbours: NDArray[np.bool_]
    """(q, c): whether the word stands in the candidate or in the passages before and after it."""
    in_title: NDArray[np.bool_]
    """(q, c): whether the word stands in the title of the candidate's article."""
    above_match: NDArray[np.bool_]
    """(q, c): whether the word stands above the candidate: in a title, in a heading, in what introduces it."""
    above_similarity: NDArray[np.float32]
    """(q, c): the largest similarity with a word of the title and headings above; 0 where they have no words of
    content."""
    heading_cosine: NDArray[np.float32]
    """(c,): of the question and the innermost heading, or the title where no heading is above."""
    path_cosine: NDArray[np.float32]
    """(c,): of the question and the title and headings above, joined."""
    heading_asks: NDArray[np.bool_]
    """(c,): whether the innermost heading is a question."""

    positions: NDArray[np.int32]
    """(w,): the position of the word among all words of its passage."""
    fits: NDArray[np.bool_]
    """(w,): whether the word looks like what the question asks for, and is not in the question."""
    question_word_similarity: NDArray[np.float32] | None
    """(w,): cosine with the question's first question word (who, when), -1 for words of the question; None if the
    question has no question word."""

    passage_words: Ragged
    """The words of each candidate."""
    passage_sentences: Ragged
    """The sentences of each candidate."""
    sentence_words: Ragged
    """The words of each sentence."""

    def by_passage(self, values: NDArray[Number]) -> NDArray[Number]:
        """(…, w) → (…, c): the largest value of each passage's words; 0 where it has no words."""
        return self.passage_words.maximum(values)

    def by_sentence(self, values: NDArray[Number]) -> NDArray[Number]:
        """(…, w) → (…, s): the largest value of each sentence's words; 0 where it has no words."""
        return self.sentence_words.maximum(values)

    def weighted(self, values: NDArray[np.floating] | NDArray[np.bool_]) -> NDArray[np.float64]:
        """(q, …) → (…): the mean over the question's words, rare words weighing more."""
        return np.asarray(self.weight @ values)

    def in_context(self) -> NDArray[np.float32]:
        """(q, c): the largest similarity in each passage or with the words above it."""
        return np.maximum(self.passage_similarity, self.above_similarity)

    def best_sentence(self, values: NDArray[Number]) -> NDArray[Number]:
        """(s,) → (c,): the largest value of each passage's sentences."""
        return self.passage_sentences.maximum(values)


def gather(query: Query, corpus: Corpus) -> Evidence:
    """Search the corpus and collect the evidence for what is proposed.

    Raises SnapshotError: see WordVectors.read.
    """
    terms = _QuestionTerms.of(query, corpus)
    layout, table, headings = corpus.layout, corpus.words, corpus.headings
    rows = corpus.proposed(
        query.vector, list(chain.from_iterable(terms.numbers)), list(chain.from_iterable(terms.above))
    )
    sections = layout.section_passages.row_of(rows)
    paths, of_paths = np.unique(headings.paths[sections], return_inverse=True)
    path_words = headings.text_words.select(paths)
    path_similarity = path_words.rows.maximum(similarities(terms.vectors, headings.word_vectors[path_words.entries]))
    articles = layout.article_of(rows)
    words = table.passages.select(rows)
    sentences = layout.passage_sentences.select(rows)
    # Rows are in order, so the sentences of their words are in order, too.
    word_sentences = table.sentences[words.entries]
    sentence_words = Ragged(np.append(np.searchsorted(word_sentences, sentences.entries), len(words.entries)))
    question_word = _question_word_vector(query)
    word_vectors = corpus.word_vectors.read(table.passages.spans(rows))
    of_all = similarities(np.vstack([terms.vectors, question_word]), word_vectors)
    similarity, question_word_similarity = of_all[:-1], of_all[-1]
    match = np.array([np.isin(table.terms[words.entries], numbers) for numbers in terms.numbers])
    new = ~match.any(axis=0)
    kind = query.question.language.question_kind(query.question.words)
    having = [_rows_with(numbers, corpus.lexical) for numbers in terms.numbers]
    in_corpus = rarity(np.array([len(each) for each in having]), len(layout.passages), terms.background, _CORPUS_PRIOR)
    by_article = np.array([np.bincount(layout.article_of(each), minlength=len(corpus.articles)) for each in having])
    return Evidence(
        rows=rows,
        question_kind=kind,
        rarity=in_corpus,
        weight=in_corpus / in_corpus.sum(),
        named=terms.named,
        article_rarity=rarity(
            by_article[:, articles],
            layout.article_passages.lengths[articles],
            terms.background[:, np.newaxis],
            _ARTICLE_PRIOR,
        ),
        passage_cosine=corpus.passage_index.vectors(rows) @ query.vector,
        article_cosine=corpus.topics.vectors[articles] @ query.vector,
        sentence_cosine=corpus.sentence_index.vectors(sentences.entries) @ query.vector,
        similarity=similarity,
        match=match,
        passage_similarity=words.rows.maximum(similarity),
        passage_match=words.rows.maximum(match),
        sentence_similarity=sentence_words.maximum(similarity),
        sentence_match=sentence_words.maximum(match),
        in_article=by_article[:, articles] > 0,
        in_neighbours=np.array([_near(each, rows, layout) for each in having]),
        above_match=np.array([np.isin(rows, _rows_with(numbers, headings.lexical)) for numbers in terms.above]),
        above_similarity=path_similarity[:, of_paths],
        heading_cosine=headings.vectors[headings.innermost[sections]] @ query.vector,
        path_cosine=headings.vectors[headings.paths[sections]] @ query.vector,
        heading_asks=headings.asking[headings.innermost[sections]],
        in_title=np.array(
            [[not stems.isdisjoint(corpus.topics.title_stems[i]) for i in articles] for stems in terms.stems]
        ),
        positions=table.positions[words.entries],
        fits=new & ((table.looks[words.entries] & kind.look) > 0),
        question_word_similarity=np.where(new, question_word_similarity, -1) if question_word.any() else None,
        passage_words=words.rows,
        passage_sentences=sentences.rows,
        sentence_words=sentence_words,
    )


@dataclass(frozen=True, slots=True)
class _QuestionTerms:
    """The distinct words of content of a question."""

    stems: list[frozenset[str]]
    """The stems of each word: a stem by the rules of its language, and a stem by the rules of each article's."""
    numbers: list[list[int]]
    """The terms of each word in the lexical index: those of its stems that are there, or that are likely meant."""
    above: list[list[int]]
    """The terms of each word in the lexical index of headings."""
    background: NDArray[np.float64]
    """(words,): the share of passages of everyday texts that have the word."""
    named: NDArray[np.bool_]
    vectors: Vectors

    @classmethod
    def of(cls, query: Query, corpus: Corpus) -> _QuestionTerms:
        by_stem: dict[str, Word] = {}
        for word in filter(lambda word: word.content, query.question.words):
            by_stem.setdefault(word.stem, word)
        words, background = list(by_stem.values()), query.question.language.background
        if not words:
            return cls(
                [frozenset([""])],
                [[]],
                [[]],
                np.array([background("")]),
                np.array([False]),
                np.zeros_like(query.vector[None]),
            )
        stems = [
            list(dict.fromkeys([word.stem, *(language.stem(word.form) for language in corpus.layout.languages)]))
            for word in words
        ]
        return cls(
            [frozenset(of_word) for of_word in stems],
            [corpus.lexical.terms(of_word) for of_word in stems],
            [corpus.headings.lexical.terms(of_word) for of_word in stems],
            np.array([background(word.form) for word in words]),
            np.array([bool(word.look & (Look.NAME | Look.DIGITS)) for word in words]),
            query.word_vectors[[word.position for word in words]],
        )


_NOWHERE = np.zeros(0, np.int32)


def _rows_with(terms: Sequence[int], index: LexicalIndex) -> NDArray[np.int32]:
    """The passages that have any of these terms, in order."""
    rows = [index.rows_with(term) for term in terms]
    return rows[0] if len(rows) == 1 else np.unique(np.concatenate([_NOWHERE, *rows]))


def _question_word_vector(query: Query) -> Vectors:
    """The vector of the first question word; zeros if the question has no question word."""
    for word in query.question.words:
        if query.question.language.is_question_word(word):
            vector: Vectors = query.word_vectors[word.position]
            return vector
    return np.zeros(query.vector.shape, np.float32)


def _near(having: NDArray[np.int32], rows: NDArray[np.int64], layout: Layout) -> NDArray[np.bool_]:
    """Whether each row, or the passage before or after it in its article, is among the rows `having` a word."""
    has = np.zeros(len(layout.passages) + 2, np.bool_)
    has[having + 1] = True
    starts, articles = layout.article_passages.starts, layout.article_of(rows)
    first, last = starts[articles], starts[articles + 1] - 1
    near: NDArray[np.bool_] = has[rows + 1] | (has[rows] & (rows > first)) | (has[rows + 2] & (rows < last))
    return near
