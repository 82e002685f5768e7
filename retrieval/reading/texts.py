"""Files that are text: their bytes decoded, their characters repaired, their front matter set apart."""

from __future__ import annotations

from collections.abc import Callable

from retrieval.characters import normalise
from retrieval.reading.blocks import Block
from retrieval.reading.decoding import decode
from retrieval.reading.disguises import refuse_disguised
from retrieval.reading.frontmatter import split_front_matter
from retrieval.reading.parsed import Parsed


def text_parser(parse: Callable[[str], list[Block]]) -> Callable[[bytes], Parsed]:
    """A parser of bytes, made of a parser of normalised text without front matter.

    It raises UnfitError if the bytes are not text or something else than their name says, if the front matter is
    broken, or if `parse` raises UnfitError.
    """

    def parse_bytes(raw: bytes) -> Parsed:
        refuse_disguised(raw)
        decoded = decode(raw)
        whole = normalise(decoded.text)
        front, body = split_front_matter(whole)
        notes = (*([decoded.note] if decoded.note else []), *front.notes)
        return Parsed(parse(body), front, has_front_matter=body != whole, notes=notes)

    return parse_bytes
