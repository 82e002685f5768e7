"""Headings by their place: lines that stand alone and are titles of what stands below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from retrieval.reading.blocks import Block
from retrieval.reading.plaintext.headings import Heading, Rank, is_plain_title, is_title, numbered_heading
from retrieval.reading.plaintext.joining import is_bullet
from retrieval.reading.plaintext.layout import Layout
from retrieval.reading.plaintext.leading import TALLEST
from retrieval.reading.plaintext.lines import Line, chunks, sentence_end
from retrieval.reading.plaintext.pieces import Piece, Text

_COUNTED = re.compile(r"(?P<number>\d{1,3}|[A-H])[.)] ")
_NO_NUMBER = -10
# A title stands among so many pieces at the top.
_OPENING = 5
# The ranks of headings that say nothing of their place in the text.
_BY_LOOKS = (Rank.CAPITALS, Rank.PLAIN)
# Text under a plain heading has so many characters, or more lines than one.
_PARAGRAPH = 80


def with_headings(pieces: Sequence[Piece], layout: Layout) -> list[Piece]:
    """The pieces, with the title and the lines that are headings by their place told from text."""
    found = list(pieces)
    _name_title(found, _title(layout))
    for i, piece in enumerate(found):
        if isinstance(piece, Text) and len(piece.lines) == 1:
            before = found[i - 1] if i else None
            after = found[i + 1] if i + 1 < len(found) else None
            found[i] = _numbered(piece, before, after, layout) or _plain(piece, before, after, layout) or piece
    _mend_ends(found)
    return found


def _title(layout: Layout) -> Heading | None:
    """The title in the middle of the first lines, below what stands on the page's head, or alone in the first line."""
    top = next(chunks(layout.lines), [])
    if layout.wrap is not None and len(top) == 1 and is_plain_title(top[0].text):
        return Heading(top[0].text, Rank.TITLE)
    for run in islice(chunks(layout.lines), _OPENING):
        if len(run) <= TALLEST and all(_is_centred(line, layout) and is_title(line.text) for line in run):
            return Heading("\n".join(line.text for line in run), Rank.TITLE)
    return None


def _numbered(piece: Text, before: Piece | None, after: Piece | None, layout: Layout) -> Heading | None:
    """A numbered title, unless its neighbours are numbered as the items of a list are."""
    line = piece.lines[0]
    heading = numbered_heading(line.text, unpointed=layout.unpointed)
    if heading is None or after is None:
        return None
    number = _number(line.text)
    if heading.depth == 0 and number is not None and number in (_last_number(before) + 1, _first_number(after) - 1):
        return None
    return heading


def _number(text: str) -> int | None:
    """The number or letter of a list's item or of a heading."""
    match = _COUNTED.match(text)
    if match is None:
        return None
    return int(match["number"]) if match["number"].isdigit() else ord(match["number"])


def _last_number(before: Piece | None) -> int:
    numbers = (_number(text) for text in reversed(_counted_lines(before)))
    return next((number for number in numbers if number is not None), _NO_NUMBER)


def _first_number(after: Piece | None) -> int:
    lines = _counted_lines(after)
    number = _number(lines[0]) if lines else None
    return _NO_NUMBER if number is None else number


def _counted_lines(piece: Piece | None) -> list[str]:
    if isinstance(piece, Heading):
        return [piece.text]
    return [line.text for line in piece.lines] if isinstance(piece, Text) else []


def _plain(piece: Text, before: Piece | None, after: Piece | None, layout: Layout) -> Heading | None:
    """A title that only its place sets apart: above a paragraph, behind a sentence's end."""
    if not isinstance(after, Text) or not _begins_text(after.lines):
        return None
    line = piece.lines[0]
    named = isinstance(before, Heading) and before.rank in (Rank.HIGH, Rank.MIDDLE) and is_title(line.text)
    if not (named or is_plain_title(line.text)) or "  " in line.raw.strip() or is_bullet(line) or not _is_over(before):
        return None
    margin = min(each.indent for each in after.lines)
    if line.indent < margin:
        return Heading(line.text, Rank.NUMBERED) if line.indent < layout.body else None
    if line.indent > margin and not _is_centred(line, layout):
        return None
    return Heading(line.text, Rank.PLAIN)


def _begins_text(lines: Sequence[Line]) -> bool:
    """Whether the lines may stand under a heading: they begin a sentence, and are more than a line or a long one."""
    first = lines[0].text
    return not first[:1].islower() and (len(lines) > 1 or len(first) >= _PARAGRAPH or sentence_end(first) is not None)


def _name_title(found: list[Piece], title: Heading | None) -> None:
    """Make the text's title a heading above all headings."""
    for i, piece in enumerate(found[: _OPENING + 1]):
        if title is not None and _says(piece, title.text):
            found[i] = Heading(piece.text if isinstance(piece, Heading) else title.text, Rank.TITLE)
            break


def _mend_ends(found: list[Piece]) -> None:
    """Make a first heading unlike all others the title, and a last line, with nothing below it, text."""
    if found and isinstance(last := found[-1], Heading) and last.rank in _BY_LOOKS:
        found[-1] = Text([Line(last.text, last.text, 0)])
    for i, piece in enumerate(found[:2]):
        if isinstance(piece, Heading):
            alike = sum(isinstance(other, Heading) and other.rank is piece.rank for other in found)
            if piece.rank in _BY_LOOKS and alike == 1:
                found[i] = replace(piece, rank=Rank.TITLE)
            break


def _says(piece: Piece, title: str) -> bool:
    """Whether the piece is the title, or its first line."""
    text = "\n".join(line.text for line in piece.lines) if isinstance(piece, Text) else ""
    if isinstance(piece, Heading | Block):
        text = piece.text
    return " ".join(text.split()) in (" ".join(title.split()), title.split("\n", 1)[0])


def _is_over(before: Piece | None) -> bool:
    """Whether no sentence runs from this piece into the next one."""
    return not isinstance(before, Text) or sentence_end(before.lines[-1].text) is not None


def _is_centred(line: Line, layout: Layout) -> bool:
    if line.indent < layout.body + 6:
        return False
    middle = line.indent + len(line.text) / 2
    return abs(middle - layout.width / 2) <= 5 or abs(middle - (layout.body + layout.width) / 2) <= 5
