"""Typed text → a question: cleaned and taken apart into words, or refused in words for members."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pullquote.locales import for_operators
from retrieval.errors import QuestionError
from retrieval.question import MAX_QUESTION, Question
from tests.support.wording import refusal


@pytest.mark.parametrize(
    ("question", "cleaned"),
    [
        ("  Who wrote\n\n it?\t", "Who wrote it?"),
        ("Who\u00a0wrote\u2028it?", "Who wrote it?"),
        ("ca\u00adstling", "castling"),
        ("\u202eWho\u200b?", "Who?"),
        ("who\0?", "who?"),
        ("cafe\u0301", "café"),
        ("who \udcff wrote", "who ? wrote"),
        ("7", "7"),
        ("ﾞ", "ﾞ"),
        ("Что?", "Что?"),
        ("x" * MAX_QUESTION, "x" * MAX_QUESTION),
        (f"  {'x ' * (MAX_QUESTION // 2)}", ("x " * (MAX_QUESTION // 2)).strip()),
    ],
)
def test_questions_are_cleaned(question: str, cleaned: str) -> None:
    assert Question.parse(question).text == cleaned


@pytest.mark.parametrize("question", ["", "   \n", "🙂🙂", "?!…", "___", "\0\u200b", "\udcff"])
def test_a_question_without_words_is_refused(question: str) -> None:
    with refusal(QuestionError, match=r"^I can look up words only\."):
        Question.parse(question)


def test_a_question_that_is_too_long_is_refused() -> None:
    with pytest.raises(QuestionError) as caught:
        Question.parse("x" * 4001)
    assert for_operators(caught.value) == "That question has 4,001 characters. Please ask it in at most 4,000."


def test_a_question_knows_its_words() -> None:
    words = Question.parse("Who\n saw the  ant?").words
    assert [(word.form, word.start, word.end) for word in words] == [
        ("who", 0, 3), ("saw", 4, 7), ("the", 8, 11), ("ant", 12, 15)
    ]  # fmt: skip


@given(st.text(st.characters(), max_size=80))
@example("\u00ad ant \udcff\n bee")
def test_what_was_parsed_stays_as_it_is_when_it_is_parsed_again(raw: str) -> None:
    try:
        question = Question.parse(raw)
    except QuestionError:
        return
    assert Question.parse(question.text) == question
    assert question.text == " ".join(question.text.split())
