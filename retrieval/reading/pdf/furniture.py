"""What a page bears beside its text is left out: numbers, running heads and feet.

A line at a page's edge is furniture if it counts with the pages, if it stands on three pages whatever its numbers, or
if at its height the lines of most pages are furniture.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.reading.pdf.lines import PdfLine

# How many lines at the top and at the bottom of a page may be furniture; on how many pages a line stands at least.
_EDGE = 2
_FEWEST = 3
_LONGEST = 150
# How wide the space is that parts furniture from the text, and how large headings are, as parts of the text's size.
_WIDE = 1.6
_LARGE = 1.3
# What part of the pages have a running head, and how many characters tell whether two begin alike.
_MANY = 0.3
_BEGINNING = 10
_NUMBER = re.compile(r"\d+")
# The number of a page, at either end of a line or as the only one in it.
_AT_END = re.compile(r"(?:^|[\s|–—-])(?P<number>\d{1,4})[\s|–—-]{0,4}$")
_AT_START = re.compile(r"^[\s|–—-]{0,4}(?P<number>\d{1,4})(?=$|[\s|–—-])")
_PAGE_NUMBER = re.compile(
    r"[-–— |]{0,3}(?:page|seite|página|pagina|p\.)? {0,2}(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?: ?(?:of|von|de|di|/) ?\d{1,4})?[-–— |]{0,3}",
    re.IGNORECASE,
)
_HEIGHT = 4.0
"""Points by which the heights of running heads differ at most."""


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line at the edge of a page: its page, and its place among the lines of the page."""

    page: int
    place: int
    line: PdfLine
    apart: bool
    """Whether wide space parts it, or the line beside it, from the text."""

    @property
    def height(self) -> int:
        return round(self.line.baseline / _HEIGHT)

    def numbers(self) -> Iterator[int]:
        """How far the numbers at the line's ends are from the number of the page, counted from the first."""
        found = (pattern.search(self.line.text[:_LONGEST]) for pattern in (_AT_END, _AT_START))
        return (int(match["number"]) - self.page for match in found if match)

    def shape(self) -> str:
        return _NUMBER.sub("0", self.line.text.casefold())


def without_furniture(pages: Sequence[Sequence[PdfLine]], size: float) -> list[list[PdfLine]]:
    """The lines of each page without furniture; `size` is that of the text."""
    edges = [edge for number, page in enumerate(pages) for edge in _edges(number, page, size)]
    found = _numbered(edges) | _repeated(edges)
    heights = Counter(edge.height for edge in found)
    often = {height for height, times in heights.items() if times >= max(_FEWEST, len(pages) / 4)}
    found |= {edge for edge in edges if edge.apart and edge.height in often} | _alike(edges, len(pages))
    places = defaultdict[int, set[int]](set)
    for edge in found:
        places[edge.page].add(edge.place)
    return [
        [line for place, line in enumerate(page) if place not in places[number]] for number, page in enumerate(pages)
    ]


def _edges(number: int, page: Sequence[PdfLine], size: float) -> Iterator[_Edge]:
    """The highest and the lowest lines of a page, but no headings."""
    upwards = sorted(range(len(page)), key=lambda place: page[place].baseline)
    apart: dict[int, bool] = {}
    for inwards in (upwards, upwards[::-1]):
        heights = [page[place].baseline for place in inwards[: _EDGE + 1]]
        gaps = [abs(outer - inner) > _WIDE * size for outer, inner in pairwise(heights)] or [True]
        for i, place in enumerate(inwards[:_EDGE]):
            apart[place] = apart.get(place, False) or any(gaps[i:])
    for place in apart:
        if len(page[place].text) <= _LONGEST and page[place].size < _LARGE * size:
            yield _Edge(number, place, page[place], apart[place])


def _numbered(edges: Iterable[_Edge]) -> set[_Edge]:
    """The lines that are a page's number, or end with one that counts with the pages."""
    by_offset: Mapping[int, list[_Edge]] = defaultdict(list)
    alone = set()
    for edge in edges:
        if _PAGE_NUMBER.fullmatch(edge.line.text):
            alone.add(edge)
        for offset in edge.numbers():
            by_offset[offset].append(edge)
    often = max(by_offset.values(), key=lambda found: len({edge.page for edge in found}), default=[])
    return alone | set(often if len({edge.page for edge in often}) >= _FEWEST else ())


def _repeated(edges: Iterable[_Edge]) -> set[_Edge]:
    """The lines that stand on several pages at one height, whatever numbers are in them."""
    by_shape: Mapping[tuple[int, str], list[_Edge]] = defaultdict(list)
    for edge in edges:
        by_shape[edge.height, edge.shape()].append(edge)
    return {edge for found in by_shape.values() if sum(edge.apart for edge in found) >= _FEWEST for edge in found}


def _alike(edges: Iterable[_Edge], pages: int) -> set[_Edge]:
    """The lines at a height at which many pages have a line, most of which begin like others."""
    by_height: Mapping[int, list[_Edge]] = defaultdict(list)
    for edge in edges:
        if edge.apart:
            by_height[edge.height].append(edge)
    return {
        edge
        for found in by_height.values()
        if len(found) >= max(_FEWEST, _MANY * pages)
        and len({edge.shape()[:_BEGINNING] for edge in found}) <= len(found) / 2
        for edge in found
    }
