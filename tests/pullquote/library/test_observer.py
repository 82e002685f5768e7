"""Observers are told what happened to a question, and the log is one of them."""

from __future__ import annotations

import logging

import pytest

from pullquote.library.observer import Answered, Failed, Origin, QuestionEvent, QuestionObserver, log_question, tell
from retrieval.answer import Verdict
from retrieval.errors import QuestionError

ANSWERED = QuestionEvent(Origin.SLASH, 1, 28, Answered(Verdict.CLOSEST, 0.456, 1.5, 12.5, 2, ("ants.md",)))
REFUSED = QuestionEvent(Origin.DIRECT, None, 0, Failed("no-words"))


@pytest.fixture(autouse=True)
def everything_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "pullquote.library.observer")


def test_the_log_has_a_line_for_an_answer_and_no_line_for_a_refusal(caplog: pytest.LogCaptureFixture) -> None:
    log_question(ANSWERED)
    log_question(REFUSED)
    assert caplog.messages == ["Answered in 12 ms: closest, confidence 0.46"]


@pytest.mark.parametrize(
    ("error", "name"), [(QuestionError("no-words"), "no-words"), (ZeroDivisionError("again"), "ZeroDivisionError")]
)
def test_our_own_errors_are_told_by_code_and_all_others_by_class(error: Exception, name: str) -> None:
    assert Failed.of(error) == Failed(name)


def test_every_observer_is_told_even_after_an_observer_that_raises(caplog: pytest.LogCaptureFixture) -> None:
    before: list[QuestionEvent] = []
    after: list[QuestionEvent] = []

    def broken(event: QuestionEvent) -> None:
        raise ZeroDivisionError(event.characters)

    observers: list[QuestionObserver] = [before.append, broken, after.append]
    tell(observers, ANSWERED)
    tell(observers, REFUSED)

    assert before == after == [ANSWERED, REFUSED]
    assert caplog.messages == ["An observer of questions failed"] * 2
    assert [str(record.exc_info[1]) for record in caplog.records if record.exc_info] == ["28", "0"]
