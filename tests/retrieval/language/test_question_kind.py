"""What kind of thing a question asks for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.language.english import ENGLISH
from retrieval.language.question_kind import QuestionKind
from retrieval.language.words import Look

TIME, NUMBER, NAME, OTHER = QuestionKind.TIME, QuestionKind.NUMBER, QuestionKind.NAME, QuestionKind.OTHER


def kind_of(question: str) -> QuestionKind:
    return ENGLISH.question_kind(ENGLISH.find_words(question))


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When was the lighthouse finished?", TIME),
        ("Since when do bees dance?", TIME),
        ("In what year did the keeper leave?", TIME),
        ("Which century was it?", TIME),
        ("On what day does the ferry sail?", TIME),
        ("At what other time may one castle?", TIME),
        ("How many steps has the tower?", NUMBER),
        ("how much honey", NUMBER),
        ("How tall is it?", NUMBER),
        ("How long does a pawn live?", NUMBER),
        ("What percentage is water?", NUMBER),
        ("What is the population of the island?", NUMBER),
        ("At what average age do they fly?", NUMBER),
        ("Who was the last keeper?", NAME),
        ("To whom did he write?", NAME),
        ("Whose cat was it?", NAME),
        ("Where is the lighthouse?", NAME),
        ("Which country built it?", NAME),
        ("In what river port does it lie?", NAME),
        ("What is nectar?", OTHER),
        ("What does the king do in that year?", OTHER),
        ("What else happened in the city?", OTHER),
        ("Which piece is promoted?", OTHER),
        ("Why is castling not allowed?", OTHER),
        ("How do bees make honey?", OTHER),
        ("How very many steps has it?", OTHER),
        ("Is the tower open in May?", OTHER),
        ("lighthouse built", OTHER),
        ("many years", OTHER),
        ("?!", OTHER),
        ("", OTHER),
        # The first asking word tells, wherever it stands.
        ("Who knows when it burned?", NAME),
        ("And when did the man who kept it leave?", TIME),
        ("The tower, how tall?", NUMBER),
        ("Tell me why, where and when", OTHER),
        # What a question asks for does not hang on case, accents or an asking word's ending.
        ("WHEN WAS IT?", TIME),
        ("ＷＨＥＮ was it?", TIME),
        ("Who's the keeper?", NAME),
        ("Who’s the keeper?", NAME),
        ("whos the keeper", NAME),
        ("Who'd he meet?", NAME),
        ("Who've they met?", NAME),
        ("Where're the bees?", NAME),
        ("When's the ferry?", TIME),
        ("When'll it sail?", TIME),
        ("What's the population?", NUMBER),
        ("whats the height", OTHER),
        ("How's honey made?", OTHER),
        ("Whoever kept it, how old was he?", NUMBER),
    ],
)
def test_what_is_asked_for(question: str, expected: QuestionKind) -> None:
    assert kind_of(question) is expected


@pytest.mark.parametrize("form", ["who", "who's", "whos", "whose", "whom", "what'd", "how", "which", "why'd", "wheres"])
def test_some_question_words(form: str) -> None:
    assert form in ENGLISH.questions.forms


@pytest.mark.parametrize("form", ["whoever", "however", "that", "the", "", "s", "show", "w"])
def test_other_words(form: str) -> None:
    assert form not in ENGLISH.questions.forms


def test_what_words_that_name_it_look_like() -> None:
    assert {kind: kind.look for kind in QuestionKind} == {
        TIME: Look.TIME,
        NUMBER: Look.NUMBER,
        NAME: Look.NAME,
        OTHER: Look(0),
    }


@given(st.lists(st.sampled_from("the of king year many old cat number city".split())))
@settings(max_examples=50, deadline=None)
def test_without_a_question_word_nothing_of_a_kind_is_asked_for(words: list[str]) -> None:
    assert kind_of(" ".join(words)) is OTHER


@given(st.text(), st.sampled_from(["When", "when's"]))
@settings(max_examples=100, deadline=None)
def test_what_follows_does_not_change_what_when_asks_for(rest: str, asking: str) -> None:
    assert kind_of(f"{asking} {rest}") is TIME
