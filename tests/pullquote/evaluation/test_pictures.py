"""Pictures of an evaluation: what they show, worked out by hand, and that they are drawn."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from matplotlib import image
from numpy.typing import NDArray

from pullquote.evaluation.outcome import Outcome
from pullquote.evaluation.pictures import (
    MatplotlibMissingError,
    Point,
    answered_point,
    hits_by_rank,
    reliability_bins,
    risk_coverage,
    write_pictures,
)
from pullquote.evaluation.question_sets import SetQuestion
from pullquote.locales import for_operators
from retrieval.answer import Verdict
from tests.support.made_answers import answer_of, hit


def outcome(confidence: float, rank: int | None, *, answerable: bool = True) -> Outcome:
    question = SetQuestion("Why?", 0, (0, 1), answerable)
    verdict = Verdict.ANSWERED if confidence >= 0.5 else Verdict.CLOSEST
    answer = answer_of(verdict, hit(confidence))
    return Outcome(question, answer, rank, pointed=False, pointed_given_right=False)


OUTCOMES = [outcome(0.9, 1), outcome(0.7, 2), outcome(0.6, None, answerable=False), outcome(0.2, 1)]
OFF_TOPIC = [outcome(0.1, None, answerable=False), outcome(0.05, None, answerable=False)]


def test_the_surest_are_answered_first() -> None:
    points = risk_coverage([0.2, 0.9, 0.5, 0.7], [False, True, True, False])
    assert points == [Point(0.25, 0), Point(0.5, 1 / 2), Point(0.75, 1 / 3), Point(1, 2 / 4)]


def test_no_threshold_parts_questions_that_are_equally_sure() -> None:
    points = risk_coverage([0.5, 0.9, 0.5, 0.5], [True, True, False, False])
    assert points == [Point(0.25, 0), Point(1, 2 / 4)]


def test_without_questions_there_is_no_curve() -> None:
    assert risk_coverage([], []) == []


def test_the_verdict_answered_is_a_point() -> None:
    """Three of four questions are answered, two of these wrongly."""
    assert answered_point(OUTCOMES) == Point(3 / 4, 2 / 3)
    assert answered_point(OFF_TOPIC) is None


def test_answers_of_like_confidence_share_a_bin() -> None:
    bins = reliability_bins([0.0, 0.125, 0.1875, 0.5, 0.9375, 1.0], [False, True, False, True, True, False])
    assert [each.count for each in bins] == [1, 2, 0, 0, 0, 1, 0, 0, 0, 2]
    assert [each.confidence for each in bins] == [0, 0.15625, 0, 0, 0, 0.5, 0, 0, 0, 0.96875]
    assert [each.right for each in bins] == [0, 0.5, 0, 0, 0, 1, 0, 0, 0, 0.5]


def test_a_bin_has_its_lower_end_but_not_its_upper() -> None:
    bins = reliability_bins([0.25, 0.5, 0.75, 1], [True] * 4, bins=4)
    assert [each.count for each in bins] == [0, 1, 1, 2]


def test_hits_are_counted_up_to_each_rank() -> None:
    assert hits_by_rank([1, 3, None, 1, 11], depth=4) == [0.4, 0.4, 0.6, 0.6]
    assert hits_by_rank([1, 3, None, 1, 11])[9] == 0.6


def test_every_picture_is_drawn(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    written = write_pictures(OUTCOMES, OFF_TOPIC, folder)
    assert written == [folder / name for name in ("risk-coverage.png", "reliability.png", "hits-by-rank.png")]
    for path in written:
        assert pixels(path).shape == (810, 1200, 4)
        assert not np.array_equal(pixels(path)[0, 0], pixels(path).min(axis=(0, 1)))


def test_off_topic_questions_have_a_curve_of_their_own(tmp_path: Path) -> None:
    orange = (0xD5 / 255, 0x5E / 255, 0)
    with_them, *_ = write_pictures(OUTCOMES, OFF_TOPIC, tmp_path / "with")
    without_them, *_ = write_pictures(OUTCOMES, [], tmp_path / "without")
    assert has_colour(with_them, orange)
    assert not has_colour(without_them, orange)


def test_hits_are_drawn_as_high_as_they_are(tmp_path: Path) -> None:
    """Of four questions, one question has the right passage first, two among the first two: twice as high a bar."""
    *_, path = write_pictures([outcome(0.9, 1), outcome(0.8, 2), outcome(0.7, None), outcome(0.6, 12)], [], tmp_path)
    blue = is_colour(path, (0, 0x72 / 255, 0xB2 / 255))
    heights = blue.sum(axis=0)
    assert sorted(set(heights[heights > 100].tolist())) == pytest.approx([heights.max() / 2, heights.max()], abs=3)


def test_hits_are_left_out_if_no_question_is_answerable(tmp_path: Path) -> None:
    written = write_pictures(OFF_TOPIC, [], tmp_path)
    assert [path.name for path in written] == ["risk-coverage.png", "reliability.png"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["reliability.png", "risk-coverage.png"]


def test_without_matplotlib_the_line_that_installs_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(MatplotlibMissingError) as caught:
        write_pictures(OUTCOMES, OFF_TOPIC, tmp_path)
    assert ".venv/bin/pip install -e '.[evaluate]'" in for_operators(caught.value)
    assert list(tmp_path.iterdir()) == []


def pixels(path: Path) -> NDArray[np.float32]:
    """(height, width, 4), each from 0 to 1."""
    return np.asarray(image.imread(path), dtype=np.float32)


def is_colour(path: Path, colour: tuple[float, float, float]) -> NDArray[np.bool_]:
    """Which pixels have this colour: (height, width)."""
    return np.asarray(np.isclose(pixels(path)[:, :, :3], colour, atol=0.01).all(axis=2))


def has_colour(path: Path, colour: tuple[float, float, float]) -> bool:
    return bool(is_colour(path, colour).any())
