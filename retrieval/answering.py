"""A question → an answer: the verdict and the quotes, best first."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

import numpy as np

from retrieval.article import Article, Passage, Sentence
from retrieval.corpus import Corpus
from retrieval.encoder import Encoder
from retrieval.errors import QuestionError, SnapshotError
from retrieval.evidence import Query, encode, gather
from retrieval.plaintext import normalise
from retrieval.ranker import NO_RANKING, Hit, Ranker, Ranking, Verdict
from retrieval.reranker import Pair, Reranker
from retrieval.weights import DEFAULT_WEIGHTS, read_weights

MAX_QUOTES = 3
MAX_QUESTION = 4000
# So many hits a reranker reads again.
RERANKED = 8

_HAS_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage of an article with the sentence that answers best; `score` is the probability that it answers."""

    article: Article
    passage: Passage
    highlight: Sentence
    score: float

    @property
    def text(self) -> str:
        """Exactly `article.text[passage.start:passage.end]`."""
        return self.article.slice(self.passage)

    @property
    def highlight_in_text(self) -> Sentence:
        """The highlight's offsets inside `text`."""
        return Sentence(self.highlight.start - self.passage.start, self.highlight.end - self.passage.start)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the corpus says to a question. `confidence` is the first quote's score."""

    question: str
    verdict: Verdict
    confidence: float
    quotes: tuple[Quote, ...]
    elapsed_ms: float
    ranking: Ranking = NO_RANKING
    """All that was known of the candidates, for whoever wants to know why. Its first hits are the quotes."""


class Source(Protocol):
    """Where the corpus in force comes from: the library, or one corpus that stays."""

    @property
    def corpus(self) -> Corpus:
        """The corpus in force."""

    @property
    def encoder(self) -> Encoder:
        """The encoder that made this corpus's vectors, and encodes the questions."""

    def mended(self, corpus: Corpus) -> Corpus:
        """A corpus in place of one that has become unreadable on the disk."""
        ...


@dataclass(frozen=True, slots=True)
class Answerer:
    """Answers questions from the corpus in force."""

    library: Source
    ranker: Ranker = field(default_factory=lambda: Ranker(read_weights(DEFAULT_WEIGHTS)))
    reranker: Reranker | None = None
    """Reads the first hits again, if the ranker's weights were fitted with it."""

    def answer(self, question: str) -> Answer:
        """Answer one question. Raises QuestionError if it has no words or too many."""
        return self.answer_all([question])[0]

    def answer_all(self, questions: Sequence[str], limit: int | None = MAX_QUOTES) -> list[Answer]:
        """Answer several at once: they are encoded together and see the same corpus. Raises QuestionError.

        An answer has at most `limit` quotes; with None it has all that the searches proposed.
        """
        started = time.perf_counter()
        corpus = self.library.corpus
        queries = encode([clean_question(question) for question in questions], self.library.encoder)
        try:
            rankings = [self.ranker.rank(gather(query, corpus)) for query in queries]
        except SnapshotError:
            corpus = self.library.mended(corpus)
            rankings = [self.ranker.rank(gather(query, corpus)) for query in queries]
        if self.reranker is not None:
            rankings = self._reranked(self.reranker, queries, rankings, corpus)
        elapsed = (time.perf_counter() - started) * 1000
        return [
            self._answer(query, ranking, corpus, limit, elapsed)
            for query, ranking in zip(queries, rankings, strict=True)
        ]

    def _reranked(
        self, reranker: Reranker, queries: Sequence[Query], rankings: Sequence[Ranking], corpus: Corpus
    ) -> list[Ranking]:
        """Score the first hits of all questions in one batch."""
        pairs = [
            Pair(query.text, corpus.layout.passages[hit.row].text)
            for query, ranking in zip(queries, rankings, strict=True)
            for hit in ranking.hits[:RERANKED]
        ]
        scores = iter(reranker.score(pairs))
        return [
            self.ranker.rerank(ranking, np.array(list(islice(scores, len(ranking.hits[:RERANKED])))))
            for ranking in rankings
        ]

    def _answer(self, query: Query, ranking: Ranking, corpus: Corpus, limit: int | None, elapsed_ms: float) -> Answer:
        confidence = ranking.hits[0].probability
        return Answer(
            question=query.text,
            verdict=self.ranker.verdict(confidence),
            confidence=confidence,
            quotes=tuple(_quote(hit, corpus) for hit in ranking.hits[:limit]),
            ranking=ranking,
            elapsed_ms=elapsed_ms,
        )


def clean_question(question: str) -> str:
    """The question on one line, its characters repaired as those of articles are.

    Raises QuestionError, in words for members, if it cannot be looked up.
    """
    # Half a surrogate pair, as a terminal makes of a stray byte, is no text that a model could read.
    text = question.encode("utf-8", errors="replace").decode("utf-8")
    cleaned = " ".join(normalise(text).split())
    if not _HAS_WORD.search(cleaned):
        raise QuestionError("I can look up words only. Ask me a question about the articles, in a few words.")
    if len(cleaned) > MAX_QUESTION:
        raise QuestionError(
            f"That question has {len(cleaned):,} characters. Please ask it in at most {MAX_QUESTION:,}."
        )
    return cleaned


def _quote(hit: Hit, corpus: Corpus) -> Quote:
    located = corpus.layout.passages[hit.row]
    sentence = located.passage.sentences[hit.sentence]
    return Quote(located.article, located.passage, sentence, hit.probability)
