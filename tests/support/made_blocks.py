"""Blocks as a parser makes them, in few words."""

from __future__ import annotations

from retrieval.article import Link
from retrieval.characters import normalise
from retrieval.reading.blocks import LABEL_LEVEL, Block, Kind
from retrieval.reading.markdown.parsing import parse_markdown

END = Block(Kind.HEADING, "", LABEL_LEVEL)
"""The end of what a label names."""


def markdown_blocks(text: str) -> list[Block]:
    """The blocks of a text in Markdown, without the places of their links."""
    return [Block(block.kind, block.text, block.level) for block in parse_markdown(normalise(text))]


def heading(text: str, level: int = 1) -> Block:
    return Block(Kind.HEADING, text, level)


def label(text: str) -> Block:
    return Block(Kind.HEADING, text, LABEL_LEVEL)


def prose(text: str, *links: Link) -> Block:
    return Block(Kind.PROSE, text, links=links)


def lines(*text: str) -> Block:
    return Block(Kind.LINES, "\n".join(text))


def table(*rows: str) -> Block:
    return Block(Kind.TABLE, "\n".join(rows))


def code(*text: str) -> Block:
    return Block(Kind.CODE, "\n".join(text))
