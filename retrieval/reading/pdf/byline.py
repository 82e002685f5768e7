"""What stands in large letters below a document's title and is not a heading: its authors, its day, its edition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retrieval.reading.blocks import LABEL_LEVEL, Block, Kind
from retrieval.reading.pdf.shape import Shape, title_key

_NUMBERED = re.compile(r"(?:chapter|kapitel|part|teil|appendix|anhang) \w|\d{1,2}(?:\.|\s|$)", re.IGNORECASE)
_BYLINE = re.compile(r"\b(?:19|20)\d\d\b|@|://")


def without_byline(blocks: Sequence[tuple[int, Block]], shape: Shape) -> Iterator[tuple[int, Block]]:
    """The blocks with their pages; headings right behind the title, on its page, are text.

    Those that the outline names, that are numbered, or that are labels stay, and so do those of a level that occurs
    again unless another of their level follows at once.
    """
    end = next((i for i, (page, block) in enumerate(blocks) if _is_other(block) or page != blocks[0][0]), len(blocks))
    again = {block.level for _, block in blocks[end:] if block.kind is Kind.HEADING}
    below = blocks[2 : end + 1]
    for place, (page, block) in enumerate(blocks):
        if 0 < place < end and block.level < LABEL_LEVEL and not _is_named(block.text, shape):
            alone = place >= end - 1 or below[place - 1][1].level > block.level
            if not (alone and block.level in again) or _BYLINE.search(block.text):
                yield page, Block(Kind.PROSE, block.text)
                continue
        yield page, block


def _is_other(block: Block) -> bool:
    return block.kind is not Kind.HEADING


def _is_named(text: str, shape: Shape) -> bool:
    return title_key(text) in shape.outline or _NUMBERED.match(text) is not None
