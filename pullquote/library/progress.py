"""How long work will still take, and lines on it in the log."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from pullquote.locales.english import progress_words
from retrieval.progress import Step

log = logging.getLogger(__name__)

# The log tells of steps that have as many parts, of each tenth of them.
_WORTH_TELLING = 1_000
_LINES = 10

Clock = Callable[[], float]
"""Seconds since whenever."""


class Pace:
    """Judges what is left of a step by the time that its parts have taken so far."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._step: Step | None = None
        self._began = 0.0
        self._done_then = 0

    def seconds_left(self, step: Step, done: int, total: int) -> float | None:
        """How many seconds the rest of the step will take; None as long as nothing tells."""
        now = self._clock()
        if step is not self._step or done <= self._done_then:
            self._step, self._began, self._done_then = step, now, done
            return None
        return (now - self._began) * (total - done) / (done - self._done_then)


class ProgressLog:
    """A `Progress` that writes into the log how far a long step is, and how much of it is left."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._pace = Pace(clock)
        self._told: tuple[Step, int] | None = None

    def __call__(self, step: Step, done: int, total: int) -> None:
        seconds = self._pace.seconds_left(step, done, total)
        line = (step, done * _LINES // total if total else 0)
        if total >= _WORTH_TELLING and line != self._told:
            self._told = line
            log.info("Building the corpus: %s", progress_words(step, done, total, seconds))
