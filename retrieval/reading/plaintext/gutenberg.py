"""Books of Project Gutenberg: the licence around a book goes, and what its head says of the book is kept apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.reading.plaintext.lines import Line

_START = re.compile(r"\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG.*|\*END[* ]*THE SMALL PRINT!.*")
_END = re.compile(
    r"\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG.*|End of (?:the |this )?Project Gutenberg(?:'s|’s)? .*",
    re.IGNORECASE,
)
_FIELD = re.compile(r"(?P<name>Title|Author): (?P<value>.+)")
_CREDITS = re.compile(r"(?:Produced by|E-text prepared by|This e?text was (?:prepared|produced) by)\b", re.IGNORECASE)
# A book's head, of which the licence is a part, is within so many lines.
_HEAD = 500


@dataclass(frozen=True, slots=True)
class Book:
    """A book's lines, and its title and author if its head names them."""

    lines: Sequence[Line]
    title: str | None = None
    author: str | None = None


def unwrapped_book(lines: Sequence[Line]) -> Book:
    """The lines between the book's two marks. Lines of anything else come back as they are."""
    start = next((i for i, line in enumerate(lines[:_HEAD]) if _START.fullmatch(line.text)), None)
    if start is None:
        return Book(lines)
    end = next((i for i in range(start + 1, len(lines)) if _END.fullmatch(lines[i].text)), len(lines))
    fields = _fields(lines[:start])
    return Book(_without_credits(lines[_after_mark(lines, start) : end]), fields.get("Title"), fields.get("Author"))


def _after_mark(lines: Sequence[Line], start: int) -> int:
    """Where the text begins: the mark can be wrapped, and ends with stars."""
    for i in range(start, min(start + 3, len(lines))):
        if lines[i].text.endswith("*"):
            return i + 1
    return start + 1


def _fields(head: Sequence[Line]) -> dict[str, str]:
    """The fields of the head; a value goes on in indented lines."""
    fields: dict[str, str] = {}
    name: str | None = None
    for line in head:
        if match := _FIELD.fullmatch(line.text):
            name = match["name"] if match["name"] not in fields else None
            if name:
                fields[name] = match["value"]
        elif name and line.text and line.indent:
            fields[name] += f" {line.text}"
        else:
            name = None
    return fields


def _without_credits(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines without a first paragraph that says who typed the book."""
    first = next((i for i, line in enumerate(lines) if line.text), 0)
    if not lines or not _CREDITS.match(lines[first].text):
        return lines
    return lines[next((i for i in range(first, len(lines)) if not lines[i].text), len(lines)) :]
