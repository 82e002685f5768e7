"""What happened to a question, told to every observer, such as the log."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from retrieval.answer import Verdict
from retrieval.errors import PullquoteError

log = logging.getLogger(__name__)


class Origin(StrEnum):
    """Where a question came from."""

    SLASH = "slash"
    MENU = "menu"
    MENTION = "mention"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer reached its reader."""

    verdict: Verdict
    confidence: float
    waited_ms: float
    """Milliseconds until the worker took the question."""
    answered_ms: float
    """Milliseconds that the worker took for all questions that it answered together."""
    together: int
    """How many questions the worker answered together, this question included."""
    quoted: tuple[str, ...]
    """The articles that the reader sees quotes of, each once, by their files in the corpus that was asked."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The question was refused, or something went wrong."""

    error: str
    """The code of an error of ours; of any other error, the name of its class."""

    @classmethod
    def of(cls, error: BaseException) -> Failed:
        """What an observer is told of this error."""
        return cls(error.code if isinstance(error, PullquoteError) else type(error).__name__)


@dataclass(frozen=True, slots=True)
class QuestionEvent:
    """What happened to a question. Observers are not told the question: it is the business of the member alone."""

    origin: Origin
    guild: int | None
    """The guild that the question was asked in; None for a direct message."""
    characters: int
    """The length of the question, without mentions and emoji."""
    outcome: Answered | Failed


QuestionObserver = Callable[[QuestionEvent], None]
"""Takes every event. It is called in the event loop, so it must not block."""


def tell(observers: Iterable[QuestionObserver], event: QuestionEvent) -> None:
    """Tell all observers. The error of an observer is logged, and does not reach the member who asked."""
    for observer in observers:
        try:
            observer(event)
        except Exception:
            log.exception("An observer of questions failed")


def log_question(event: QuestionEvent) -> None:
    """The observer that writes answers to the log; `tree.explain` logs the errors, with their reasons."""
    match event.outcome:
        case Answered(verdict=verdict, confidence=confidence, answered_ms=answered_ms):
            log.info("Answered in %.0f ms: %s, confidence %.2f", answered_ms, verdict, confidence)
