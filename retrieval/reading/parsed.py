"""What a parser makes of a file's bytes, whatever their kind."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.errors import Reason
from retrieval.reading.blocks import Block
from retrieval.reading.frontmatter import FrontMatter

NO_FRONT_MATTER = FrontMatter()


@dataclass(frozen=True, slots=True)
class Parsed:
    """The blocks of a file, what the file says of itself, and notes on what the parser guessed."""

    blocks: list[Block]
    front: FrontMatter = NO_FRONT_MATTER
    has_front_matter: bool = False
    """Whether the file begins with front matter, be it empty."""
    notes: tuple[Reason, ...] = ()
