"""Lines of text → paragraphs and lists.

A paragraph ends where the gap to the next line is wider than between its own lines, where the next line is indented or
its own last line had room for the next word, and where something else begins. It goes on in the next column or on the
next page unless its sentence has ended there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from retrieval.reading.blocks import Block, Kind
from retrieval.reading.pdf.drafts import NEAR, Draft
from retrieval.reading.pdf.lines import PdfLine
from retrieval.reading.pdf.shape import Frame, Shape, follows
from retrieval.reading.plaintext.lines import sentence_end

_BULLET = re.compile(
    r"(?:[-*•·‣▪◦●○■□►▶➢➤✓–—∙]|\d{1,3}[.)]|\(\d{1,3}\)|\(?[a-z]\)|\([ivx]{1,6}\)|\[\d{1,3}\]|o(?= [A-Z]))\s+\S"
)
_SIGNS = "•‣▪◦●○■□►▶➢➤✓∙"
# What part of a column's width a line leaves free that its writer ended on purpose, and how far a paragraph's first
# line is indented, as a part of its height.
_ROOM = 0.3
_INDENTED = 0.8


def is_bullet(line: PdfLine) -> bool:
    """Whether the line begins with the bullet or number of a list's item."""
    return _BULLET.match(line.text) is not None


class Paragraphs:
    """Makes paragraphs and lists of the lines of a document."""

    def __init__(self, shape: Shape, words: Set[str], justified: bool) -> None:
        """`justified`: whether the lines of a paragraph end at one place, but for the last."""
        self.words = words
        self._shape = shape
        self._justified = justified

    def of(self, lines: Sequence[PdfLine], frames: Sequence[Frame]) -> Iterator[tuple[int, Block]]:
        """The blocks that the lines are, and the page on which each begins."""
        draft: Draft | None = None
        page = 0
        for i, line in enumerate(lines):
            if draft is not None and self._adds(draft, line, frames[i], frames[max(i - 1, 0)]):
                continue
            if draft is not None:
                yield page, draft.block()
            page = line.page
            draft = Draft(Kind.LINES if is_bullet(line) else Kind.PROSE, self.words)
            if is_bullet(line):
                draft.add_item(line)
            else:
                draft.begin(line, line.text)
        if draft is not None:
            yield page, draft.block()

    def _adds(self, draft: Draft, line: PdfLine, frame: Frame, frame_before: Frame) -> bool:
        """Add the line to the block, if it is a part of it."""
        assert draft.last is not None
        if is_bullet(line) and self._is_item(draft, line):
            if not draft.bullets:
                return False
            draft.add_item(line)
        elif draft.bullets:
            return self._adds_to_list(draft, line, frame_before)
        elif self._ends(draft, line, frame, frame_before):
            return False
        elif self._is_entry(draft, line) or self._ended_on_purpose(draft.last, line, frame_before):
            draft.kind = Kind.LINES
            draft.begin(line, line.text)
        else:
            draft.go_on(line)
        return True

    def _is_item(self, draft: Draft, line: PdfLine) -> bool:
        """Whether the bullet is an item's: a line that begins with a dash or number in mid-sentence is not an item."""
        if line.text[0] in _SIGNS or draft.bullets or _is_over(draft):
            return True
        assert draft.last is not None
        return follows(draft.last, line) and self._shape.is_apart(draft.last, line)

    def _adds_to_list(self, draft: Draft, line: PdfLine, frame: Frame) -> bool:
        assert draft.last is not None
        assert draft.first is not None
        inside = draft.bullets[0] < line.left - NEAR
        below = follows(draft.last, line)
        apart = below and self._shape.is_apart(draft.last, line)
        if apart or (not below and _is_over(draft)):
            if not inside or (draft.hang is not None and line.left > draft.hang + 2 * line.size):
                return False
            while draft.bullets[-1] >= line.left - NEAR:
                draft.bullets.pop()
            draft.begin(line, line.text, len(draft.bullets))
            return True
        over = _is_over(draft) and _had_room(draft.last, line, frame)
        if over and not (inside and line.left > draft.bullets[-1] + NEAR):
            return False
        if over and draft.hang is not None:
            draft.begin(line, line.text, len(draft.bullets))
        else:
            draft.go_on(line)
        return True

    def _ends(self, draft: Draft, line: PdfLine, frame: Frame, frame_before: Frame) -> bool:
        """Whether the paragraph ends before this line."""
        last, first = draft.last, draft.first
        assert last is not None
        assert first is not None
        over = _is_over(draft)
        goes_on = line.text[0].islower() and not over
        if abs(line.size - last.size) > 0.1 * last.size and not goes_on:
            return True
        if not follows(last, line):
            return over or (not goes_on and _had_room(last, line, frame_before))
        if self._shape.is_apart(last, line):
            return not (goes_on and last.baseline - line.baseline < 2 * self._shape.pitch * line.size)
        indented = line.left > max(last.left, frame.left) + _INDENTED * line.size and draft.hang is not None
        return over and (indented or _had_room(last, line, frame))

    def _is_entry(self, draft: Draft, line: PdfLine) -> bool:
        """Whether the line goes back to the left of lines that hang under the first line of an entry."""
        assert draft.first is not None
        hangs = draft.hang is not None and draft.hang > draft.first.left + 0.5 * line.size
        return hangs and draft.first.page == line.page and abs(line.left - draft.first.left) <= NEAR

    def _ended_on_purpose(self, last: PdfLine, line: PdfLine, frame: Frame) -> bool:
        room = frame.right - last.right
        if room <= _ROOM * (frame.right - frame.left) or not _had_room(last, line, frame):
            return False
        return self._justified or not line.text[0].islower()


def _is_over(draft: Draft) -> bool:
    return sentence_end(draft.tail) is not None or draft.tail.endswith(":")


def _had_room(last: PdfLine, line: PdfLine, frame: Frame) -> bool:
    """Whether the column had room for the line's first word behind the last line."""
    word = line.text.split(" ", 1)[0]
    return last.right + (len(word) + 1) * line.width < frame.right and not last.text.endswith("-")
