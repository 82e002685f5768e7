"""A text's lines: what they say, how far they are indented, and whether they had room for one more word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

# A line that parts paragraphs and says nothing.
SEPARATOR = re.compile(r"[-–—*_=~#•·+ ]{3,}")
_SENTENCE_END = re.compile(r"(?P<mark>[.!?…。！？؟۔।])[”’\"'»)\]」』]*(?:\[[^\[\]\n]{1,30}\])*$")
# The number of characters of a full stop with the quotation marks, brackets and footnote marks that may follow it.
_LONGEST_END = 60
# Text is wrapped at these widths.
_WRAPS = range(40, 121)
# Writing without spaces: a line may end behind each character.
CJK = "\u2e80-\u2fdf\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_WORD = re.compile(rf"[{CJK}]|[^\s{CJK}]+")
_TAB = 8
# In a text of so many lines, the lines that are too short to tell, of lists, verse and addresses, do not count.
_MANY = 20
_NARROWEST = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text."""

    text: str
    """The line with single spaces and none at its ends; empty if the line is blank."""
    raw: str
    """The line as it stands, with tabs as spaces and without spaces at its end."""
    indent: int
    """The number of columns before the text."""

    @property
    def width(self) -> int:
        """The number of columns up to the end of the line."""
        return len(self.raw)


BLANK = Line("", "", 0)


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a normalised text."""
    return tuple(map(_line, text.split("\n")))


def _line(line: str) -> Line:
    text = " ".join(line.split())
    if not text:
        return BLANK
    if text == line:  # most lines of short texts: one string serves for both
        return Line(line, line, 0)
    raw = (line.expandtabs(_TAB) if "\t" in line else line).rstrip()
    return Line(text, raw, len(raw) - len(raw.lstrip()))


def chunks(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """The runs of lines between blank lines."""
    start = 0
    for end, line in enumerate(lines):
        if not line.text:
            if start < end:
                yield lines[start:end]
            start = end + 1
    if start < len(lines):
        yield lines[start:]


def sentence_end(text: str) -> str | None:
    """The mark with which the text ends as a sentence does, footnote marks included."""
    if text[-1:].isalnum():  # most lines end within a sentence
        return None
    match = _SENTENCE_END.search(text[-_LONGEST_END:])
    return match["mark"] if match else None


def with_next_word(line: Line, following: Line) -> int:
    """The number of columns that the line would have with the next line's first word."""
    word = _WORD.match(following.text[: _WRAPS.stop])
    return line.width + 1 + (len(word.group()) if word else 0)


def wrap_width(lines: Sequence[Line]) -> int | None:
    """The width at which most lines had no room for the next word, while sentences run over their ends."""
    breaks = [(a, b) for a, b in pairwise(lines) if a.text and b.text]
    long = [(a, b) for a, b in breaks if a.width >= _WRAPS.start]
    if len(long) < _MANY:
        return _wrapped(breaks) or (_wrapped(long) if _is_laid_out(lines) else None)
    return _wrapped(long) or _ragged(long)


def _is_laid_out(lines: Sequence[Line]) -> bool:
    """Whether some lines are indented further than others."""
    return len({line.indent for line in lines if line.text}) > 1


def _wrapped(breaks: Sequence[tuple[Line, Line]]) -> int | None:
    """The one width of all paragraphs."""
    # Lines that end before any of the widths, and the next line with them, are full at none.
    near = [(a, b) for a, b in breaks if len(a.raw) + len(b.text) >= _WRAPS.start]
    full: Counter[int] = Counter()
    for a, b in near:
        full.update(range(max(a.width, _WRAPS.start), min(with_next_word(a, b), _WRAPS.stop)))
    width = max(full, key=full.__getitem__, default=None)
    if width is None or len(breaks) < 4 or full[width] < 0.7 * len(breaks):
        return None
    ends = sum(sentence_end(a.text) is not None for a, b in near if a.width <= width < with_next_word(a, b))
    return width if 2 * ends < full[width] else None


def _ragged(breaks: Sequence[tuple[Line, Line]]) -> int | None:
    """A width that most lines reach, in text wrapped by hand or by many hands: its paragraphs differ in width.

    Lines of verse begin with capitals, lines of lists end sentences, and lines that nobody wrapped are long.
    """
    ends = sum(sentence_end(a.text) is not None for a, _ in breaks)
    capitals = sum(b.text[0].isupper() for _, b in breaks)
    endless = sum(a.width >= _WRAPS.stop for a, _ in breaks)
    if 4 * ends > len(breaks) or 2 * capitals > len(breaks) or 20 * endless > len(breaks):
        return None
    width = sorted(with_next_word(a, b) for a, b in breaks)[len(breaks) // 7] - 1
    return width if width >= _NARROWEST else None
