"""Two columns that a page draws row by row → the left column, then the right column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from retrieval.reading.pdf.lines import Cell, PdfLine
from retrieval.reading.plaintext.lines import sentence_end

# Rows of text in two columns that a page has at least, and their length in characters: tables have shorter cells, and
# fewer cells that a sentence runs out of.
_FEWEST = 6
_LONG = 20
# Places that differ by fewer points are one place.
_NEAR = 3.0


def in_reading_order(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """The lines of a page, each column's together between the lines that run over both."""
    gutter = _gutter(lines)
    if gutter is None:
        return list(lines)
    ordered: list[PdfLine] = []
    left: list[PdfLine] = []
    right: list[PdfLine] = []
    for line in lines:
        if _is_row(line, gutter):
            left.append(_only(line, line.cells[0]))
            right.append(_only(line, line.cells[1]))
        elif line.right < gutter:
            left.append(line)
        elif line.left > gutter - _NEAR:
            right.append(line)
        else:
            ordered += [*left, *right, line]
            left, right = [], []
    return [*ordered, *left, *right]


def _gutter(lines: Sequence[PdfLine]) -> float | None:
    """Where the right column begins; None if the page has one column."""
    starts = Counter(round(line.cells[1].left) for line in lines if len(line.cells) == 2)
    for start, _ in starts.most_common(1):
        rows = [line for line in lines if _is_row(line, start)]
        if len(rows) >= _FEWEST and all(
            _reads_as_text(cells, len(rows)) for cells in zip(*map(_texts, rows), strict=True)
        ):
            return float(start)
    return None


def _is_row(line: PdfLine, gutter: float) -> bool:
    return len(line.cells) == 2 and abs(line.cells[1].left - gutter) <= _NEAR


def _texts(line: PdfLine) -> Iterator[str]:
    return (cell.text for cell in line.cells)


def _reads_as_text(cells: Sequence[str], rows: int) -> bool:
    """Whether the lines of a column are those of paragraphs."""
    ended = sum(sentence_end(cell) is not None for cell in cells)
    return sum(map(len, cells)) >= _LONG * rows and 2 * ended < rows


def _only(line: PdfLine, cell: Cell) -> PdfLine:
    marks = line.marks if cell is line.cells[0] else ()
    return replace(line, text=cell.text, left=cell.left, right=cell.right, cells=(), marks=tuple(
        mark for mark in marks if mark.end <= len(cell.text)
    ))  # fmt: skip
