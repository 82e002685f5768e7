"""Outcomes → figures, all worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pullquote.evaluation.metrics import ArticleScore, measure, worst_articles
from pullquote.evaluation.mix import Mix
from pullquote.evaluation.outcome import Outcome
from pullquote.evaluation.question_sets import SetQuestion
from pullquote.evaluation.run import Run
from retrieval.answer import Verdict
from tests.support.fake_encoder import article
from tests.support.made_answers import answer_of, hit

ANSWERED, CLOSEST, NOT_IN_CORPUS, _ = Verdict
ANSWERABLE = SetQuestion("?", article=0, paragraph=(0, 9), answerable=True, answers=("x",))
UNANSWERABLE = replace(ANSWERABLE, answerable=False, answers=())
ARTICLES = (replace(article("one"), title="First"), replace(article("two"), title="Second"))


def outcome(
    question: SetQuestion,
    verdict: Verdict,
    confidence: float,
    rank: int | None = None,
    *,
    marked: bool = False,
) -> Outcome:
    answer = answer_of(verdict, hit(confidence))
    return Outcome(question, answer, rank, pointed=marked and rank == 1, pointed_given_right=marked)


OUTCOMES = (
    outcome(ANSWERABLE, ANSWERED, 0.95, 1, marked=True),
    outcome(ANSWERABLE, ANSWERED, 0.85, 1),
    outcome(ANSWERABLE, ANSWERED, 0.65, 2, marked=True),
    outcome(replace(ANSWERABLE, article=1, answers=()), CLOSEST, 0.35, 1),
    outcome(replace(ANSWERABLE, article=1), NOT_IN_CORPUS, 0.05, None),
    outcome(UNANSWERABLE, ANSWERED, 0.75),
    outcome(UNANSWERABLE, CLOSEST, 0.35),
    outcome(UNANSWERABLE, NOT_IN_CORPUS, 0.0),
)
OFF_TOPIC = (outcome(UNANSWERABLE, ANSWERED, 0.55), outcome(UNANSWERABLE, NOT_IN_CORPUS, 0.05))
NEAR_MISSES = (outcome(UNANSWERABLE, ANSWERED, 0.65), outcome(UNANSWERABLE, CLOSEST, 0.25))
RUN = Run("all", ARTICLES, OUTCOMES, OFF_TOPIC, seconds=4.0, near_misses=NEAR_MISSES)


def test_the_mix_is_the_mix_of_the_set() -> None:
    figures = measure(replace(RUN, mix=Mix(0.5, 0.25, 0.25)), "set.json")
    assert figures.mixed_precision == pytest.approx(0.5 * 2 / 5 / (0.5 * 3 / 5 + 0.25 / 2 + 0.25 / 2))


def test_every_figure_of_a_run() -> None:
    figures = measure(RUN, "set.json")
    assert (figures.file, figures.scope) == ("set.json", "all")
    assert (figures.questions, figures.answerable, figures.unanswerable) == (8, 5, 3)
    assert figures.r1 == 3 / 5
    assert figures.r3 == figures.r5 == figures.r10 == 4 / 5
    assert figures.mrr == pytest.approx((1 + 1 + 1 / 2 + 1 + 0) / 5)
    # One question of the five names no answer; of the other four, one question has no right quote at all.
    assert figures.pointing == 1 / 4
    assert figures.pointing_given_right == 2 / 3
    assert figures.verdicts == {
        "answerable": {"answered": 3, "closest": 1, "not_in_corpus": 1, "other_language": 0},
        "unanswerable": {"answered": 1, "closest": 1, "not_in_corpus": 1, "other_language": 0},
        "near_misses": {"answered": 1, "closest": 1, "not_in_corpus": 0, "other_language": 0},
        "off_topic": {"answered": 1, "closest": 0, "not_in_corpus": 1, "other_language": 0},
    }
    assert figures.answered_precision == 2 / 3
    # Answered are 3 answerable questions, of which 2 are right, 1 unanswerable, 1 near miss, 1 off-topic.
    assert figures.answered_precision_all == 2 / 6
    assert figures.coverage == 3 / 5
    assert figures.declined_answerable == 2 / 5
    assert figures.declined_unanswerable == 2 / 3
    assert figures.declined_near_miss == figures.declined_off_topic == 1 / 2
    # Of 10 pairs, .95 and .85 win 2 each, .65 wins 1 and ties 1, .35 wins 1, .05 wins none.
    assert figures.auroc_near_miss == pytest.approx(6.5 / 10)
    # In the mix, 3 of 5 answerable questions are answered and 2 are right; of the others one half is answered.
    assert figures.mixed_precision == pytest.approx(0.7 * 2 / 5 / (0.7 * 3 / 5 + 0.15 / 2 + 0.15 / 2))
    # A fifth of the answerable questions and half of the near misses are closest; the answerable one is right.
    assert figures.mixed_closest == pytest.approx(0.7 / 5 / (0.7 / 5 + 0.15 / 2))
    # A fifth of the answerable questions and half of the off-topic ones are told that the articles do not say.
    assert figures.mixed_refusals == pytest.approx(0.15 / 2 / (0.7 / 5 + 0.15 / 2))
    # Of 15 pairs, .95 and .85 win 3 each, .65 wins 2, .35 wins 1 and ties 1, .05 wins 1.
    assert figures.auroc_unanswerable == pytest.approx(10.5 / 15)
    # Of 10 pairs, three win 2 each, .35 wins 1, .05 ties 1.
    assert figures.auroc_off_topic == pytest.approx(7.5 / 10)
    # Bins: .95 right; .85 right; .65, .75 and .05 with 0 wrong; two of .35, of which the first is right.
    gaps = 0.05 + 0.15 + 0.65 + 0.75 + 0.05 + 2 * abs(0.35 - 0.5)
    assert figures.calibration_error == pytest.approx(gaps / 8)
    assert figures.questions_per_second == 3


def test_intervals_are_around_their_figures() -> None:
    figures = measure(RUN, "set.json")
    assert list(figures.intervals) == [
        "r1", "r3", "r5", "r10", "mrr", "pointing", "answered_precision", "calibration_error"
    ]  # fmt: skip
    for name, interval in figures.intervals.items():
        assert interval is not None
        low, high = interval
        assert 0 <= low <= getattr(figures, name) <= high <= 1
        assert low < high


def test_the_first_ten_places_are_told_apart() -> None:
    ranks = (1, 2, 3, 4, 5, 6, 10, 11, None)
    run = replace(RUN, outcomes=tuple(outcome(ANSWERABLE, CLOSEST, 0.3, rank) for rank in ranks))
    figures = measure(run, "set.json")
    assert (figures.r1, figures.r3, figures.r5, figures.r10) == (1 / 9, 3 / 9, 5 / 9, 7 / 9)
    assert figures.mrr == pytest.approx((1 + 1 / 2 + 1 / 3 + 1 / 4 + 1 / 5 + 1 / 6 + 1 / 10 + 1 / 11) / 9)


def test_without_off_topic_questions_nothing_is_said_of_them() -> None:
    figures = measure(replace(RUN, off_topic=None), "set.json")
    assert list(figures.verdicts) == ["answerable", "unanswerable", "near_misses"]
    assert (figures.declined_off_topic, figures.auroc_off_topic) == (None, None)
    assert figures.answered_precision_all == 2 / 5
    assert figures.questions_per_second == 2.5
    assert (figures.mixed_precision, figures.mixed_closest, figures.mixed_refusals) == (None, None, None)
    assert figures.mixed_calibration_error is None


def test_what_has_nothing_to_divide_by_is_none() -> None:
    figures = measure(Run("article", ARTICLES, OUTCOMES[5:], None, seconds=0.0), "set.json")
    for name in ("r1", "r3", "r5", "r10", "mrr", "pointing", "pointing_given_right", "answered_precision"):
        assert getattr(figures, name) is None
    assert (figures.coverage, figures.declined_answerable, figures.auroc_unanswerable) == (None, None, None)
    assert figures.questions_per_second is None
    assert figures.answered_precision_all == 0
    assert figures.declined_unanswerable == 2 / 3
    assert figures.intervals["r1"] is None
    assert figures.intervals["answered_precision"] is None
    assert figures.intervals["calibration_error"] is not None
    assert figures.worst_articles == []


def test_nothing_answered_has_no_precision() -> None:
    figures = measure(Run("all", ARTICLES, OUTCOMES[3:5], None, seconds=1.0), "set.json")
    assert (figures.answered_precision, figures.answered_precision_all, figures.coverage) == (None, None, 0)
    assert figures.intervals["answered_precision"] is None


def on(number: int, *ranks: int | None, answers: tuple[str, ...] = ("x",), marked: bool = False) -> list[Outcome]:
    question = replace(ANSWERABLE, article=number, answers=answers)
    return [outcome(question, ANSWERED, 0.9, rank, marked=marked) for rank in ranks]


def test_the_worst_articles_come_first() -> None:
    outcomes = [
        *on(0, 1, 1, 2, marked=True),
        *on(1, None, None),
        *on(2, 1, 2, 2, answers=()),
        *on(3, 1, 1, 1),
        *on(4, 1, None, 2, 1, 3, 4),
        *[outcome(replace(UNANSWERABLE, article=1), ANSWERED, 0.9)] * 5,
    ]
    assert worst_articles(outcomes, ["a", "b", "c", "d", "e"]) == [
        ArticleScore("e", questions=6, r1=1 / 3, pointing=0.0),
        ArticleScore("c", questions=3, r1=1 / 3, pointing=None),
        ArticleScore("a", questions=3, r1=2 / 3, pointing=2 / 3),
        ArticleScore("d", questions=3, r1=1.0, pointing=0.0),
    ]


def test_ten_worst_articles_are_enough() -> None:
    outcomes = [fared for number in range(12) for fared in on(number, *[1] * number, *[2] * (12 - number))]
    scores = worst_articles(outcomes, [str(number) for number in range(12)])
    assert [score.title for score in scores] == [str(number) for number in range(10)]
