"""The rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.reading.tree.element import Element
from retrieval.reading.tree.inline import one_line
from retrieval.reading.tree.rich_text import RichText, joined

_PARTS = frozenset({"thead", "tbody", "tfoot"})


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its cells joined by " | ", and whether it is the head."""

    text: RichText
    is_head: bool


def table_rows(table: Element) -> Iterator[Row]:
    """The rows that have a text."""
    for row, in_head in _rows(table):
        cells = list(row.elements)
        text = joined(map(one_line, cells), " | ")
        if text.text.strip(" |"):
            yield Row(text, in_head or (len(cells) > 1 and all(cell.tag == "th" for cell in cells)))


def table_cells(table: Element) -> Iterator[Element]:
    """All cells of a table that only arranges what lies in it, and its caption."""
    for child in table.elements:
        if child.tag in _PARTS or child.tag == "tr":
            for row, _ in _rows(Element("table", [child])):
                yield from row.elements
        else:
            yield child


def has_one_column(table: Element) -> bool:
    """Whether no row has more than a cell."""
    return all(len(list(row.elements)) <= 1 for row, _ in _rows(table))


def _rows(table: Element) -> Iterator[tuple[Element, bool]]:
    for child in table.elements:
        if child.tag == "tr":
            yield child, False
        elif child.tag in _PARTS:
            yield from ((row, child.tag == "thead") for row in child.elements if row.tag == "tr")
