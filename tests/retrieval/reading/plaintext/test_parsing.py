"""The pieces that a text can have, and what must hold for any text."""

from __future__ import annotations

import re
import textwrap
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.characters import normalise
from retrieval.reading.blocks import Block, Kind
from retrieval.reading.plaintext.parsing import parse_plaintext

H, P, L, T, C = Kind.HEADING, Kind.PROSE, Kind.LINES, Kind.TABLE, Kind.CODE


def blocks(text: str) -> list[tuple[Kind, int, str]]:
    return [(block.kind, block.level, block.text) for block in parse_plaintext(normalise(text))]


WRAPPED = textwrap.fill("The ferry sails when somebody is on board, and nobody knows how old it is. " * 4, 60)


def test_structure_of_markdown_is_read() -> None:
    text = "# Ferry\n\nIt sails.\n\n## Fares\n\n- adults: £3\n- dogs: none\n\n"
    text += "```\nferry --dogs\n\nferry\n```\n\n> So it\n> is."
    assert blocks(text) == [
        (H, 1, "Ferry"),
        (P, 1, "It sails."),
        (H, 2, "Fares"),
        (L, 1, "- adults: £3\n- dogs: none"),
        (C, 1, "ferry --dogs\n\nferry"),
        (P, 1, "So it is."),
    ]


def test_a_question_of_several_lines_is_a_heading() -> None:
    text = "2.1. The ferry is late. Why is that\nso, and who can tell when it comes?\n\n"
    text += "Nobody can. It is old, and the sea is wide."
    assert blocks(text) == [
        (H, 1, "2.1. The ferry is late. Why is that so, and who can tell when it comes?"),
        (P, 1, "Nobody can. It is old, and the sea is wide."),
    ]


def test_a_numbered_title_right_above_its_text() -> None:
    assert blocks("2.1. The Fares\nThey rise each May.") == [(H, 1, "2.1. The Fares"), (P, 1, "They rise each May.")]


def test_questions_without_an_answer() -> None:
    assert blocks("Q: When does it sail?\n\nQ: Why?\n\nA: So.\n\nQ: Why not?") == [
        (P, 1, "Q: When does it sail?"),
        (L, 1, "Q: Why?\nA: So."),
        (P, 1, "Q: Why not?"),
    ]


def test_a_quoted_paragraph() -> None:
    assert blocks("> It sails\n> by night.\n\nSo it is.") == [(P, 1, "It sails by night."), (P, 1, "So it is.")]


def test_a_title_below_a_line_of_text() -> None:
    assert blocks("It sails by night.\nFares\n=====\nThey rise.") == [
        (P, 1, "It sails by night."),
        (H, 1, "Fares"),
        (P, 1, "They rise."),
    ]


VERSE = """\
The ferry sails, the ferry sails,
Across the sound at night;
And no one hears, and no one fails
To see its little light."""


def test_what_stands_by_itself_in_wrapped_text() -> None:
    def between(text: str) -> tuple[Kind, int, str]:
        before, block, after = blocks(f"{WRAPPED}\n\n{text}\n\n{WRAPPED}")
        assert before == after == (P, 1, " ".join(WRAPPED.split()))
        return block

    assert between("     Night Fares") == (P, 1, "Night Fares")
    assert between("Ferry                   3\nFares                   7") == (L, 1, "Ferry 3\nFares 7")
    assert between("  if ferry\n    sail on\n  else\n    wait") == (C, 1, "if ferry\n  sail on\nelse\n  wait")


def test_verse_that_somebody_speaks() -> None:
    spoken = [f"{name}\n{VERSE}" for name in ("MASTER.", "FERRYMAN.")] * 3
    assert blocks("\n\n".join([*spoken, WRAPPED]))[:-1] == [(L, 1, each) for each in spoken]


def test_a_speech_ends_where_another_begins() -> None:
    text = "CHAIR: Do the fares rise in May, and if they do rise, by how much do they\nMS HALL: they do not\n"
    assert blocks(f"{text}CHAIR: why not\nMS HALL: it is so") == [
        (P, 1, "CHAIR: Do the fares rise in May, and if they do rise, by how much do they"),
        (P, 1, "MS HALL: they do not"),
        (P, 1, "CHAIR: why not"),
        (P, 1, "MS HALL: it is so"),
    ]


def test_a_table_that_says_what_a_term_means() -> None:
    text = f"{WRAPPED}\n\nfares\n    adult      12\n    child       6\n    dog         1\nquay\n"
    text += "    It is of stone, and the ferry which comes from Skarholm lies at it."
    assert blocks(text)[1:] == [
        (
            L,
            1,
            "fares\n  adult 12\n  child 6\n  dog 1\n"
            "quay\n  It is of stone, and the ferry which comes from Skarholm lies at it.",
        )
    ]


def test_a_chapter_with_its_title_below_it() -> None:
    assert blocks("CHAPTER I\nThe Quay by Night\n\nIt rains.") == [
        (H, 1, "CHAPTER I The Quay by Night"),
        (P, 1, "It rains."),
    ]
    assert blocks("CHAPTER I\nIt rains on the quay.") == [(H, 1, "CHAPTER I"), (P, 1, "It rains on the quay.")]


def test_capitals_of_two_lines() -> None:
    assert blocks("HOW THE FERRY WAS BUILT\nAND BY WHOM\n\nIt took a year.") == [
        (H, 1, "HOW THE FERRY WAS BUILT AND BY WHOM"),
        (P, 1, "It took a year."),
    ]


def test_a_term_behind_which_a_blank_line_stands() -> None:
    text = (
        f"{WRAPPED}\n\n    buoy\n\n        A float that says where the way is.\n\n    quay\n\n        It is of stone."
    )
    assert blocks(text)[1:] == [
        (L, 1, "buoy\n  A float that says where the way is."),
        (L, 1, "quay\n  It is of stone."),
    ]


def test_what_is_shown_below_a_line_or_in_an_item_keeps_its_lines() -> None:
    text = f"{WRAPPED}\nSay this:\n    ferry = boat\n    boat.sail()\n\n"
    text += "  * Or say:\n        sail\n        sail on\n    and wait."
    assert blocks(text)[1:] == [
        (P, 1, "Say this:"),
        (C, 1, "ferry = boat\nboat.sail()"),
        (L, 1, "* Or say:\n      sail\n      sail on\n  and wait."),
    ]


def test_a_fence_that_is_not_closed_is_text() -> None:
    assert blocks("```\nIt sails.") == [(P, 1, "``` It sails.")]


def test_japanese_lines_are_joined_without_blanks() -> None:
    text = "渡し船は毎時正午まで港を出て島へ\n向かいます。冬は二時間ごとです。\n\n第二章 港\n\n港は深いです。"
    assert blocks(text) == [
        (P, 1, "渡し船は毎時正午まで港を出て島へ向かいます。冬は二時間ごとです。"),
        (H, 1, "第二章 港"),
        (P, 1, "港は深いです。"),
    ]


def test_the_last_line_is_no_heading() -> None:
    assert blocks("It sails.\n\nTHE END") == [(P, 1, "It sails."), (P, 1, "THE END")]


WORDS = st.sampled_from("ferry Skarholm and NORRA quay's £3 12 3.1. § o to".split())
MARKS = st.sampled_from([" ", "  ", "    ", ". ", ": ", ", ", " | ", " - ", "\n", "\n\n", "\n  ", "\n    ", "-\n"])
STARTS = st.sampled_from(
    ["", "- ", "1. ", "# ", "> ", "CHAPTER I ", "| ", "+--+\n", "====\n", "----\n", "```\n", "(a) "]
)
LINES = st.lists(st.tuples(STARTS, st.lists(st.tuples(WORDS, MARKS), max_size=12)), max_size=12)


def written(lines: list[tuple[str, list[tuple[str, str]]]]) -> str:
    """The text of the lines, with a number behind each word, so that no two words are the same."""
    numbers = iter("".join(chr(97 + int(digit)) for digit in str(n)) for n in range(10_000))
    return "\n".join(start + "".join(f"{word}{next(numbers)}{mark}" for word, mark in line) for start, line in lines)


@settings(derandomize=True, deadline=None, max_examples=400)
@given(LINES)
def test_no_word_is_lost_and_none_is_made(lines: list[tuple[str, list[tuple[str, str]]]]) -> None:
    text = normalise(written(lines))
    kept = "".join(block.text for block in parse_plaintext(text))
    assert Counter(re.findall(r"[^\W_]", kept)) == Counter(re.findall(r"[^\W_]", text))
    assert parse_plaintext(text) == parse_plaintext(text)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.lists(st.lists(WORDS, min_size=20, max_size=60), min_size=1, max_size=6), st.integers(45, 90))
def test_a_heading_is_never_a_paragraph(written_words: list[list[str]], width: int) -> None:
    paragraphs = [f"{'The ' + ' '.join(words)}." for words in written_words]
    text = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in paragraphs)
    assert all(block.kind is not Kind.HEADING for block in parse_plaintext(text))


@pytest.mark.parametrize("unit", ["CHAPTER I\n", "A\n\n", "  A\n    b\n", "f(", "| a | b |\n", "1. a\n\n", "a-\n"])
def test_repeated_lines_are_read_without_recursion(unit: str) -> None:
    read = parse_plaintext(unit * 3_000)
    assert "".join("".join(block.text.split()) for block in read).replace("|", "").startswith(unit.strip(" |\n-")[:1])


def test_blocks_are_blocks() -> None:
    assert parse_plaintext("It sails.") == [Block(Kind.PROSE, "It sails.")]
