"""Pieces of a text, one after another → blocks: here each is judged by what stands before and behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice

from retrieval.reading.blocks import Block, Kind
from retrieval.reading.plaintext.drawings import as_it_stands, is_fence
from retrieval.reading.plaintext.entries import without_contents
from retrieval.reading.plaintext.headings import Heading, Rank, is_plain_title, is_title, leveled, numbered_heading
from retrieval.reading.plaintext.joining import is_bullet, joined
from retrieval.reading.plaintext.layout import Layout
from retrieval.reading.plaintext.lines import BLANK, Line, chunks, sentence_end
from retrieval.reading.plaintext.pieces import Piece, Text, pieces_of

# A title stands among so many pieces at the top, and has at most so many lines.
_OPENING = 5
_TALLEST = 3
# The ranks of headings that say nothing of their place in the text.
_BY_LOOKS = (Rank.CAPITALS, Rank.PLAIN)
# Text under a plain heading has so many characters, or more lines than one.
_PARAGRAPH = 80


def blocks_of(lines: Sequence[Line], layout: Layout) -> list[Block]:
    """The blocks of the lines, in order."""
    pieces = _with_title(_with_plain_headings(list(_pieces(lines, layout)), layout), _title(lines, layout))
    pieces = without_contents(pieces)
    return list(_paired(_finished(pieces, layout)))


def _pieces(lines: Sequence[Line], layout: Layout) -> Iterator[Piece]:
    underlines: dict[str, int] = {}
    fences = [i for i, line in enumerate(lines) if is_fence(line)]
    end = 0
    for opened, closed in zip(fences[::2], fences[1::2], strict=False):
        yield from _unfenced(lines[end:opened], layout, underlines)
        yield as_it_stands(lines[opened + 1 : closed])
        end = closed + 1
    yield from _unfenced(lines[end:], layout, underlines)


def _unfenced(lines: Sequence[Line], layout: Layout, underlines: dict[str, int]) -> Iterator[Piece]:
    for run in chunks(lines):
        yield from pieces_of(run, layout, underlines)


def _title(lines: Sequence[Line], layout: Layout) -> Heading | None:
    """The title in the middle of the first lines, below what stands on the page's head."""
    for run in islice(chunks(lines), _OPENING):
        if len(run) <= _TALLEST and all(_is_centred(line, layout) and is_title(line.text) for line in run):
            return Heading("\n".join(line.text for line in run), Rank.TITLE)
    return None


def _with_plain_headings(pieces: list[Piece], layout: Layout) -> list[Piece]:
    """The pieces, with lines that stand alone and are headings by their place told from text."""
    found = list(pieces)
    for i, piece in enumerate(pieces):
        if isinstance(piece, Text) and len(piece.lines) == 1:
            before = found[i - 1] if i else None
            after = pieces[i + 1] if i + 1 < len(pieces) else None
            found[i] = _numbered(piece, before, after, layout) or _plain(piece, before, after, layout) or piece
    return found


def _numbered(piece: Text, before: Piece | None, after: Piece | None, layout: Layout) -> Heading | None:
    """A numbered title, unless its neighbours are numbered as the items of a list are."""
    line = piece.lines[0]
    heading = numbered_heading(line.text, unpointed=layout.unpointed)
    if heading is None or after is None:
        return None
    if heading.depth == 0 and any(_is_sibling(line, other) for other in (before, after)):
        return None
    return heading


def _is_sibling(line: Line, other: Piece | None) -> bool:
    if isinstance(other, Heading):
        return other.rank is Rank.NUMBERED and other.depth == 0
    return isinstance(other, Text) and other.lines[0].indent == line.indent and bool(is_bullet(other.lines[0]))


def _plain(piece: Text, before: Piece | None, after: Piece | None, layout: Layout) -> Heading | None:
    """A title that only its place sets apart: above a paragraph, behind a sentence's end."""
    line = piece.lines[0]
    named = isinstance(before, Heading) and before.rank in (Rank.HIGH, Rank.MIDDLE) and is_title(line.text)
    if not (named or is_plain_title(line.text)) or "  " in line.raw.strip() or is_bullet(line) or not _is_over(before):
        return None
    if not isinstance(after, Text):
        return None
    first = after.lines[0]
    if first.text[0].islower() or not (
        len(after.lines) > 1 or len(first.text) >= _PARAGRAPH or sentence_end(first.text)
    ):
        return None
    if line.indent < first.indent:
        return Heading(line.text, Rank.NUMBERED) if line.indent < layout.body else None
    if line.indent > first.indent and not _is_centred(line, layout):
        return None
    return Heading(line.text, Rank.PLAIN)


def _with_title(pieces: list[Piece], title: Heading | None) -> list[Piece]:
    """The pieces, with the text's title above all headings. A heading with nothing below it is text."""
    found = list(pieces)
    if found and isinstance(last := found[-1], Heading) and last.rank in _BY_LOOKS:
        found[-1] = Text([Line(last.text, last.text, 0)])
    for i, piece in enumerate(found[: _OPENING + 1]):
        if title is not None and _says(piece, title.text):
            found[i] = Heading(piece.text if isinstance(piece, Heading) else title.text, Rank.TITLE)
            break
        if title is None and isinstance(piece, Heading):
            if piece.rank in _BY_LOOKS and i < 2:
                found[i] = replace(piece, rank=Rank.TITLE)
            break
    return found


def _says(piece: Piece, title: str) -> bool:
    """Whether the piece is the title, or its first line."""
    text = "\n".join(line.text for line in piece.lines) if isinstance(piece, Text) else ""
    if isinstance(piece, Heading | Block):
        text = piece.text
    return text in (title, title.split("\n", 1)[0])


def _is_over(before: Piece | None) -> bool:
    """Whether no sentence runs from this piece into the next one."""
    return not isinstance(before, Text) or sentence_end(before.lines[-1].text) is not None


def _is_centred(line: Line, layout: Layout) -> bool:
    if line.indent < layout.body + 6:
        return False
    middle = line.indent + len(line.text) / 2
    return abs(middle - layout.width / 2) <= 5 or abs(middle - (layout.body + layout.width) / 2) <= 5


def _finished(pieces: Sequence[Piece], layout: Layout) -> Iterator[Block]:
    levels = iter(leveled([piece for piece in pieces if isinstance(piece, Heading)]))
    for texts, run in groupby(pieces, key=lambda piece: isinstance(piece, Text)):
        if texts:
            lines: list[Line] = []
            for piece in run:
                assert isinstance(piece, Text)
                lines += [*piece.lines, BLANK]
            yield from joined(lines, layout)
        else:
            for piece in run:
                if isinstance(piece, Heading):
                    yield Block(Kind.HEADING, " ".join(piece.text.split()), next(levels))
                elif isinstance(piece, Block):
                    yield piece


def _paired(blocks: Iterator[Block]) -> Iterator[Block]:
    """The blocks, with a question and its answer as one."""
    asked: Block | None = None
    for block in blocks:
        if asked and block.kind is Kind.PROSE and block.text.startswith("A: "):
            yield Block(Kind.LINES, f"{asked.text}\n{block.text}")
            asked = None
            continue
        if asked:
            yield asked
        asked = block if block.kind is Kind.PROSE and block.text.startswith("Q: ") else None
        if asked is None:
            yield block
    if asked:
        yield asked
