"""What says that it is a heading is one, and a sentence never is."""

from __future__ import annotations

import pytest

from retrieval.reading.plaintext.headings import (
    Heading,
    Rank,
    capitals_heading,
    is_plain_title,
    leveled,
    named_heading,
    numbered_heading,
)


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("PART ONE", Rank.HIGH),
        ("Book IV", Rank.HIGH),
        ("CHAPTER I.", Rank.MIDDLE),
        ("Chapter 12: The Quay at Night", Rank.MIDDLE),
        ("CHAPTER II. THE QUAY.", Rank.MIDDLE),
        ("Chapter 3. Ropes.", Rank.MIDDLE),
        ("Kapitel 2. Die Fähre", Rank.MIDDLE),
        ("Глава 5", Rank.MIDDLE),
        ("Appendix A. Tides", Rank.MIDDLE),
        ("Article 5", Rank.LOW),
        ("Artikel 3 Hafengebühren", Rank.LOW),
        ("Section 3.2", Rank.LOWEST),
        ("SCENE II The quay before dawn.", Rank.LOWEST),
        ("§ 12", Rank.PARAGRAPH),
        ("§ 12a Gebühren", Rank.PARAGRAPH),
        ("第三章 港口", Rank.MIDDLE),
        ("第5条", Rank.LOW),
    ],
)
def test_headings_that_name_themselves(text: str, rank: Rank) -> None:
    assert named_heading(text) == Heading(text, rank)


def test_marks_of_markdown_go() -> None:
    assert named_heading("## Quay dues ##") == Heading("Quay dues", Rank.MARKED, 2)
    assert named_heading("# apt install ferry") is None  # a command behind a prompt
    assert named_heading("# It is late.") is None


@pytest.mark.parametrize(
    "text",
    [
        "Section 3.2 describes the quay.",
        "Chapter 3 of the log is lost.",
        "Article 5. The council shall meet twice a year.",
        "§ 12 applies.",
        "Chapter 3, the Quay",
        "Part of the quay",
        "chapter 3",
        "Book a berth",
        "Act now",
        "Title 1 and so on, and so on, and so on, and so on, and so on, and so on, and so on",
    ],
)
def test_sentences_that_begin_like_headings(text: str) -> None:
    assert named_heading(text) is None


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("1. Fares", 0),
        ("3.1. Fares", 1),
        ("3.1.2 Fares for dogs", 2),
        ("A.1 tides", 1),
        ("IV. The Quay", 0),
        ("7. Lost Dogs.", 0),
    ],
)
def test_numbered_headings(text: str, depth: int) -> None:
    assert numbered_heading(text) == Heading(text, Rank.NUMBERED, depth)


@pytest.mark.parametrize(
    "text",
    ["1. buy a rope", "1. It is late.", "12 people came", "1.5 litres of oil;", "J. Hall", "2. All are paid", "3.14"],
)
def test_what_has_a_number_and_is_no_heading(text: str) -> None:
    assert numbered_heading(text) is None


def test_a_numbered_question_may_be_long() -> None:
    text = "2.5. The ferry is late again, as it was last week. Why is that so, and who says when it comes, if it does?"
    assert numbered_heading(text) == Heading(text, Rank.NUMBERED, 1)
    assert numbered_heading(f"2. {text}") is None
    assert numbered_heading(f"2.5. {'really ' * 40}?") is None


def test_numbers_without_points() -> None:
    assert numbered_heading("3 Fares") is None
    assert numbered_heading("3 Fares", unpointed=True) == Heading("3 Fares", Rank.NUMBERED)


@pytest.mark.parametrize("text", ["THE QUAY", "PREFACE.", "ПРЕДИСЛОВИЕ", "WHAT NOW"])
def test_headings_in_capitals(text: str) -> None:
    assert capitals_heading(text) == Heading(text, Rank.CAPITALS)


@pytest.mark.parametrize(
    "text",
    ["WE ALL WANT TO GO HOME.", "STOP!", "QUAY_WIDTH QUAY_LENGTH", "USA", "BY LAND, BY SEA,", "The QUAY", "A | B"],
)
def test_capitals_that_are_no_heading(text: str) -> None:
    assert capitals_heading(text) is None


@pytest.mark.parametrize("text", ["The harbour dues", "Über die Fähre", "Dues in 2031"])
def test_plain_titles(text: str) -> None:
    assert is_plain_title(text)


@pytest.mark.parametrize(
    "text",
    [
        "It is late.",
        "the harbour dues",
        "Who pays?",
        "By Some Body",
        "“Ahoy",
        "Dear members,",
        "The ferry is late",
        "Figure 3 The quay",
        "see https://ferry.example.org",
        "12 May 2031",
        "A title that goes on and on until it is much too long to be a title of anything",
    ],
)
def test_what_is_no_plain_title(text: str) -> None:
    assert not is_plain_title(text)


def test_levels_are_the_steps_that_the_text_has() -> None:
    headings = [
        Heading("CHAPTER I", Rank.MIDDLE),
        Heading("1. Fares", Rank.NUMBERED, 0),
        Heading("1.1. Dogs", Rank.NUMBERED, 1),
        Heading("CHAPTER II", Rank.MIDDLE),
    ]
    assert leveled(headings) == [1, 2, 3, 1]
    assert leveled([Heading("A", Rank.NUMBERED, depth) for depth in range(8)]) == [1, 2, 3, 4, 5, 6, 6, 6]
    assert leveled([]) == []
