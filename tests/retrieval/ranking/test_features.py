"""Every feature twice: its values worked out by hand, and a plain loop over the words for corpora of any shape."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pullquote.library.library import Library
from retrieval.article import Article
from retrieval.encoding.encoder import Encoded, Vectors
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.language.question_kind import QuestionKind
from retrieval.language.words import Word
from retrieval.ragged import Ragged
from retrieval.ranking.evidence import Evidence, encode, gather
from retrieval.ranking.features import PASSAGE_FEATURES, SENTENCE_FEATURES
from retrieval.search.building import build_corpus
from tests.support.fake_encoder import LetterEncoder, corpus_of
from tests.support.made_answers import unparsed

FEATURES = PASSAGE_FEATURES | SENTENCE_FEATURES

# Three words (the first a name) are asked of two passages of three words: ½ ¼ ¼ is what they weigh. The first passage
# has the second word and then, in another sentence, the first; the second passage has the second and the third word.
EVIDENCE = Evidence(
    rows=np.array([0, 1]),
    question_kind=QuestionKind.TIME,
    rarity=np.array([3, 1.5, 1.5]),
    weight=np.array([0.5, 0.25, 0.25]),
    named=np.array([True, False, False]),
    article_rarity=np.array([[2, 4], [1, 0.5], [1, 0.5]]),
    passage_cosine=np.array([0.5, 0.25]),
    article_cosine=np.array([0.4, 0.2]),
    sentence_cosine=np.array([0.6, 0.3, 0.5]),
    similarity=np.array([
        [0.5, -0.25, 1.00, 0.25, 0, 0.50],
        [0.0, 1.000, 0.25, -0.5, 1, 0.25],
        [0.5, 0.750, -0.5, 0.75, 0, 1.00],
    ]),
    match=np.array([[0, 0, 1, 0, 0, 0], [0, 1, 0, 0, 1, 0], [0, 0, 0, 0, 0, 1]], np.bool_),
    passage_similarity=np.array([[1, 0.5], [1, 1], [0.75, 1]]),
    passage_match=np.array([[1, 0], [1, 1], [0, 1]], np.bool_),
    sentence_similarity=np.array([[0.5, 1, 0.5], [1, 0.25, 1], [0.75, -0.5, 1]]),
    sentence_match=np.array([[0, 1, 0], [1, 0, 1], [0, 0, 1]], np.bool_),
    in_article=np.array([[1, 1], [1, 1], [1, 1]], np.bool_),
    in_neighbours=np.array([[1, 0], [1, 1], [1, 1]], np.bool_),
    in_title=np.array([[0, 1], [1, 0], [0, 0]], np.bool_),
    positions=np.array([0, 1, 4, 0, 1, 3]),
    fits=np.array([1, 0, 0, 0, 0, 0], np.bool_),
    question_word_similarity=np.array([0.5, -1, -1, -0.25, -1, -1]),
    passage_words=Ragged.of_lengths([3, 3]),
    passage_sentences=Ragged.of_lengths([2, 1]),
    sentence_words=Ragged.of_lengths([2, 1, 3]),
)  # fmt: skip

BY_HAND: dict[str, list[float]] = {
    "passage_cosine": [0.5, 0.25],
    "sentence_cosine": [0.6, 0.5],
    "fitting_sentence_cosine": [0.6, 0.5 - 0.3],
    "article_cosine": [0.4, 0.2],
    "maxsim": [0.5 * 1 + 0.25 * 1 + 0.25 * 0.75, 0.5 * 0.5 + 0.25 * 1 + 0.25 * 1],
    "sharp_maxsim": [0.5 + 0.25 + 0.25 * 0.75**4, 0.5 * 0.5**4 + 0.25 + 0.25],
    # The words stand out by ¼, nothing and ⅛, so they weigh ⅛, nothing and 1/32.
    "distinct_maxsim": [0.95, 0.6],
    # The second sentence, with the first one's words.
    "window_maxsim": [0.5 * 1 + 0.25 * 1 + 0.25 * 0.75, 0.75],
    # The pairs weigh ¾ and ½. The first is found backwards, as 1 and ¾, the second as ¾ backwards and as 1.
    "pair_maxsim": [(0.75 * 1 + 0.5 * 0.75) / 1.25, (0.75 * 0.75 + 0.5 * 1) / 1.25],
    "name_maxsim": [1, 0.5],
    "weakest_word": [0.75, 0.5],
    "question_word": [0.5, -0.25],
    "sentence_coverage": [0.5, 0.5],
    "neighbour_coverage": [1, 0.5],
    "article_coverage": [1, 1],
    "title_coverage": [0.25, 0.5],
    "pairs": [0, 0.5 / 1.25],
    "names": [1, 0],
    "telling_words": [2 + 1, 0.5 + 0.5],
    "telling_sentence": [2, 0.5 + 0.5],
    "telling_share": [3 / 4, 1 / 5],
    "length": [math.log(4), math.log(4)],
    "best_cosine": [0.5, 0.5],
    "best_sentence_cosine": [0.6, 0.6],
    "question_length": [3, 3],
    "question_rarity": [math.log(7), math.log(7)],
    "cosine_of_sentence": [0.6, 0.3, 0.5],
    "maxsim_of_sentence": [0.25 + 0.25 + 0.1875, 0.5 + 0.0625 - 0.125, 0.25 + 0.25 + 0.25],
    "coverage_of_sentence": [0.25, 0.5, 0.5],
    "fit_of_sentence": [1, 0, 0],
    "window_maxsim_of_sentence": [0.6875, 0.9375, 0.75],
    "length_of_sentence": [math.log(3), math.log(2), math.log(4)],
}


@pytest.mark.parametrize("name", FEATURES)
def test_values_worked_out_by_hand(name: str) -> None:
    np.testing.assert_allclose(FEATURES[name](EVIDENCE), BY_HAND[name], atol=1e-5)


# One plain loop a feature: the value of one candidate, or of one sentence.
Oracle = Callable[[Evidence, int], float]
ORACLES: dict[str, Oracle] = {}


def oracle(function: Oracle) -> Oracle:
    ORACLES[function.__name__] = function
    return function


def words_of(e: Evidence, candidate: int) -> range:
    return range(*e.passage_words.span(candidate))


def sentences_of(e: Evidence, candidate: int) -> range:
    return range(*e.passage_sentences.span(candidate))


def words_in(e: Evidence, sentence: int) -> range:
    return range(*e.sentence_words.span(sentence))


def candidate_of(e: Evidence, sentence: int) -> int:
    return next(candidate for candidate in range(len(e.rows)) if sentence in sentences_of(e, candidate))


def asked(e: Evidence) -> range:
    return range(len(e.weight))


def nearest(e: Evidence, word: int, among: Sequence[int]) -> float:
    return max((float(e.similarity[word, other]) for other in among), default=0.0)


def has(e: Evidence, word: int, among: Sequence[int]) -> bool:
    return any(e.match[word, other] for other in among)


def share(e: Evidence, found: Sequence[bool]) -> float:
    return sum(float(weight) for weight, one in zip(e.weight, found, strict=True) if one)


def followers(e: Evidence, candidate: int) -> Iterator[tuple[int, int]]:
    return pairwise(words_of(e, candidate))


def pair_weights(e: Evidence) -> list[float]:
    return [float(one + other) for one, other in pairwise(e.weight)]


@oracle
def passage_cosine(e: Evidence, candidate: int) -> float:
    return float(e.passage_cosine[candidate])


@oracle
def sentence_cosine(e: Evidence, candidate: int) -> float:
    return max(float(e.sentence_cosine[sentence]) for sentence in sentences_of(e, candidate))


@oracle
def fitting_sentence_cosine(e: Evidence, candidate: int) -> float:
    return max(
        float(e.sentence_cosine[sentence]) - (0.3 if unfit(e, sentence) else 0)
        for sentence in sentences_of(e, candidate)
    )


def unfit(e: Evidence, sentence: int) -> bool:
    return e.question_kind is not QuestionKind.OTHER and not any(e.fits[word] for word in words_in(e, sentence))


@oracle
def article_cosine(e: Evidence, candidate: int) -> float:
    return float(e.article_cosine[candidate])


@oracle
def maxsim(e: Evidence, candidate: int) -> float:
    return sum(float(e.weight[word]) * nearest(e, word, words_of(e, candidate)) for word in asked(e))


@oracle
def sharp_maxsim(e: Evidence, candidate: int) -> float:
    return sum(float(e.weight[word]) * max(nearest(e, word, words_of(e, candidate)), 0) ** 4 for word in asked(e))


@oracle
def distinct_maxsim(e: Evidence, candidate: int) -> float:
    weights = []
    for word in asked(e):
        all_nearest = [nearest(e, word, words_of(e, one)) for one in range(len(e.rows))]
        weights.append(float(e.weight[word]) * (max(all_nearest) - sum(all_nearest) / len(all_nearest) + 1e-5))
    found = [weights[word] * nearest(e, word, words_of(e, candidate)) for word in asked(e)]
    return sum(found) / sum(weights)


@oracle
def window_maxsim(e: Evidence, candidate: int) -> float:
    return max(window_maxsim_of_sentence(e, sentence) for sentence in sentences_of(e, candidate))


@oracle
def pair_maxsim(e: Evidence, candidate: int) -> float:
    if len(e.weight) == 1:
        return maxsim(e, candidate)
    total = 0.0
    for weight, (one, other) in zip(pair_weights(e), pairwise(e.similarity), strict=True):
        alike = [max(one[i] + other[j], one[j] + other[i]) / 2 for i, j in followers(e, candidate)]
        total += weight * float(max([*alike, 0]))
    return total / sum(pair_weights(e))


@oracle
def name_maxsim(e: Evidence, candidate: int) -> float:
    named = [word for word in asked(e) if e.named[word]]
    if not named:
        return maxsim(e, candidate)
    found = sum(float(e.weight[word]) * nearest(e, word, words_of(e, candidate)) for word in named)
    return found / sum(float(e.weight[word]) for word in named)


@oracle
def weakest_word(e: Evidence, candidate: int) -> float:
    return min(nearest(e, word, words_of(e, candidate)) for word in asked(e))


@oracle
def question_word(e: Evidence, candidate: int) -> float:
    if e.question_word_similarity is None:
        return 0.35
    return max((float(e.question_word_similarity[word]) for word in words_of(e, candidate)), default=0.0)


def coverage(e: Evidence, candidate: int) -> float:
    return share(e, [has(e, word, words_of(e, candidate)) for word in asked(e)])


@oracle
def sentence_coverage(e: Evidence, candidate: int) -> float:
    return max(coverage_of_sentence(e, sentence) for sentence in sentences_of(e, candidate))


@oracle
def neighbour_coverage(e: Evidence, candidate: int) -> float:
    return share(e, e.in_neighbours[:, candidate].tolist())


@oracle
def article_coverage(e: Evidence, candidate: int) -> float:
    return share(e, e.in_article[:, candidate].tolist())


@oracle
def title_coverage(e: Evidence, candidate: int) -> float:
    return share(e, e.in_title[:, candidate].tolist())


@oracle
def pairs(e: Evidence, candidate: int) -> float:
    if len(e.weight) == 1:
        return coverage(e, candidate)
    near = [(i, j) for i, j in followers(e, candidate) if e.positions[j] - e.positions[i] <= 2]
    found = [any(e.match[word, i] and e.match[word + 1, j] for i, j in near) for word in range(len(e.weight) - 1)]
    return sum(weight for weight, one in zip(pair_weights(e), found, strict=True) if one) / sum(pair_weights(e))


@oracle
def names(e: Evidence, candidate: int) -> float:
    named = [word for word in asked(e) if e.named[word]]
    if not named:
        return 0.5
    found = sum(float(e.weight[word]) for word in named if has(e, word, words_of(e, candidate)))
    return found / sum(float(e.weight[word]) for word in named)


@oracle
def telling_words(e: Evidence, candidate: int) -> float:
    having = [word for word in asked(e) if has(e, word, words_of(e, candidate))]
    return sum(float(e.article_rarity[word, candidate]) for word in having)


@oracle
def telling_sentence(e: Evidence, candidate: int) -> float:
    return max(
        sum(float(e.article_rarity[word, candidate]) for word in asked(e) if has(e, word, words_in(e, sentence)))
        for sentence in sentences_of(e, candidate)
    )


@oracle
def telling_share(e: Evidence, candidate: int) -> float:
    return telling_words(e, candidate) / sum(float(e.article_rarity[word, candidate]) for word in asked(e))


@oracle
def length(e: Evidence, candidate: int) -> float:
    return math.log(1 + len(words_of(e, candidate)))


@oracle
def best_cosine(e: Evidence, candidate: int) -> float:
    return float(max(e.passage_cosine))


@oracle
def best_sentence_cosine(e: Evidence, candidate: int) -> float:
    return float(max(e.sentence_cosine))


@oracle
def question_length(e: Evidence, candidate: int) -> float:
    return len(e.weight)


@oracle
def question_rarity(e: Evidence, candidate: int) -> float:
    return math.log(1 + sum(e.rarity.tolist()))


@oracle
def cosine_of_sentence(e: Evidence, sentence: int) -> float:
    return float(e.sentence_cosine[sentence])


@oracle
def maxsim_of_sentence(e: Evidence, sentence: int) -> float:
    return sum(float(e.weight[word]) * nearest(e, word, words_in(e, sentence)) for word in asked(e))


@oracle
def coverage_of_sentence(e: Evidence, sentence: int) -> float:
    return share(e, [has(e, word, words_in(e, sentence)) for word in asked(e)])


@oracle
def fit_of_sentence(e: Evidence, sentence: int) -> float:
    return float(any(e.fits[word] for word in words_in(e, sentence)))


@oracle
def window_maxsim_of_sentence(e: Evidence, sentence: int) -> float:
    own_passage = sentences_of(e, candidate_of(e, sentence))
    window = [one for one in (sentence - 1, sentence) if one in own_passage]
    best = [max(nearest(e, word, words_in(e, one)) for one in window) for word in asked(e)]
    return sum(float(e.weight[word]) * best[word] for word in asked(e))


@oracle
def length_of_sentence(e: Evidence, sentence: int) -> float:
    return math.log(1 + len(words_in(e, sentence)))


class OppositesEncoder(LetterEncoder):
    """A LetterEncoder to which n is the opposite of a, o of b, …, so that cosines may be negative."""

    def encode_queries(self, questions: Sequence[str], words: Sequence[Sequence[Word]]) -> Encoded:
        encoded = super().encode_queries(questions, words)
        return Encoded(opposed(encoded.vectors), [opposed(vectors) for vectors in encoded.words])

    def encode_sentences(self, texts: Sequence[str]) -> Vectors:
        return opposed(super().encode_sentences(texts))


def opposed(vectors: Vectors) -> Vectors:
    found = np.zeros_like(vectors)
    found[:, :13] = vectors[:, :13] - vectors[:, 13:]
    # What cancels itself out points where "m" does.
    found[~found.any(axis=1), 12] = 1
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True))


def evidence(question: str, articles: Sequence[Article], encoder: LetterEncoder | None = None) -> Evidence:
    encoder = encoder or LetterEncoder()
    [query] = encode([unparsed(question)], encoder)
    return gather(query, build_corpus(articles, encoder).corpus)


def assert_as_the_loops_say(found: Evidence) -> None:
    """In every feature, of every candidate and every sentence."""
    for features, count in ((PASSAGE_FEATURES, len(found.rows)), (SENTENCE_FEATURES, len(found.sentence_cosine))):
        for name, feature in features.items():
            values = feature(found)
            assert values.shape == (count,), name
            assert np.isfinite(values).all(), name
            expected = [ORACLES[name](found, i) for i in range(count)]
            np.testing.assert_allclose(values, expected, atol=1e-5, err_msg=name)


# Sentences end in "!" here: after a short word the segmenter might take a full stop for an abbreviation's.
some_words = st.sampled_from("ant nut bee Otto Cat pig 1874 seven the of".split())
sentences = st.lists(some_words, min_size=1, max_size=5).map(" ".join).map(lambda one: one[0].upper() + one[1:] + "!")
passages = st.lists(sentences, min_size=1, max_size=4).map(" ".join)
bodies = st.lists(passages, min_size=1, max_size=5).map("\n\n".join)
corpora = st.lists(bodies, min_size=1, max_size=3).map(lambda texts: corpus_of(*texts).articles)
some_question_words = st.sampled_from("ant nut bee Otto cat pig yak 1874 the when who how many".split())
questions = st.lists(some_question_words, max_size=6).map(" ".join)


@given(corpora, questions)
@example(corpus_of("Ant!").articles, "nut")
@example(corpus_of("Nut ant!").articles, "who is ant nut")
@example(corpus_of("The! Ant! Of the!", "The of!").articles, "when is it?")
@settings(max_examples=100, deadline=None)
def test_values_are_those_of_plain_loops(articles: tuple[Article, ...], question: str) -> None:
    assert_as_the_loops_say(evidence(question, articles, OppositesEncoder()))


@given(st.text(max_size=60))
@example("?!")
@example("½ Ⅷ ĲǄ")
@example("who who who")
@example("1874 the 1874")
@settings(max_examples=100, deadline=None)
def test_odd_questions_have_finite_features(question: str) -> None:
    assert_as_the_loops_say(evidence(question, ODD))


ODD = corpus_of("Ant bee ½! The of!\n\nThe!", "Otto!").articles


@pytest.mark.parametrize(
    "question",
    ["When did the last keeper leave with the Cat?", "How much nectar can it hold?", "castling", "who is it?"],
)
def test_the_real_model_has_the_values_of_plain_loops(
    library: Library, encoder: SentenceTransformerEncoder, question: str
) -> None:
    [query] = encode([unparsed(question)], encoder)
    assert_as_the_loops_say(gather(query, library.corpus))


def test_every_feature_is_tested() -> None:
    assert FEATURES.keys() == BY_HAND.keys() == ORACLES.keys()
    assert len(FEATURES) == len(PASSAGE_FEATURES) + len(SENTENCE_FEATURES)


def test_without_a_kind_that_is_asked_for_every_sentence_fits() -> None:
    found = replace(EVIDENCE, question_kind=QuestionKind.OTHER)
    assert PASSAGE_FEATURES["fitting_sentence_cosine"](found).tolist() == [0.6, 0.5]


@pytest.mark.parametrize("passages", [1, 3, 7, 60])
def test_where_no_word_stands_out_they_weigh_by_rarity_alone(passages: int) -> None:
    """As in a corpus of one passage, or of the same one again and again, however their mean is rounded."""
    alike = np.tile(np.array([[0.7], [0.1], [-0.3]], np.float32), passages)
    found = replace(EVIDENCE, rows=np.arange(passages), passage_similarity=alike)
    by_rarity = [0.5 * 0.7 + 0.25 * 0.1 - 0.25 * 0.3] * passages
    np.testing.assert_allclose(PASSAGE_FEATURES["distinct_maxsim"](found), by_rarity, atol=1e-5)


def test_the_first_sentence_has_none_before_it() -> None:
    found = evidence("nut", corpus_of("Ant!\n\nNut!").articles, OppositesEncoder())
    assert PASSAGE_FEATURES["window_maxsim"](found).tolist() == PASSAGE_FEATURES["maxsim"](found).tolist() == [-1, 1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ant bee!", 1),
        ("Ant the bee!", 1),
        ("Ant of the bee!", 0),
        ("Ant! Bee!", 1),
        ("Bee ant!", 0),
        ("Ant cat bee!", 0),
        ("Ant!\n\nBee!", 0),
    ],
)
def test_a_pair_has_one_small_word_at_most_between_its_words(text: str, expected: float) -> None:
    assert PASSAGE_FEATURES["pairs"](evidence("ant and bee", corpus_of(text).articles)).max() == expected
