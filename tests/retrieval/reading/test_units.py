"""Which blocks are quoted together."""

from __future__ import annotations

import pytest

from retrieval.reading.blocks import Block, Kind
from retrieval.reading.units import units


def heading(text: str) -> Block:
    return Block(Kind.HEADING, text)


def prose(text: str) -> Block:
    return Block(Kind.PROSE, text)


def lines(text: str) -> Block:
    return Block(Kind.LINES, text)


def code(text: str) -> Block:
    return Block(Kind.CODE, text)


def found(*blocks: Block) -> list[list[int]]:
    return [list(unit) for unit in units(blocks, [block.kind is not Kind.HEADING for block in blocks])]


@pytest.mark.parametrize(
    "blocks",
    [
        (prose("You need:"), lines("- bread\n- milk")),
        (prose("You need (in this order:)"), lines("- bread\n- milk")),
        (prose("要るもの："), lines("- パン")),
        (lines("- Start the server:"), code("serve")),
        (prose("Run this:"), code("serve"), ),
        (prose("Q: Is it open?"), prose("A: Since May it is.")),
        (prose("Q1. Is it open?"), prose("Since May it is.")),
        (prose("Frage: Ist sie offen?"), prose("Seit Mai.")),
        (prose("Command: /ban <user>"), prose("Bans a member for good.")),
        (prose("Usage: serve [port]"), code("serve 80")),
    ],
    ids=lambda blocks: blocks[0].text,
)  # fmt: skip
def test_blocks_that_go_together(blocks: tuple[Block, ...]) -> None:
    assert found(*blocks) == [[0, 1]]


@pytest.mark.parametrize(
    "blocks",
    [
        (prose("The bridge is closed."), prose("It opens in May.")),
        (prose("A caption without an end"), prose("The bridge is closed.")),
        (prose("Photo: the newsroom"), prose("The bridge is closed.")),
        (prose("Q: Is it open?"), prose("Q: Is it safe?")),
        (code("for each in all:"), prose("This is Python.")),
        (prose("F. Miller crossed the bridge."), prose("Others followed.")),
        (prose("Yes."), prose("It opens in May.")),
        (lines("- One\n- Two"), prose("That was all.")),
    ],
    ids=lambda blocks: blocks[0].text,
)
def test_blocks_that_stand_alone(blocks: tuple[Block, ...]) -> None:
    assert found(*blocks) == [[0], [1]]


def test_a_bare_answer_under_a_heading_goes_with_its_reasons() -> None:
    assert found(heading("Is it open?"), prose("Yes."), prose("It opened in May."), prose("Many came.")) == [
        [1, 2],
        [3],
    ]
    assert found(heading("Is it open?"), prose("Yes."), heading("Is it safe?"), prose("No.")) == [[1], [3]]
    assert found(prose("Yes."), prose("It opened in May."), heading("Is it safe?")) == [[0], [1]]


def test_a_bare_answer_has_three_words_and_a_label_twelve_at_most() -> None:
    assert found(heading("Is it open?"), prose("Yes, it is."), prose("It opened in May.")) == [[1, 2]]
    assert found(heading("Is it open?"), prose("Yes, now it is."), prose("It opened in May.")) == [[1], [2]]
    assert found(prose("Usage: serve" + " [port]" * 10), code("serve 80")) == [[0, 1]]
    assert found(prose("Usage: serve" + " [port]" * 11), code("serve 80")) == [[0], [1]]


def test_the_end_of_a_block_is_looked_for_in_its_last_ten_characters() -> None:
    assert found(prose("You need:" + ")" * 9), lines("- bread")) == [[0, 1]]
    assert found(prose("You need:" + ")" * 10), lines("- bread")) == [[0], [1]]
    assert found(heading("Is it open?"), prose("Yes." + ")" * 9), prose("It opened in May.")) == [[1, 2]]
    assert found(heading("Is it open?"), prose("Yes." + ")" * 10), prose("It opened in May.")) == [[1], [2]]


def test_an_introduction_does_not_reach_over_a_heading() -> None:
    assert found(prose("You need:"), heading("Next"), lines("- bread\n- milk")) == [[0], [2]]


def test_a_chain_of_introductions() -> None:
    assert found(prose("Do this:"), lines("- Start the server:"), code("serve"), prose("Done.")) == [[0, 1, 2], [3]]
