"""Conversations: few questions, for a quarter of an hour, each member's own."""

from __future__ import annotations

import pytest

from pullquote.library.conversations import LASTS, Conversations, Talk
from retrieval.question import Question
from tests.support.clocks import Seconds

ZOO, LOBBY, ANN, BEN = 1, 10, 100, 200
TALK = Talk(ZOO, LOBBY, ANN)


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def conversations(seconds: Seconds) -> Conversations:
    return Conversations(seconds, conversations=3)


def ask(conversations: Conversations, talk: Talk, text: str) -> None:
    conversations.note(talk, Question.parse(text, before=conversations.before(talk)))


def test_nothing_was_asked_before_the_first_question(conversations: Conversations) -> None:
    assert conversations.before(TALK) == ()


def test_a_question_is_what_the_next_may_go_on_from(conversations: Conversations) -> None:
    ask(conversations, TALK, "Who keeps the ants?")
    assert conversations.before(TALK) == ("Who keeps the ants?",)


def test_a_question_that_leans_on_nothing_begins_anew(conversations: Conversations) -> None:
    ask(conversations, TALK, "Who keeps the ants?")
    ask(conversations, TALK, "Where are the bees?")
    assert conversations.before(TALK) == ("Where are the bees?",)


def test_three_questions_are_kept_of_them_the_first(conversations: Conversations) -> None:
    for question in ("Who keeps the ants?", "and when?", "why?", "and how?"):
        ask(conversations, TALK, question)
    assert conversations.before(TALK) == ("Who keeps the ants?", "why?", "and how?")


@pytest.mark.parametrize(
    "other",
    [
        Talk(ZOO, LOBBY, BEN),
        Talk(ZOO, LOBBY + 1, ANN),
        Talk(None, LOBBY, ANN),
        Talk(ZOO, LOBBY, ANN, private=True),
    ],
)
def test_a_conversation_is_one_members_in_one_channel_and_in_private_another(
    conversations: Conversations, other: Talk
) -> None:
    ask(conversations, TALK, "Who keeps the ants?")
    assert conversations.before(other) == ()


def test_a_conversation_is_over_after_a_quarter_of_an_hour(conversations: Conversations, seconds: Seconds) -> None:
    ask(conversations, TALK, "Who keeps the ants?")
    seconds.now += 15 * 60
    assert conversations.before(TALK) == ("Who keeps the ants?",)
    seconds.now += 1
    assert conversations.before(TALK) == ()


def test_each_question_lets_a_conversation_go_on(conversations: Conversations, seconds: Seconds) -> None:
    ask(conversations, TALK, "Who keeps the ants?")
    seconds.now += LASTS
    ask(conversations, TALK, "and when?")
    seconds.now += LASTS
    assert conversations.before(TALK) == ("Who keeps the ants?", "and when?")


def test_the_least_recent_conversations_go_where_there_are_too_many(conversations: Conversations) -> None:
    talks = [Talk(ZOO, LOBBY, member) for member in range(4)]
    for talk in (*talks[:3], talks[0], talks[3]):
        ask(conversations, talk, f"Who is {talk.member}?")
    assert [conversations.before(talk) for talk in talks] == [("Who is 0?",), (), ("Who is 2?",), ("Who is 3?",)]


def test_of_a_long_question_the_beginning_is_kept(conversations: Conversations) -> None:
    ask(conversations, TALK, "ant " * 1_000)
    assert conversations.before(TALK) == (("ant " * 75),)
