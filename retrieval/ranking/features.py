"""The features of candidates and of their sentences: a function each, whose docstring is its formula.

The ranker has a weight for each feature. The shape is (c,), a number for each candidate, or (s,), a number for each
sentence. Words weigh by their rarity, so that "the share of the question's words" means the share of their weights.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from retrieval.language.question_kind import QuestionKind
from retrieval.ranking import judging
from retrieval.ranking.evidence import Evidence

Feature = Callable[[Evidence], NDArray[np.floating]]

# Two content words of a passage are a pair with at most one other word between them.
_PAIR = 2
# How far every word stands out at least, lest rounding decide which word does: more than rounding, less than matters.
_PINCH = 1e-5
# How much a sentence loses that has no word of the kind that the question asks for. The cosines of right sentences are
# about 0.3 above the others.
_UNFIT = 0.3
# The usual `question_word`, for questions without a question word.
_USUAL = 0.35


def passage_cosine(e: Evidence) -> NDArray[np.float32]:
    """Cosine of question and passage."""
    return e.passage_cosine


def sentence_cosine(e: Evidence) -> NDArray[np.float32]:
    """The largest cosine of the question and a sentence of the passage."""
    return e.best_sentence(e.sentence_cosine)


def fitting_sentence_cosine(e: Evidence) -> NDArray[np.float64]:
    """`sentence_cosine`, where sentences without a word that looks like what the question asks for lose _UNFIT."""
    return e.best_sentence(e.sentence_cosine - _unfit(e))


def article_cosine(e: Evidence) -> NDArray[np.float32]:
    """Cosine of the question and the mean of the article's passages."""
    return e.article_cosine


def maxsim(e: Evidence) -> NDArray[np.float64]:
    """MaxSim: for each word of the question the most similar word of the passage; the weighted mean over words."""
    return e.weighted(e.passage_similarity)


def sharp_maxsim(e: Evidence) -> NDArray[np.float64]:
    """MaxSim of similarities to the fourth power: only words that mean nearly the same count."""
    return e.weighted(_sharp(e.passage_similarity))


def distinct_maxsim(e: Evidence) -> NDArray[np.float64]:
    """MaxSim where words weigh more the further their best candidate stands out from the mean of all.

    Where no candidate stands out, as in a corpus of one passage, all words weigh as elsewhere.
    """
    return _distinct(e, e.passage_similarity)


def window_maxsim(e: Evidence) -> NDArray[np.float64]:
    """The best sentence's MaxSim, where words may be found in the sentence before it, too."""
    return e.best_sentence(e.weighted(_with_sentence_before(e)))


def context_maxsim(e: Evidence) -> NDArray[np.float64]:
    """`maxsim`, where words may be found in the title and headings above, too."""
    return e.weighted(e.in_context())


def distinct_context_maxsim(e: Evidence) -> NDArray[np.float64]:
    """`distinct_maxsim`, where words may be found in the title and headings above, too."""
    return _distinct(e, e.in_context())


def context_coverage(e: Evidence) -> NDArray[np.float64]:
    """Share of the question's words that stand in the passage or above it."""
    return e.weighted(e.passage_match | e.above_match)


def heading_cosine(e: Evidence) -> NDArray[np.float32]:
    """Cosine of the question and the innermost heading."""
    return e.heading_cosine


def path_cosine(e: Evidence) -> NDArray[np.float32]:
    """Cosine of the question and the title and headings above."""
    return e.path_cosine


def asked_heading(e: Evidence) -> NDArray[np.float32]:
    """Cosine of the question and the innermost heading if that is a question itself; otherwise 0."""
    return np.where(e.heading_asks, e.heading_cosine, np.float32(0))


def pair_maxsim(e: Evidence) -> NDArray[np.float64]:
    """MaxSim of pairs, 0 at least.

    A pair is two content words that follow each other, against two of the passage, in either order.
    """
    return _pairs(e, soft=True)


def coverage(e: Evidence) -> NDArray[np.float64]:
    """Share of the question's words that the passage has."""
    return e.weighted(e.passage_match)


def sentence_coverage(e: Evidence) -> NDArray[np.float64]:
    """The largest share of the question's words that a sentence of the passage has."""
    return e.best_sentence(e.weighted(e.sentence_match))


def neighbour_coverage(e: Evidence) -> NDArray[np.float64]:
    """Share of the question's words that the passage or a passage beside it has."""
    return e.weighted(e.in_neighbours)


def article_coverage(e: Evidence) -> NDArray[np.float64]:
    """Share of the question's words that the article has."""
    return e.weighted(e.in_article)


def title_coverage(e: Evidence) -> NDArray[np.float64]:
    """Share of the question's words that the article's title has."""
    return e.weighted(e.in_title)


def telling_words(e: Evidence) -> NDArray[np.float64]:
    """Rarity within the article, in nats, of the question's words that the passage has.

    A topic's name tells nothing where every passage has it.
    """
    return np.asarray((e.article_rarity * e.passage_match).sum(axis=0))


def telling_sentence(e: Evidence) -> NDArray[np.float64]:
    """`telling_words` of the best sentence."""
    matched = e.sentence_match
    return e.best_sentence((e.article_rarity[:, e.passage_sentences.rows()] * matched).sum(axis=0))


def telling_share(e: Evidence) -> NDArray[np.float64]:
    """The rarity of `telling_words` as a share of the rarity of all words of the question."""
    return np.asarray(telling_words(e) / e.article_rarity.sum(axis=0))


def pairs(e: Evidence) -> NDArray[np.float64]:
    """Share of the question's pairs of words that follow each other in the passage, in the same order."""
    return _pairs(e, soft=False)


def names(e: Evidence) -> NDArray[np.float64]:
    """Share of the question's names and numbers that the passage has; ½ if it has no names and numbers."""
    return _named_share(e, e.passage_match, none=0.5)


def name_maxsim(e: Evidence) -> NDArray[np.float64]:
    """MaxSim of the question's names and numbers; MaxSim of all its words if it has no names and numbers."""
    if not e.named.any():
        return maxsim(e)
    return _named_share(e, e.passage_similarity, none=0)


def weakest_word(e: Evidence) -> NDArray[np.float32]:
    """The similarity of the question's word that the passage is furthest from."""
    return np.asarray(e.passage_similarity.min(axis=0))


def question_word(e: Evidence) -> NDArray[np.floating]:
    """The largest cosine of the question word (who, when) and a word of the passage that the question has not."""
    if e.question_word_similarity is None:
        return np.full(len(e.rows), _USUAL)
    return e.by_passage(e.question_word_similarity)


def length(e: Evidence) -> NDArray[np.float64]:
    """ln(1 + the number of the passage's content words)."""
    return np.log1p(e.passage_words.lengths)


def cosine_of_sentence(e: Evidence) -> NDArray[np.float32]:
    """Cosine of question and sentence."""
    return e.sentence_cosine


def maxsim_of_sentence(e: Evidence) -> NDArray[np.float64]:
    """MaxSim of the sentence's words."""
    return e.weighted(e.sentence_similarity)


def coverage_of_sentence(e: Evidence) -> NDArray[np.float64]:
    """Share of the question's words that the sentence has."""
    return e.weighted(e.sentence_match)


def fit_of_sentence(e: Evidence) -> NDArray[np.float64]:
    """Whether the sentence has a new word that looks like what the question asks for."""
    return e.by_sentence(e.fits).astype(np.float64)


def window_maxsim_of_sentence(e: Evidence) -> NDArray[np.float64]:
    """MaxSim, where words may be found in the sentence before it, too: an answer may stand behind a "They"."""
    return e.weighted(_with_sentence_before(e))


def length_of_sentence(e: Evidence) -> NDArray[np.float64]:
    """ln(1 + the number of the sentence's content words)."""
    return np.log1p(e.sentence_words.lengths)


def _by_name(*functions: Feature) -> dict[str, Feature]:
    return {function.__name__: function for function in functions}


PASSAGE_FEATURES = _by_name(
    passage_cosine, sentence_cosine, fitting_sentence_cosine, article_cosine,
    maxsim, sharp_maxsim, distinct_maxsim, window_maxsim, pair_maxsim, name_maxsim, weakest_word, question_word,
    context_maxsim, distinct_context_maxsim, context_coverage, heading_cosine, path_cosine, asked_heading,
    judging.unfit, judging.unmentioned, judging.unmentioned_names, judging.rarest_missing, judging.uncovered,
    judging.cosine_lead, judging.sentence_lead, judging.maxsim_lead,
    sentence_coverage, neighbour_coverage, article_coverage, title_coverage, pairs, names,
    telling_words, telling_sentence, telling_share,
    length, judging.best_cosine, judging.best_sentence_cosine, judging.question_length, judging.question_rarity,
)  # fmt: skip
SENTENCE_FEATURES = _by_name(
    cosine_of_sentence, maxsim_of_sentence, window_maxsim_of_sentence, coverage_of_sentence, fit_of_sentence,
    length_of_sentence,
)  # fmt: skip


def _distinct(e: Evidence, best: NDArray[np.float32]) -> NDArray[np.float64]:
    weight = e.weight * (best.max(axis=1) - best.mean(axis=1, dtype=np.float64) + _PINCH)
    return np.asarray(weight @ best / weight.sum())


def _sharp(similarities: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.maximum(similarities, 0) ** 4


def _with_sentence_before(e: Evidence) -> NDArray[np.float32]:
    """(q, s): the largest similarity in each sentence or in the sentence before it in its passage."""
    before = np.arange(len(e.sentence_cosine)) - 1
    before[e.passage_sentences.starts[:-1]] += 1  # the first sentence of a passage has itself alone
    return np.maximum(e.sentence_similarity, e.sentence_similarity[:, before])


def _unfit(e: Evidence) -> NDArray[np.float64]:
    """(s,): _UNFIT for sentences without a word of the kind that the question asks for, 0 for others."""
    if e.question_kind is QuestionKind.OTHER:
        return np.zeros(len(e.sentence_cosine))
    return np.where(e.by_sentence(e.fits), 0, _UNFIT)


def _named_share(e: Evidence, by_passage: NDArray[np.float32] | NDArray[np.bool_], none: float) -> NDArray[np.float64]:
    if not e.named.any():
        return np.full(len(e.rows), none)
    weight = e.weight[e.named]
    return np.asarray(weight @ by_passage[e.named] / weight.sum())


def _pairs(e: Evidence, *, soft: bool) -> NDArray[np.float64]:
    """A pair weighs as much as its two words together. The word of a question of one word stands for its pairs."""
    if len(e.weight) == 1:
        return maxsim(e) if soft else coverage(e)
    weight = e.weight[:-1] + e.weight[1:]
    values = _pair_similarity(e) if soft else _pair_match(e)
    return np.asarray(weight @ e.by_passage(values) / weight.sum())


def _pair_match(e: Evidence) -> NDArray[np.bool_]:
    matched = np.zeros((len(e.weight) - 1, len(e.positions)), np.bool_)
    near = _followed(e) & (np.diff(e.positions, append=0) <= _PAIR)
    matched[:, :-1] = e.match[:-1, :-1] & e.match[1:, 1:]
    return matched & near


def _pair_similarity(e: Evidence) -> NDArray[np.float32]:
    similarity = np.zeros((len(e.weight) - 1, len(e.positions)), e.similarity.dtype)
    forward = e.similarity[:-1, :-1] + e.similarity[1:, 1:]
    backward = e.similarity[:-1, 1:] + e.similarity[1:, :-1]
    similarity[:, :-1] = np.maximum(forward, backward) / 2
    return similarity * _followed(e)


def _followed(e: Evidence) -> NDArray[np.bool_]:
    """(w,): whether another content word of the same passage follows."""
    followed = np.ones(len(e.positions), np.bool_)
    ends = e.passage_words.starts[1:][e.passage_words.lengths > 0]
    followed[ends - 1] = False
    return followed
