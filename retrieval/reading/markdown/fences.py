"""Which lines of a document are code: fenced, or indented after a blank line."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FENCE = re.compile(
    r"(?P<before>[ >]*+(?:(?:[-*+]|\d{1,9}[.)])[ ]++)*+[ >]*+)(?P<fence>`{3,}+(?=[^`]*+$)|~{3,}+)(?P<info>.*+)"
)
_ITEM = re.compile(r"(?P<before>[ >]*+)(?:[-*+]|\d{1,9}[.)])(?:[ ]++|$)")
_PREFIX = re.compile(r"[ >]*+")


@dataclass(frozen=True, slots=True)
class Fence:
    """The opening line of a code block."""

    mark: str
    """The three or more backticks or tildes."""
    info: str
    """The text behind them."""
    before: str
    """The text before them: blanks, marks of quotes, bullets."""
    column: int
    """The column that the lines must reach for the block to go on; 0 outside of lists."""

    def closes(self, line: str) -> bool:
        """Whether the line is the end of the block."""
        rest = line[_prefix(line) :].rstrip()
        return rest.startswith(self.mark) and not rest.strip(self.mark[0])

    def ends_before(self, line: str) -> bool:
        """Whether the quote or list that the block stands in ends before the line."""
        if ">" in self.before:
            return ">" not in line[: _prefix(line)]
        return bool(line.strip()) and _indent(line) < self.column


class CodeLines:
    """Follows a document line by line and knows which lines are code."""

    def __init__(self) -> None:
        self.fence: Fence | None = None
        self._content = 0
        """The column at which the content of the latest list's item begins; 0 outside of lists."""
        self._blank = True
        self._indented = False

    def opening(self, line: str) -> Fence | None:
        """The fence that the line opens, if it is not code already."""
        match = _FENCE.match(line)
        if match is None:
            return None
        before = match["before"]
        item = before.strip(" >")
        column = len(before) if item else min(self._content, len(before))
        return Fence(match["fence"], match["info"].strip(), before, column)

    def is_code(self, line: str) -> bool:
        """Whether the next line is indented code, or stands in or at the ends of fenced code."""
        if self.fence is not None and not self.fence.ends_before(line):
            if self.fence.closes(line):
                self.fence = None
            self._blank = False
            return True
        self.fence = None
        if not line.strip():
            self._blank = True
            return self._indented
        if self._is_indented(line):
            self._indented = True
            return True
        self._indented = False
        self._follow(line)
        self._blank = False
        self.fence = self.opening(line)
        return self.fence is not None

    def _is_indented(self, line: str) -> bool:
        return (self._blank or self._indented) and _indent(line) >= self._content + 4

    def _follow(self, line: str) -> None:
        """Note the list that the line belongs to."""
        item = _ITEM.match(line)
        if item and _indent(line) < self._content + 4:
            self._content = min(item.end(), len(item["before"]) + 5)
        elif self._blank and _indent(line) < self._content:
            self._content = 0 if _indent(line) < 2 else self._content


def _indent(line: str) -> int:
    text = line.lstrip(" \t")
    before = line[: len(line) - len(text)]
    return len(before.expandtabs(4) if "\t" in before else before)


def _prefix(line: str) -> int:
    match = _PREFIX.match(line)
    return match.end() if match else 0
