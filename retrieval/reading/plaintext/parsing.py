"""The steps from a text to its blocks.

1. Lines: runs of spaces become single spaces, and what the columns tell is noted.
2. What is around a book of Project Gutenberg goes, and so do page numbers, running heads and footers.
3. Between blank lines stand headings, tables, drawings, verse, or text; tables of contents are left out.
4. What is text is joined to paragraphs and lists.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from retrieval.errors import UnfitError
from retrieval.reading.asciidoc.document import parse_asciidoc
from retrieval.reading.blocks import Block, Kind
from retrieval.reading.lazy import parse_rst
from retrieval.reading.parsed import Parsed
from retrieval.reading.plaintext.assembly import blocks_of
from retrieval.reading.plaintext.furniture import without_furniture
from retrieval.reading.plaintext.gutenberg import Book, unwrapped_book
from retrieval.reading.plaintext.joining import unglued
from retrieval.reading.plaintext.layout import Layout
from retrieval.reading.plaintext.lines import lines_of, wrap_width
from retrieval.reading.recognition import looks_like_asciidoc, looks_like_rst
from retrieval.reading.texts import text_parser


def parse_text_file(raw: bytes) -> Parsed:
    """The blocks of a text file, and what it says of itself. Raises UnfitError as `text_parser` says.

    A file that is plainly AsciiDoc or reStructuredText is read as such, unless its parser finds it unfit.
    """
    books: list[Book] = []

    def parse(text: str) -> list[Block]:
        with suppress(UnfitError):
            if looks_like_asciidoc(text):
                return parse_asciidoc(text)
            if looks_like_rst(text):
                return parse_rst(text)
        books.append(unwrapped_book(lines_of(text)))
        return _parse_book(books[0])

    parsed = text_parser(parse)(raw)
    if not books:
        return parsed
    front, book = parsed.front, books[0]
    return replace(parsed, front=replace(front, title=front.title or book.title, author=front.author or book.author))


def parse_plaintext(text: str) -> list[Block]:
    """Cut normalised plain text into blocks."""
    return _parse_book(unwrapped_book(lines_of(text)))


def _parse_book(book: Book) -> list[Block]:
    wrap = wrap_width(book.lines)
    lines = without_furniture(book.lines, wrap)
    if lines is not book.lines:
        wrap = wrap_width(lines)
    blocks = blocks_of(lines, Layout(lines, wrap))
    if len(blocks) == 1 and blocks[0].kind is Kind.PROSE:
        return [Block(Kind.PROSE, part) for part in unglued(blocks[0].text)]
    return blocks
