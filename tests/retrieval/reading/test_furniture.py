"""Blocks that nobody would quote: what is told from text, and what is not."""

from __future__ import annotations

import pytest

from retrieval.article import Link
from retrieval.reading.blocks import Block, Kind
from retrieval.reading.furniture import furniture

TEXT = Block(Kind.PROSE, "The bridge was closed on Monday.")


def linked(kind: Kind, text: str, *labels: str) -> Block:
    """A block whose labels are links."""
    starts = [text.index(label) for label in labels]
    links = [Link(start, start + len(label), "a.md") for start, label in zip(starts, labels, strict=True)]
    return Block(kind, text, links=tuple(links))


@pytest.mark.parametrize(
    "block",
    [
        linked(Kind.LINES, "- Install\n- Set up the server", "Install", "Set up the server"),
        linked(Kind.LINES, "1. Install\n12. Set up", "Install", "Set up"),
        linked(Kind.LINES, "- npm help config", "npm help config"),
        linked(Kind.TABLE, "Home | Docs", "Home", "Docs"),
        linked(Kind.PROSE, "Overview | Pricing", "Overview", "Pricing"),
        Block(Kind.PROSE, "Edit this page"),
        Block(Kind.PROSE, "← Previous"),
        Block(Kind.PROSE, "Table of contents"),
        Block(Kind.PROSE, "On this page"),
        Block(Kind.PROSE, "By the newsroom, 3 May 2024"),
        Block(Kind.PROSE, "Last updated on 2024-05-03"),
        Block(Kind.PROSE, "Tags: bridges, traffic"),
        Block(Kind.PROSE, "© 2024 The newsroom. All rights reserved."),
        Block(Kind.PROSE, "This page is licensed under a Creative Commons licence."),
        Block(Kind.PROSE, "* * *"),
        Block(Kind.PROSE, "👍"),
    ],
    ids=lambda block: block.text.replace("\n", " ")[:30],
)
def test_furniture(block: Block) -> None:
    assert furniture([block, TEXT]) == [True, False]


@pytest.mark.parametrize(
    "block",
    [
        linked(Kind.LINES, "- Install: how to get the server\n- Run: how to start it", "Install", "Run"),
        linked(Kind.PROSE, "See the plan.", "See the plan"),
        linked(Kind.PROSE, "The full plan is online", "full plan"),
        Block(Kind.LINES, "- Bread\n- Milk"),
        Block(Kind.PROSE, "By 2030 the bridge will be replaced."),
        Block(Kind.PROSE, "Next week the bridge opens again."),
        Block(Kind.PROSE, "By the river"),
        Block(Kind.PROSE, "Yes."),
        Block(Kind.PROSE, "42"),
        Block(Kind.CODE, "..."),
        Block(
            Kind.PROSE,
            "The right to copy a book is called copyright, and in most countries all rights reserved to its author end "
            "some decades after the author has died, whatever the first page of the book may say.",
        ),
    ],
    ids=lambda block: block.text.replace("\n", " ")[:30],
)
def test_text(block: Block) -> None:
    assert furniture([block, TEXT]) == [False, False]


def test_a_list_of_the_articles_headings_is_a_table_of_contents() -> None:
    contents = Block(Kind.LINES, "1. How to install\n  1.1 On Linux\n2. questions\n3. More")
    headings = [Block(Kind.HEADING, text) for text in ("How to install", "1.1 On Linux", "Questions")]
    assert furniture([contents, *headings, TEXT]) == [True, False, False, False, False]
    assert furniture([contents, *headings[:2], TEXT]) == [False, False, False, False]


@pytest.mark.parametrize(
    ("parts", "others", "is_contents"), [(1, 0, False), (2, 0, True), (2, 1, False), (7, 3, True), (7, 4, False)]
)
def test_a_table_of_contents_has_several_lines_and_most_of_them_are_headings(
    parts: int, others: int, is_contents: bool
) -> None:
    headings = [Block(Kind.HEADING, f"Part {i}") for i in range(parts)]
    lines = [f"- Part {i}" for i in range(parts)] + ["- Bread"] * others
    assert furniture([Block(Kind.LINES, "\n".join(lines)), *headings, TEXT])[0] is is_contents


@pytest.mark.parametrize(
    ("block", "is_furniture"),
    [
        (linked(Kind.LINES, "- abcd e", "abcd"), True),
        (linked(Kind.LINES, "- abcd ef", "abcd"), False),
        (linked(Kind.LINES, "1. Ab\n2. Cd\n3. Ef", "Ab", "Cd", "Ef"), True),
    ],
)
def test_four_fifths_of_a_list_of_links_are_links_not_counting_numbers(block: Block, is_furniture: bool) -> None:
    assert furniture([block, TEXT]) == [is_furniture, False]


@pytest.mark.parametrize(
    ("words", "letters", "is_furniture"), [(23, 1, True), (24, 1, False), (1, 243, True), (1, 244, False)]
)
def test_only_blocks_of_25_words_and_250_characters_at_most_are_told_by_their_words(
    words: int, letters: int, is_furniture: bool
) -> None:
    assert furniture([Block(Kind.PROSE, "© 2024" + f" {'x' * letters}" * words), TEXT]) == [is_furniture, False]


def test_where_nothing_else_is_left_nothing_is_furniture() -> None:
    links = linked(Kind.LINES, "- Install\n- Set up", "Install", "Set up")
    assert furniture([Block(Kind.HEADING, "Links"), links]) == [False, False]
    assert furniture([]) == []
