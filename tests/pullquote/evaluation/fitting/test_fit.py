"""From examples to weights: on made-up examples where it is known what the features tell, and what they do not."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from pullquote.evaluation.fitting import fit as fitting
from pullquote.evaluation.fitting.examples import Example, Pool, examples
from pullquote.evaluation.fitting.fit import ANSWER, FOLDS, POINT, RANK, TOPIC, Fitted, Scored, fit, scored_by
from pullquote.evaluation.question_sets import Entry, question_set
from pullquote.evaluation.run import Fixed
from retrieval.answering import RERANKED, Answerer
from retrieval.encoding.reranker import Pair
from retrieval.question import Question
from retrieval.ranking.feature_matrix import FeatureMatrix
from retrieval.ranking.features import PASSAGE_FEATURES, SENTENCE_FEATURES
from retrieval.ranking.ranker import Ranker
from retrieval.ranking.weights import RERANKER
from retrieval.search.corpus import build_corpus
from tests.support.fake_encoder import LetterEncoder, corpus_of
from tests.support.fake_weights import weights_of

CANDIDATES = 12
PLACES = corpus_of(*(f"Passage {i}." for i in range(CANDIDATES))).layout.passages
COLUMN = {name: column for column, name in enumerate(PASSAGE_FEATURES)}
OF_SENTENCE = {name: column for column, name in enumerate(SENTENCE_FEATURES)}


class Maker:
    """Makes examples of noise with a right candidate in it that stands out by what is given for it."""

    def __init__(self) -> None:
        self._rng = np.random.default_rng(1763)
        self.made = 0

    def example(
        self,
        pool: Pool,
        article: int,
        answerable: bool = True,
        *,
        right: Mapping[str, float] | None = None,
        every: Mapping[str, float] | None = None,
    ) -> Example:
        """Features of the right candidate get `right` added, those of every candidate `every`."""
        place = self.made % CANDIDATES
        self.made += 1
        passages = self._rng.normal(size=(CANDIDATES, len(COLUMN)))
        for name, value in (right or {}).items():
            passages[place, COLUMN[name]] += value
        for name, value in (every or {}).items():
            passages[:, COLUMN[name]] += value
        is_right = (np.arange(CANDIDATES) == place) & (pool is not Pool.OTHERS)
        # The right passage has three sentences, of which one holds the answer.
        holding = (np.arange(3) == place % 3) & answerable if is_right.any() else np.zeros(0, np.bool_)
        sentences = self._rng.normal(size=(len(holding), len(OF_SENTENCE)))
        sentences[holding, OF_SENTENCE["fit_of_sentence"]] += 2
        return Example(
            pool=pool,
            article=article,
            answerable=answerable,
            question=f"Question {self.made}: which is passage {place}?",
            candidates=PLACES,
            features=FeatureMatrix(tuple(PASSAGE_FEATURES), passages),
            right=is_right,
            sentence_features=FeatureMatrix(tuple(SENTENCE_FEATURES), sentences),
            holding=holding,
        )

    def of_all_kinds(self, count: int, **right: float) -> list[Example]:
        """`count` examples of each kind, two of three answerable.

        The topic shows in `sharp_maxsim`, what an article answers in `name_maxsim`, and which candidate is right in the
        features given.
        """
        made = []
        for i in range(count):
            answerable = i % 3 > 0
            on_it = {"sharp_maxsim": 3.0, "name_maxsim": 1.5 * answerable}
            made += [
                self.example(Pool.ALL, i, answerable, right=right, every=on_it),
                self.example(Pool.ARTICLE, i, answerable, right=right, every=on_it),
                self.example(Pool.OTHERS, i, answerable),
            ]
        return made


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


def rightly_first(fitted: Fitted) -> float:
    """The share of answerable questions on the library whose first candidate is right."""
    asked = [one for one in fitted.scored if one.example.pool is Pool.ALL and one.example.answerable]
    return sum(one.right for one in asked) / len(asked)


def plain_probability(fitted: Fitted, scored: Scored) -> float:
    """The definition, in plain Python."""
    first = max(range(len(scored.scores)), key=lambda i: float(scored.scores[i]))
    features = scored.example.features.row(first)
    if scored.reranker is not None:
        features[RERANKER] = float(scored.reranker[first])
    factors = []
    for weights in (fitted.topic, fitted.answer):
        x = weights["bias"] + sum(features[name] * value for name, value in weights.items() if name != "bias")
        factors.append(1 / (1 + math.exp(-x)))
    share = math.exp(scored.scores[first]) / sum(math.exp(score) for score in scored.scores)
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
        assert set(names) <= PASSAGE_FEATURES.keys()
        assert len(set(names)) == len(names)
    assert tuple(SENTENCE_FEATURES) == POINT


def test_titles_have_no_say_in_whether_a_question_is_on_the_articles() -> None:
    assert "title_coverage" in RANK
    assert "title_coverage" not in (*TOPIC, *ANSWER)


def test_order_is_learnt_from_the_library_alone() -> None:
    """Candidates and sentences of the question's own article, or of others, may be whatever they like."""
    misleading = [one if one.pool is Pool.ALL else upside_down(one) for one in Maker().of_all_kinds(100, pairs=3.0)]
    found, plain = fit(misleading), fit(Maker().of_all_kinds(100, pairs=3.0))
    assert (found.rank, found.point) == (plain.rank, plain.point)
    assert found.topic != plain.topic


def test_topics_are_told_apart_among_many_articles() -> None:
    """A single article looks like its own questions' topic anyway: what is asked of it has no say."""
    alone = [
        replace(one, features=upside_down(one).features) if one.pool is Pool.ARTICLE else one
        for one in Maker().of_all_kinds(100, pairs=3.0)
    ]
    found, plain = fit(alone), fit(Maker().of_all_kinds(100, pairs=3.0))
    assert found.topic == plain.topic
    assert found.answer != plain.answer


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
    """In article 3 the right candidates stand out downwards, and it has so many that it outvotes all others together.

    So whoever learnt from it gets it right and the others wrong, and whoever did not the other way round.
    """
    maker = Maker()
    made = [
        maker.example(pool, article, i % 2 > 0, right={"pairs": 12.0 if article < 3 else -12.0})
        for article, count in ((0, 40), (1, 40), (2, 40), (3, 800))
        for i in range(count)
        for pool in Pool
    ]
    found = fit(made)
    assert found.rank["pairs"] < 0
    assert rightly_first(found) == 0
    seen = [scored_by(found.rank, one) for one in made if one.pool is Pool.ALL and one.answerable]
    assert sum(one.right for one in seen) / len(seen) > 0.8


def test_each_example_is_scored_once_whatever_the_articles_numbers() -> None:
    maker = Maker()
    numbers = (0, FOLDS, 2 * FOLDS, 3 * FOLDS)
    made = [maker.example(a, i, j > 0, right={"pairs": 9.0}) for i in numbers for j in (0, 1) for a in Pool] * 5
    found = fit(made)
    assert sorted(id(one.example) for one in found.scored) == sorted(map(id, made))
    assert rightly_first(found) > 0.5


# The thresholds


def test_of_1000_off_topic_questions_955_are_declined_and_most_of_these_flatly(fitted: Fitted) -> None:
    elsewhere = [plain_probability(fitted, one) for one in fitted.scored if one.example.pool is Pool.OTHERS]
    assert len(elsewhere) == 400
    ordered = sorted(elsewhere)
    # The quantile at 0.955 lies at place 0.955 · 399 = 381.045, the one at 0.955 · 0.9 at place 342.9405.
    assert fitted.answered == pytest.approx(ordered[381] + 0.045 * (ordered[382] - ordered[381]), abs=6e-4)
    assert fitted.closest == pytest.approx(ordered[342] + 0.9405 * (ordered[343] - ordered[342]), abs=6e-4)
    assert 0 < fitted.closest < fitted.answered < 1


def test_probabilities_are_the_product_of_three_factors(fitted: Fitted) -> None:
    for one in fitted.scored[::50]:
        assert fitted.probability(one) == pytest.approx(plain_probability(fitted, one), rel=1e-6)


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
    found = fit(made)
    elsewhere = [found.probability(one) for one in found.scored if one.example.pool is Pool.OTHERS]
    assert max(elsewhere) < 0.0005
    assert found.answered == found.closest == 0.001


# The same as what answers


ENTRIES = [
    Entry.model_validate(
        {
            "title": title,
            "paragraphs": [
                {
                    "context": f"The {animal} came to the {title} in {1800 + number}. It ate {food} there.",
                    "qas": [
                        {"question": f"What did the {animal} eat?", "answers": [{"text": food}]},
                        {"question": f"Who painted the {animal}?", "is_impossible": True},
                    ],
                }
                for number, (animal, food) in enumerate(zip(animals.split(), foods.split(), strict=True))
            ],
        }
    )
    for title, animals, foods in (
        ("harbour", "gull heron seal", "herring eel cod"),
        ("orchard", "jay wasp mole", "acorn plum worm"),
        ("attic", "bat owl moth", "midge mouse wool"),
        ("quarry", "lynx raven adder", "hare carrion frog"),
    )
]


class Omniscient:
    """A reranker that knows which passage answers; it notes what it was asked."""

    name = fingerprint = "omniscient"

    def __init__(self, knows: Mapping[str, str]) -> None:
        self.knows = knows
        self.asked: list[list[Pair]] = []

    def score(self, pairs: Sequence[Pair]) -> NDArray[np.float32]:
        self.asked.append(list(pairs))
        return np.array([5 if self.knows[pair.question] == pair.passage else -5 for pair in pairs], np.float32)


ANSWERS = {
    asked.question: paragraph.context for one in ENTRIES for paragraph in one.paragraphs for asked in paragraph.qas
}


def ranker_of(found: Fitted) -> Ranker:
    weights = weights_of(
        found.rank,
        point=found.point,
        topic=found.topic,
        answer=found.answer,
        answered=found.answered,
        closest=found.closest,
        rerank=found.rerank,
    )
    return Ranker(weights)


@pytest.mark.parametrize("reranker", [None, Omniscient(ANSWERS)])
def test_the_program_gives_the_very_probability_that_was_fitted(reranker: Omniscient | None) -> None:
    """Where all articles have taught: the order is by all of them."""
    encoder = LetterEncoder()
    questions = question_set(ENTRIES, encoder)
    asked = list(examples(questions, encoder))
    found = fit(asked, reranker)
    corpus = build_corpus(questions.articles, encoder).corpus
    answerer = Answerer(Fixed(corpus, encoder), ranker_of(found), reranker)
    for example in asked[: len(questions.questions)]:
        answer = answerer.answer(Question.parse(example.question))
        scored = scored_by(found.rank, example)
        if found.rerank is not None:
            best = np.argsort(-scored.scores, kind="stable")[:RERANKED]
            says = np.full(len(scored.scores), -5.0)
            says[best] = [5 if ANSWERS[example.question] == example.candidates[i].text else -5 for i in best]
            scores = found.rerank["score"] * scored.scores + found.rerank[RERANKER] * says
            scored = Scored(example, scores, says)
        assert answer.quotes[0].text == example.candidates[scored.first].text
        assert answer.confidence == pytest.approx(found.probability(scored), rel=1e-4)


# With a reranker


@pytest.fixture(scope="module")
def noise() -> list[Example]:
    """Examples whose features say nothing about the order."""
    return Maker().of_all_kinds(120)


@pytest.fixture(scope="module")
def omniscient(noise: Sequence[Example]) -> Omniscient:
    return Omniscient({one.question: PLACES[i % CANDIDATES].text for i, one in enumerate(noise)})


@pytest.fixture(scope="module")
def reranked(noise: list[Example], omniscient: Omniscient) -> Fitted:
    return fit(noise, omniscient)


def test_a_reranker_that_knows_the_truth_is_followed(noise: list[Example], reranked: Fitted) -> None:
    assert reranked.rerank is not None
    assert list(reranked.rerank) == ["score", RERANKER]
    assert reranked.rerank[RERANKER] > 0.5
    assert list(reranked.answer) == ["bias", *ANSWER, RERANKER]
    assert RERANKER not in reranked.topic
    # It reads 8 of 12 candidates, whose order is chance.
    assert rightly_first(fit(noise)) < 0.3
    assert 0.5 < rightly_first(reranked) < 0.9


def test_a_reranker_reads_the_first_candidates_of_each_question(
    reranked: Fitted, omniscient: Omniscient, noise: Sequence[Example]
) -> None:
    assert len(omniscient.asked) == len(reranked.scored) == len(noise)
    without = fit(noise)
    before = {one.example.question: one.scores for one in without.scored}
    for pairs, scored in zip(omniscient.asked, reranked.scored, strict=True):
        assert {pair.question for pair in pairs} == {scored.example.question}
        best = np.argsort(-before[scored.example.question], kind="stable")[:RERANKED]
        assert [pair.passage for pair in pairs] == [PLACES[i].text for i in best]


def test_what_a_reranker_has_not_read_gets_the_lowest_of_its_scores(reranked: Fitted, omniscient: Omniscient) -> None:
    """The second sum is of the first and of what it says, in every candidate."""
    assert reranked.rerank is not None
    for pairs, scored in zip(omniscient.asked, reranked.scored, strict=True):
        read = {pair.passage: 5 if omniscient.knows[pair.question] == pair.passage else -5 for pair in pairs}
        lowest = min(read.values())
        assert scored.reranker is not None
        assert scored.reranker.tolist() == [read.get(candidate.text, lowest) for candidate in PLACES]


def test_of_many_questions_of_each_kind_a_reranker_reads_some_from_everywhere(
    noise: list[Example], omniscient: Omniscient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting, "_RERANKED_QUESTIONS", 40)
    found = fit(noise, omniscient)
    assert [sum(one.example.pool is pool for one in found.scored) for pool in Pool] == [40, 40, 40]
    library = [one.example.article for one in fit(noise).scored if one.example.pool is Pool.ALL]
    assert [one.example.article for one in found.scored if one.example.pool is Pool.ALL] == library[::3]
