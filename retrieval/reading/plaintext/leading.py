"""The heading that lines between two blank lines begin with, by its rule, its words or the text right below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from retrieval.reading.plaintext.headings import (
    Heading,
    Rank,
    capitals_heading,
    is_title,
    named_heading,
    numbered_heading,
)
from retrieval.reading.plaintext.joining import is_bullet
from retrieval.reading.plaintext.layout import Layout
from retrieval.reading.plaintext.lines import Line, sentence_end

_UNDERLINES = "=-~^*#+\"'`_"
# A heading of several lines has at most so many.
TALLEST = 3


def underlined_heading(run: Sequence[Line], under: Line | None, underlines: dict[str, int]) -> Heading | None:
    """The heading in the last line of the run. Below more lines than it, the rule must be as long as the heading."""
    line = run[-1]
    if under is None or len(set(under.text)) > 1 or under.text[0] not in _UNDERLINES:
        return None
    fits = abs(len(under.text) - len(line.text)) <= 1
    alone = len(run) == 1 or sentence_end(run[-2].text) is not None
    if not alone or not (fits or (len(run) == 1 and len(under.text) * 2 >= len(line.text) and not is_bullet(line))):
        return None
    if not is_title(line.text.rstrip(".:"), lower=fits):
        return None
    return Heading(line.text, Rank.UNDERLINED, underlines.setdefault(under.text[0], len(underlines)))


def leading_heading(lines: Sequence[Line], layout: Layout) -> Heading | None:
    """The heading that the lines begin with; its text has the line breaks of the lines that it takes."""
    first, *rest = lines
    if rest and (whole := _all_capitals(lines) or _asked(lines)):
        return whole
    if rest and layout.is_full(first, rest[0]):
        return _wrapped(lines)
    heading = named_heading(first.text)
    if heading and rest:
        titles = [line for line in rest if is_title(line.text)]
        if len(titles) == len(rest) < TALLEST:
            return Heading("\n".join(line.text for line in lines), heading.rank, heading.depth)
    if heading:
        return heading
    numbered = numbered_heading(first.text)
    if not rest:
        return numbered if numbered and first.text.isupper() else None if numbered else capitals_heading(first.text)
    if numbered and numbered.depth and not numbered_heading(rest[0].text):
        return numbered
    return _above(lines, layout)


def _wrapped(lines: Sequence[Line]) -> Heading | None:
    """A numbered title of several lines, as the questions of a FAQ are."""
    heading = numbered_heading(" ".join(line.text for line in lines)) if len(lines) <= TALLEST else None
    if heading is None or not heading.depth or any(numbered_heading(line.text) for line in lines[1:]):
        return None
    return replace(heading, text="\n".join(line.text for line in lines))


def _asked(lines: Sequence[Line]) -> Heading | None:
    """A numbered question of several lines."""
    return _wrapped(lines) if lines[-1].text.endswith("?") else None


def _all_capitals(lines: Sequence[Line]) -> Heading | None:
    """A heading in capitals of several lines."""
    if not 1 < len(lines) <= TALLEST:
        return None
    text = "\n".join([line.text for line in lines])
    if not text.isupper() or len(text) > 120 or not is_title(lines[-1].text):
        return None
    heading = capitals_heading(text.replace("\n", " ")[:60])
    return Heading(text, heading.rank) if heading else None


def _above(lines: Sequence[Line], layout: Layout) -> Heading | None:
    """A heading in capitals right above its text, as in manuals: the text is indented, or begins a sentence."""
    first, second = lines[0], lines[1]
    if first.text in layout.names or not (heading := capitals_heading(first.text)) or second.text.isupper():
        return None
    indented = all(line.indent > first.indent for line in lines[1:])
    return heading if indented or (second.indent == first.indent and second.text[0].isupper()) else None
