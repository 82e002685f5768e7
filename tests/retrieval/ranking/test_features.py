"""Every feature twice: its values worked out by hand, and a plain loop over the words for corpora of any shape."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

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
from tests.support import feature_oracles, judging_oracles  # noqa: F401 - their oracles are in ORACLES
from tests.support.fake_encoder import LetterEncoder, corpus_of
from tests.support.feature_loops import ORACLES, assert_as_the_loops_say
from tests.support.made_answers import unparsed

FEATURES = PASSAGE_FEATURES | SENTENCE_FEATURES

# A question of three words, of which the first is a name, and which weigh ½, ¼ and ¼; two passages of three words. The
# first passage has the second word and then, in another sentence, the first; the second passage has the second and the
# third word.
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
    above_match=np.array([[0, 0], [0, 1], [1, 0]], np.bool_),
    above_similarity=np.array([[0.25, 0.75], [0.5, 1], [0.25, 0.5]]),
    heading_cosine=np.array([0.3, 0.2]),
    path_cosine=np.array([0.1, 0.4]),
    heading_asks=np.array([True, False]),
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
    # The second sentence, with the words of the first sentence.
    "window_maxsim": [0.5 * 1 + 0.25 * 1 + 0.25 * 0.75, 0.75],
    # The pairs weigh ¾ and ½. The first is found backwards, as 1 and ¾, the second as ¾ backwards and as 1.
    "pair_maxsim": [(0.75 * 1 + 0.5 * 0.75) / 1.25, (0.75 * 0.75 + 0.5 * 1) / 1.25],
    "name_maxsim": [1, 0.5],
    "weakest_word": [0.75, 0.5],
    "question_word": [0.5, -0.25],
    # Only the first word of the second passage is nearer to a word above it.
    "context_maxsim": [0.5 * 1 + 0.25 * 1 + 0.25 * 0.75, 0.5 * 0.75 + 0.25 * 1 + 0.25 * 1],
    # The words stand out by ⅛, nothing and ⅛, so they weigh 1/16, nothing and 1/32.
    "distinct_context_maxsim": [(2 * 1 + 0.75) / 3, (2 * 0.75 + 1) / 3],
    "context_coverage": [1, 0.5],
    "heading_cosine": [0.3, 0.2],
    "path_cosine": [0.1, 0.4],
    "asked_heading": [0.3, 0],
    "unfit": [0, 1],
    "unmentioned": [0, 0],
    "unmentioned_names": [0, 0],
    "rarest_missing": [0, 3],
    "uncovered": [1.5 * 0.25, 3 * 0.25],
    "cosine_lead": [0.25, -0.25],
    "sentence_lead": [0.1, -0.1],
    "maxsim_lead": [0.9375 - 0.75, 0.75 - 0.9375],
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


# Sentences end in "!" here: after a short word the segmenter might take a full stop for an abbreviation's.
some_words = st.sampled_from("ant nut bee Otto Cat pig 1874 seven the of".split())
sentences = (
    st.lists(some_words, min_size=1, max_size=5).map(" ".join).map(lambda text: text[0].upper() + text[1:] + "!")
)
passages = st.lists(sentences, min_size=1, max_size=4).map(" ".join)
bodies = st.lists(passages, min_size=1, max_size=5).map("\n\n".join)
corpora = st.lists(bodies, min_size=1, max_size=3).map(lambda texts: corpus_of(*texts).articles)
some_question_words = st.sampled_from("ant nut bee Otto cat pig yak 1874 the when who how many".split())
questions = st.lists(some_question_words, max_size=6).map(" ".join)


@given(corpora, questions)
@example(corpus_of("Ant!").articles, "nut")
@example(corpus_of("Nut ant!").articles, "who is ant nut")
@example(corpus_of("The! Ant! Of the!", "The of!").articles, "when is it?")
@example(corpus_of("The of!").articles, "ant bee")
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


def test_every_sentence_fits_a_question_of_no_kind() -> None:
    found = replace(EVIDENCE, question_kind=QuestionKind.OTHER)
    assert PASSAGE_FEATURES["fitting_sentence_cosine"](found).tolist() == [0.6, 0.5]


@pytest.mark.parametrize("passages", [1, 3, 7, 60])
def test_where_no_word_stands_out_they_weigh_by_rarity_alone(passages: int) -> None:
    """As in a corpus of one passage, or of the same passage again and again, however their mean is rounded."""
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
def test_a_pair_has_a_single_small_word_at_most_between_its_words(text: str, expected: float) -> None:
    assert PASSAGE_FEATURES["pairs"](evidence("ant and bee", corpus_of(text).articles)).max() == expected
