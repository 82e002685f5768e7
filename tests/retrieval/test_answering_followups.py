"""A follow-up is searched with what was asked before it, and answered as it was asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from pullquote.library.library import Library
from pullquote.library.sources.folder import FolderSource
from retrieval.answer import Answer, Verdict
from retrieval.answering import Answerer
from retrieval.encoding.sentence_transformer_encoder import SentenceTransformerEncoder
from retrieval.question import Question
from tests.support.fake_encoder import LetterEncoder, corpus_of
from tests.support.folders import ARTICLES
from tests.support.known_answers import KEEPER, QUEEN, TOWER
from tests.support.made_answers import SHIPPED


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory, encoder: SentenceTransformerEncoder) -> Answerer:
    """The three articles with the real model, opened once: nothing here changes them."""
    folder = tmp_path_factory.mktemp("corpus")
    for name, content in ARTICLES.items():
        (folder / name).write_text(str(content), encoding="utf-8")
    return Answerer(Library.open(folder, tmp_path_factory.mktemp("data"), encoder), SHIPPED)


def ask(answerer: Answerer, question: str, *before: str) -> Answer:
    return answerer.answer(Question.parse(question, before=before))


def first(answer: Answer) -> tuple[str, int]:
    return answer.hits[0].article.file, answer.hits[0].passage.number


def test_a_follow_up_finds_what_it_cannot_find_alone(answerer: Answerer) -> None:
    alone, followed = ask(answerer, "and why?"), ask(answerer, "and why?", KEEPER)
    assert (alone.verdict, alone.followed) == (Verdict.NOT_IN_CORPUS, ())
    assert (followed.verdict, followed.followed) == (Verdict.ANSWERED, (KEEPER,))
    assert first(followed) == ("lighthouse.md", 2)


def test_a_follow_up_stays_as_it_was_asked(answerer: Answerer) -> None:
    answer = ask(answerer, "and why?", KEEPER)
    assert answer.question.text == "and why?"
    assert [word.form for word in answer.question.words] == ["and", "why"]


def test_a_follow_up_that_the_articles_answer_by_itself_is_not_searched_with_anything_else(answerer: Answerer) -> None:
    alone, followed = ask(answerer, "What about castling?"), ask(answerer, "What about castling?", TOWER)
    assert alone.confidence > 0.9
    assert (followed.followed, followed.confidence) == ((), alone.confidence)
    assert first(followed) == ("chess.txt", 3)


def test_a_question_that_leans_on_nothing_is_answered_as_ever(answerer: Answerer) -> None:
    alone, after = ask(answerer, KEEPER), ask(answerer, KEEPER, QUEEN, TOWER)
    assert (after.hits, after.verdict, after.followed) == (alone.hits, alone.verdict, ())


def test_what_answers_the_question_before_only_comes_close(answerer: Answerer) -> None:
    answer = ask(answerer, "Who designed it?", TOWER)
    assert answer.followed == (TOWER,)
    assert answer.confidence > 0.9
    assert (answer.verdict, answer.unmentioned) == (Verdict.CLOSEST, ("designed",))


def test_words_that_only_the_question_before_has_are_not_called_unmentioned(answerer: Answerer) -> None:
    answer = ask(answerer, "and when?", "Who painted the zebra tower?")
    assert answer.followed == ("Who painted the zebra tower?",)
    assert answer.unmentioned == ()


def test_follow_ups_and_other_questions_are_answered_together(answerer: Answerer) -> None:
    asked = [
        Question.parse("and why?", before=(KEEPER,)),
        Question.parse(QUEEN, before=(KEEPER,)),
        Question.parse("what about castling?", before=(KEEPER,)),
        Question.parse("and when?", before=(QUEEN, TOWER)),
    ]
    together = answerer.answer_all(asked)
    assert [first(answer) for answer in together] == [first(answerer.answer(each)) for each in asked]
    assert [answer.followed for answer in together] == [(KEEPER,), (), (), (QUEEN, TOWER)]


def test_follow_ups_are_encoded_in_a_second_pass_together() -> None:
    passes: list[list[str]] = []

    class Watched(LetterEncoder):
        def encode_queries(self, questions, words):  # type: ignore[no-untyped-def]
            passes.append(list(questions))
            return super().encode_queries(questions, words)

    library = Library(FolderSource(Path("corpus")), Path("shelf"), Watched(), corpus_of("Ants bite.", "Bees fly."))
    Answerer(library, SHIPPED).answer_all(
        [Question.parse("Do bees fly?", before=("Do ants bite?",))]
        + [Question.parse(text, before=("Do ants bite?",)) for text in ("and why?", "and when?")]
    )
    assert passes == [["Do bees fly?", "and why?", "and when?"], ["and why? Do ants bite?", "and when? Do ants bite?"]]
