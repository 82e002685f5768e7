"""What an answer is: a verdict, and the passages that may answer a question, best first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from retrieval.article import Article, Passage, Span
from retrieval.question import Question

MAX_QUOTES = 3
"""Hits that are shown."""


class Verdict(StrEnum):
    """What the best hit's probability amounts to."""

    ANSWERED = "answered"
    CLOSEST = "closest"
    NOT_IN_CORPUS = "not_in_corpus"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was proposed for a question, with the sentence of it that answers best."""

    article: Article
    passage: Passage
    highlight: Span
    """The sentence that answers best, in the article's text."""
    probability: float
    """How likely it is, from 0 to 1, that the passage answers the question."""
    features: Mapping[str, float]
    """What the probability is made of: see retrieval.ranking.ranker.Ranking."""

    @property
    def text(self) -> str:
        """Exactly `article.text[passage.start:passage.end]`."""
        return self.article.slice(self.passage)

    @property
    def highlight_in_text(self) -> Span:
        """The highlight's offsets inside `text`."""
        return Span(self.highlight.start - self.passage.start, self.highlight.end - self.passage.start)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the corpus says to a question."""

    question: Question
    verdict: Verdict
    hits: tuple[Hit, ...]
    """Everything that the searches proposed, best first; never empty."""
    topic: float
    """P(the question is about the articles)."""
    answerable: float
    """P(the articles answer it, if it is about them)."""
    elapsed_ms: float

    @property
    def confidence(self) -> float:
        """How likely it is, from 0 to 1, that the first hit answers the question."""
        return self.hits[0].probability

    @property
    def quotes(self) -> tuple[Hit, ...]:
        """The hits that are shown."""
        return self.hits[:MAX_QUOTES]
