"""An article, its passages and their sentences: offsets into one text, never copies of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from retrieval.errors import Reason


@dataclass(frozen=True, slots=True)
class Span:
    """Where a part of an article starts and ends: the part is `article.text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph (or list, block quote, table, code block): the unit that is found and quoted.

    `article.text[start:end]` is its text; `number` counts from 1 within its article; `section` is the heading
    above it, if any. Its sentences are in order, do not overlap, and leave out only white space.
    """

    number: int
    start: int
    end: int
    section: str | None
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One article as loaded. `file` is its path inside the corpus folder, `digest` the SHA-256 of the file's bytes."""

    file: str
    digest: str
    title: str
    url: str | None
    author: str | None
    published: dt.date | None
    language: str | None
    text: str
    passages: tuple[Passage, ...]
    notes: tuple[Reason, ...] = ()
    """What had to be guessed or left out while the article was loaded."""

    @property
    def source(self) -> str:
        """Where the article can be found: its URL, or else the name of its file."""
        return self.url or self.file

    def slice(self, span: Passage | Span) -> str:
        """The text of a passage or of a sentence of this article."""
        return self.text[span.start : span.end]
