"""Question sets: exact spans and answers out of good files, one clear sentence for others."""

from __future__ import annotations

import codecs
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.evaluation.question_sets import (
    MAX_OFF_TOPIC,
    Entry,
    QuestionSetError,
    SetQuestion,
    off_topic_questions,
    question_set,
    read_entries,
    read_set,
)
from pullquote.locales import for_operators
from tests.support.wording import refusal

TOWER = "The tower was finished in 1874. Its lamp burned whale oil."
KEEPER = "The last keeper left in 1962. He took his cat with him."
LIGHTHOUSE: dict[str, Any] = {
    "version": "2.0",
    "data": [
        {
            "title": "The lighthouse",
            "paragraphs": [
                {
                    "context": TOWER,
                    "document_id": 7,
                    "qas": [
                        {
                            "id": "1",
                            "question": "When was it finished?",
                            "answers": [{"text": "1874", "answer_start": 26}, {"text": "in 1874", "answer_start": 23}],
                            "is_impossible": False,
                        },
                        {"id": "2", "question": "Who built it?", "answers": [], "is_impossible": True},
                    ],
                },
                {"context": KEEPER, "qas": [{"id": 3, "question": "What became of the cat?"}]},
            ],
        },
        {"paragraphs": [{"context": "Bees make honey."}]},
    ],
}


class Words:
    """Counts words; more than eight are too many."""

    max_tokens = 8

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "questions.json"


def written(file: Path, content: object) -> Path:
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return file


def entry(title: str, *contexts: str, questions: int = 1) -> Entry:
    paragraphs = [
        {"context": context, "qas": [{"question": f"{title} {paragraph}/{number}?"} for number in range(questions)]}
        for paragraph, context in enumerate(contexts)
    ]
    return Entry.model_validate({"title": title, "paragraphs": paragraphs})


def asking(**extra: object) -> dict[str, Any]:
    """A file with one question."""
    return {"data": [{"paragraphs": [{"context": TOWER, "qas": [{"question": "When?", **extra}]}]}]}


def test_articles_and_questions_of_a_file(file: Path) -> None:
    whole_set = read_set(written(file, LIGHTHOUSE), Words())
    lighthouse, second = whole_set.articles
    assert (lighthouse.title, lighthouse.text) == ("The lighthouse", f"{TOWER}\n\n{KEEPER}")
    assert (second.title, second.text) == ("Article 2", "Bees make honey.")
    assert lighthouse.file != second.file
    end = len(TOWER)
    assert whole_set.questions == (
        SetQuestion("When was it finished?", 0, (0, end), answerable=True, answers=("1874", "in 1874")),
        SetQuestion("Who built it?", 0, (0, end), answerable=False),
        SetQuestion("What became of the cat?", 0, (end + 2, end + 2 + len(KEEPER)), answerable=True),
    )


def test_a_long_paragraph_is_several_passages_of_its_span(file: Path) -> None:
    whole_set = read_set(written(file, LIGHTHOUSE), Words())
    lighthouse = whole_set.articles[0]
    assert [lighthouse.slice(passage) for passage in lighthouse.passages] == [
        "The tower was finished in 1874.",
        "Its lamp burned whale oil.",
        "The last keeper left in 1962.",
        "He took his cat with him.",
    ]
    start, end = whole_set.questions[-1].paragraph
    assert [passage.number for passage in lighthouse.passages if start <= passage.start and passage.end <= end] == [
        3,
        4,
    ]


def test_a_byte_order_mark_is_not_a_mistake(file: Path) -> None:
    file.write_bytes(codecs.BOM_UTF8 + json.dumps(LIGHTHOUSE).encode())
    assert read_entries(file)[0].title == "The lighthouse"


def test_answers_are_found_in_their_paragraph_whatever_their_characters(file: Path) -> None:
    decomposed = {"context": "At\u00a0the cafe\u0301\nin  town.", "qas": asking()["data"][0]["paragraphs"][0]["qas"]}
    decomposed["qas"][0]["answers"] = [{"text": "cafe\u0301\nin  town"}, {"text": "At\u00a0the caf\u00e9"}]
    whole_set = read_set(written(file, {"data": [{"title": "Cafe\u0301\n", "paragraphs": [decomposed]}]}), Words())
    assert whole_set.articles[0].title == "Caf\u00e9"
    assert whole_set.articles[0].text == "At the caf\u00e9\nin  town."
    assert whole_set.questions[0].answers == ("caf\u00e9 in town", "At the caf\u00e9")


@pytest.mark.parametrize(
    ("extra", "answerable", "answers"),
    [
        ({}, True, ()),
        ({"answers": []}, True, ()),
        ({"answers": [{"text": " "}, {"text": ""}]}, True, ()),
        ({"answers": [{"text": "1874"}, {"text": "oil"}, {"text": " 1874"}]}, True, ("1874", "oil")),
        ({"answers": [{"text": "1874"}], "is_impossible": False}, True, ("1874",)),
        ({"answers": [{"text": "1874"}], "is_impossible": True}, False, ()),
        ({"plausible_answers": [{"text": "1874"}], "is_impossible": True}, False, ()),
    ],
)
def test_what_answers_a_question(file: Path, extra: dict[str, Any], answerable: bool, answers: tuple[str, ...]) -> None:
    [question] = read_set(written(file, asking(**extra)), Words()).questions
    assert (question.answerable, question.answers) == (answerable, answers)


@given(st.lists(st.lists(st.text("Aa. \n\u00e9", min_size=1).filter(str.strip), min_size=1, max_size=4), max_size=4))
def test_a_question_knows_where_its_paragraph_is(articles: list[list[str]]) -> None:
    entries = [entry(str(number), *contexts) for number, contexts in enumerate(articles)]
    made = question_set(entries, Words())
    slices = [made.articles[question.article].text[slice(*question.paragraph)] for question in made.questions]
    assert slices == [context for contexts in articles for context in contexts]


NOT_JSON = "is not JSON in UTF-8 ("
SHAPE = "is not in SQuAD's shape: "
PARAGRAPH = "data[0].paragraphs[0]"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", NOT_JSON),
        (b'{"data": [', NOT_JSON),
        (b"[" * 100_000, NOT_JSON),
        (b'{"data": [], "mix": {"answerable": 1, "near_miss": 1}}', f"{SHAPE}mix.off_topic is missing"),
        (
            b'{"data": [], "mix": {"answerable": 1, "near_miss": 0, "off_topic": 1}}',
            f"{SHAPE}mix.near_miss should be greater than 0",
        ),
        (b'{"data": %s}' % (b"1" * 5_000), NOT_JSON),
        (b'{"data": [{"title": "\\ud83d", "paragraphs": []}]}', NOT_JSON),
        (b'{"data": [{"title": "caf\xe9", "paragraphs": []}]}', NOT_JSON),
        (b"\xff\xfe{\x00}\x00", NOT_JSON),
        (b"[]", f"{SHAPE}the whole should be an object."),
        (b"{}", f"{SHAPE}data is missing."),
        (b'{"data": {}}', f"{SHAPE}data should be a valid array."),
        (b'{"data": [{"title": "x"}]}', f"{SHAPE}data[0].paragraphs is missing."),
        (b'{"data": [{"title": 1, "paragraphs": []}]}', f"{SHAPE}data[0].title should be a valid string."),
        (b'{"data": [{"paragraphs": [{"qas": []}]}]}', f"{SHAPE}{PARAGRAPH}.context is missing."),
        (b'{"data": [{"paragraphs": [{"context": " "}]}]}', f"{SHAPE}{PARAGRAPH}.context should hold some text."),
        (
            b'{"data": [{"paragraphs": [{"context": "x", "qas": [{"answers": []}]}]}]}',
            f"{SHAPE}{PARAGRAPH}.qas[0].question is missing.",
        ),
        (json.dumps(asking(answers=["1874"])).encode(), f"{SHAPE}{PARAGRAPH}.qas[0].answers[0] should be an object."),
        (
            json.dumps(asking(is_impossible="perhaps")).encode(),
            f"{SHAPE}{PARAGRAPH}.qas[0].is_impossible should be a valid boolean, unable to interpret input.",
        ),
        (b'{"data": []}', "has no questions."),
        (b'{"data": [{"title": "x", "paragraphs": [{"context": "y"}]}]}', "has no questions."),
    ],
)
def test_a_file_of_another_shape_is_named_with_the_place(file: Path, content: bytes, complaint: str) -> None:
    file.write_bytes(content)
    with pytest.raises(QuestionSetError) as caught:
        read_entries(file)
    assert for_operators(caught.value).startswith(f"The question set {file} {complaint}")
    assert for_operators(caught.value).count("\n") == 0


@pytest.mark.parametrize(("name", "reason"), [("missing.json", "No such file or directory"), ("", "Is a directory")])
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(QuestionSetError) as caught:
        read_entries(tmp_path / name)
    assert for_operators(caught.value) == f"The question set {tmp_path / name} cannot be read ({reason})."


def test_off_topic_questions_have_no_answer() -> None:
    other = [Entry.model_validate(each) for each in LIGHTHOUSE["data"]]
    questions = off_topic_questions(other, [entry("Chess", "Pawns move ahead.")])
    assert [question.text for question in questions] == [
        "When was it finished?",
        "Who built it?",
        "What became of the cat?",
    ]
    assert all(not question.answerable and question.answers == () for question in questions)


def test_an_article_that_both_sets_have_is_not_off_topic() -> None:
    other = [entry("Lighthouse", KEEPER, TOWER), entry("Bees", "Bees make honey.")]
    questions = off_topic_questions(other, [entry("Gull Point", TOWER, "It is a rock.")])
    assert [question.text for question in questions] == ["Bees 0/0?"]


def test_of_many_off_topic_questions_some_are_taken_evenly() -> None:
    other = [entry("Bees", "Bees make honey.", questions=5_000)]
    questions = off_topic_questions(other, [entry("Chess", "Pawns move ahead.")])
    numbers = [int(question.text.removesuffix("?").partition("/")[2]) for question in questions]
    assert len(numbers) == MAX_OFF_TOPIC == 2_000
    assert numbers[:5] == [0, 2, 5, 7, 10]
    assert numbers[-2:] == [4_995, 4_997]


def test_a_set_is_not_off_topic_to_itself() -> None:
    entries = [entry("Bees", "Bees make honey.")]
    with refusal(QuestionSetError, match="Name a set on other topics"):
        off_topic_questions(entries, entries)
