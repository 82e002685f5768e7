"""Tables drawn with bars, rules or blanks become rows of cells, the head first; drawings and lists do not."""

from __future__ import annotations

import pytest

from retrieval.reading.blocks import Block, Kind
from retrieval.reading.plaintext.lines import lines_of
from retrieval.reading.plaintext.tables import table_of


def table(text: str) -> Block | None:
    return table_of(lines_of(text))


FARES = Block(Kind.TABLE, "Passenger | Fare\nadult | 12\nchild | 6")


@pytest.mark.parametrize(
    "text",
    [
        "+-----------+------+\n| Passenger | Fare |\n+-----------+------+\n| adult     | 12   |\n"
        "| child     | 6    |\n+---+---+",
        "| Passenger | Fare |\n|-----------|-----:|\n| adult     | 12   |\n| child     | 6    |",
        "┌───────────┬──────┐\n│ Passenger │ Fare │\n├───────────┼──────┤\n│ adult     │ 12   │\n"
        "│ child     │ 6    │\n└───┴───┘",
        "=========  ====\nPassenger  Fare\n=========  ====\nadult      12\nchild      6\n=========  ====",
        "Passenger  Fare\n---------  ----\nadult        12\nchild         6",
        "Passenger  Fare\n---------------\nadult        12\nchild         6",
        "  Passenger   Fare\n  adult         12\n  child          6",
    ],
)
def test_tables_with_a_head(text: str) -> None:
    assert table(text) == FARES


def test_rules_between_rows_join_the_lines_between_them() -> None:
    text = """\
+--------+-----------------+
| Pier   | Ships           |
+========+=================+
| North  | the old ferry,  |
|        | fishing boats   |
+--------+-----------------+
| South  | the new ferry   |
+--------+-----------------+
| Winter fares differ.     |
+--------------------------+"""
    assert table(text) == Block(
        Kind.TABLE, "Pier | Ships\nNorth | the old ferry, fishing boats\nSouth | the new ferry\nWinter fares differ."
    )


def test_a_cell_goes_on_below() -> None:
    text = "Pier   Ships\n-----  ------------\nNorth  the old ferry,\n       fishing boats\nSouth  the new ferry"
    assert table(text) == Block(Kind.TABLE, "Pier | Ships\nNorth | the old ferry, fishing boats\nSouth | the new ferry")


def test_a_head_may_be_a_single_blank_apart() -> None:
    text = "PIER SHIPS\nNo 1 the ferry\nNo 2 none"
    assert table(text) is None
    text = "PIER  SHIPS\nNorth the ferry\nS     none\nEast  yachts"
    assert table(text) == Block(Kind.TABLE, "PIER | SHIPS\nNorth | the ferry\nS | none\nEast | yachts")


def test_columns_without_a_head_are_lines() -> None:
    assert table("north    the ferry\nsouth    yachts\neast     nothing") == Block(
        Kind.LINES, "north: the ferry\nsouth: yachts\neast: nothing"
    )
    assert table("north    the ferry\nsouth    yachts\neast") == Block(
        Kind.LINES, "north: the ferry\nsouth: yachts\neast"
    )
    assert table("north:   one   two\nsouth:   three four\neast:    five  six") == Block(
        Kind.LINES, "north:  one  two\nsouth:  three  four\neast:  five  six"
    )


@pytest.mark.parametrize(
    "text",
    [
        "The ferry sails at noon,\nand it comes back\nat six.",
        "-  a rope\n-  a boat\n-  a friend",
        "1.  Get in.\n2.  Row.\n3.  Rest.",
        "+-+-+-+-+\n|ver|len|\n+-+-+-+-+\n|  name  |\n+-+-+-+-+",
        "| alone |\n| in its box |",
        "a  b\nc  d",
        "+---+---+\n| a | b |\n+---+---+\n| c | d | e |\n+---+---+",
        "Pier   Ships\n-----  -----\nNorth and so on\nSouth  none",
        "ab   cd\na  bcde\nabcd  e",
        "a   b   c\n    d   e\n    f   g",
        "----  ----",
        "x" * 301,
    ],
)
def test_what_is_no_table(text: str) -> None:
    assert table(text) is None
