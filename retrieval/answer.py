"""What an answer is: a verdict, and the passages that may answer a question, best first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from retrieval.article import Article, Passage, Span
from retrieval.question import Question

MAX_QUOTES = 3
"""The number of hits that are shown."""


class Verdict(StrEnum):
    """What the probability of the best hit amounts to."""

    ANSWERED = "answered"
    CLOSEST = "closest"
    NOT_IN_CORPUS = "not_in_corpus"
    OTHER_LANGUAGE = "other_language"
    """Nothing that would count was found, but the question was not understood either: see LanguageGap."""


@dataclass(frozen=True, slots=True)
class LanguageGap:
    """A question's language, which neither the articles are in nor the model leads from to the articles'; and theirs.

    Languages are told by their codes. Those of most passages come first.
    """

    question: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was proposed for a question, with its best sentence and its scores."""

    article: Article
    passage: Passage
    highlight: Span
    """The sentence that answers best, in the article's text."""
    probability: float
    """P(the passage answers the question), from 0 to 1."""
    features: Mapping[str, float]
    """The features that the probability is computed from: see retrieval.ranking.ranker.Ranking."""
    shown_title: str | None = None
    """The article's title with what tells it from other articles of that title: see retrieval/titles.py."""

    @property
    def title(self) -> str:
        """What the article is called in a citation."""
        return self.shown_title or self.article.title

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
    """All passages that the searches proposed, best first; never empty."""
    topic: float
    """P(the question is about the articles)."""
    answerable: float
    """P(the articles answer the question, if the question is about the articles)."""
    elapsed_ms: float
    """Milliseconds from encoding to ranking, of all questions that were answered together."""
    unmentioned: tuple[str, ...] = ()
    """The question's words of content that the first hit's article never mentions, as the question writes them."""
    gap: LanguageGap | None = None
    """Why nothing was found, if the verdict is OTHER_LANGUAGE."""
    followed: tuple[str, ...] = ()
    """The earlier questions that it was searched with, the oldest first, if it is a follow-up."""

    @property
    def confidence(self) -> float:
        """P(the first hit answers the question), from 0 to 1."""
        return self.hits[0].probability

    @property
    def quotes(self) -> tuple[Hit, ...]:
        """The hits that are shown."""
        return self.hits[:MAX_QUOTES]
