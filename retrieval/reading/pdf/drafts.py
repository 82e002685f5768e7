"""Blocks while they grow, line by line."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from retrieval.reading.blocks import Block, Kind
from retrieval.reading.pdf.lines import PdfLine
from retrieval.reading.pdf.tables import cells_of, table_of
from retrieval.reading.plaintext.line_ends import glue_between, loses_hyphen

# How many characters at the end of a text tell how it goes on.
_TAIL = 100
_DEEPEST = 8
# By how many points places differ that are one place.
NEAR = 2.0
# How much of a line's height more than usual parts pieces of code by a blank line.
_BLANK = 1.7
_MOST_INDENT = 80
_LONGEST_HEADING = 200


@dataclass(slots=True)
class Draft:
    """A paragraph, heading or list while it grows."""

    kind: Kind
    words: Set[str]
    """The words of the document, by which halves of words are told."""
    level: int = 1
    last: PdfLine | None = None
    """The latest line."""
    first: PdfLine | None = None
    """The first line of the latest item or paragraph."""
    hang: float | None = None
    """Where the further lines of the latest item begin."""
    bullets: list[float] = field(default_factory=list)
    """Where the latest item and those that it is in begin; empty in what is not a list."""
    tail: str = ""
    parts: list[str] = field(default_factory=list)

    def begin(self, line: PdfLine, text: str, depth: int = 0) -> None:
        """Begin a line of the block."""
        self.parts += ["\n" if self.parts else "", "  " * depth, text]
        self.tail = text[-_TAIL:]
        self.first = self.last = line
        self.hang = None

    def add_item(self, line: PdfLine) -> None:
        """Begin an item of a list."""
        while self.bullets and self.bullets[-1] >= line.left - NEAR:
            self.bullets.pop()
        self.begin(line, line.text, len(self.bullets))
        if len(self.bullets) < _DEEPEST:
            self.bullets.append(line.left)

    def go_on(self, line: PdfLine) -> None:
        """Join a line to the text."""
        if loses_hyphen(self.tail, line.text, self.words):
            self.parts[-1] = self.parts[-1][:-1]
            self.tail, glue = self.tail[:-1], ""
        else:
            glue = glue_between(self.tail, line.text)
        self.parts += [glue, line.text]
        self.tail = f"{self.tail}{glue}{line.text}"[-_TAIL:]
        self.last = line
        if self.hang is None:
            self.hang = line.left

    def block(self) -> Block:
        return Block(self.kind, "".join(self.parts), self.level)


def code_of(lines: Sequence[PdfLine], pitch: float) -> Block:
    """Lines of code, with their indentation and the blank lines between them."""
    left = {line.page: line.left for line in sorted(lines, key=lambda line: -line.left)}
    parts: list[str] = []
    before: PdfLine | None = None
    for line in lines:
        if before is not None:
            apart = before.page == line.page and before.baseline - line.baseline > _BLANK * pitch * line.size
            parts.append("\n\n" if apart else "\n")
        indent = round((line.left - left[line.page]) / line.width) if line.width > 0 else 0
        parts += [" " * min(indent, _MOST_INDENT), line.text]
        before = line
    return Block(Kind.CODE, "".join(parts))


def rows_block(lines: Sequence[PdfLine]) -> Block:
    """Rows of a table."""
    bold_head = lines[0].bold and not all(line.bold for line in lines)
    return table_of(list(cells_of(lines)), bold_head)


def heading_of(lines: Sequence[PdfLine], level: int, words: Set[str]) -> Block:
    """The lines of a heading; what is too long for a heading is text."""
    draft = Draft(Kind.HEADING, words, level)
    draft.begin(lines[0], lines[0].text)
    for line in lines[1:]:
        draft.go_on(line)
    block = draft.block()
    return block if len(block.text) <= _LONGEST_HEADING else Block(Kind.PROSE, block.text)
