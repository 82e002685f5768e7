"""The bytes of files that are text: what their parser is given, and what comes with its blocks."""

from __future__ import annotations

import pytest

from retrieval.errors import Reason, UnfitError
from retrieval.reading.blocks import Block, Kind
from retrieval.reading.frontmatter import FrontMatter
from retrieval.reading.parsed import Parsed
from retrieval.reading.texts import text_parser


def one_block(text: str) -> list[Block]:
    return [Block(Kind.PROSE, text)]


def parse(raw: bytes) -> Parsed:
    return text_parser(one_block)(raw)


def test_text_alone() -> None:
    assert parse(b"Ants bite.\r\n") == Parsed([Block(Kind.PROSE, "Ants bite.\n")])


def test_front_matter_is_set_apart_and_all_notes_are_kept() -> None:
    not_a_date = Reason.of("not-a-date")
    assert parse(b"---\ntitle: Caf\xe9\npublished: soon\n---\nAnts bite.\n") == Parsed(
        [Block(Kind.PROSE, "Ants bite.\n")],
        FrontMatter(title="Café", notes=(not_a_date,)),
        has_front_matter=True,
        notes=(Reason.of("guessed-encoding", byte=0xE9, position=14, encoding="cp1252"), not_a_date),
    )


def test_front_matter_may_be_empty() -> None:
    assert parse(b"---\n---\nAnts bite.\n") == Parsed([Block(Kind.PROSE, "Ants bite.\n")], has_front_matter=True)


@pytest.mark.parametrize("raw", [b"A\x00", b"---\ntitle: [\n---\n"])
def test_what_is_not_text_and_broken_front_matter_are_refused(raw: bytes) -> None:
    with pytest.raises(UnfitError):
        parse(raw)
