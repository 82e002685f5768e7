"""The notes at the feet of pages, which are quoted by themselves, and the numbers in the text that lead to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.reading.pdf.lines import PdfLine

_NOTE = re.compile(r"(?P<mark>\d{1,3}|[*†‡§¶])[.)]?(?=\s|[^\W\d])")
# How much smaller than the text a note is at least.
_SMALLER = 0.95


def without_notes(page: Sequence[PdfLine], size: float, goes_on: bool) -> tuple[list[PdfLine], list[PdfLine]]:
    """The lines of a page's text, without numbers of notes, and the lines of its notes.

    `size` is that of the text; `goes_on` tells whether the page before ends with a note.
    """
    start = len(page)
    while start and _SMALLER * size >= page[start - 1].size and _is_below(page, start):
        start -= 1
    marked = {line.text[mark.start : mark.end] for line in page[:start] for mark in line.marks}
    begins = [i for i in range(start, len(page)) if _begins(page[i], marked)]
    if not (begins or goes_on):
        return list(page), []
    if begins and not goes_on:
        start = begins[0]
    known = {mark_of(page[i]) for i in begins}
    text = (_without_marks(line, known) for line in page[:start])
    return [line for line in text if line.text], list(page[start:])


def _begins(line: PdfLine, marked: set[str]) -> bool:
    """Whether a note begins with the line: with a number that stands raised in the text, or stands raised itself."""
    return mark_of(line) in marked or (line.marks[:1] != () and line.marks[0].start == 0)


def mark_of(line: PdfLine) -> str:
    """The number or sign that a note's first line begins with; empty for other lines."""
    match = _NOTE.match(line.text)
    return match["mark"] if match else ""


def without_mark(line: PdfLine) -> str:
    """A note's first line behind its number."""
    match = _NOTE.match(line.text)
    return line.text[match.end() :].lstrip() if match else line.text


def _is_below(page: Sequence[PdfLine], start: int) -> bool:
    return start == len(page) or page[start - 1].baseline > page[start].baseline


def _without_marks(line: PdfLine, known: set[str]) -> PdfLine:
    text, end = "", 0
    for mark in line.marks:
        if line.text[mark.start : mark.end] in known:
            text, end = text + line.text[end : mark.start], mark.end
    return replace(line, text=" ".join((text + line.text[end:]).split()), marks=()) if end else line
