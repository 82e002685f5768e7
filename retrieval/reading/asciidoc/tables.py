"""Tables between |=== lines → elements."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.reading.asciidoc.inline import Inline
from retrieval.reading.tree.element import Element

# A cell begins with a bar, before which its width, its height, its alignment and its style can stand.
_CELL = re.compile(
    r"(?:(?<=\s)|^)(?P<spec>(?:\d{1,3}(?:\.\d{1,3})?[+*]|\.\d{1,3}\+)?[<^>.]{0,4}[adehlmsv]?)?(?<!\\)\||(?<!\\)\|",
    re.MULTILINE,
)
_WIDTHS = re.compile(r'cols="?([^"\]]{1,500})')
_COLUMNS = re.compile(r"(?:(\d{1,3})\*)?")
_REPEATED = re.compile(r"(\d{1,3})([+*])")
_MOST = 200


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    width: int = 1
    """How many columns it spans."""


def table(fence: str, lines: list[str], attributes: str, inline: Inline) -> Element:
    """The table whose lines stand between two fences. `attributes` are those in brackets above it."""
    is_csv = fence.startswith(",") or "format=csv" in attributes.replace('"', "")
    rows = list(_csv_rows(lines) if is_csv else _rows(lines, attributes))
    has_head = "header" in attributes or (
        len(rows) > 1
        and len(lines) > 1
        and bool(lines[0].strip())
        and not lines[1].strip()
        and "noheader" not in attributes
    )
    head = [Element("thead", [_row("th", rows[0], inline)])] if rows and has_head else []
    return Element("table", [*head, *(_row("td", row, inline) for row in rows[len(head) :])])


def _row(tag: str, cells: list[_Cell], inline: Inline) -> Element:
    return Element("tr", [Element(tag, inline.read(cell.text)) for cell in cells])


def _csv_rows(lines: list[str]) -> Iterator[list[_Cell]]:
    try:
        rows = list(csv.reader(lines))
    except csv.Error:  # a cell is longer than 128 kB
        rows = [[line] for line in lines]
    return ([_Cell(cell.strip()) for cell in row] for row in rows if any(row))


def _rows(lines: list[str], attributes: str) -> Iterator[list[_Cell]]:
    columns = _columns(attributes) or next((len(list(_cells(line))) for line in lines if "|" in line), 1)
    row: list[_Cell] = []
    filled = 0
    for cell in _cells("\n".join(lines)):
        row.append(cell)
        filled += cell.width
        if filled >= columns:
            yield row
            row, filled = [], 0
    if row:
        yield row


def _cells(text: str) -> Iterator[_Cell]:
    starts = list(_CELL.finditer(text))
    for i, start in enumerate(starts):
        end = starts[i + 1].start() if i + 1 < len(starts) else len(text)
        content = " ".join(text[start.end() : end].replace("\\|", "|").split())
        repeated = _REPEATED.match(start["spec"] or "")
        if repeated and repeated[2] == "*":
            yield from [_Cell(content)] * min(_MOST, int(repeated[1]))
        else:
            yield _Cell(content, int(repeated[1]) if repeated else 1)


def _columns(attributes: str) -> int:
    match = _WIDTHS.search(attributes) if "cols" in attributes else None
    if match is None:
        return 0
    given = match[1] if '"' in attributes else match[1].split(",")[0]
    if given.isdecimal():  # the older way of writing
        return min(int(given), _MOST)
    count = 0
    for column in given.replace(";", ",").split(","):
        times = _COLUMNS.match(column.strip())
        count += int(times[1]) if times and times[1] else 1
    return min(count, _MOST)
