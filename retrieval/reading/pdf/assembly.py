"""Lines of a document, without furniture → blocks.

Each line is sorted by what it looks like and what stands around it: headings, code, rows of tables; the rest is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from retrieval.reading.blocks import LABEL_LEVEL, Block, Kind
from retrieval.reading.pdf.byline import without_byline
from retrieval.reading.pdf.contents import without_contents
from retrieval.reading.pdf.drafts import code_of, heading_of, rows_block
from retrieval.reading.pdf.lines import PdfLine
from retrieval.reading.pdf.paragraphs import Paragraphs, is_bullet
from retrieval.reading.pdf.shape import DEEPEST, LARGER, Shape, follows, frames_of, rounded, title_key
from retrieval.reading.pdf.tables import goes_on, rows_of
from retrieval.reading.plaintext.line_ends import words_in
from retrieval.reading.plaintext.lines import sentence_end

_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,5})\.?\s")
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST_HEADING = 200
_LONGEST_BOLD = 100
# Smaller letters, as a part of the text's size, are none of headings; letters up to this size are no larger.
_SMALLEST = 0.85
_SAME = 1.02
# How much shorter than the text below it a heading is, as a part of its letters' size.
_SHORTER = 6
# Points by which the ends of full lines differ at most.
_FULL = 1.5


@dataclass(frozen=True, slots=True)
class _Sort:
    """What a line is by itself: prose stands for paragraphs and lists."""

    kind: Kind
    level: int = 1


_TEXT, _CODE, _ROW = _Sort(Kind.PROSE), _Sort(Kind.CODE), _Sort(Kind.TABLE)


def blocks_of(pages: Sequence[Sequence[PdfLine]], notes: Mapping[int, Block], shape: Shape) -> Iterator[Block]:
    """The blocks of a document: its pages' lines, and each page's notes behind the block that the page ends in."""
    lines = without_contents([line for page in pages for line in page])
    waiting = sorted(notes, reverse=True)
    for page, block in without_byline(list(_blocks(lines, shape)), shape):
        while waiting and waiting[-1] < page:
            yield notes[waiting.pop()]
        yield block
    yield from (notes[number] for number in reversed(waiting))


def _blocks(lines: Sequence[PdfLine], shape: Shape) -> Iterator[tuple[int, Block]]:
    """The blocks, and the page on which each begins."""
    frames = list(frames_of(lines))
    full = sum(line.right > frame.right - _FULL for line, frame in zip(lines, frames, strict=True))
    paragraphs = Paragraphs(shape, words_in(line.text for line in lines), justified=full > 0.4 * len(lines))
    sorts = _sorts(lines, shape)
    start = 0
    for end in range(1, len(lines) + 1):
        if (
            end < len(lines)
            and sorts[end] == sorts[start]
            and not _parts(lines[end - 1], lines[end], sorts[end], shape)
        ):
            continue
        stretch = lines[start:end]
        if sorts[start] is _TEXT:
            yield from paragraphs.of(stretch, frames[start:end])
        elif sorts[start] is _CODE:
            yield stretch[0].page, code_of(stretch, shape.pitch)
        elif sorts[start] is _ROW:
            yield stretch[0].page, rows_block(stretch)
        else:
            yield stretch[0].page, heading_of(stretch, sorts[start].level, paragraphs.words)
        start = end


def _parts(before: PdfLine, line: PdfLine, sort: _Sort, shape: Shape) -> bool:
    """Whether two lines of one sort are of different blocks."""
    if sort is _TEXT:
        return False
    gap = before.baseline - line.baseline
    if sort.kind is Kind.HEADING:
        again = _NUMBERED.match(line.text) is not None
        return again or not follows(before, line) or gap > 2 * line.size or rounded(before.size) != rounded(line.size)
    return before.page == line.page and not 0 < gap < 3 * shape.pitch * line.size


def _sorts(lines: Sequence[PdfLine], shape: Shape) -> list[_Sort]:
    rows = rows_of(lines)
    sorts: list[_Sort] = []
    row: PdfLine | None = None
    for i, line in enumerate(lines):
        before = lines[i - 1] if i else None
        below = before is not None and follows(before, line) and not shape.is_apart(before, line)
        after = lines[i + 1] if i + 1 < len(lines) else None
        sort = _sort(line, before, after, rows[i], shape)
        if sort is _CODE and below and sorts[-1] is _TEXT and _ends_in_code(before, line):
            sort = _TEXT
        elif sort is _ROW:
            row = line
        elif sort is _TEXT and row is not None and below and sorts[-1] is _ROW and goes_on(row, line):
            sort = _ROW
        sorts.append(sort)
    # A row alone is a line of text with much space in it.
    alone = [sort is _ROW and sorts[max(i - 1, 0) : i + 2].count(_ROW) == 1 for i, sort in enumerate(sorts)]
    return [_TEXT if each else sort for each, sort in zip(alone, sorts, strict=True)]


def _ends_in_code(before: PdfLine | None, line: PdfLine) -> bool:
    """Whether the line is the end of a sentence that goes on with a name in the font of program code."""
    return (
        before is not None
        and not before.text.endswith(":")
        and sentence_end(before.text) is None
        and (before.right > line.right and abs(before.left - line.left) < 3 * line.size)
    )


def _sort(line: PdfLine, before: PdfLine | None, after: PdfLine | None, is_row: bool, shape: Shape) -> _Sort:
    level = _named_level(line, shape)
    if level is None and not is_row and _is_bold_heading(line, before, after, shape):
        level = _numbered_level(line.text, shape)
    if level is not None:
        return _Sort(Kind.HEADING, level)
    if line.fixed and not shape.fixed:
        return _CODE
    return _ROW if is_row and not is_bullet(line) else _TEXT


def _named_level(line: PdfLine, shape: Shape) -> int | None:
    """The level of a heading that the outline names, or that is larger than the text; None for other lines."""
    if len(line.text) > _LONGEST_HEADING or not _LETTER.search(line.text):
        return None
    named = shape.outline.get(title_key(line.text))
    if named is not None and (line.bold or line.size > _SAME * shape.size):
        return named
    return shape.levels[rounded(line.size)] if line.size >= LARGER * shape.size else None


def _is_bold_heading(line: PdfLine, before: PdfLine | None, after: PdfLine | None, shape: Shape) -> bool:
    """Whether a line in bold letters no larger than the text's is a heading: it stands apart and ends no sentence."""
    text = line.text
    if shape.bold or not line.bold or line.fixed or line.size < _SMALLEST * shape.size or len(text) > _LONGEST_BOLD:
        return False
    if not _LETTER.search(text) or (before is not None and follows(before, line) and not shape.is_apart(before, line)):
        return False
    if after is not None and _runs_into(line, after, shape):
        return False
    return _NUMBERED.match(text) is not None or not (
        is_bullet(line) or sentence_end(text) or text.endswith((",", ";", "-"))
    )


def _runs_into(line: PdfLine, after: PdfLine, shape: Shape) -> bool:
    """Whether a sentence runs from a line that is about as long as the next into that."""
    near = follows(line, after) and not shape.is_apart(line, after) and after.text[0].islower()
    return near and line.right > after.right - _SHORTER * line.size


def _numbered_level(text: str, shape: Shape) -> int:
    """The level of a heading in bold letters no larger than the text's: a number tells it, or it is a label."""
    match = _NUMBERED.match(text)
    if match is None:
        return LABEL_LEVEL
    return min(max(shape.levels.values(), default=0) + 1 + match["number"].count("."), DEEPEST)
