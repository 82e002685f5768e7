"""The lines between two blank lines → what they are: headings, tables, drawings, lines, or text to be joined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise

from retrieval.reading.blocks import Block, Kind
from retrieval.reading.plaintext.contents import is_contents, is_paged
from retrieval.reading.plaintext.drawings import as_it_stands, is_code, is_drawing
from retrieval.reading.plaintext.headings import Heading
from retrieval.reading.plaintext.joining import is_bullet, joined
from retrieval.reading.plaintext.layout import Layout
from retrieval.reading.plaintext.leading import TALLEST, leading_heading, underlined_heading
from retrieval.reading.plaintext.lines import SEPARATOR, Line
from retrieval.reading.plaintext.tables import table_of
from retrieval.reading.plaintext.verse import are_terms, is_term, is_verse

# What every table and every drawing has: a stroke, or a gap between columns.
_STROKE = re.compile(r"[|+/\\_<>^=*#─-╿→←↑↓▲▼◄►-]|\S {2}")


@dataclass(frozen=True, slots=True)
class Text:
    """Lines that are still to be joined."""

    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Contents:
    """An entry, or several, of a table of contents."""


Piece = Text | Heading | Block | Contents


def pieces_of(lines: Sequence[Line], layout: Layout, underlines: dict[str, int]) -> Iterator[Piece]:
    """What the lines between two blank lines are.

    `underlines` holds the characters that headings of the text were underlined with up to here, and their order.
    """
    if is_contents(lines):
        yield Contents()
        return
    if lines[0].text[0] == ">" and len(lines) > 1 and all(line.text.startswith(">") for line in lines):
        lines = [_unquoted(line) for line in lines]
    drawn = _drawn(lines, layout)
    if drawn is not None:
        yield drawn
        return
    if not any(map(_is_separator, lines)):
        yield from _text(lines, layout)
        return
    runs = ((separates, list(run)) for separates, run in groupby(lines, key=_is_separator))
    for (separates, run), (_, below) in pairwise(chain(runs, [(False, list[Line]())])):
        if separates:
            continue
        under = below[0] if below else None
        heading = underlined_heading(run, under, underlines)
        if heading is None:
            yield from _text(run, layout)
        else:
            if run[:-1]:
                yield from _text(run[:-1], layout)
            yield heading


def _is_separator(line: Line) -> bool:
    return bool(SEPARATOR.fullmatch(line.text))


def _unquoted(line: Line) -> Line:
    text = line.text.lstrip("> ")
    raw = line.raw.lstrip("> ")
    return Line(text, raw, 0)


def _drawn(lines: Sequence[Line], layout: Layout) -> Block | None:
    """A table, or what is kept as it stands."""
    if len(lines) == 1 and layout.wrap is None:
        return None
    if is_bullet(lines[0]) or all(is_paged(line) for line in lines):
        return None
    has_strokes = bool(_STROKE.search("\n".join([line.raw for line in lines])))
    if has_strokes and (lines[0].text.startswith(("|", "+-")) or not any(is_bullet(line) for line in lines)):
        table = table_of(lines)
        if table is not None:
            return table
    indented = layout.wrap is not None and min(line.indent for line in lines) >= layout.body + 2
    if (has_strokes and is_drawing(lines)) or ((indented or len(lines) > 2) and is_code(lines)):
        return as_it_stands(lines)
    return None


def _text(lines: Sequence[Line], layout: Layout) -> Iterator[Piece]:
    """What lines without rules are."""
    for _ in range(TALLEST):
        heading = leading_heading(lines, layout) if lines else None
        if heading is None:
            break
        yield heading
        lines = lines[heading.text.count("\n") + 1 :]
    split = _introduced(lines, layout)
    if lines[:split]:
        yield _body(lines[:split], layout)
    if below := lines[split:]:
        yield _drawn(below, layout) or _body(below, layout)


def _introduced(lines: Sequence[Line], layout: Layout) -> int:
    """Where indented lines begin below a line that ends in a colon; the number of lines if they do not."""
    if layout.wrap is None or not lines or is_bullet(lines[0]):
        return len(lines)
    for i, (a, b) in enumerate(pairwise(lines), start=1):
        if a.text.endswith(":") and b.indent >= a.indent + 2:
            return i if all(line.indent >= b.indent for line in lines[i:]) else len(lines)
    return len(lines)


def _body(lines: Sequence[Line], layout: Layout) -> Piece:
    if len(lines) > 1 and lines[0].text in layout.names:
        return _speech(lines, layout)
    if is_bullet(lines[0]):
        return Text(lines)
    if is_verse(lines, layout):
        return _kept(lines)
    if are_terms(lines, layout):
        return _terms(lines, layout)
    return Text(lines)


def _speech(lines: Sequence[Line], layout: Layout) -> Block:
    """What somebody says under their name: the name stays with it."""
    name, *rest = lines
    if is_verse(rest, layout):
        return Block(Kind.LINES, "\n".join(line.text for line in lines))
    said = " ".join(block.text for block in joined(rest, layout))
    return Block(Kind.PROSE, f"{name.text} {said}")


def _kept(lines: Sequence[Line]) -> Block:
    """Lines that stay lines. Where few of them begin as sentences do, they are rather a program's."""
    small = sum(not line.text[0].isupper() and line.text[0].isascii() for line in lines)
    if 2 * small > len(lines) and len({line.indent for line in lines}) > 1:
        return as_it_stands(lines)
    return Block(Kind.LINES, "\n".join(line.text for line in lines))


def _terms(lines: Sequence[Line], layout: Layout) -> Block:
    parts: list[str] = []
    for term, group in groupby(lines, key=lambda line: is_term(line, lines)):
        run = list(group)
        if term:
            parts += (line.text for line in run)
            continue
        table = table_of(run)
        if table is not None or is_verse(run, layout):
            parts += (f"  {line.text}" for line in run)
        else:
            parts += (f"  {line}" for block in joined(run, layout) for line in block.text.split("\n"))
    return Block(Kind.LINES, "\n".join(parts))
