"""What the lines of a document have in common, which tells what a line of it is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from retrieval.reading.pdf.lines import PdfLine

LARGER = 1.12
"""How much larger than the text the characters of a heading are."""
DEEPEST = 6
_NUMBERING = re.compile(
    r"(?:(?:chapter|section|appendix|part|kapitel) +)?"
    r"(?:\d{1,3}(?:\.\d{1,3}){0,6}|[A-Z](?:\.\d{1,3}){1,6}|[A-Z]\b|[IVXLC]{1,6}\b)[.:]?\s+",
    re.IGNORECASE,
)
# Rows of text that tell where the lines of a column end.
_FEWEST = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the lines of a column of text begin and end."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Shape:
    """What the lines of a document have in common."""

    size: float
    """The size of the text."""
    pitch: float
    """The usual distance between two lines of a paragraph, as a part of the size of their characters."""
    levels: Mapping[float, int]
    """The sizes of headings, rounded, and their levels."""
    outline: Mapping[str, int]
    """The titles of the outline, as keys, and their levels."""
    bold: bool
    """Whether most of the text is bold, so that bold lines are no headings."""
    fixed: bool
    """Whether most of the text is in a font for program code."""

    @classmethod
    def of(cls, lines: Sequence[PdfLine], outline: Mapping[str, int]) -> Shape:
        """What these lines have in common."""
        total = sum(len(line.text) for line in lines)
        fixed = 2 * sum(len(line.text) for line in lines if line.fixed) > total
        size = text_size(lines)
        gaps = [
            (before.baseline - after.baseline) / size
            for before, after in pairwise(lines)
            if before.page == after.page and rounded(before.size) == rounded(after.size) == rounded(size)
        ]
        return cls(
            size=size,
            pitch=median([gap for gap in gaps if 0.7 < gap < 3] or [1.2]),
            levels=_levels(lines, size, outline),
            outline=outline,
            bold=2 * sum(len(line.text) for line in lines if line.bold) > total,
            fixed=fixed,
        )

    def is_apart(self, before: PdfLine, line: PdfLine) -> bool:
        """Whether there is more space between two lines of a column than within a paragraph."""
        return before.baseline - line.baseline > 1.25 * self.pitch * max(min(before.size, line.size), 0.7 * self.size)


def text_size(lines: Iterable[PdfLine]) -> float:
    """The size of most of the text that is not program code, or of all if there is nothing else."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[rounded(line.size)] += 1 + len(line.text) * (1 if line.fixed else 1000)
    return max(sizes, key=sizes.__getitem__, default=10.0)


def rounded(size: float) -> float:
    """The size in halves of points."""
    return round(2 * size) / 2 or 0.5


def title_key(title: str) -> str:
    """What a title has in common with its entry in the outline: its words, without its number."""
    title = title.strip()[:300]
    match = _NUMBERING.match(title)
    return " ".join((title[match.end() :] if match else title).casefold().split())


def _levels(lines: Iterable[PdfLine], size: float, outline: Mapping[str, int]) -> dict[float, int]:
    """The sizes above the text's: each has the level of the outline's titles in it, or stands below the larger."""
    named: dict[float, Counter[int]] = defaultdict(Counter)
    for line in lines:
        if line.size >= LARGER * size:
            level = outline.get(title_key(line.text))
            named[rounded(line.size)].update([] if level is None else [level])
    levels: dict[float, int] = {}
    last = 0
    for each in sorted(named, reverse=True):
        last = max(named[each], key=named[each].__getitem__) if named[each] else last + 1
        levels[each] = min(last, DEEPEST)
    return levels


def frames_of(lines: Sequence[PdfLine]) -> Iterator[Frame]:
    """The frame of each line: that of the column it stands in, or of the column before where there are few lines."""
    last: Frame | None = None
    for run in _runs(lines):
        if last is None or len(run) >= _FEWEST:
            rights = sorted(line.right for line in run)
            last = Frame(min(line.left for line in run), rights[int(0.95 * (len(rights) - 1))])
        for _ in run:
            yield last


def _runs(lines: Sequence[PdfLine]) -> Iterator[Sequence[PdfLine]]:
    """The lines that stand one below another."""
    start = 0
    for end in range(1, len(lines) + 1):
        if end == len(lines) or follows(lines[end - 1], lines[end]) is False:
            yield lines[start:end]
            start = end


def follows(before: PdfLine, line: PdfLine) -> bool:
    """Whether the line stands below the line before, in its column."""
    return before.page == line.page and before.baseline > line.baseline
