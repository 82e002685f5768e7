"""The scores of a candidate → the probability that its passage answers the question.

This is the seam for better rankers: candidates in, hits with probabilities out, best first.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that one of the searches proposed, with what each thinks of it."""

    row: int
    """The passage's row in the corpus."""
    sentence: int
    """Which of its sentences is nearest to the question, from 0."""
    cosine: float
    """Of question and passage, -1 to 1."""
    sentence_cosine: float
    """Of question and that sentence, -1 to 1."""
    bm25: float
    """Of the question's words and the passage, 0 and up."""
    coverage: float
    """Share of the question's words that the passage has, rare ones weighing more, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A candidate and the probability (0 to 1) that it answers the question."""

    candidate: Candidate
    probability: float


class Verdict(StrEnum):
    """What the best hit's probability amounts to."""

    ANSWERED = "answered"
    CLOSEST = "closest"
    NOT_IN_CORPUS = "not_in_corpus"


class Ranker(Protocol):
    """Orders candidates and judges the best."""

    def rank(self, candidates: Sequence[Candidate]) -> list[Hit]:
        """Best first."""

    def verdict(self, probability: float) -> Verdict: ...


@dataclass(frozen=True, slots=True)
class FusionRanker:
    """A logistic function of the best sentence's cosine and the share of the question's words that the passage has.

    Weights and thresholds are what `python -m benchmarks.fit_fusion` prints; its docstring says how they come about.
    """

    sentence_cosine: float = 8.67
    coverage: float = 6.22
    bias: float = -8.29
    answered: float = 0.5
    closest: float = 0.12

    def rank(self, candidates: Sequence[Candidate]) -> list[Hit]:
        hits = [Hit(candidate, self._probability(candidate)) for candidate in candidates]
        return sorted(hits, key=lambda hit: (-hit.probability, hit.candidate.row))

    def verdict(self, probability: float) -> Verdict:
        if probability >= self.answered:
            return Verdict.ANSWERED
        return Verdict.CLOSEST if probability >= self.closest else Verdict.NOT_IN_CORPUS

    def _probability(self, candidate: Candidate) -> float:
        logit = self.bias + self.sentence_cosine * candidate.sentence_cosine + self.coverage * candidate.coverage
        return 1 / (1 + math.exp(-logit))
