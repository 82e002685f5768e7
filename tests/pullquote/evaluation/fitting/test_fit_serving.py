"""What the fit judges by is what answers, with and without a reranker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from pullquote.evaluation.fitting import fit as fitting
from pullquote.evaluation.fitting.examples import Example, Pool, examples
from pullquote.evaluation.fitting.fit import ANSWER, Fitted, Scored, fit, scored_by
from pullquote.evaluation.question_sets import Entry, question_set
from pullquote.evaluation.run import Fixed
from retrieval.answering import RERANKED, Answerer
from retrieval.encoding.reranker import Pair
from retrieval.question import Question
from retrieval.ranking.ranker import Ranker
from retrieval.ranking.weights import RERANKER
from retrieval.search.building import build_corpus
from tests.support.fake_encoder import LetterEncoder
from tests.support.fake_weights import weights_of
from tests.support.made_examples import CANDIDATES, PASSAGES, Maker, rightly_first

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
        self.batches: list[list[Pair]] = []

    def score(self, pairs: Sequence[Pair]) -> NDArray[np.float32]:
        self.batches.append(list(pairs))
        return np.array([5 if self.knows[pair.question] == pair.passage else -5 for pair in pairs], np.float32)


ANSWERS = {
    question.question: paragraph.context
    for entry in ENTRIES
    for paragraph in entry.paragraphs
    for question in paragraph.qas
}


def ranker_of(fitted: Fitted) -> Ranker:
    weights = weights_of(
        fitted.rank,
        point=fitted.point,
        topic=fitted.topic,
        answer=fitted.answer,
        answered=fitted.answered,
        closest=fitted.closest,
        on_topic=fitted.on_topic,
        rerank=fitted.rerank,
    )
    return Ranker(weights)


@pytest.mark.parametrize("reranker", [None, Omniscient(ANSWERS)])
def test_the_program_gives_the_very_probability_that_was_fitted(reranker: Omniscient | None) -> None:
    """Where all articles have taught: the order is by all of them."""
    encoder = LetterEncoder()
    questions = question_set(ENTRIES, encoder)
    made = list(examples(questions, encoder))
    fitted = fit(made, reranker)
    corpus = build_corpus(questions.articles, encoder).corpus
    answerer = Answerer(Fixed(corpus, encoder), ranker_of(fitted), reranker)
    for example in made[: len(questions.questions)]:
        answer = answerer.answer(Question.parse(example.question))
        scored = scored_by(fitted.rank, example)
        if fitted.rerank is not None:
            best = np.argsort(-scored.scores, kind="stable")[:RERANKED]
            says = np.full(len(scored.scores), -5.0)
            says[best] = [5 if ANSWERS[example.question] == example.candidates[i].text else -5 for i in best]
            scores = fitted.rerank["score"] * scored.scores + fitted.rerank[RERANKER] * says
            scored = Scored(example, scores, says)
        assert answer.quotes[0].text == example.candidates[scored.best].text
        assert answer.confidence == pytest.approx(fitted.probabilities(scored).first, rel=1e-4)


# With a reranker


@pytest.fixture(scope="module")
def noise() -> list[Example]:
    """Examples whose features say nothing about the order."""
    return Maker().of_all_kinds(120)


@pytest.fixture(scope="module")
def omniscient(noise: Sequence[Example]) -> Omniscient:
    return Omniscient({example.question: PASSAGES[i % CANDIDATES].text for i, example in enumerate(noise)})


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
    assert len(omniscient.batches) == len(reranked.scored) == len(noise)
    without = fit(noise)
    before = {scored.example.question: scored.scores for scored in without.scored}
    for pairs, scored in zip(omniscient.batches, reranked.scored, strict=True):
        assert {pair.question for pair in pairs} == {scored.example.question}
        best = np.argsort(-before[scored.example.question], kind="stable")[:RERANKED]
        assert [pair.passage for pair in pairs] == [PASSAGES[i].text for i in best]


def test_what_a_reranker_has_not_read_gets_the_lowest_of_its_scores(reranked: Fitted, omniscient: Omniscient) -> None:
    """The second sum is of the first and of what it says, in every candidate."""
    assert reranked.rerank is not None
    for pairs, scored in zip(omniscient.batches, reranked.scored, strict=True):
        read = {pair.passage: 5 if omniscient.knows[pair.question] == pair.passage else -5 for pair in pairs}
        lowest = min(read.values())
        assert scored.reranker is not None
        assert scored.reranker.tolist() == [read.get(candidate.text, lowest) for candidate in PASSAGES]


def test_of_many_questions_of_each_kind_a_reranker_reads_some_from_everywhere(
    noise: list[Example], omniscient: Omniscient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting, "_RERANKED_QUESTIONS", 40)
    fitted = fit(noise, omniscient)
    assert [sum(scored.example.pool is pool for scored in fitted.scored) for pool in Pool] == [40, 40, 0, 0, 40]
    library = [scored.example.article for scored in fit(noise).scored if scored.example.pool is Pool.ALL]
    assert [scored.example.article for scored in fitted.scored if scored.example.pool is Pool.ALL] == library[::3]
