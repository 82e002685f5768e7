"""From examples to weights: on made-up examples where it is known what the features tell, and what they do not."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from pullquote.evaluation.fitting.examples import Example, Pool
from pullquote.evaluation.fitting.fit import ANSWER, FOLDS, POINT, RANK, TOPIC, Fitted, Scored, fit, mixed, scored_by
from pullquote.evaluation.mix import Mix
from retrieval.ranking.feature_matrix import FeatureMatrix
from retrieval.ranking.features import PASSAGE_FEATURES, SENTENCE_FEATURES
from retrieval.ranking.weights import LEAD, RERANKER, SCORE, SHARE
from tests.support.made_examples import Maker, rightly_first


@pytest.fixture(scope="module")
def made() -> list[Example]:
    return Maker().of_all_kinds(400, pairs=3.0)


@pytest.fixture(scope="module")
def fitted(made: list[Example]) -> Fitted:
    return fit(made)


def upside_down(example: Example) -> Example:
    """The same with features that tell the opposite, five times as loud."""
    features, sentences = example.features, example.sentence_features
    return replace(
        example,
        features=FeatureMatrix(features.names, -5 * features.values),
        sentence_features=FeatureMatrix(sentences.names, -5 * sentences.values),
    )


def plain_probability(fitted: Fitted, scored: Scored) -> float:
    """The definition, in plain Python."""
    first = max(range(len(scored.scores)), key=lambda i: float(scored.scores[i]))
    features = scored.example.features.row(first)
    if scored.reranker is not None:
        features[RERANKER] = float(scored.reranker[first])
    share = math.exp(scored.scores[first]) / sum(math.exp(score) for score in scored.scores)
    second, best = sorted(map(float, scored.scores))[-2:]
    features |= {SCORE: best, LEAD: min(best - second, 6.0), SHARE: share}
    factors = []
    for weights in (fitted.topic, fitted.answer):
        x = weights["bias"] + sum(features[name] * value for name, value in weights.items() if name != "bias")
        factors.append(1 / (1 + math.exp(-x)))
    return factors[0] * factors[1] * share


# The weights


def test_the_feature_that_tells_gets_the_weight(fitted: Fitted) -> None:
    parts = {
        "pairs": (fitted.rank, RANK),
        "fit_of_sentence": (fitted.point, POINT),
        "sharp_maxsim": (fitted.topic, TOPIC),
        "name_maxsim": (fitted.answer, ANSWER),
    }
    for telling, (weights, names) in parts.items():
        assert {*weights} - {"bias"} == {*names}
        others = [abs(value) for name, value in weights.items() if name not in (telling, "bias")]
        assert weights[telling] > max(others), telling
    assert fitted.rerank is None
    assert rightly_first(fitted) > 0.8


def test_only_features_that_there_are_have_a_weight() -> None:
    for names in (RANK, TOPIC, ANSWER):
        assert set(names) <= PASSAGE_FEATURES.keys() | {SCORE, LEAD, SHARE}
        assert len(set(names)) == len(names)
    assert tuple(SENTENCE_FEATURES) == POINT


def test_titles_have_no_say_in_whether_a_question_is_on_the_articles() -> None:
    assert "title_coverage" in RANK
    assert "title_coverage" not in (*TOPIC, *ANSWER)


def test_order_is_learnt_from_the_library_alone() -> None:
    """Candidates and sentences of the question's own article, or of others, may be whatever they like."""
    misleading = [
        example if example.pool is Pool.ALL else upside_down(example)
        for example in Maker().of_all_kinds(100, pairs=3.0)
    ]
    result, plain = fit(misleading), fit(Maker().of_all_kinds(100, pairs=3.0))
    assert (result.rank, result.point) == (plain.rank, plain.point)
    assert result.topic != plain.topic


def test_questions_weigh_as_the_mix_says() -> None:
    """Three answerable questions, of which one counts twice, a near miss, two off-topic ones."""
    maker = Maker()
    made = [
        *(maker.example(Pool.ALL, 0) for _ in range(2)),
        replace(maker.example(Pool.ARTICLE, 0), weight=2.0),
        maker.example(Pool.WITHOUT, 0, answerable=False),
        *(maker.example(Pool.OTHERS, 0, answerable=False) for _ in range(2)),
    ]
    weights = mixed([scored_by({"pairs": 1.0}, example) for example in made], Mix(0.5, 0.25, 0.25))
    np.testing.assert_allclose(weights, [0.75, 0.75, 1.5, 1.5, 0.75, 0.75])


def test_order_is_learnt_from_unanswerable_questions_too() -> None:
    """They were written on their paragraph. Here nothing else says that pairs count."""
    maker = Maker()
    made = [
        maker.example(pool, i, answerable, right={} if answerable else {"pairs": 3.0})
        for i in range(200)
        for pool in Pool
        for answerable in (True, False)
    ]
    assert fit(made).rank["pairs"] > 0.3


def test_the_same_examples_give_the_same_weights(made: list[Example], fitted: Fitted) -> None:
    again = fit(made)
    assert replace(again, scored=()) == replace(fitted, scored=())


# Folds


def test_no_article_is_ranked_by_what_it_taught() -> None:
    """In article 3 the right candidates stand out downwards, and it has enough examples to outvote all other articles.

    A ranker that learnt from it ranks it rightly and the others wrongly; a ranker that did not, the other way round.
    """
    maker = Maker()
    made = [
        maker.example(pool, article, i % 2 > 0, right={"pairs": 12.0 if article < 3 else -12.0})
        for article, count in ((0, 40), (1, 40), (2, 40), (3, 800))
        for i in range(count)
        for pool in Pool
    ]
    result = fit(made)
    assert result.rank["pairs"] < 0
    assert rightly_first(result) == 0
    seen = [scored_by(result.rank, example) for example in made if example.pool is Pool.ALL and example.answerable]
    assert sum(scored.right for scored in seen) / len(seen) > 0.8


def test_each_example_is_scored_once_whatever_the_articles_numbers() -> None:
    maker = Maker()
    numbers = (0, FOLDS, 2 * FOLDS, 3 * FOLDS)
    made = [maker.example(a, i, j > 0, right={"pairs": 9.0}) for i in numbers for j in (0, 1) for a in Pool] * 5
    result = fit(made)
    assert sorted(id(scored.example) for scored in result.scored) == sorted(map(id, made))
    assert rightly_first(result) > 0.5


# The thresholds


def test_the_thresholds_are_quantiles(fitted: Fitted) -> None:
    """8 % of answerable questions are declined, 4 % seem off-topic, one in 200 is refused all the same."""
    of_answerable = [each for each in fitted.scored if each.example.answerable]
    answerable = [plain_probability(fitted, each) for each in of_answerable]
    topical = [fitted.probabilities(each).topic for each in of_answerable]
    assert fitted.answered == pytest.approx(lower_quantile(answerable, 0.08), abs=6e-4)
    assert fitted.on_topic == pytest.approx(lower_quantile(topical, 0.04), abs=6e-4)
    assert fitted.closest == pytest.approx(max(0.001, lower_quantile(answerable, 0.005)), abs=6e-4)


def lower_quantile(values: list[float], share: float) -> float:
    """The smallest value that at least this share of the values do not exceed."""
    return sorted(values)[math.ceil(share * len(values)) - 1]


def test_probabilities_are_the_product_of_three_factors(fitted: Fitted) -> None:
    for scored in fitted.scored[::50]:
        assert fitted.probabilities(scored).first == pytest.approx(plain_probability(fitted, scored), rel=1e-6)


def test_where_off_topic_questions_stand_far_apart_they_still_are_told_so() -> None:
    """All their probabilities are next to nothing; thresholds of 0 would call everything an answer."""
    maker = Maker()
    made = []
    for i in range(100):
        answerable = i % 3 > 0
        made += [
            maker.example(Pool.ALL, i, answerable, every={"name_maxsim": 2.0 * answerable}, right={"pairs": 9.0}),
            maker.example(Pool.OTHERS, i, answerable, every={"name_maxsim": -50.0}),
        ]
    result = fit(made)
    elsewhere = [result.probabilities(scored).first for scored in result.scored if scored.example.pool is Pool.OTHERS]
    assert max(elsewhere) < 0.0005
    assert result.answered == result.closest == 0.001
