"""Lines → paragraphs and lists.

1. A line break ends a paragraph where the segmenter sees a sentence end there. In text wrapped at a fixed width the
   line must also have had room for the next word. A blank line ends a paragraph unless the sentence plainly goes on
   behind it.
2. Lines of a paragraph are joined by a space, or by nothing where the second begins with closing punctuation or the
   first ends with an opening quotation mark or bracket, or with a hyphen, or where the writing has no spaces.
3. A list is a block with a line an item; a list in an item is indented by two spaces, and so is an item's second
   paragraph.
4. Text with no paragraph break at all is cut where a sentence end and a capital stand together without a space
   ("claimed.In a"), for there a scraper swallowed a paragraph break.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from retrieval.reading.blocks import Block, Kind
from retrieval.reading.plaintext.layout import Layout
from retrieval.reading.plaintext.line_ends import glue_between, loses_hyphen
from retrieval.reading.plaintext.lines import Line, sentence_end
from retrieval.reading.sentences import ends_between

_BULLET = re.compile(r"(?:[-*•·‣▪◦●○■]|\d{1,3}[.)]|\(\d{1,3}\)|\(?[a-z]\)|\([ivx]{1,6}\)|o(?=\s\s))\s+\S")
_CONTINUES = re.compile(r"[,;:.!?)\]’”»]")
_UNFINISHED = (",", ";", "–", "—", "(", "[", "“", "‘", "«")
_GLUED = re.compile(r"(?<=[^\W_]{2}[.!?]|.[”\")\]%][.!?]|\w[.!?][”\")\]])(?=[“\"(]?(?P<word>[^\W\d_]+)[ ,’'])")
# A line shorter than this may be a heading.
_HEADING = 80
# The number of characters on either side of a line break that tell whether a sentence ends there. The segmenter looks
# at the words beside the break and, for a list's number, twelve characters back; a heading is told by its length.
_CONTEXT = 100
_DEEPEST = 8


@dataclass(slots=True)
class _Draft:
    """A paragraph or list while it grows, the end of its text (of a list: of its latest item), and its latest line."""

    kind: Kind
    parts: list[str]
    tail: str
    line: Line
    bullets: list[int] = field(default_factory=list)
    """The columns of the bullets of the latest item and of the items that it is in."""
    column: int = 0
    """The column where the text of the latest item begins."""
    shows: bool = False
    """Whether the latest line is part of something shown in an item, as a command is."""

    @classmethod
    def begin(cls, line: Line, bullet: re.Match[str] | None) -> _Draft:
        if bullet:
            return cls(Kind.LINES, [line.text], line.text[-_CONTEXT:], line, [line.indent], bullet.end() - 1)
        return cls(Kind.PROSE, [line.text], line.text[-_CONTEXT:], line)

    def add_item(self, line: Line, bullet: re.Match[str]) -> None:
        while self.bullets and self.bullets[-1] >= line.indent:
            self.bullets.pop()
        self._add(line, len(self.bullets))
        if len(self.bullets) < _DEEPEST:
            self.bullets.append(line.indent)
        self.column = bullet.end() - 1

    def add_paragraph(self, line: Line) -> None:
        """A further paragraph of the latest item."""
        self._add(line, len(self.bullets))

    def show(self, line: Line) -> None:
        """A line of something that is shown in the latest item, with its indentation there."""
        self._add(line, len(self.bullets) + min((line.indent - self.column) // 2, _DEEPEST))
        self.shows = True

    def _add(self, line: Line, depth: int) -> None:
        self.shows = False
        self.parts += ["\n", "  " * depth, line.text]
        self.tail, self.line = line.text[-_CONTEXT:], line

    def go_on(self, line: Line, layout: Layout) -> None:
        if layout.wrap is not None and self.tail.endswith("-") and loses_hyphen(self.tail, line.text, layout.words):
            self.parts[-1] = self.parts[-1][:-1]
            self.tail = self.tail[:-1]
            glue = ""
        else:
            glue = glue_between(self.tail, line.text)
        self.parts += [glue, line.text]
        self.tail, self.line = f"{self.tail}{glue}{line.text}"[-_CONTEXT:], line

    def block(self) -> Block:
        return Block(self.kind, "".join(self.parts))


def joined(lines: Iterable[Line], layout: Layout) -> Iterator[Block]:
    """The paragraphs and lists that the lines are."""
    draft: _Draft | None = None
    blank = False
    for line in lines:
        if not line.text:
            blank = True
            continue
        bullet = is_bullet(line)
        if draft is None:
            draft = _Draft.begin(line, bullet)
        elif bullet and _is_item(draft, line, blank, layout) and draft.kind is Kind.LINES:
            draft.add_item(line, bullet)
        elif draft.kind is Kind.LINES and not bullet and _is_shown(draft, line, layout):
            draft.show(line)
        elif draft.kind is Kind.LINES and not bullet and _is_of_item(draft, line):
            if draft.shows or (blank and sentence_end(draft.tail)):
                draft.add_paragraph(line)
            else:
                draft.go_on(line, layout)
        elif (bullet and _is_item(draft, line, blank, layout)) or _ends(draft, line, blank, layout):
            yield draft.block()
            draft = _Draft.begin(line, bullet)
        else:
            draft.go_on(line, layout)
        blank = False
    if draft is not None:
        yield draft.block()


def is_bullet(line: Line) -> re.Match[str] | None:
    """The bullet or number of a list's item and the first character behind it, in the line as it stands."""
    return _BULLET.match(line.raw, line.indent)


def _is_item(draft: _Draft, line: Line, blank: bool, layout: Layout) -> bool:
    """Whether the bullet is an item's: a line that begins with a dash or a number in mid-sentence is not an item."""
    if blank or draft.kind is Kind.LINES or draft.tail.endswith(":") or sentence_end(draft.tail):
        return True
    return layout.wrap is not None and line.indent > draft.line.indent


def _is_shown(draft: _Draft, line: Line, layout: Layout) -> bool:
    """Whether the line stands to the right of the item's text, below a colon or another such line."""
    return layout.wrap is not None and line.indent > draft.column + 1 and (draft.shows or draft.tail.endswith(":"))


def _is_of_item(draft: _Draft, line: Line) -> bool:
    """Whether the line stands below the text of the list's latest item."""
    return draft.column - 1 <= line.indent <= draft.column + 1 and line.indent > draft.bullets[-1]


def _ends(draft: _Draft, line: Line, blank: bool, layout: Layout) -> bool:
    """Whether the paragraph ends before this line; `blank` tells whether there is a blank line between them."""
    mark = sentence_end(draft.tail)
    complete = mark is not None
    if layout.speaks(line):
        return True
    if not (complete or blank):
        return _is_set_apart(draft, line, layout)
    continues = line.text[0].islower() or bool(_CONTINUES.match(line.text)) or draft.tail.endswith(_UNFINISHED)
    if blank and layout.wrap is not None:  # a sentence goes on over a blank line where something is shown inside it
        return complete or not continues or draft.tail.endswith(":") or line.indent == draft.line.indent
    if blank:
        return complete or (not continues and (len(draft.tail) <= _HEADING or draft.tail.endswith(":")))
    if layout.is_full(draft.line, line) and not _is_indented_more(draft, line):
        return False
    return not continues and _splits(draft.tail, line.text[:_CONTEXT], mark)


def _is_indented_more(draft: _Draft, line: Line) -> bool:
    """Whether the line is the first of a paragraph that is told from others by its first line."""
    return 2 <= line.indent - draft.line.indent <= 10 and draft.kind is Kind.PROSE


def _is_set_apart(draft: _Draft, line: Line, layout: Layout) -> bool:
    """Whether wrapped text goes back to the left of a list, behind an item with room for more."""
    if layout.wrap is None or draft.kind is not Kind.LINES or layout.is_full(draft.line, line):
        return False
    return line.indent < draft.bullets[0] or (line.indent == draft.bullets[0] and not line.text[0].islower())


def _splits(before: str, after: str, mark: str | None) -> bool:
    """Whether a sentence ends between the two texts, the first of which ends with a mark.

    The segmenter decides on full stops: "Acme Inc." may go on.
    """
    if mark and mark != ".":
        return True
    return ends_between(before, after)


def unglued(text: str) -> Iterator[str]:
    """The paragraphs of a text that has not even a space between them."""
    start = seen = quotes = 0
    for match in _GLUED.finditer(text):
        end = match.start()
        quotes, seen = quotes + text.count('"', seen, end), end
        # The second of two straight quotation marks belongs to the text before it.
        torn_from_quote = quotes % 2 == 1 and '"' in text[end - 1 : end + 1]
        before, after = text[max(start, end - _CONTEXT) : end], text[end : end + _CONTEXT]
        if match["word"].istitle() and not torn_from_quote and _splits(before, after, sentence_end(before)):
            yield text[start:end]
            start, quotes = end, 0
    yield text[start:]
