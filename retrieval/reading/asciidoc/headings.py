"""The headings of AsciiDoc: behind equals signs, or underlined."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKED = re.compile(r"(?P<mark>={1,6}|#{1,6})[ \t]+(?P<title>\S.*)")
_UNDERLINES = {"=": 1, "-": 2, "~": 3, "^": 4, "+": 5}
_WORD = re.compile(r"\w")
_SLUG = re.compile(r"\W+")
# An underline is as long as its title, or a little shorter or longer.
_TOLERANCE = 2
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, its level from 1 to 6, and how many lines it takes."""

    title: str
    level: int
    lines: int


def heading_at(lines: list[str], i: int) -> Heading | None:
    """The heading that begins in a line, if one does."""
    line = lines[i]
    if match := _MARKED.fullmatch(line):
        title = match["title"].removesuffix(" " + match["mark"]).strip()
        return Heading(title, len(match["mark"]), 1)
    if i + 1 == len(lines) or not line or line[0] in " \t" or (i and lines[i - 1] and lines[i - 1][-1] not in "]/"):
        return None
    under = lines[i + 1]
    level = _UNDERLINES.get(under[:1])
    if level is None or len(under) < _SHORTEST or under.strip(under[0]) or not _WORD.search(line):
        return None
    if abs(len(line) - len(under)) > _TOLERANCE or line[0] in "[.|" or line.endswith("::"):
        return None
    return Heading(line.strip(), level, 2)


def anchor_of(title: str) -> str:
    """The anchor that Asciidoctor gives a section by its title."""
    return "_" + _SLUG.sub("_", title.lower()).strip("_")
