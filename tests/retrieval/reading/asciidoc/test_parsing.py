"""What belongs to an item of a list, and what the lines above a block say of it."""

from __future__ import annotations

import pytest

from retrieval.reading.asciidoc.document import parse_asciidoc
from retrieval.reading.blocks import Kind


def blocks(text: str) -> list[tuple[Kind, str]]:
    return [(block.kind, block.text) for block in parse_asciidoc(text)]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("* NOTE: Ants bite.", "- Note\n  Ants bite."),
        ("* Ants\n\n  dig()\n\n* Bees", "- Ants\n  dig()\n- Bees"),
        ("* Ants\n** dig\n\n+\nThey bite.", "- Ants\n  - dig\n  They bite."),
        ("* Ants\n+\n  dig()", "- Ants\n  dig()"),
        ("* Ants\n+\n. dig\n. bite", "- Ants\n  1. dig\n  2. bite"),
        ("* Ants\n+\n.Ways\na. dig\nb. bite", "- Ants\n  Ways\n  1. dig\n  2. bite"),
        ("* Ants\n+\n[quote, A. Keeper]\nThey bite.", "- Ants\n  They bite.\n  — A. Keeper"),
        ("* Ants\n+\n[NOTE]", "- Ants"),
        ("* Ants\n+\n\n", "- Ants"),
        ("bee::\n\nHums.", "bee\n  Hums."),
        ("bee::\n\n* Hums.", "bee\n  - Hums."),
        ("bee::\n", "bee"),
    ],
)
def test_what_belongs_to_an_item(written: str, shown: str) -> None:
    assert blocks(written) == [(Kind.LINES, shown)]


@pytest.mark.parametrize("behind", ["\n\n----\ndig()\n----", " bite the sleeping dog\n----\ndig()\n----"])
def test_a_fence_ends_a_list(behind: str) -> None:
    assert blocks(f"* Ants{behind}") == [
        (Kind.LINES, f"- Ants{' bite the sleeping dog' if 'dog' in behind else ''}"),
        (Kind.CODE, "dig()"),
    ]


@pytest.mark.parametrize(
    ("written", "kind", "shown"),
    [
        ("[stem]\n++++\nx = 1\n++++", Kind.CODE, "x = 1"),
        ("[source]\n--\ndig()\n--", Kind.CODE, "dig()"),
        ("[source,c]\ndig();\nbite();", Kind.CODE, "dig();\nbite();"),
        ("[literal]\nas *it* is", Kind.CODE, "as *it* is"),
        ("[verse]\n____\n*Ants* bite,\n  always.\n____", Kind.CODE, "Ants bite,\n  always."),
        ("Ants bite.\n\n[NOTE]", Kind.PROSE, "Ants bite."),
        ("Ants bite.\n\n.A title of nothing", Kind.PROSE, "Ants bite."),
    ],
)
def test_what_is_said_of_a_block(written: str, kind: Kind, shown: str) -> None:
    assert blocks(written) == [(kind, shown)]


def test_a_verse_is_said_by_somebody() -> None:
    assert blocks("[verse, A. Keeper]\nAnts bite,\n  always.") == [
        (Kind.CODE, "Ants bite,\n  always."),
        (Kind.PROSE, "— A. Keeper"),
    ]
