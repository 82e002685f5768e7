"""Parsers whose packages take long to load: they are loaded with the first file that needs them."""

from __future__ import annotations

from retrieval.reading.blocks import Block
from retrieval.reading.parsed import Parsed


def parse_html(raw: bytes) -> Parsed:
    """Read a web page: see retrieval/reading/html/document.py."""
    from retrieval.reading.html.document import parse_html as parse

    return parse(raw)


def parse_rst(text: str) -> list[Block]:
    """Read reStructuredText: see retrieval/reading/rst/document.py."""
    from retrieval.reading.rst.document import parse_rst as parse

    return parse(text)
