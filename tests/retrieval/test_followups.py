"""Which questions lean on what was asked before them, and what they are searched with then."""

from __future__ import annotations

import pytest

from retrieval.followups import leans, with_earlier
from retrieval.question import Question

LEANING = [
    "and when?",
    "Why him?",
    "why not?",
    "but who says so",
    "also in winter?",
    "and when was their video call?",
    "what about the United Nations?",
    "how about cats",
    "did it help them?",
    "who would supervise them?",
    "who demands that?",
    "what was that about",
    "where do I get one?",
    "how long?",
    "in which year?",
    "which door?",
    "under what conditions?",
    "what else?",
]
STANDING = [
    "When was the tower finished?",
    "who are you?",
    "what can you do for me",
    "yes",
    "thanks",
    "what did that diplomat tell musk to do?",
    "whose side is he on anyway",
    "when did they have a video call",
    "united nations",
    "tesla comment?",
    "and which of the four regions did russia annex in the autumn of that year?",
    "who won the world cup",
    "what year did they take crimea",
    "is it true that the lamp burned whale oil",
]


@pytest.mark.parametrize("text", LEANING)
def test_a_question_leans_on_what_was_asked_before(text: str) -> None:
    assert leans(Question.parse(text))


@pytest.mark.parametrize("text", STANDING)
def test_a_question_stands_by_itself(text: str) -> None:
    assert not leans(Question.parse(text))


@pytest.mark.parametrize(
    ("code", "leaning", "standing"),
    [
        ("de", "und wann?", "Wann wurde der Turm fertig?"),
        ("de", "Warum er?", "Warum wurde der Turm gebaut?"),
        ("es", "¿y cuándo?", "¿Cuándo se terminó la torre?"),
        ("fr", "et pourquoi ?", "Pourquoi la tour est-elle tombée dans la mer ?"),
        ("pt", "e quando?", "Quando a torre ficou pronta?"),
        ("it", "e perché?", "Quando fu finita la torre?"),
        ("nl", "en wanneer?", "Wanneer was de toren klaar?"),
        ("ru", "а почему?", "Когда построили башню?"),
        ("uk", "а коли?", "Коли збудували вежу?"),
        ("pl", "a kiedy?", "Kiedy zbudowano wieżę?"),
        ("tr", "peki neden?", "Kule ne zaman bitti?"),
    ],
)
def test_other_languages_have_words_that_lean_on_what_was_asked_before(code: str, leaning: str, standing: str) -> None:
    assert leans(Question.parse(leaning, code))
    assert not leans(Question.parse(standing, code))


@pytest.mark.parametrize(("code", "text"), [("ja", "なぜですか"), ("zh", "为什么?"), ("cs", "a proč?")])
def test_of_a_language_without_listed_words_nothing_is_known(code: str, text: str) -> None:
    assert not leans(Question.parse(text, code))


def test_a_question_in_which_no_word_is_found_leans_on_nothing() -> None:
    english = Question.parse("x").language
    assert not leans(Question("…", (), english, ("When was the tower finished?",)))


def test_a_follow_up_is_searched_with_the_questions_before_it_the_latest_first() -> None:
    question = Question.parse("and why?", before=("When was the tower finished?", "by whom?"))
    joined = with_earlier(question)
    assert joined.text == "and why? by whom? When was the tower finished?"
    assert [word.form for word in joined.words][:4] == ["and", "why", "by", "whom"]
    assert question.text == "and why?"


def test_a_follow_up_too_short_to_tell_is_in_the_language_of_the_questions_before_it() -> None:
    english, german = Question.parse("x", "en").language, Question.parse("x", "de").language
    question = Question.parse("und wann?", before=("Wer hat den Leuchtturm an der Küste gebaut?",))
    assert question.asked_of([english, german]).language is german
