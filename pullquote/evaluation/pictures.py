"""Pictures of an evaluation, as PNG files: how far its confidence can be trusted, and where right passages come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pullquote.evaluation.outcome import Outcome
from pullquote.evaluation.statistics import BINS, bins_of
from retrieval.errors import PullquoteError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.gridspec import SubplotSpec

DEPTH = 10

_INCHES = (8, 5.4)
_DOTS_PER_INCH = 150  # so 1,200 × 810 pixels
# Colours of Okabe and Ito's palette: people who cannot tell red from green can tell these colours apart.
_BLUE, _ORANGE, _GREEN = "#0072b2", "#d55e00", "#009e73"
_INK, _GREY, _PALE = "#1a1a1a", "#6e6e6e", "#dddddd"
# The risk at a lower coverage rests on few questions, and jumps: it does not set the scale.
_STEADY = 0.05


class MatplotlibMissingError(PullquoteError):
    """For operators: the package that draws is not installed."""

    def __init__(self) -> None:
        super().__init__("matplotlib-missing")


@dataclass(frozen=True, slots=True)
class Point:
    """If only the surest questions are answered: their share (coverage), and the share of wrong answers (risk)."""

    coverage: float
    risk: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of about the same confidence: their count, mean confidence, and the share whose first quote is right.

    A bin without answers has 0 for all three.
    """

    count: int
    confidence: float
    right: float


def write_pictures(outcomes: Sequence[Outcome], off_topic: Sequence[Outcome], folder: Path) -> list[Path]:
    """Write PNG files into `folder` and return their paths; `off_topic` are outcomes of questions on other articles.

    hits-by-rank.png is left out if no question is answerable. Raises MatplotlibMissingError, and OSError.
    """
    figure_class = require_matplotlib()
    folder.mkdir(parents=True, exist_ok=True)
    answerable = [outcome for outcome in outcomes if outcome.question.answerable]
    pictures: dict[str, Callable[[Figure], None]] = {
        "risk-coverage.png": lambda figure: _draw_risk(figure, outcomes, answerable, off_topic),
        "reliability.png": lambda figure: _draw_reliability(figure, outcomes),
    }
    if answerable:
        pictures["hits-by-rank.png"] = lambda figure: _draw_hits(figure, answerable)
    for name, draw in pictures.items():
        figure = figure_class(figsize=_INCHES, dpi=_DOTS_PER_INCH, facecolor="white")
        figure.set_layout_engine("constrained", w_pad=0.12, h_pad=0.12)  # inches
        draw(figure)
        figure.savefig(folder / name, dpi=_DOTS_PER_INCH)
    return [folder / name for name in pictures]


def require_matplotlib() -> type[Figure]:
    """The class that draws. Raises MatplotlibMissingError; call it before long work that ends in a picture."""
    try:
        # The import stands here, because matplotlib takes half a second to load, and not every installation has it.
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MatplotlibMissingError from error
    return Figure


def risk_coverage(confidences: Sequence[float], rights: Sequence[bool]) -> list[Point]:
    """A point for every confidence that occurs, the highest first, as if no question below it were answered.

    See El-Yaniv and Wiener, On the foundations of noise-free selective classification (2010).
    """
    judged = sorted(zip(confidences, rights, strict=True), key=lambda pair: -pair[0])
    points, answered, wrong = [], 0, 0
    for _, equally_sure in groupby(judged, key=lambda pair: pair[0]):
        for _, right in equally_sure:
            answered += 1
            wrong += not right
        points.append(Point(answered / len(judged), wrong / answered))
    return points


def answered_point(outcomes: Sequence[Outcome]) -> Point | None:
    """The point at which the verdict "answered" ends; None if no question got it."""
    answered = [outcome.right for outcome in outcomes if outcome.answered]
    return Point(len(answered) / len(outcomes), answered.count(False) / len(answered)) if answered else None


def reliability_bins(confidences: Sequence[float], rights: Sequence[bool], bins: int = BINS) -> list[Bin]:
    """Answers in bins by their confidence: see evaluation.statistics.bins_of.

    After Guo et al., On calibration of modern neural networks (2017).
    """
    binned: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, right, number in zip(confidences, rights, bins_of(np.array(confidences), bins), strict=True):
        binned[number].append((confidence, right))
    return [
        Bin(
            count=len(judged),
            confidence=sum(confidence for confidence, _ in judged) / max(len(judged), 1),
            right=sum(right for _, right in judged) / max(len(judged), 1),
        )
        for judged in binned
    ]


def hits_by_rank(ranks: Sequence[int | None], depth: int = DEPTH) -> list[float]:
    """The share of questions with the right passage among the first k, for k from 1 to `depth`."""
    return [sum(rank is not None and rank <= k for rank in ranks) / len(ranks) for k in range(1, depth + 1)]


def _draw_risk(
    figure: Figure, outcomes: Sequence[Outcome], answerable: Sequence[Outcome], off_topic: Sequence[Outcome]
) -> None:
    axes = _axes(figure, "How often the first quote is wrong, if only the surest questions are answered")
    curves = (
        (f"all {len(outcomes):,} questions", _BLUE, "-", outcomes),
        (
            f"the {len(answerable):,} answerable ones",
            _GREEN,
            "--",
            answerable if len(answerable) < len(outcomes) else (),
        ),
        (f"all and {len(off_topic):,} off-topic ones", _ORANGE, "-.", (*outcomes, *off_topic) if off_topic else ()),
    )
    highest = 0.05
    for name, colour, line, group in curves:
        if group:
            points = risk_coverage(*_judged(group))
            highest = max(highest, *(point.risk for point in points if point.coverage >= _STEADY))
            _draw_curve(axes, points, answered_point(group), name, colour, line)
    axes.set(xlabel="Coverage: questions answered (%)", ylabel="Risk: wrong among those answered (%)")
    axes.set(xlim=(0, 101), ylim=(0, min(102, 115 * highest)))
    figure.legend(loc="outside lower left", frameon=False)


def _draw_curve(axes: Axes, points: Sequence[Point], answered: Point | None, name: str, colour: str, line: str) -> None:
    if answered:
        coverage, risk = 100 * answered.coverage, 100 * answered.risk
        axes.plot(coverage, risk, "o", color=colour, markersize=9, markeredgecolor="white", clip_on=False, zorder=3)
        name += f"; ● verdict “answered” for {coverage:.1f} %, of these {risk:.1f} % wrong"
    axes.plot(
        [100 * point.coverage for point in points],
        [100 * point.risk for point in points],
        line,
        color=colour,
        linewidth=2,
        label=name,
    )


def _draw_reliability(figure: Figure, outcomes: Sequence[Outcome]) -> None:
    bins = reliability_bins(*_judged(outcomes))
    filled = [each for each in bins if each.count]
    grid = figure.add_gridspec(2, 1, height_ratios=(3, 1))
    above = _axes(figure, f"How far the confidence can be trusted ({len(outcomes):,} questions)", grid[0])
    above.plot([0, 100], [0, 100], "--", color=_GREY, label="perfectly calibrated")
    confidence, right = [100 * each.confidence for each in filled], [100 * each.right for each in filled]
    above.plot(confidence, right, "o-", color=_BLUE, linewidth=2, markersize=8, clip_on=False, label="Pullquote")
    above.set(ylabel="First quote right (%)", xlim=(0, 100), ylim=(0, 100))
    above.legend(loc="upper left", frameon=False)
    below = _axes(figure, "", grid[1])
    width = 100 / len(bins)
    middles = [(number + 0.5) * width for number in range(len(bins))]
    _draw_bars(below, middles, [each.count for each in bins], 0.9 * width, "{:,.0f}")
    below.margins(y=0.3)
    below.set(xlabel="Confidence (%), in ten bins", ylabel="Questions", xlim=(0, 100))
    figure.align_ylabels([above, below])


def _draw_hits(figure: Figure, answerable: Sequence[Outcome]) -> None:
    shares = [100 * share for share in hits_by_rank([outcome.rank for outcome in answerable])]
    axes = _axes(figure, f"How far up the right passage comes ({len(answerable):,} answerable questions)")
    _draw_bars(axes, range(1, len(shares) + 1), shares, 0.8, "{:.1f}")
    axes.set(xlabel="First k passages", ylabel="Questions with the right one among them (%)", ylim=(0, 106))
    axes.set(xticks=range(1, len(shares) + 1), yticks=range(0, 101, 20))


def _draw_bars(axes: Axes, middles: Sequence[float], heights: Sequence[float], width: float, form: str) -> None:
    axes.grid(visible=False)  # every bar has its number
    bars = axes.bar(middles, heights, width, color=_BLUE)
    axes.bar_label(bars, fmt=form, padding=2, color=_INK, fontsize=9)


def _axes(figure: Figure, title: str, cell: SubplotSpec | None = None) -> Axes:
    """Empty axes with a light grid behind what is drawn."""
    axes = figure.add_subplot(cell or 111)
    axes.set_title(title, loc="left", color=_INK, fontsize=12, pad=10)
    axes.grid(color=_PALE, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(colors=_INK)
    axes.spines[["top", "right"]].set_visible(False)
    return axes


def _judged(outcomes: Sequence[Outcome]) -> tuple[list[float], list[bool]]:
    """How sure Pullquote was of each first quote, and whether it was right."""
    return [outcome.confidence for outcome in outcomes], [outcome.right for outcome in outcomes]
