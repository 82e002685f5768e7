"""A web page → blocks and what it says of itself."""

from __future__ import annotations

from retrieval.characters import normalise
from retrieval.reading.blocks import Block
from retrieval.reading.html.charset import decode_page
from retrieval.reading.html.furniture import prune
from retrieval.reading.html.labels import mark_labels
from retrieval.reading.html.main_part import main_part
from retrieval.reading.html.metadata import front_matter, read_head
from retrieval.reading.html.parsing import PageElement, parse_page
from retrieval.reading.parsed import Parsed
from retrieval.reading.tree.rendering import blocks_of


def parse_html(raw: bytes) -> Parsed:
    """Read a web page. Raises DecodingError and PageTooDeepError."""
    decoded = decode_page(raw)
    page = parse_page(normalise(decoded.text))
    head = read_head(page)
    main = main_part(page)
    prune(main)
    # Before the labels are marked: a box's title may be a heading of the first level.
    front = front_matter(head, main)
    mark_labels(main)
    return Parsed(blocks_of(main), front, notes=(decoded.note,) if decoded.note else ())


def blocks_in(part: PageElement) -> list[Block]:
    """The blocks of a part of a page, without its furniture; the part itself changes."""
    prune(part)
    mark_labels(part)
    return blocks_of(part)
