"""The cells of tables, in AsciiDoc's own format and in CSV."""

from __future__ import annotations

import pytest

from retrieval.reading.asciidoc.document import parse_asciidoc
from retrieval.reading.blocks import Block, Kind


@pytest.mark.parametrize(
    ("written", "kind", "text"),
    [
        ('[cols="1,2",options="header"]\n|===\n|Name |Legs\n|ant |six\n|===', Kind.TABLE, "Name | Legs\nant | six"),
        ("|===\n|Name |Legs\n\n|ant\n|six\n|===", Kind.TABLE, "Name | Legs\nant | six"),
        ("|===\n|ant |six\n|bee |six\n|===", Kind.LINES, "ant | six\nbee | six"),
        ("[cols=2*]\n|===\n2+|Insects\n|a \\| b s|six\n|===", Kind.LINES, "Insects\na | b | six"),
        ('[%header,format=csv]\n|===\nName,Legs\n"ant, red",six\n|===', Kind.TABLE, "Name | Legs\nant, red | six"),
        ("[cols=2]\n|===\n|ant\n|six\n|bee\n|===", Kind.LINES, "ant | six\nbee"),
        ('[cols="2"]\n|===\n|ant\n|six\n|===', Kind.LINES, "ant | six"),
        ("[cols=2*]\n|===\n3*|six |bee\n|===", Kind.LINES, "six | six\nsix | bee"),
        (",===\nant,six\n,\n\nbee,six\n,===", Kind.LINES, "ant | six\nbee | six"),
        (",===\nant,six\n,===", Kind.LINES, "ant | six"),
    ],
)
def test_tables(written: str, kind: Kind, text: str) -> None:
    assert parse_asciidoc(written) == [Block(kind, text)]


def test_a_cell_that_is_too_long_for_csv() -> None:
    [first, second] = parse_asciidoc(f",===\nant,six\n{'x' * 140_000}\n,===")
    assert (first, second) == (Block(Kind.PROSE, "ant,six"), Block(Kind.PROSE, "x" * 140_000))
