"""Parsers whose packages take long to load: they are loaded with the first file that needs them."""

from __future__ import annotations

from retrieval.reading.blocks import Block
from retrieval.reading.parsed import Parsed


def parse_html(raw: bytes) -> Parsed:
    """Read a web page: see retrieval/reading/html/document.py."""
    from retrieval.reading.html.document import parse_html as parse

    return parse(raw)


def parse_docx(raw: bytes) -> Parsed:
    """Read a word processor's document: see retrieval/reading/packaged/docx.py."""
    from retrieval.reading.packaged.docx import parse_docx as parse

    return parse(raw)


def parse_epub(raw: bytes) -> Parsed:
    """Read an e-book: see retrieval/reading/packaged/epub.py."""
    from retrieval.reading.packaged.epub import parse_epub as parse

    return parse(raw)


def parse_pdf(raw: bytes) -> Parsed:
    """Read a PDF: see retrieval/reading/pdf/document.py."""
    from retrieval.reading.pdf.document import parse_pdf as parse

    return parse(raw)


def parse_rst(text: str) -> list[Block]:
    """Read reStructuredText: see retrieval/reading/rst/document.py."""
    from retrieval.reading.rst.document import parse_rst as parse

    return parse(text)
