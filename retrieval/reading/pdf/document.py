"""A PDF → blocks, and what it says of itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from retrieval.errors import Reason, UnfitError
from retrieval.reading.blocks import Block, Kind
from retrieval.reading.parsed import Parsed
from retrieval.reading.pdf.assembly import blocks_of
from retrieval.reading.pdf.columns import in_reading_order
from retrieval.reading.pdf.footnotes import mark_of, without_mark, without_notes
from retrieval.reading.pdf.fragments import fragments_of
from retrieval.reading.pdf.furniture import without_furniture
from retrieval.reading.pdf.glyphs import Font, glyphs_of
from retrieval.reading.pdf.lines import PdfLine, lines_of
from retrieval.reading.pdf.metadata import front_of, outline_of
from retrieval.reading.pdf.shape import Shape, text_size
from retrieval.reading.plaintext.line_ends import glue_between

MOST_PAGES = 2_000
MOST_CHARACTERS = 10_000_000
_SIGN = b"%PDF-"
_ENCRYPTED = b"/Encrypt"
# Where the sign stands at the latest.
_BEGINNING = 1024
_LOCKED = (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)


class PdfError(UnfitError):
    """The PDF is damaged or locked, has too many pages, or pictures instead of text."""


def parse_pdf(raw: bytes) -> Parsed:
    """Read a PDF. Raises PdfError."""
    if _SIGN not in raw[:_BEGINNING]:
        raise PdfError("not-pdf")
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        # PDFium tells of an earlier error where it has no name for this one.
        if error.err_code in _LOCKED and _ENCRYPTED in raw:
            raise PdfError("pdf-locked") from error
        raise PdfError("pdf-damaged") from error
    try:
        return _parsed(document)
    finally:
        document.close()


def _parsed(document: pypdfium2.PdfDocument) -> Parsed:
    if len(document) > MOST_PAGES:
        raise PdfError("pdf-pages", limit=MOST_PAGES)
    pages = list(_pages(document))
    if not pages:
        raise PdfError("pdf-damaged")
    if not any(pages):
        raise PdfError("pdf-pictures")
    damaged = len(document) - len(pages)
    size = text_size(line for page in pages for line in page)
    pages = [in_reading_order(page) for page in without_furniture(pages, size)]
    notes: dict[int, list[PdfLine]] = {}
    for number, page in enumerate(pages):
        pages[number], found = without_notes(page, size, number - 1 in notes)
        if found:
            notes[number] = found
    shape = Shape.of([line for page in pages for line in page], outline_of(document))
    blocks = blocks_of(pages, {number: _notes(lines) for number, lines in notes.items()}, shape)
    return Parsed(list(blocks), front_of(document), notes=tuple(_note(damaged)))


def _pages(document: pypdfium2.PdfDocument) -> Iterator[list[PdfLine]]:
    """The lines of each page that can be read."""
    fonts: dict[bytes, Font] = {}
    characters = 0
    for number in range(len(document)):
        try:
            with glyphs_of(document, number, fonts) as glyphs:
                characters += glyphs.count
                if characters > MOST_CHARACTERS:
                    raise PdfError("pdf-large", limit=MOST_CHARACTERS)
                yield list(lines_of(fragments_of(glyphs, number)))
        except pypdfium2.PdfiumError:
            continue


def _note(damaged: int) -> Iterator[Reason]:
    if damaged == 1:
        yield Reason.of("pdf-page-left-out")
    elif damaged:
        yield Reason.of("pdf-pages-left-out", pages=damaged)


def _notes(lines: Sequence[PdfLine]) -> Block:
    """A page's notes: a line for each."""
    texts: list[str] = []
    for line in lines:
        if mark := mark_of(line):
            texts.append(f"{mark}{'.' * mark.isdecimal()} {without_mark(line)}")
        elif texts:
            texts[-1] += glue_between(texts[-1][-2:], line.text) + line.text
        else:
            texts.append(line.text)
    return Block(Kind.LINES, "\n".join(texts))
