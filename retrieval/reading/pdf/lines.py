"""The lines of a page: what stands on one height, from left to right, in the order in which the page draws it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from retrieval.article import Span

WIDE = 1.5
"""How much wider than its characters are high the space between two cells of a line is."""
SMALL = 0.8
"""The size of raised numbers and signs, as a part of the size of the text, is below this."""
# How far apart lines are at least, below which space words are not parted, and how much larger a first letter is.
_SAME_HEIGHT = 0.5
_CLOSE = 0.12
_DROPPED = 1.8


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a line with wide space around it, such as a table's cell."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line, or a piece of a line while a page is read. Places are in points, as in `glyphs`."""

    text: str
    page: int
    left: float
    right: float
    baseline: float
    size: float
    """The size of its characters."""
    bold: bool = False
    fixed: bool = False
    """Whether all characters are equally wide, as program code's are; its spaces are then as many as they look."""
    width: float = 0
    """The width of a character, on the average."""
    marks: tuple[Span, ...] = ()
    """The raised numbers and signs in the text, which may lead to footnotes."""
    cells: tuple[Cell, ...] = field(default=())
    """Its pieces, if there are more than one."""


def lines_of(fragments: Iterable[PdfLine]) -> Iterator[PdfLine]:
    """The lines that fragments are, which follow one another as they are drawn."""
    run: list[PdfLine] = []
    for fragment in fragments:
        if run and not _is_beside(run, fragment):
            yield _joined(run)
            run = []
        run.append(fragment)
    if run:
        yield _joined(run)


def _is_beside(run: Sequence[PdfLine], fragment: PdfLine) -> bool:
    """Whether the fragment goes on to the right of what is in the line."""
    last, size = run[-1], max(run[-1].size, fragment.size)
    if fragment.left < last.left - _CLOSE * size or last.text.endswith("-"):
        return False
    distance = abs(fragment.baseline - last.baseline)
    if len(run) == 1 and _is_dropped(last, fragment):
        return True
    return distance < _SAME_HEIGHT * size and fragment.right > last.right


def _is_dropped(last: PdfLine, fragment: PdfLine) -> bool:
    """Whether the last fragment is the large letter that a chapter begins with."""
    return (
        len(last.text) == 1 and last.text.isupper() and last.size > _DROPPED * fragment.size
        and fragment.baseline >= last.baseline and fragment.left - last.right < fragment.size
    )  # fmt: skip


def _joined(run: Sequence[PdfLine]) -> PdfLine:
    if len(run) == 1:
        return run[0]
    main = max(run, key=lambda fragment: len(fragment.text))
    marks: list[Span] = []
    begins: list[tuple[int, int]] = []  # where each cell begins: in the run, and in the text
    parts: list[str] = []
    length = 0
    for i, fragment in enumerate(run):
        space = fragment.left - run[i - 1].right if i else math.inf
        if i and space > _CLOSE * main.size:
            parts.append(" ")
            length += 1
        if space > WIDE * main.size:
            begins.append((i, length))
        marks += _marks(fragment, main, length)
        parts.append(fragment.text)
        length += len(fragment.text)
    text = "".join(parts)
    ends = [*begins[1:], (len(run), length)]
    cells = [
        Cell(text[begin:end].rstrip(), run[i].left, run[j - 1].right)
        for (i, begin), (j, end) in zip(begins, ends, strict=True)
    ]
    return replace(
        main,
        text=text,
        left=run[0].left,
        right=max(fragment.right for fragment in run),
        bold=all(fragment.bold for fragment in run),
        fixed=False if len(cells) > 1 else all(fragment.fixed for fragment in run),
        marks=tuple(marks),
        cells=tuple(cells) if len(cells) > 1 else (),
    )


def _marks(fragment: PdfLine, main: PdfLine, offset: int) -> Iterator[Span]:
    """The marks in a fragment; a small one that stands higher than the line is a mark itself."""
    if fragment.size < SMALL * main.size and len(fragment.text) <= 3 and fragment.baseline > main.baseline:
        yield Span(offset, offset + len(fragment.text))
    else:
        yield from (Span(mark.start + offset, mark.end + offset) for mark in fragment.marks)
