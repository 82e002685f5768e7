"""Tables of contents among the pieces of a text: they are left out, for their entries are headings further down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retrieval.reading.blocks import Block, Kind
from retrieval.reading.plaintext.contents import entry_key, names_contents
from retrieval.reading.plaintext.headings import Heading
from retrieval.reading.plaintext.pieces import Contents, Piece, Text

# Lines that no name announces are entries if there are so many.
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class _Returns:
    """Whether an entry is a heading at this place or further down."""

    last: dict[str, int]
    place: int

    def __call__(self, key: str) -> bool:
        return self.last.get(key, -1) >= self.place


def without_contents(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces without tables of contents and their names."""
    marked = _with_named(pieces)
    kept: list[Piece] = []
    later: set[str] = set()
    for piece in reversed(marked):
        below = kept[-1] if kept else None
        if isinstance(piece, Heading):
            key = entry_key(piece.text)
            if key in later and _is_entry(piece, below):
                piece = Contents()
            else:
                later.add(key)
        elif later and _matching(
            _lines(piece), later.__contains__, fewest=1 if isinstance(below, Contents) else _FEWEST
        ):
            piece = Contents()
        if not (isinstance(below, Contents) and _is_name(piece)):
            kept.append(piece)
    return [piece for piece in reversed(kept) if not isinstance(piece, Contents)]


def _with_named(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, with the entries below a table's name marked where most of them are headings further down."""
    last = {entry_key(piece.text): i for i, piece in enumerate(pieces) if isinstance(piece, Heading)}
    marked = list(pieces)
    if not last:
        return marked
    end = 0
    for i, piece in enumerate(pieces):
        if i < end or not _is_name(piece):
            continue
        end = i + 1
        while end < len(pieces) and _is_entries(pieces, end, last):
            end += 1
        lines = [line for entry in pieces[i + 1 : end] for line in _lines(entry)]
        if _matching(lines, _Returns(last, end), fewest=1, share=0.5):
            marked[i:end] = [Contents()] * (end - i)
    return marked


def _is_name(piece: Piece) -> bool:
    lines = _lines(piece)
    return len(lines) == 1 and names_contents(lines[0])


def _is_entries(pieces: Sequence[Piece], place: int, last: dict[str, int]) -> bool:
    """Whether the piece may be entries: a heading that returns, or lines of which some do and none ends a sentence."""
    piece = pieces[place]
    if isinstance(piece, Contents):
        return True
    lines = _lines(piece)
    if isinstance(piece, Heading):
        return last.get(entry_key(piece.text), -1) > place
    return bool(lines) and all(len(line) < 90 and line[0].isalnum() and line[-1] not in ".;:,?!" for line in lines)


def _lines(piece: Piece) -> list[str]:
    match piece:
        case Text(lines):
            return [line.text for line in lines]
        case Heading(text):
            return text.split("\n")
        case Block(Kind.LINES, text):
            return text.split("\n")
    return []


def _is_entry(heading: Heading, below: Piece | None) -> bool:
    """Whether a heading that returns later is an entry of a table of contents: nothing of its own stands below it."""
    if isinstance(below, Heading):
        return (below.rank, below.depth) <= (heading.rank, heading.depth)
    return isinstance(below, Contents)


def _matching(lines: Sequence[str], returns: Callable[[str], bool], fewest: int, share: float = 2 / 3) -> bool:
    """Whether so many lines, and this share of them, are headings that return; an entry may be wrapped."""
    if len(lines) < fewest:
        return False
    listed = entries = 0
    numbers = iter(range(len(lines)))
    for i in numbers:
        if returns(entry_key(lines[i])):
            listed, entries = listed + 1, entries + 1
        elif i + 1 < len(lines) and returns(entry_key(f"{lines[i]} {lines[i + 1]}")):
            listed, entries = listed + 2, entries + 1
            next(numbers)
    return entries >= fewest and listed >= share * len(lines)
