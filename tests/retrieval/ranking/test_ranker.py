"""Order, probability, marked sentence and verdict, with weights made by hand."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.answer import Verdict
from retrieval.ranking.evidence import Evidence, encode, gather
from retrieval.ranking.feature_matrix import FeatureMatrix
from retrieval.ranking.features import PASSAGE_FEATURES, SENTENCE_FEATURES
from retrieval.ranking.ranker import (
    Probabilities,
    Ranker,
    Ranking,
    best_sentences,
    linear,
    logistic,
    reranker_scores,
    softmax,
)
from retrieval.ranking.weights import Provenance, Weights
from tests.support.fake_encoder import LetterEncoder, corpus_of
from tests.support.made_answers import unparsed

WEIGHTS = Weights(
    provenance=Provenance("by hand", dt.date(2026, 1, 1), "letters", "letters, first edition", {}, {}),
    rank={"passage_cosine": 4.0},
    point={"cosine_of_sentence": 1.0},
    topic={"bias": 0.0},
    answer={"bias": 0.0},
    answered=0.5,
    closest=0.25,
    on_topic=0.75,
)
EVERYTHING = replace(
    WEIGHTS,
    rank=dict.fromkeys(PASSAGE_FEATURES, 0.1) | {"passage_cosine": 1.7, "length": -0.3},
    point=dict.fromkeys(SENTENCE_FEATURES, 0.7),
    topic={"bias": -1.0} | dict.fromkeys(PASSAGE_FEATURES, 0.2),
    answer={"bias": 1.0} | dict.fromkeys(PASSAGE_FEATURES, -0.1),
)


def ranker(**changes: Any) -> Ranker:
    return Ranker(replace(WEIGHTS, **changes))


def evidence(question: str, *texts: str) -> Evidence:
    [query] = encode([unparsed(question)], LetterEncoder())
    return gather(query, corpus_of(*texts))


@dataclass(frozen=True, slots=True)
class Placed:
    """A candidate as it was placed."""

    row: int
    sentence: int
    probability: float
    features: dict[str, float]


def placed(ranking: Ranking) -> list[Placed]:
    """All candidates, best first."""
    found = zip(
        ranking.rows.tolist(), ranking.sentences.tolist(), ranking.probabilities.candidates.tolist(), strict=True
    )
    return [Placed(*candidate, ranking.features.row(i)) for i, candidate in enumerate(found)]


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


@pytest.fixture
def ants() -> Evidence:
    """Three passages whose cosines with the question are 0, 1/√2 and 1."""
    return evidence("ant", "Bee!\n\nAnt bee!\n\nAnt!")


def test_a_probability_is_the_product_of_three(ants: Evidence) -> None:
    found = ranker(
        topic={"bias": 1.0, "best_cosine": 2.0},
        answer={"bias": -1.0, "passage_cosine": 0.5, "length": 3.0},
    ).rank(ants)
    # The first hit has the cosine 1 and a single word.
    topic, answerable = sigmoid(1 + 2), sigmoid(-1 + 0.5 + 3 * math.log(2))
    powers = [math.exp(4), math.exp(4 / math.sqrt(2)), math.exp(0)]
    assert (found.probabilities.topic, found.probabilities.answerable) == pytest.approx((topic, answerable))
    assert [hit.row for hit in placed(found)] == [2, 1, 0]
    assert [hit.probability for hit in placed(found)] == pytest.approx(
        [topic * answerable * power / sum(powers) for power in powers]
    )


def test_the_first_two_factors_are_the_first_hits(ants: Evidence) -> None:
    """The last passage is first here, though the others have the larger length and the smaller cosine."""
    found = ranker(topic={"bias": 0.0, "length": 1.0}, answer={"bias": 0.0, "passage_cosine": 1.0}).rank(ants)
    assert (found.probabilities.topic, found.probabilities.answerable) == pytest.approx(
        (sigmoid(math.log(2)), sigmoid(1))
    )
    turned = ranker(rank={"passage_cosine": -4.0}, answer={"bias": 0.0, "passage_cosine": 1.0}).rank(ants)
    assert [hit.row for hit in placed(turned)] == [0, 1, 2]
    assert turned.probabilities.answerable == 0.5


def test_equals_stay_in_the_order_of_the_corpus() -> None:
    found = ranker().rank(evidence("ant", "Bee!\n\nAnt!\n\nBee!", "Ant!\n\nAnt!"))
    assert [hit.row for hit in placed(found)] == [1, 3, 4, 0, 2]


def test_the_sentence_that_answers_best_is_marked() -> None:
    found = evidence("ant", "Bee ant! Ant! Ant!\n\nBee!\n\nCat! Ant! Bee!")
    assert {hit.row: hit.sentence for hit in placed(ranker().rank(found))} == {0: 1, 1: 0, 2: 1}
    assert best_sentences(found, {"cosine_of_sentence": -1.0}).tolist() == [0, 0, 0]
    # The sentences have 2, 1, 1 words; 1; 1, 1, 1 words.
    assert best_sentences(found, {"length_of_sentence": -1.0}).tolist() == [1, 0, 0]


def test_a_hit_says_what_its_probability_is_made_of(ants: Evidence) -> None:
    changes = {"topic": {"bias": 1.0, "best_cosine": 2.0}, "answer": {"bias": -1.0, "question_length": 3.0}}
    second = placed(ranker(**changes).rank(ants))[1]
    assert second.features == pytest.approx(
        {"passage_cosine": 1 / math.sqrt(2), "best_cosine": 1, "question_length": 1, "score": 4 / math.sqrt(2)}
    )


words = st.sampled_from("ant bee cat dog the 1874 Otto".split())
sentences = st.lists(words, min_size=1, max_size=4).map(lambda found: " ".join(found).capitalize() + "!")
bodies = st.lists(st.lists(sentences, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=5).map("\n\n".join)
questions = st.lists(st.sampled_from("who when ant bee yak the Otto".split()), max_size=4).map(" ".join)


@given(st.lists(bodies, min_size=1, max_size=3), questions)
@settings(max_examples=50, deadline=None)
def test_hits_of_every_question_explain_their_order_and_share_a_probability_of_1(
    bodies: list[str], question: str
) -> None:
    found = evidence(question, *bodies)
    ranking = Ranker(EVERYTHING).rank(found)
    assert sorted(hit.row for hit in placed(ranking)) == found.rows.tolist()
    for better, worse in pairwise(placed(ranking)):
        assert (-better.features["score"], better.row) < (-worse.features["score"], worse.row)
        assert better.probability >= worse.probability
    for hit in placed(ranking):
        score = 0.0
        for name, weight in EVERYTHING.rank.items():
            score += weight * hit.features[name]
        assert hit.features["score"] == score
    assert sum(hit.probability for hit in placed(ranking)) == pytest.approx(
        ranking.probabilities.topic * ranking.probabilities.answerable
    )
    first = placed(ranking)[0].features
    assert (ranking.probabilities.topic, ranking.probabilities.answerable) == (
        logistic(EVERYTHING.topic, first),
        logistic(EVERYTHING.answer, first),
    )


@pytest.mark.parametrize(("bias", "expected"), [(-1e6, 0.0), (-800.0, 0.0), (800.0, 1.0), (1e6, 1.0)])
def test_huge_sums_are_certain(ants: Evidence, bias: float, expected: float) -> None:
    found = ranker(rank={"passage_cosine": 1e6}, topic={"bias": bias}, answer={"bias": abs(bias)}).rank(ants)
    assert [hit.probability for hit in placed(found)] == [expected, 0, 0]


def test_logistic_adds_the_bias_to_the_weighted_sum() -> None:
    weights, features = {"bias": -1.0, "a": 2.0, "b": 0.5}, {"a": 0.25, "b": 3.0, "c": 9.0}
    assert logistic(weights, features) == pytest.approx(sigmoid(-1 + 0.5 + 1.5))
    assert logistic({"bias": 0.0}, {}) == 0.5
    assert logistic({"bias": -50.0}, {}) == pytest.approx(math.exp(-50))


def test_linear_adds_in_double_precision() -> None:
    third = np.array([1 / 3], np.float32)
    found = linear({"a": 0.1, "b": 3.0}, FeatureMatrix.of({"a": third, "b": np.array([2]), "c": third}))
    assert found.tolist() == [0.1 * float(third[0]) + 3 * 2]


def test_softmax_is_made_of_powers_of_e() -> None:
    assert softmax(np.log([1, 2, 5])).tolist() == pytest.approx([1 / 8, 2 / 8, 5 / 8])
    assert softmax(np.array([1e9, 0, -1e9])).tolist() == [1, 0, 0]
    assert softmax(np.array([-1e9, -1e9])).tolist() == [0.5, 0.5]


@pytest.mark.parametrize(
    ("probability", "verdict"),
    [
        (1.0, Verdict.ANSWERED),
        (0.5, Verdict.ANSWERED),
        (math.nextafter(0.5, 0), Verdict.CLOSEST),
        (0.25, Verdict.CLOSEST),
        (math.nextafter(0.25, 0), Verdict.NOT_IN_CORPUS),
        (0.0, Verdict.NOT_IN_CORPUS),
    ],
)
def test_a_threshold_belongs_to_the_better_verdict(probability: float, verdict: Verdict) -> None:
    assert ranker().verdict(Probabilities(0.75, 1.0, np.array([probability, 0.0]))) is verdict


@pytest.mark.parametrize(("probability", "verdict"), [(0.5, Verdict.CLOSEST), (0.49, Verdict.NOT_IN_CORPUS)])
def test_a_question_that_may_be_about_something_else_gets_one_verdict_less(
    probability: float, verdict: Verdict
) -> None:
    below = math.nextafter(0.75, 0)
    assert ranker().verdict(Probabilities(below, 1.0, np.array([probability]))) is verdict


def test_verdicts_are_spelt_as_in_the_output() -> None:
    assert [str(verdict) for verdict in Verdict] == ["answered", "closest", "not_in_corpus", "other_language"]


def test_a_reranker_orders_the_first_hits_anew(ants: Evidence) -> None:
    found = ranker(
        rerank={"score": 0.5, "reranker": 2.0}, topic={"bias": 1.0}, answer={"bias": 0.0, "reranker": 3.0}
    )  # fmt: skip
    before = found.rank(ants)
    # Nothing is known of the reranker yet.
    assert (before.probabilities.answerable, [hit.row for hit in placed(before)]) == (0.5, [2, 1, 0])
    after = found.rerank(before, np.array([-1, 1], np.float32))
    # The third hit is given the lower of the two scores.
    scores = [0.5 * 4 / math.sqrt(2) + 2, 0.5 * 4 - 2, 0 - 2]
    powers = [math.exp(score) for score in scores]
    assert [hit.row for hit in placed(after)] == [1, 2, 0]
    assert (after.probabilities.topic, after.probabilities.answerable) == pytest.approx((sigmoid(1), sigmoid(3)))
    assert [hit.features["score"] for hit in placed(after)] == pytest.approx(scores)
    assert [hit.features["reranker"] for hit in placed(after)] == [1, -1, -1]
    assert [hit.probability for hit in placed(after)] == pytest.approx(
        [sigmoid(1) * sigmoid(3) * power / sum(powers) for power in powers]
    )


def test_reranking_leaves_the_marked_sentences_and_features(ants: Evidence) -> None:
    found = ranker(rerank={"reranker": 1.0})
    marked = evidence("ant", "Bee! Ant!\n\nAnt! Cat!\n\nCat! Bee!")
    before = {hit.row: hit for hit in placed(found.rank(marked))}
    after = placed(found.rerank(found.rank(marked), np.array([0.5, 1.5, 2.5], np.float32)))
    assert [hit.features["reranker"] for hit in after] == [2.5, 1.5, 0.5]
    assert [hit.sentence for hit in after] == [before[hit.row].sentence for hit in after]
    cosines = [hit.features["passage_cosine"] for hit in after]
    assert cosines == [before[hit.row].features["passage_cosine"] for hit in after]


def test_what_the_reranker_finds_equal_stays_in_order(ants: Evidence) -> None:
    found = ranker(rerank={"reranker": 1.0})
    before = found.rank(ants)
    assert [hit.row for hit in placed(found.rerank(before, np.zeros(1, np.float32)))] == [2, 1, 0]


def test_weights_fitted_without_a_reranker_know_none(ants: Evidence) -> None:
    with pytest.raises(ValueError, match=r"^these weights were fitted without a reranker$"):
        ranker().rerank(ranker().rank(ants), np.zeros(1, np.float32))


def test_what_the_reranker_has_not_read_gets_the_lowest_of_its_scores() -> None:
    """It has read the candidates 3 and 0."""
    found = reranker_scores(np.array([3, 0, 2, 1]), np.array([0.5, -1.5], np.float32))
    assert found.tolist() == [-1.5, -1.5, -1.5, 0.5]
    assert found.dtype == np.float64
