"""What a parser cuts an article into: headings, prose, lines, code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a block is: how it is cut into sentences depends on it."""

    HEADING = "heading"
    PROSE = "prose"
    LINES = "lines"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of an article between blank lines."""

    kind: Kind
    text: str
