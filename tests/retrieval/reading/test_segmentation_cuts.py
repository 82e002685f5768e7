"""Where units that are too long for the encoder are cut, and what their later passages remember."""

from __future__ import annotations

import pytest

from retrieval.reading.blocks import Block, Kind
from retrieval.reading.segmentation import segment
from tests.support.measures import Words


def parts(blocks: list[Block], max_tokens: int) -> list[tuple[str | None, str]]:
    """Each passage's lead and text."""
    result = segment(blocks, Words(max_tokens), "")
    return [
        (result.text[p.lead.start : p.lead.end] if p.lead else None, result.text[p.start : p.end])
        for p in result.passages
    ]


def test_a_passage_leaves_room_for_what_introduces_it() -> None:
    blocks = [
        Block(Kind.PROSE, "Take these:"),
        Block(Kind.LINES, "- two old hats\n- two red gloves\n- two long scarfs"),
    ]
    assert parts(blocks, 8) == [
        (None, "Take these:\n\n- two old hats"),
        ("Take these:", "- two red gloves"),
        ("Take these:", "- two long scarfs"),
    ]


def test_what_introduces_a_table_is_remembered_only_where_it_is_short() -> None:
    rows = "a | up one\nb | down one\nc | left one\nd | right one"
    assert parts(
        [Block(Kind.PROSE, "Up."), Block(Kind.PROSE, "Keys:"), Block(Kind.TABLE, f"Key | Use\n{rows}")], 16
    ) == [
        (None, "Up."),
        (None, "Keys:\n\nKey | Use\na | up one\nb | down one"),
        ("Keys:\n\nKey | Use", "c | left one\nd | right one"),
    ]
    assert parts([Block(Kind.PROSE, "Use these keys here:"), Block(Kind.TABLE, f"Key | Use\n{rows}")], 16) == [
        (None, "Use these keys here:\n\nKey | Use\na | up one\nb | down one"),
        ("Key | Use", "c | left one\nd | right one"),
    ]
    assert parts([Block(Kind.TABLE, f"Key | Use it\n{rows}")], 12) == [
        (None, "Key | Use it\na | up one\nb | down one"),
        (None, "c | left one\nd | right one"),
    ]


def words(count: int, end: str = "") -> str:
    return "Word" + " word" * (count - 1) + end


@pytest.mark.parametrize(
    ("sentences", "introduction", "items", "max_tokens", "expected"),
    [
        # Half a passage is enough where an introduction would follow, less is not.
        ([6], 2, [4, 4, 4], 12, [[6], [2, 4, 4], [4]]),
        ([4], 2, [4, 4, 4], 12, [[4, 2, 4], [4, 4]]),
        # An introduction goes over to the next passage with what it introduces.
        ([2], 3, [9, 9], 12, [[2], [3, 9], [9]]),
        ([1, 1], 3, [9, 9], 12, [[1, 1], [3, 9], [9]]),
        # Unless both do not fit there, or it would leave nothing behind.
        ([1, 1], 4, [9, 9], 12, [[1, 1, 4], [9], [9]]),
        ([], 8, [2, 2], 10, [[8], [2, 2]]),
        # What is just enough is enough.
        ([5, 5, 5], 2, [3], 16, [[5, 5], [5], [2, 3]]),
    ],
)
def test_where_a_unit_is_cut(
    sentences: list[int], introduction: int, items: list[int], max_tokens: int, expected: list[list[int]]
) -> None:
    prose = " ".join([*(words(count, ".") for count in sentences), words(introduction, ":")])
    listed = "\n".join(f"- {words(count - 1)}" for count in items)
    result = segment([Block(Kind.PROSE, prose), Block(Kind.LINES, listed)], Words(max_tokens), "")
    found = [[result.text[span.start : span.end] for span in passage.sentences] for passage in result.passages]
    assert [Words(0).count_tokens(texts) for texts in found] == expected


def test_a_passage_of_code_remembers_what_introduces_it() -> None:
    blocks = [Block(Kind.PROSE, "Run this:"), Block(Kind.CODE, "a b c\nd e f g")]
    assert parts(blocks, 8) == [(None, "Run this:"), ("Run this:", "a b c\nd e f g")]


def test_the_pieces_of_an_item_that_is_too_long_remember_what_introduces_it() -> None:
    blocks = [Block(Kind.PROSE, "Take these:"), Block(Kind.LINES, "- a b c d e f g h i")]
    assert parts(blocks, 8) == [
        (None, "Take these:"),
        ("Take these:", "- a b c d e f g"),
        ("Take these:", "h i"),
    ]


def test_the_sentences_of_an_item_that_just_fits_stay_together() -> None:
    assert parts([Block(Kind.LINES, "- A\n- One is it. So it is.")], 7) == [
        (None, "- A"),
        (None, "- One is it. So it is."),
    ]


@pytest.mark.parametrize("max_tokens", [7, 5])
def test_a_line_break_in_prose_ends_no_sentence_whether_the_unit_is_cut_or_not(max_tokens: int) -> None:
    result = segment([Block(Kind.PROSE, "The first line\ngoes on. The end.")], Words(max_tokens), "")
    sentences = [result.text[span.start : span.end] for passage in result.passages for span in passage.sentences]
    assert sentences == ["The first line\ngoes on.", "The end."]
