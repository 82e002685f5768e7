"""Plain text as scrapers leave it → blocks.

The repair, in this order:

1. Characters, as in every text: retrieval/characters.py.
2. Spaces at line ends are dropped, and each run of spaces becomes a single space.
3. A line of nothing but dashes, stars and the like ends a paragraph and is left out.
4. Lines are joined to paragraphs. A line break ends a paragraph where the segmenter sees a sentence end there. In
   text wrapped at a fixed width the line must also have had room for the next word. A blank line ends
   a paragraph unless the sentence plainly goes on behind it.
5. Lines of a paragraph are joined by a space, or by nothing where the second begins with closing punctuation or the
   first ends with an opening quotation mark or bracket, or with a hyphen.
6. Text with no paragraph break at all is cut where a sentence end and a capital stand together without a space
   ("claimed.In a"), for there a scraper swallowed a paragraph break.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from retrieval.reading.blocks import Block, Kind
from retrieval.reading.sentences import ends_between

_SEPARATOR = re.compile(r"[-–—*_=~#•·+ ]{3,}")
_BULLET = re.compile(r"(?:[-*•]|\d{1,3}[.)])\s+\S")
_SENTENCE_END = re.compile(r"(?P<mark>[.!?…。！？؟۔।])[”’\"'»)\]」』]*(?:\[[^\[\]\n]{1,30}\])*$")
_CONTINUES = re.compile(r"[,;:.!?)\]’”»]")
_UNFINISHED = re.compile(r"[,;–—(\[“‘«]$")
_CLOSING = re.compile(r"(?!\.\.)[,;:.!?)\]’”]+(?!\S)")
_OPENING = re.compile(r"(?:[(\[“‘]|[^\W\d_]-)$")
_GLUED = re.compile(r"(?<=[^\W_]{2}[.!?]|.[”\")\]%][.!?]|\w[.!?][”\")\]])(?=[“\"(]?(?P<word>[^\W\d_]+)[ ,’'])")

# Text is wrapped at these widths. A line shorter than _HEADING characters may be a heading.
_WRAPS = range(40, 121)
_HEADING = 80
# The number of characters on either side of a line break that tell whether a sentence ends there. The segmenter looks
# at the words beside the break and, for a list's number, twelve characters back; a heading is told by its length.
_CONTEXT = 100
# The number of characters of a full stop with the quotation marks, brackets and footnote marks that may follow it.
_LONGEST_END = 60


def parse_plaintext(text: str) -> list[Block]:
    """Cut normalised plain text into prose and list blocks."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    wrap = _wrap_width(lines)
    stretches = groupby(lines, key=lambda line: bool(_SEPARATOR.fullmatch(line)))
    blocks = [block for separates, stretch in stretches if not separates for block in _paragraphs(stretch, wrap)]
    if len(blocks) == 1 and blocks[0].kind is Kind.PROSE:
        return [Block(Kind.PROSE, part) for part in _unglued(blocks[0].text)]
    return blocks


@dataclass(slots=True)
class _Draft:
    """A paragraph or list while it grows, the end of its text (of a list: of its latest item), and its latest line."""

    kind: Kind
    parts: list[str]
    tail: str
    line: str

    @classmethod
    def begin(cls, line: str) -> _Draft:
        return cls(Kind.LINES if _BULLET.match(line) else Kind.PROSE, [line], line[-_CONTEXT:], line)

    def add_item(self, line: str) -> None:
        self.parts += ["\n", line]
        self.tail, self.line = line[-_CONTEXT:], line

    def go_on(self, line: str) -> None:
        glue = "" if _CLOSING.match(line) or _OPENING.search(self.tail[-2:]) else " "
        self.parts += [glue, line]
        self.tail, self.line = f"{self.tail}{glue}{line}"[-_CONTEXT:], line

    def block(self) -> Block:
        return Block(self.kind, "".join(self.parts))


def _paragraphs(lines: Iterable[str], wrap: int | None) -> Iterator[Block]:
    draft: _Draft | None = None
    blank = False
    for line in lines:
        if not line:
            blank = True
            continue
        if draft is None:
            draft = _Draft.begin(line)
        elif _is_item(draft, line, blank) and draft.kind is Kind.LINES:
            draft.add_item(line)
        elif _is_item(draft, line, blank) or _ends(draft, line, blank, wrap):
            yield draft.block()
            draft = _Draft.begin(line)
        else:
            draft.go_on(line)
        blank = False
    if draft is not None:
        yield draft.block()


def _is_item(draft: _Draft, line: str, blank: bool) -> bool:
    """Whether the line is a list item: a line that begins with a dash or a number in mid-sentence is not."""
    if not _BULLET.match(line):
        return False
    return blank or draft.kind is Kind.LINES or draft.tail.endswith(":") or _is_complete(draft.tail)


def _ends(draft: _Draft, line: str, blank: bool, wrap: int | None) -> bool:
    """Whether the paragraph ends before this line; `blank` tells whether there is a blank line between them."""
    complete = _is_complete(draft.tail)
    if not (complete or blank):
        return False
    continues = line[0].islower() or bool(_CONTINUES.match(line) or _UNFINISHED.search(draft.tail[-1:]))
    if blank:
        return complete or (not continues and (len(draft.tail) <= _HEADING or draft.tail.endswith(":")))
    if wrap is not None and wrap in _full_at(draft.line, line):
        return False
    return not continues and _splits(draft.tail, line[:_CONTEXT])


def _is_complete(text: str) -> bool:
    """Whether the text ends as a sentence does, footnote marks included."""
    return bool(_SENTENCE_END.search(text[-_LONGEST_END:]))


def _wrap_width(lines: list[str]) -> int | None:
    """The width at which most lines had no room for the next word, while sentences run over their ends."""
    breaks = [(a, b) for a, b in pairwise(lines) if a and b]
    full = Counter(width for a, b in breaks for width in _full_at(a, b))
    width = max(full, key=full.__getitem__, default=None)
    if width is None or len(breaks) < 4 or full[width] < 0.7 * len(breaks):
        return None
    ends = sum(_is_complete(a) for a, b in breaks if width in _full_at(a, b))
    return width if 2 * ends < full[width] else None


def _full_at(line: str, following: str) -> range:
    """The widths at which the line had no room for the next line's first word."""
    word = following[: _WRAPS.stop].split(" ", 1)[0]
    return range(max(len(line), _WRAPS.start), min(len(line) + 1 + len(word), _WRAPS.stop))


def _splits(before: str, after: str) -> bool:
    """Whether a sentence ends between the two texts. The segmenter decides on full stops: "Acme Inc." may go on."""
    end = _SENTENCE_END.search(before[-_LONGEST_END:])
    if end and end["mark"] != ".":
        return True
    return ends_between(before, after)


def _unglued(text: str) -> Iterator[str]:
    """The paragraphs of a text that has not even a space between them."""
    start = seen = quotes = 0
    for match in _GLUED.finditer(text):
        end = match.start()
        quotes, seen = quotes + text.count('"', seen, end), end
        # The second of two straight quotation marks belongs to the text before it.
        torn_from_quote = quotes % 2 == 1 and '"' in text[end - 1 : end + 1]
        before, after = text[max(start, end - _CONTEXT) : end], text[end : end + _CONTEXT]
        if match["word"].istitle() and not torn_from_quote and _splits(before, after):
            yield text[start:end]
            start, quotes = end, 0
    yield text[start:]
