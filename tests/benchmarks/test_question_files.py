"""The questions over real collections are well-formed, and as many as was promised: their texts need not be here."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import pytest

from benchmarks.question_files import QUESTIONS, Collection, CollectionQuestion, read_collections, squeezed

COLLECTIONS = read_collections()
ENGLISH = [collection for collection in COLLECTIONS if collection.language == "en"]
ALL = list(chain.from_iterable(collection.questions for collection in COLLECTIONS))

one_by_one = pytest.mark.parametrize("collection", COLLECTIONS, ids=lambda collection: collection.collection)


def answered(collection: Collection) -> list[CollectionQuestion]:
    return [question for question in collection.questions if question.answers]


def unanswered(collection: Collection) -> list[CollectionQuestion]:
    return [question for question in collection.questions if not question.answers]


def test_a_file_is_named_after_its_collection() -> None:
    names = [collection.collection for collection in COLLECTIONS]
    assert names == sorted(path.stem for path in QUESTIONS.glob("*.json"))


def test_ids_are_unique() -> None:
    assert [name for name, count in Counter(question.id for question in ALL).items() if count > 1] == []


@one_by_one
def test_no_question_is_asked_twice_of_a_collection(collection: Collection) -> None:
    asked = Counter(question.question.casefold() for question in collection.questions)
    assert [text for text, count in asked.items() if count > 1] == []


@one_by_one
def test_half_of_the_questions_is_to_fit_and_half_to_report(collection: Collection) -> None:
    for questions in (answered(collection), unanswered(collection)):
        uses = Counter(question.use for question in questions)
        assert 0 <= uses["fit"] - uses["report"] <= 1


@one_by_one
def test_a_question_with_an_answer_says_of_which_kind_it_is(collection: Collection) -> None:
    assert [question.id for question in answered(collection) if question.kind is None] == []


@one_by_one
def test_an_answering_text_is_short(collection: Collection) -> None:
    texts = [answer.text for question in collection.questions for answer in question.answers]
    assert [text for text in texts if len(text.split()) > 12] == []


def test_there_are_as_many_questions_as_were_promised() -> None:
    assert len(ENGLISH) >= 6
    assert sum(len(answered(collection)) for collection in ENGLISH) >= 200
    assert sum(len(unanswered(collection)) for collection in ENGLISH) >= 80
    others = [collection for collection in COLLECTIONS if collection.language != "en"]
    assert {collection.language: len(answered(collection)) for collection in others} == {"de": 20, "es": 20, "fr": 20}


def test_an_ending_says_what_a_file_really_is() -> None:
    [collection] = [collection for collection in COLLECTIONS if collection.collection == "python"]
    assert collection.renamed("faq/general.rst.txt") == "faq/general.rst"
    assert collection.renamed("copyright") == "copyright"


def test_texts_are_compared_without_white_space_marks_and_bars() -> None:
    assert squeezed("| run  `hatch\n    build` | **now** |") == squeezed("run hatch build now") == "runhatchbuildnow"
