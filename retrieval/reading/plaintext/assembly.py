"""Pieces of a text, one after another → blocks: here each is judged by what stands before and behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from retrieval.reading.blocks import Block, Kind
from retrieval.reading.plaintext.drawings import as_it_stands, is_fence
from retrieval.reading.plaintext.entries import without_contents
from retrieval.reading.plaintext.headings import Heading, leveled
from retrieval.reading.plaintext.joining import is_bullet, joined
from retrieval.reading.plaintext.layout import Layout
from retrieval.reading.plaintext.lines import BLANK, Line, chunks, sentence_end
from retrieval.reading.plaintext.pieces import Piece, Text, pieces_of
from retrieval.reading.plaintext.places import with_headings

# A longer line is no term.
_LONGEST_TERM = 60


def blocks_of(lines: Sequence[Line], layout: Layout) -> list[Block]:
    """The blocks of the lines, in order."""
    pieces = without_contents(with_headings(list(_pieces(lines, layout)), layout))
    pieces = _with_terms(pieces, layout)
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


def _with_terms(pieces: Sequence[Piece], layout: Layout) -> list[Piece]:
    """The pieces, with a term and what stands indented below it, behind a blank line, as one."""
    if layout.wrap is None:
        return list(pieces)
    joined_pieces: list[Piece] = []
    for piece in pieces:
        above = joined_pieces[-1] if joined_pieces else None
        if isinstance(piece, Text) and isinstance(above, Text) and _means(above.lines, piece.lines):
            said = (line for block in joined(piece.lines, layout) for line in block.text.split("\n"))
            joined_pieces[-1] = Block(Kind.LINES, "\n".join([above.lines[0].text, *(f"  {line}" for line in said)]))
        else:
            joined_pieces.append(piece)
    return joined_pieces


def _means(term: Sequence[Line], text: Sequence[Line]) -> bool:
    """Whether the one is a term, and the other the text that says what it means."""
    if len(term) > 1 or len(term[0].text) > _LONGEST_TERM or is_bullet(term[0]) or is_bullet(text[0]):
        return False
    if term[0].text[-1] in ":;," or sentence_end(term[0].text) or not sentence_end(text[-1].text):
        return False
    return min(line.indent for line in text) >= term[0].indent + 2


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
                else:
                    assert isinstance(piece, Block)
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
