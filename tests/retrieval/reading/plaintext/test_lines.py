"""What columns tell: tabs, indentation, the end of a sentence, and the width at which a text was wrapped."""

from __future__ import annotations

import textwrap

import pytest

from retrieval.reading.plaintext.lines import BLANK, Line, chunks, lines_of, sentence_end, wrap_width

SENTENCE = "the ferry sails when somebody is on board and nobody knows how old it is or who built it. "


def test_lines_know_their_columns() -> None:
    assert lines_of("  a  b \n\tc\n \t\n") == (Line("a b", "  a  b", 2), Line("c", "        c", 8), BLANK, BLANK)
    assert lines_of("\tc")[0].width == 9


def test_chunks_stand_between_blank_lines() -> None:
    assert [[line.text for line in run] for run in chunks(lines_of("\na\nb\n\n\nc"))] == [["a", "b"], ["c"]]


@pytest.mark.parametrize(
    ("text", "mark"), [("So it is.", "."), ("Is it?”", "?"), ("終わり。」", "。"), ("It is.[4]", "."), ("It is", None)]
)
def test_sentence_ends(text: str, mark: str | None) -> None:
    assert sentence_end(text) == mark


@pytest.mark.parametrize("width", [50, 72, 100])
def test_wrapped_text_has_a_width(width: int) -> None:
    text = "\n\n".join(textwrap.fill(SENTENCE * n, width) for n in (5, 7, 9))
    assert wrap_width(lines_of(text)) in range(width - 8, width + 1)


def test_text_wrapped_at_many_widths_has_the_width_that_most_lines_reach() -> None:
    text = "\n\n".join(textwrap.fill(SENTENCE * 6, width) for width in (60, 64, 68, 72, 76, 80))
    width = wrap_width(lines_of(text))
    assert width is not None
    assert 55 <= width <= 66


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "\n".join([SENTENCE] * 30),
        "\n".join(
            ["The ferry sails across the sound, and all", "Stand on the quay to watch how it sails away so"] * 20
        ),
        "\n".join(["it is a line of words that nobody has wrapped at all " * n for n in (3, 4, 5, 3)] * 6),
    ],
)
def test_text_that_nobody_wrapped_has_none(text: str) -> None:
    assert wrap_width(lines_of(text)) is None
