"""Tables of contents go; lists, and headings that say something, stay."""

from __future__ import annotations

import pytest

from retrieval.reading.plaintext.contents import entry_key, is_contents, is_paged, names_contents
from retrieval.reading.plaintext.lines import lines_of
from retrieval.reading.plaintext.parsing import parse_plaintext

BODY = """\
1. Fares

A crossing costs £3. Children and dogs cross for nothing, and so do their bicycles.

2. Timetable

The ferry sails every hour from six in the morning until ten at night, and never on Sunday.

2.1. In winter

In winter it sails every two hours, if the sound is free of ice and somebody is on board."""


def blocks(text: str) -> list[str]:
    return [block.text for block in parse_plaintext(text)]


@pytest.mark.parametrize(
    "contents",
    [
        "1. Fares ........ 3\n2. Timetable ........ 5\n2.1. In winter . . . . . 6",
        "1. Fares ........ 3\n\n2. Timetable ........ 5\n\n2.1. In winter . . . . . 6",
        "Table of Contents\n\n1. Fares\n2. Timetable\n  2.1. In winter",
        "CONTENTS\n\n1. Fares\n\n2. Timetable\n\n2.1. In winter",
        "Inhalt\n======\n\n1. Fares\n2. Timetable\n  2.1. In\n      winter",
        "1. Fares\n2. Timetable\n2.1. In winter",
    ],
)
def test_tables_of_contents_go(contents: str) -> None:
    assert blocks(f"{contents}\n\n{BODY}") == blocks(BODY)


def test_what_the_contents_of_a_box_are_stays() -> None:
    text = f"Contents\n\n1. A rope\n2. A boat\n3. Two friends\n\n{BODY}"
    assert blocks(text) == ["Contents", "1. A rope\n2. A boat\n3. Two friends", *blocks(BODY)]


def test_a_chapter_that_returns_with_a_section_below_it_stays() -> None:
    text = "ACT I\n\nSCENE I\n\nIt rains on the quay, and everybody waits.\n\nACT I\n\nSCENE II\n\nIt rains no more."
    assert blocks(text) == text.split("\n\n")


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        ("Fares ..... 7", True),
        ("Fares . . . . . iv", True),
        ("Fares .....7", True),
        ("And so on ....", False),
        ("..... 7", False),
        ("Fares ... 7", False),
        ("7", False),
    ],
)
def test_leaders(text: str, contents: bool) -> None:
    assert is_contents(lines_of(text)) is contents


@pytest.mark.parametrize(
    ("text", "paged"), [("Fares        7", True), ("Fares 7", False), ("Fares      seven", False), ("     7", False)]
)
def test_pages_far_behind_an_entry(text: str, paged: bool) -> None:
    assert is_paged(lines_of(text)[0]) is paged


@pytest.mark.parametrize(
    ("text", "name"),
    [("Table of Contents", True), ("CONTENTS.", True), ("目次", True), ("The contents of the box", False)],
)
def test_names(text: str, name: bool) -> None:
    assert names_contents(text) is name


def test_keys_are_words_and_numbers() -> None:
    assert entry_key("Chapter 2. “The Quay”") == entry_key("2 The quay") == "2 the quay"
    assert entry_key("chapter") == ""
