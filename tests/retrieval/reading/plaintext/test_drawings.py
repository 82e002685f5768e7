"""Drawings and programs are told from text and kept as they stand."""

from __future__ import annotations

import pytest

from retrieval.reading.blocks import Block, Kind
from retrieval.reading.plaintext.drawings import as_it_stands, is_code, is_drawing, is_fence
from retrieval.reading.plaintext.lines import Line, lines_of


@pytest.mark.parametrize(
    "text",
    [
        "+------+      +-------+\n| buoy | ---> | ferry |\n+------+      +-------+",
        " 0                   1\n+-+-+-+-+-+-+-+-+-+-+-+\n|  kind   |  length   |\n+-+-+-+-+-+-+-+-+-+-+-+",
        "  ┌──────┐\n  │ quay │\n  └──┬───┘\n     │",
    ],
)
def test_drawings(text: str) -> None:
    assert is_drawing(lines_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "The ferry - an old one -\nsails at noon.",
        "------------\nTHE QUAY\n------------",
        "a",
        "x" * 201 + "\n+--+\n+--+",
    ],
)
def test_what_is_not_drawn(text: str) -> None:
    assert not is_drawing(lines_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "int depth(quay *q) {\n    return q->depth;\n}",
        "$ ferry --sail now",
        "sudo apt install ferry",
        "name = ferry\nport = 7",
        "/usr/share/ferry/timetable",
        "if wind > 9:\n    stay()\nelse\n    sail()",
    ],
)
def test_programs(text: str) -> None:
    assert is_code(lines_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "The ferry sails at noon;\nit comes back at six.",
        "The timetable stands in\n<folder>/ferry. See the\nuser's --help for more (and so on).",
        "x" * 201,
    ],
)
def test_text_is_no_program(text: str) -> None:
    assert not is_code(lines_of(text))


def test_what_is_kept_loses_only_the_indentation_of_all_lines() -> None:
    lines = lines_of("\n    if wind:\n\n\t  stay()\n")
    assert as_it_stands(lines) == Block(Kind.CODE, "if wind:\n\n      stay()")
    assert as_it_stands([]) == Block(Kind.CODE, "")


@pytest.mark.parametrize(("text", "fences"), [("```", True), ("~~~ python", True), ("```a``` b", False), ("``", False)])
def test_fences(text: str, fences: bool) -> None:
    assert is_fence(Line(text, text, 0)) is fences
