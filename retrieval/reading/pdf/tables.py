"""Rows of cells → a table, its head first, or lines where it has no head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from retrieval.reading.blocks import Block, Kind
from retrieval.reading.pdf.lines import PdfLine
from retrieval.reading.plaintext.line_ends import glue_between

# How many lines behind a row the next row may stand, and by how many points the places of their cells differ at most.
_AHEAD = 4
_NEAR = 4.0
_NUMERIC = re.compile(r"[-+±(]?[$€£]?\d[\d.,:/ ]{0,20}[%)]?")


def rows_of(lines: Sequence[PdfLine]) -> list[bool]:
    """Whether each line is a row of a table: a line with cells, near another with a cell at the same place."""
    found = [False] * len(lines)
    for i, line in enumerate(lines):
        if not line.cells:
            continue
        for j in range(i + 1, min(i + 1 + _AHEAD, len(lines))):
            if lines[j].cells and lines[j].page == line.page and _are_aligned(line, lines[j]):
                found[i] = found[j] = True
                break
    return found


def _are_aligned(one: PdfLine, other: PdfLine) -> bool:
    """Whether a cell behind the first begins, ends or has its middle where one of the other line does."""
    return any(
        abs(a.left - b.left) <= _NEAR
        or abs(a.right - b.right) <= _NEAR
        or abs(a.left + a.right - b.left - b.right) <= _NEAR
        for a, b in zip(one.cells[1:], other.cells[1:], strict=False)
    )


def goes_on(row: PdfLine, line: PdfLine) -> int | None:
    """The number of the row's cell that the line goes on with, which stands below it; None if it goes on with none."""
    for number, cell in enumerate(row.cells):
        if abs(cell.left - line.left) <= _NEAR and (number or len(row.cells) > 1):
            return number
    return None


def table_of(rows: Sequence[Sequence[str]], bold_head: bool) -> Block:
    """The block of rows of cells."""
    kind = Kind.TABLE if len(rows) > 1 and (bold_head or _has_head(rows)) else Kind.LINES
    return Block(kind, "\n".join(" | ".join(row) for row in rows))


def _has_head(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names what stands below it: it has no number where most others have numbers."""
    head, *others = rows
    columns = [[row[i] for row in others if i < len(row)] for i in range(len(head))]
    return any(
        cells and not _NUMERIC.fullmatch(name) and 2 * sum(map(_is_numeric, cells)) > len(cells)
        for name, cells in zip(head, columns, strict=True)
    ) and not any(map(_is_numeric, head))


def _is_numeric(cell: str) -> bool:
    return len(cell) < 30 and _NUMERIC.fullmatch(cell) is not None


def cells_of(lines: Sequence[PdfLine]) -> Iterator[list[str]]:
    """The cells of each row; lines that go on with a cell are joined to it."""
    cells: list[str] = []
    row: PdfLine | None = None
    for line in lines:
        number = None if row is None or line.cells else goes_on(row, line)
        if number is None:
            if cells:
                yield cells
            row, cells = line, [cell.text for cell in line.cells] or [line.text]
        else:
            cells[number] += glue_between(cells[number][-2:], line.text) + line.text
    if cells:
        yield cells
