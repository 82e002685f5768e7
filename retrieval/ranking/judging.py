"""The features that judge a candidate: what the question asks for and misses, and how the candidate stands out.

They say less about which candidate is best than about whether the best candidate is any good. Shape and words are those
of features.py.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from retrieval.language.question_kind import QuestionKind
from retrieval.ranking.evidence import Evidence


def unfit(e: Evidence) -> NDArray[np.float64]:
    """Whether the passage has no new word that looks like what the question asks for; 0 if it asks for anything."""
    if e.question_kind is QuestionKind.OTHER:
        return np.zeros(len(e.rows))
    return np.where(e.by_passage(e.fits), 0.0, 1.0)


def unmentioned(e: Evidence) -> NDArray[np.float64]:
    """Share of the question's words that neither the article nor the headings above have."""
    return 1 - e.weighted(e.in_article | e.above_match)


def unmentioned_names(e: Evidence) -> NDArray[np.float64]:
    """Rarity, in nats, of the question's names and numbers that neither the article nor the headings above have."""
    return np.asarray(np.where(e.named, e.rarity, 0) @ ~(e.in_article | e.above_match))


def rarest_missing(e: Evidence) -> NDArray[np.float64]:
    """Rarity, in nats, of the rarest word of the question that stands neither in the passage nor above it."""
    return np.asarray((e.rarity[:, np.newaxis] * ~(e.passage_match | e.above_match)).max(axis=0))


def uncovered(e: Evidence) -> NDArray[np.float64]:
    """How far the question's words are from the nearest word of the passage or above it: rarities times 1 − cosine."""
    return np.asarray(e.rarity @ (1 - e.in_context()))


def cosine_lead(e: Evidence) -> NDArray[np.float64]:
    """How much nearer the passage is than the nearest other candidate, by cosine."""
    return _lead(e.passage_cosine)


def sentence_lead(e: Evidence) -> NDArray[np.float64]:
    """How much nearer its nearest sentence is than those of all other candidates, by cosine."""
    return _lead(e.best_sentence(e.sentence_cosine))


def maxsim_lead(e: Evidence) -> NDArray[np.float64]:
    """How much larger the passage's `maxsim` is than the largest of all other candidates."""
    return _lead(e.weighted(e.passage_similarity))


def best_cosine(e: Evidence) -> NDArray[np.float32]:
    """The largest cosine of any candidate, the same for all candidates."""
    return np.full(len(e.rows), e.passage_cosine.max())


def best_sentence_cosine(e: Evidence) -> NDArray[np.float32]:
    """The largest cosine of any sentence, the same for all candidates."""
    return np.full(len(e.rows), e.sentence_cosine.max())


def question_length(e: Evidence) -> NDArray[np.float64]:
    """How many different words of content the question has, the same for all candidates."""
    return np.full(len(e.rows), float(len(e.weight)))


def question_rarity(e: Evidence) -> NDArray[np.float64]:
    """ln(1 + the sum of the rarities of the question's words), the same for all candidates."""
    return np.full(len(e.rows), np.log1p(e.rarity.sum()))


def _lead(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """Each value less the largest of the others; the value itself if it is alone."""
    if len(values) == 1:
        return np.asarray(values, np.float64)
    second, first = np.sort(values)[-2:].astype(np.float64)
    lead = values - first
    lead[values.argmax()] = first - second
    return np.asarray(lead, np.float64)
