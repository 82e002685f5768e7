"""Lines that their writer ended on purpose are told from lines that were wrapped."""

from __future__ import annotations

import textwrap

import pytest

from retrieval.reading.plaintext.layout import Layout
from retrieval.reading.plaintext.lines import lines_of
from retrieval.reading.plaintext.verse import are_terms, is_verse

FREE = Layout([], None)
WRAPPED = Layout([], 72)

POEM = """\
The ferry sails, the ferry sails,
Across the sound at night;
And no one hears, and no one fails
To see its little light."""
ADDRESS = "Norra Lines\nOld Quay 3\nVisby"
PROSE = textwrap.fill("The old Ferry of Norra Lines sails at Noon. " * 4, 40)


@pytest.mark.parametrize(
    ("text", "layout", "verse"),
    [
        (POEM, FREE, True),
        (POEM, WRAPPED, True),
        (ADDRESS, WRAPPED, True),
        (ADDRESS, FREE, False),
        (PROSE, WRAPPED, False),
        (PROSE, FREE, False),
        ("The ferry sails at noon.", WRAPPED, False),
        ("The ferry to\nSkarholm", FREE, False),
        (f"{POEM}\n{'so it is ' * 9}", WRAPPED, False),
    ],
)
def test_verse(text: str, layout: Layout, verse: bool) -> None:
    assert is_verse(lines_of(text), layout) is verse


@pytest.mark.parametrize(
    ("text", "layout", "terms"),
    [
        ("buoy\n    A float that says where the way is.", WRAPPED, True),
        ("buoy\nfloat\n  It says where the way is.\nquay\n  It is of stone.", WRAPPED, True),
        ("buoy\n    A float that says where the way is.", FREE, False),
        ("It sails at noon.\n    It comes back at six.", WRAPPED, False),
        ("The ferry that sails at noon\n    comes back at six.", WRAPPED, False),
        ("buoy\n A float", WRAPPED, False),
        ("    buoy\nA float", WRAPPED, False),
        (f"{'word ' * 14}\n    hangs below", WRAPPED, False),
        ("buoy", WRAPPED, False),
    ],
)
def test_terms(text: str, layout: Layout, terms: bool) -> None:
    assert are_terms(lines_of(text), layout) is terms
