"""What is left of long work, and the lines about it in the log."""

from __future__ import annotations

import logging

import pytest

from pullquote.library.progress import Pace, ProgressLog
from pullquote.locales.english import progress_words
from retrieval.progress import Step
from tests.support.clocks import Seconds


def test_what_is_left_is_judged_by_what_was_done() -> None:
    clock = Seconds()
    pace = Pace(clock)
    assert pace.seconds_left(Step.ENCODING, 0, 400) is None
    clock.now += 10
    assert pace.seconds_left(Step.ENCODING, 100, 400) == 30
    clock.now += 20
    assert pace.seconds_left(Step.ENCODING, 300, 400) == 10


def test_each_step_has_a_pace_of_its_own() -> None:
    clock = Seconds()
    pace = Pace(clock)
    pace.seconds_left(Step.READING, 0, 2)
    clock.now += 100
    assert pace.seconds_left(Step.READING, 1, 2) == 100
    assert pace.seconds_left(Step.ENCODING, 64, 192) is None
    clock.now += 1
    assert pace.seconds_left(Step.ENCODING, 128, 192) == 1


def test_the_same_step_of_other_work_begins_anew() -> None:
    clock = Seconds()
    pace = Pace(clock)
    pace.seconds_left(Step.ENCODING, 0, 100)
    clock.now += 100
    assert pace.seconds_left(Step.ENCODING, 50, 100) == 100
    assert pace.seconds_left(Step.ENCODING, 0, 100) is None
    clock.now += 1
    assert pace.seconds_left(Step.ENCODING, 50, 100) == 1


@pytest.mark.parametrize(
    ("seconds", "left"),
    [
        (None, ""),
        (59.0, ""),
        (60.0, ", about 1 minute left"),
        (3_600.0, ", about 60 minutes left"),
        (7_100.0, ", about 118 minutes left"),
        (7_200.0, ", about 2 hours left"),
        (100_000.0, ", about 28 hours left"),
    ],
)
def test_the_time_left_is_told_from_a_minute_on(seconds: float | None, left: str) -> None:
    assert progress_words(Step.ENCODING, 640, 6_400, seconds) == f"read 640 of 6,400 new texts (10%){left}"


def test_of_articles_it_is_told_how_many_were_read() -> None:
    assert progress_words(Step.READING, 0, 1, None) == "read 0 of 1 article"
    assert progress_words(Step.READING, 1_000, 2_000, 600.0) == "read 1,000 of 2,000 articles"


def test_the_log_tells_of_each_tenth_of_long_work(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    clock = Seconds()
    tell = ProgressLog(clock)
    for done in range(3):
        tell(Step.READING, done, 3)
    for done in range(0, 2_000, 64):
        tell(Step.ENCODING, done, 2_000)
        clock.now += 30
    assert len(caplog.messages) == 10
    assert caplog.messages[:3] == [
        "Building the corpus: read 0 of 2,000 new texts (0%)",
        "Building the corpus: read 256 of 2,000 new texts (13%), about 14 minutes left",
        "Building the corpus: read 448 of 2,000 new texts (22%), about 12 minutes left",
    ]
    assert caplog.messages[-1] == "Building the corpus: read 1,856 of 2,000 new texts (93%), about 1 minute left"


def test_the_log_tells_nothing_of_short_work(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    tell = ProgressLog()
    for done in range(0, 999, 64):
        tell(Step.ENCODING, done, 999)
    tell(Step.READING, 0, 0)
    assert caplog.messages == []
