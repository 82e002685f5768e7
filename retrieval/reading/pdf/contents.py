"""Tables of contents, which say where something stands and nothing of it: entries with the numbers of their pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.reading.pdf.lines import PdfLine
from retrieval.reading.plaintext.contents import has_leader, names_contents

_ENTRY = re.compile(r"(?:^|\s)(?:\d{1,4}|[ivxlc]{1,7})$")
# How many lines of an entry, or between entries, do not end with a page's number.
_BETWEEN = 3
_TAIL = 200


def without_contents(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """The lines of a document without tables of contents: what follows their name, and all lines with leading dots."""
    kept: list[PdfLine] = []
    start = 0
    while start < len(lines):
        end = _end(lines, start) if names_contents(lines[start].text) else start
        if end == start:
            if not has_leader(lines[start].text[-_TAIL:]):
                kept.append(lines[start])
            end += 1
        start = end
    return kept


def _end(lines: Sequence[PdfLine], start: int) -> int:
    """Where the entries behind the name of a table of contents end; `start` if there are none."""
    end = start + 1
    for place in range(start + 1, len(lines)):
        if place - end > _BETWEEN:
            break
        if _ENTRY.search(lines[place].text[-_TAIL:]):
            end = place + 1
    return end if end > start + 1 else start
