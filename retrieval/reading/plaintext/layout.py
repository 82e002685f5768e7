"""How a whole text is laid out, which tells what a line of it means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from retrieval.reading.plaintext.line_ends import words_in
from retrieval.reading.plaintext.lines import Line, chunks, with_next_word

_LABEL = re.compile(r"(?P<label>[^\W\d_][\w.'’() -]{0,30}):(?: |$)")
_UNPOINTED = re.compile(r"\d{1,2}\.\d{1,2} [^\W\d_a-z]")
_COMMON_WIDTH = 72


@dataclass(frozen=True)
class Layout:
    """What the lines of a text have in common."""

    lines: Sequence[Line]
    wrap: int | None
    """The width that the text is wrapped at, or None if its lines end where the writer ended them."""

    @property
    def width(self) -> int:
        """The width of the page, for what stands in the middle of it."""
        return self.wrap or _COMMON_WIDTH

    @cached_property
    def body(self) -> int:
        """The indentation of most lines that are part of paragraphs."""
        indents = Counter(line.indent for run in chunks(self.lines) for line in run[1:])
        return max(indents, key=indents.__getitem__, default=0)

    @cached_property
    def unpointed(self) -> bool:
        """Whether numbers of sections have no point at their end: "3.1 Fares"."""
        return any(_UNPOINTED.match(line.text) for line in self.lines)

    @cached_property
    def labels(self) -> frozenset[str]:
        """The names at the starts of lines, with a colon behind them, of at least two people who speak twice."""
        named = Counter(match["label"] for line in self.lines if (match := _LABEL.match(line.text)))
        often = frozenset(name for name, count in named.items() if count > 1)
        return often if len(often) > 1 else frozenset()

    @cached_property
    def names(self) -> frozenset[str]:
        """The names in capitals that stand alone above a speech three times or more."""
        heads = (run[0].text for run in chunks(self.lines) if len(run) > 1)
        named = Counter(text for text in heads if len(text) <= 30 and text.isupper() and text[0].isalpha())
        return frozenset(name for name, count in named.items() if count > 2)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the text in small letters, with the hyphens in them, but not halves torn by a line end."""
        return words_in(line.text for line in self.lines)

    def is_full(self, line: Line, following: Line) -> bool:
        """Whether the text is wrapped and the line had no room for the next line's first word."""
        return self.wrap is not None and with_next_word(line, following) > self.wrap

    def speaks(self, line: Line) -> bool:
        """Whether the line begins with the name of somebody who speaks more than once."""
        if not self.labels:
            return False
        match = _LABEL.match(line.text)
        return bool(match and match["label"] in self.labels)
