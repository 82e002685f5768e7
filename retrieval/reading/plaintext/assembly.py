"""Pieces of a text, one after another → blocks: here each is judged by what stands before and behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from retrieval.reading.blocks import Block, Kind
from retrieval.reading.plaintext.contents import entry_key, names_contents
from retrieval.reading.plaintext.drawings import as_it_stands, is_fence
from retrieval.reading.plaintext.headings import Heading, Rank, is_plain_title, is_title, leveled, numbered_heading
from retrieval.reading.plaintext.joining import is_bullet, joined
from retrieval.reading.plaintext.layout import Layout
from retrieval.reading.plaintext.lines import BLANK, Line, chunks, sentence_end
from retrieval.reading.plaintext.pieces import Contents, Piece, Text, pieces_of

_OPENING_PIECES = 12
# Text under a plain heading has so many characters, or more lines than one.
_PARAGRAPH = 80


def blocks_of(lines: Sequence[Line], layout: Layout) -> list[Block]:
    """The blocks of the lines, in order."""
    pieces = _with_plain_headings(list(_pieces(lines, layout)), layout)
    pieces = _without_contents(pieces)
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


def _with_plain_headings(pieces: list[Piece], layout: Layout) -> list[Piece]:
    """The pieces, with lines that stand alone and are headings by their place told from text."""
    found = list(pieces)
    for i, piece in enumerate(pieces):
        if isinstance(piece, Text) and len(piece.lines) == 1:
            before = found[i - 1] if i else None
            after = pieces[i + 1] if i + 1 < len(pieces) else None
            found[i] = _numbered(piece, before, after) or _plain(piece, i, before, after, layout) or piece
    return found


def _numbered(piece: Text, before: Piece | None, after: Piece | None) -> Heading | None:
    """A numbered title, unless its neighbours are numbered as the items of a list are."""
    line = piece.lines[0]
    heading = numbered_heading(line.text)
    if heading is None or after is None:
        return None
    if heading.depth == 0 and any(_is_sibling(line, other) for other in (before, after)):
        return None
    return heading


def _is_sibling(line: Line, other: Piece | None) -> bool:
    if isinstance(other, Heading):
        return other.rank is Rank.NUMBERED and other.depth == 0
    return isinstance(other, Text) and other.lines[0].indent == line.indent and bool(is_bullet(other.lines[0]))


def _plain(piece: Text, number: int, before: Piece | None, after: Piece | None, layout: Layout) -> Heading | None:
    """A title that only its place sets apart: above a paragraph, behind a sentence's end."""
    line = piece.lines[0]
    if number < _OPENING_PIECES and _is_centred(line, layout) and is_title(line.text):
        return Heading(line.text, Rank.TITLE)
    if not is_plain_title(line.text) or is_bullet(line) or not _is_over(before) or not isinstance(after, Text):
        return None
    first = after.lines[0]
    if first.text[0].islower() or not (
        len(after.lines) > 1 or len(first.text) >= _PARAGRAPH or sentence_end(first.text)
    ):
        return None
    if number == 0:
        return Heading(line.text, Rank.TITLE)
    if line.indent < first.indent:
        return Heading(line.text, Rank.NUMBERED) if line.indent < layout.body else None
    if line.indent > first.indent and not _is_centred(line, layout):
        return None
    return Heading(line.text, Rank.PLAIN)


def _is_over(before: Piece | None) -> bool:
    """Whether no sentence runs from this piece into the next one."""
    return not isinstance(before, Text) or sentence_end(before.lines[-1].text) is not None


def _is_centred(line: Line, layout: Layout) -> bool:
    return line.indent >= layout.body + 6 and abs(line.indent + len(line.text) / 2 - layout.width / 2) <= 5


def _without_contents(pieces: list[Piece]) -> list[Piece]:
    """The pieces without tables of contents: lines that are all headings further down, and the name above them."""
    kept: list[Piece] = []
    later: set[str] = set()
    for piece in reversed(pieces):
        follows_nothing = not kept or isinstance(kept[-1], Heading | Contents)
        match piece:
            case Contents():
                kept.append(piece)
            case Heading() if names_contents(piece.text) and kept and isinstance(kept[-1], Contents):
                continue
            case Heading() if entry_key(piece.text) in later and follows_nothing:
                kept.append(Contents())
            case Heading():
                later.add(entry_key(piece.text))
                kept.append(piece)
            case Text() if _lists(piece.lines, later):
                kept.append(Contents())
            case _:
                kept.append(piece)
    return [piece for piece in reversed(kept) if not isinstance(piece, Contents)]


def _lists(lines: Sequence[Line], headings: set[str]) -> bool:
    """Whether nearly all lines are headings that stand further down."""
    listed = sum(entry_key(line.text) in headings for line in lines)
    return listed > 2 and 3 * listed >= 2 * len(lines)


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
