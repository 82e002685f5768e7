"""A long document in pieces, so that the parser's notes on all of it never fill the memory at once.

The parser notes some eighty bytes on each mark. A document is cut where no block goes on: before a heading, before a
paragraph or a block quote, between the items of a list with bullets. What one piece defines for another, links and
footnotes, is handed on. A paragraph longer than any that people write is cut between words.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from retrieval.article import Span

# The number of characters that a piece has at least, the last one apart.
_PIECE = 50_000
_LINE = re.compile(
    r"^(?:(?P<heading>#{1,6}[ ])|(?P<bullet>[-*+])[ ]|(?P<word>[^\W\d_]|[\[!*_(\"])|(?P<quote>>))",
    re.MULTILINE,
)
# What is one block whatever its lines look like.
_GUARDED = re.compile(
    r"^(?:[ ]{0,3}(?P<fence>`{3,}+|~{3,}+)|<(?P<raw>!--|script\b|pre\b|style\b|textarea\b))",
    re.MULTILINE | re.IGNORECASE,
)
_FENCE_END = re.compile(r"^[ ]{0,3}(?:`{3,}+|~{3,}+)", re.MULTILINE)
_RAW_END = re.compile(r"-->|</(?:script|pre|style|textarea)>", re.IGNORECASE)
# A block quote may define what all of the document refers to.
_QUOTED = r"(?:[ ]{0,3}>){0,9}+[ ]{0,3}+"
_DEFINITION = re.compile(rf"^{_QUOTED}\[(?!\^)(?P<label>[^\[\]\n]{{1,500}}+)\]:[ ]*+(?P<target>\S++)", re.MULTILINE)
_FOOTNOTE = re.compile(rf"^{_QUOTED}\[\^(?P<label>[^\[\]\s]{{1,200}}+)\]:", re.MULTILINE)
_REFERENCE = re.compile(r"\[\^([^\[\]\s]{1,200}+)\]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a document, and the targets of the links that other parts define, by their labels."""

    text: str
    targets: dict[str, str] = field(default_factory=dict)

    def resolve(self, link: Any) -> tuple[str, str] | None:
        """The target and title of a link that the piece itself does not define."""
        found = self.targets.get(_folded(link["reference"]))
        return None if found is None else (found, "")


def pieces(text: str) -> Iterator[Piece]:
    """The document in pieces of some fifty thousand characters, or as a single piece if it is not much longer."""
    if len(text) < 2 * _PIECE:
        yield Piece(text)
        return
    targets: dict[str, str] = {}
    for match in _DEFINITION.finditer(text):
        targets.setdefault(_folded(match["label"]), match["target"].strip("<>"))
    footnotes = {match["label"] for match in _FOOTNOTE.finditer(text)}
    start = 0
    for end in (*_cuts(text), len(text)):
        piece = text[start:end]
        yield Piece(piece + _footnotes_elsewhere(piece, footnotes), targets)
        start = end


def _footnotes_elsewhere(piece: str, footnotes: set[str]) -> str:
    """Empty footnotes for the marks in a piece whose footnotes stand in other pieces: without one a mark is text."""
    if not footnotes or "[^" not in piece:
        return ""
    own = {match["label"] for match in _FOOTNOTE.finditer(piece)}
    marks = dict.fromkeys(_REFERENCE.findall(piece))
    return "".join(f"\n\n[^{label}]:" for label in marks if label in footnotes and label not in own)


def _cuts(text: str) -> Iterator[int]:
    """Where the pieces but the first begin."""
    guarded = deque(_guarded(text))
    start, at = 0, _PIECE
    # Behind what is guarded, the next line to cut before is still the same: the text is searched for it once.
    next_cut: int | None = 0
    while at < len(text):
        while guarded and guarded[0].end <= at:
            guarded.popleft()
        if guarded and guarded[0].start <= at:
            at = guarded[0].end
            continue
        if next_cut is not None and next_cut < at:
            next_cut = _cut_before_line(text, at, start)
        cut = _cut_in_line(text, at) or next_cut
        if cut is None or (guarded and cut > guarded[0].start):
            at = guarded[0].end if guarded else len(text)
            continue
        yield cut
        start, at, next_cut = cut, cut + _PIECE, 0


def _guarded(text: str) -> Iterator[Span]:
    """The fenced code blocks, comments, scripts and the like."""
    end = 0
    while opening := _GUARDED.search(text, end):
        closing = (_FENCE_END if opening["fence"] else _RAW_END).finditer(text, opening.end())
        end = next(
            (match.end() for match in closing if match.group().strip().startswith(opening["fence"] or "")), len(text)
        )
        yield Span(opening.start(), end)


def _cut_in_line(text: str, at: int) -> int | None:
    """A place between the words of the line, if the line alone is longer than a piece."""
    line = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at, at + _PIECE)
    if end >= 0 or len(text) - at < _PIECE:
        return None
    begins = _LINE.match(text, line)
    if begins is None or begins["quote"]:
        return None
    blank = text.find(" ", at, at + 1_000)
    return blank + 1 if blank >= 0 else at


def _cut_before_line(text: str, at: int, start: int) -> int | None:
    """The start of the next line before which no block goes on."""
    for line in _LINE.finditer(text, at):
        cut = line.start()
        before = _LINE.match(text, text.rfind("\n", 0, cut - 1) + 1)
        if line["heading"] or text.startswith("\n\n", cut - 2):
            return cut
        if line["bullet"] and before and before["bullet"] == line["bullet"]:
            return cut
        if cut - start > 2 * _PIECE and line["word"] and before and before["word"]:
            return cut
    return None


def _folded(label: str) -> str:
    return " ".join(label.split()).casefold()
