"""AsciiDoc → blocks."""

from __future__ import annotations

import re

from retrieval.reading.asciidoc.aside import without_numbers
from retrieval.reading.asciidoc.headings import anchor_of, heading_at
from retrieval.reading.asciidoc.inline import Inline
from retrieval.reading.asciidoc.parsing import Parser
from retrieval.reading.asciidoc.preprocessing import Source, preprocess
from retrieval.reading.blocks import Block
from retrieval.reading.tree.element import Element
from retrieval.reading.tree.rendering import blocks_of

_ANCHOR = re.compile(
    r"\[\[(?P<old>[^\[\],]{1,200}+)(?:,[^\[\]]{0,500}+)?\]\]|\[#(?P<new>[^\[\],.%]{1,200}+)[^\[\]]{0,500}+\]"
)
# The lines under the document's title that name its author and its version.
_AUTHOR = re.compile(r"[^\W\d_][^<>:*`]{0,200}(?:<[^<>\s]{3,200}>.*)?")
_REVISION = re.compile(r"v?\d[\w.]{0,30}+(?:,.*)?")


def parse_asciidoc(text: str) -> list[Block]:
    """Cut normalised AsciiDoc into blocks. Raises AsciidocTooDeepError."""
    source = preprocess(without_numbers(text))
    lines, is_old = _without_header(source.lines)
    inline = Inline(source.attributes, _titles(source), is_old)
    blocks: list[Element | str] = [*Parser(lines, inline).blocks()]
    notes = [Element("p", [f"[{i}] ", *note]) for i, note in enumerate(inline.notes, 1)]
    return blocks_of(Element("body", [*blocks, *notes]))


def _without_header(lines: list[str]) -> tuple[list[str], bool]:
    """The lines without author and version, and whether the title is underlined, as in the older AsciiDoc."""
    start = next((i for i, line in enumerate(lines) if line and not line.startswith("[")), len(lines))
    heading = heading_at(lines, start) if start < len(lines) else None
    if heading is None:
        return lines, False
    is_old = heading.lines == 2
    end = start + heading.lines
    if heading.level == 1 and end < len(lines) and _AUTHOR.fullmatch(lines[end]) and heading_at(lines, end) is None:
        after = end + 1 + (end + 1 < len(lines) and bool(_REVISION.fullmatch(lines[end + 1])))
        if after == len(lines) or not lines[after]:
            return [*lines[:end], *lines[after:]], is_old
    return lines, is_old


def _titles(source: Source) -> dict[str, str]:
    """The titles of the sections by their anchors."""
    titles: dict[str, str] = {}
    anchors: list[str] = []
    for i, line in enumerate(source.lines):
        if match := _ANCHOR.fullmatch(line):
            anchors.append(match["old"] or match["new"])
        elif heading := heading_at(source.lines, i):
            for anchor in (*anchors, anchor_of(heading.title), heading.title):
                titles.setdefault(anchor, heading.title)
            anchors = []
        elif line:
            anchors = []
    return titles
