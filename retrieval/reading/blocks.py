"""What a parser cuts an article into: headings, prose, lines, tables, code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from retrieval.article import Link

LABEL_LEVEL = 7
"""The level of what names a few blocks as a heading does and is none: the summary of details, the title of a tab or of
an admonition, a line in bold letters."""


class Kind(StrEnum):
    """What a block is: how it is cut into sentences depends on it."""

    HEADING = "heading"
    PROSE = "prose"
    LINES = "lines"
    """A list or a block quote: a line for each item and for each paragraph in an item."""
    TABLE = "table"
    """A line for each row, the head first, with " | " between cells."""
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of an article between blank lines."""

    kind: Kind
    text: str
    level: int = 1
    """The level of a heading, from 1 to 6, or LABEL_LEVEL. A heading without text ends the section of its level, so
    that what follows stands under the heading above."""
    links: tuple[Link, ...] = ()
    """The links in the text, as offsets into it, in order and without overlap."""
