"""What became of the questions → figures."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pullquote.evaluation.mix import Mix
from pullquote.evaluation.outcome import Outcome
from pullquote.evaluation.run import Run, Scope
from pullquote.evaluation.statistics import Statistic, auroc, bootstrap, calibration_error, judgement, ratio
from retrieval.answer import Verdict

WORST = 10
# The figures of an article with fewer questions say little.
FEW = 3

_MIXED = ("mixed_precision", "mixed_closest", "mixed_refusals", "mixed_calibration_error")
_INTERVALS = ("r1", "r3", "r5", "r10", "mrr", "pointing", "answered_precision", "calibration_error")


@dataclass(frozen=True, slots=True)
class ArticleScore:
    """How well the answerable questions on one article fared."""

    title: str
    questions: int
    r1: float
    pointing: float | None


@dataclass(frozen=True, slots=True)
class Metrics:
    """The figures of one question set, under the names that the README explains; a figure without a divisor is None.

    Unanswerable questions are those that the set itself calls so; near misses are made of answerable questions by
    taking their answers away (see near_misses.py). Near misses and off-topic questions count in the figures named
    after them, in `answered_precision_all`, in `questions_per_second` and in the mixed figures. These count answerable
    questions, near misses and off-topic questions as often as their set says, and are None unless all three were asked.
    """

    file: str
    scope: Scope
    questions: int
    answerable: int
    unanswerable: int
    r1: float | None
    r3: float | None
    r5: float | None
    r10: float | None
    mrr: float | None
    pointing: float | None
    pointing_given_right: float | None
    verdicts: Mapping[str, Mapping[str, int]]
    answered_precision: float | None
    answered_precision_all: float | None
    coverage: float | None
    declined_answerable: float | None
    declined_unanswerable: float | None
    declined_near_miss: float | None
    declined_off_topic: float | None
    auroc_unanswerable: float | None
    auroc_near_miss: float | None
    auroc_off_topic: float | None
    calibration_error: float | None
    mixed_precision: float | None
    mixed_closest: float | None
    mixed_refusals: float | None
    mixed_calibration_error: float | None
    questions_per_second: float | None
    intervals: Mapping[str, tuple[float, float] | None]
    """95 % bootstrap intervals over questions, lower and upper end."""
    worst_articles: Sequence[ArticleScore]


def measure(run: Run, file: str) -> Metrics:
    """Work out all figures of a run; `file` names its question set."""
    outcomes = run.outcomes
    off_topic = run.off_topic or ()
    answerable = [outcome for outcome in outcomes if outcome.question.answerable]
    unanswerable = [outcome for outcome in outcomes if not outcome.question.answerable]
    statistics = _statistics(outcomes)
    groups = {"answerable": answerable, "unanswerable": unanswerable}
    if run.near_misses:
        groups["near_misses"] = list(run.near_misses)
    if run.off_topic is not None:
        groups["off_topic"] = list(run.off_topic)
    return Metrics(
        file=file,
        scope=run.scope,
        questions=len(outcomes),
        answerable=len(answerable),
        unanswerable=len(unanswerable),
        **{name: _number(statistic(np.ones(len(outcomes)))) for name, statistic in statistics.items()},
        verdicts={name: verdict_counts(group) for name, group in groups.items()},
        answered_precision_all=_share([outcome.right for outcome in run.all_outcomes if outcome.answered]),
        declined_off_topic=_share([not outcome.answered for outcome in off_topic]),
        declined_near_miss=_share([not outcome.answered for outcome in run.near_misses]),
        auroc_unanswerable=auroc(_confidences(answerable), _confidences(unanswerable)),
        auroc_near_miss=auroc(_confidences(answerable), _confidences(run.near_misses)),
        auroc_off_topic=auroc(_confidences(answerable), _confidences(off_topic)),
        **_mixed(run.mix, answerable, run.near_misses, off_topic),
        questions_per_second=len(run.all_outcomes) / run.seconds if run.seconds else None,
        intervals=bootstrap({name: statistics[name] for name in _INTERVALS}, len(outcomes)),
        worst_articles=worst_articles(outcomes, [article.title for article in run.articles]),
    )


def _statistics(outcomes: Sequence[Outcome]) -> dict[str, Statistic]:
    answerable = np.array([outcome.question.answerable for outcome in outcomes], dtype=bool)
    with_answer = np.array([bool(outcome.question.answers) for outcome in outcomes], dtype=bool)
    ranks = np.array([outcome.rank or math.inf for outcome in outcomes])
    pointed = np.array([outcome.pointed for outcome in outcomes], dtype=bool)
    given_right = np.array([outcome.pointed_given_right for outcome in outcomes], dtype=bool)
    answered = np.array([outcome.answered for outcome in outcomes], dtype=bool)
    return {
        **judgement(ranks <= 1, answerable, answered),
        "r3": ratio(ranks <= 3, answerable),
        "r5": ratio(ranks <= 5, answerable),
        "r10": ratio(ranks <= 10, answerable),
        "mrr": ratio(1 / ranks, answerable),
        "pointing": ratio(pointed, with_answer),
        "pointing_given_right": ratio(given_right, with_answer & (ranks < math.inf)),
        "calibration_error": calibration_error(np.array(_confidences(outcomes)), ranks <= 1),
    }


def _mixed(mix: Mix, *groups: Sequence[Outcome]) -> dict[str, float | None]:
    """What confidence and verdicts are worth in a mix."""
    if not all(groups):
        return dict.fromkeys(_MIXED)
    outcomes = [outcome for group in groups for outcome in group]
    weights = np.concatenate(
        [np.full(len(group), share / len(group)) for group, share in zip(groups, mix, strict=True)]
    )
    right = np.array([outcome.right for outcome in outcomes])
    answerable = np.array([outcome.question.answerable for outcome in outcomes])
    verdicts = np.array([str(outcome.verdict) for outcome in outcomes])
    error = calibration_error(np.array(_confidences(outcomes)), right)
    of_verdict = (
        ratio(right, verdicts == Verdict.ANSWERED),
        ratio(right, verdicts == Verdict.CLOSEST),
        ratio(~answerable, verdicts == Verdict.NOT_IN_CORPUS),
        error,
    )
    return {name: _number(statistic(weights)) for name, statistic in zip(_MIXED, of_verdict, strict=True)}


def verdict_counts(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """How often each verdict was given."""
    counts = Counter(outcome.verdict for outcome in outcomes)
    return {str(verdict): counts[verdict] for verdict in Verdict}


def worst_articles(outcomes: Sequence[Outcome], titles: Sequence[str]) -> list[ArticleScore]:
    """The articles with the lowest r1, the worst first, of all with at least FEW answerable questions."""
    by_article: dict[int, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.question.answerable:
            by_article.setdefault(outcome.question.article, []).append(outcome)
    scores = [_score(titles[article], on_it) for article, on_it in by_article.items() if len(on_it) >= FEW]
    return sorted(scores, key=lambda score: (score.r1, -score.questions))[:WORST]


def _score(title: str, outcomes: Sequence[Outcome]) -> ArticleScore:
    return ArticleScore(
        title=title,
        questions=len(outcomes),
        r1=sum(outcome.right for outcome in outcomes) / len(outcomes),
        pointing=_share([outcome.pointed for outcome in outcomes if outcome.question.answers]),
    )


def _confidences(outcomes: Sequence[Outcome]) -> list[float]:
    return [outcome.confidence for outcome in outcomes]


def _share(flags: Sequence[bool]) -> float | None:
    return sum(flags) / len(flags) if flags else None


def _number(value: float) -> float | None:
    return None if math.isnan(value) else value
