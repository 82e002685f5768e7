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
class Link:
    """A part of a text that leads to a web address or another file when it is clicked."""

    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph (or list, block quote, table, code block): the unit that is found and quoted.

    `article.text[start:end]` is its text; `number` counts from 1 within its article. Its sentences are in order, do
    not overlap, and leave out only white space.
    """

    number: int
    start: int
    end: int
    headings: tuple[str, ...]
    """The headings above it, the outermost first, without the article's title."""
    sentences: tuple[Span, ...]
    lead: Span | None = None
    """What introduces the passage and stands apart from it: the sentence above a long list whose later items the
    passage is, or the head of a long table. It is quoted before the passage."""
    links: tuple[Link, ...] = ()
    """The links in it, as offsets into the article's text."""

    @property
    def section(self) -> str | None:
        """The path of headings as it is shown, such as "Server › Questions"; None without a heading."""
        return " › ".join(self.headings) or None


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
    """The code of its language: what the author named, or else what was detected; None if that could not be told."""
    text: str
    passages: tuple[Passage, ...]
    notes: tuple[Reason, ...] = ()
    """What had to be guessed or left out while the article was loaded."""
    tags: tuple[str, ...] = ()
    """What it is grouped by, as `tags.tags_of` writes it."""

    @property
    def source(self) -> str:
        """Where the article can be found: its URL, or else the name of its file."""
        return self.url or self.file

    def slice(self, span: Passage | Span | Link) -> str:
        """The text of a passage, of a sentence or of a link of this article."""
        return self.text[span.start : span.end]
