"""What holds other blocks in a dialect of Markdown: the parser sees its lines without what stands before them there."""

from __future__ import annotations

import re
from dataclasses import dataclass

_QUOTED = re.compile(r"[ ]*+>[ ]?")


def indent_of(line: str) -> str:
    """The blanks before the line's text."""
    return line[: len(line) - len(line.lstrip(" "))]


@dataclass(slots=True)
class Container:
    """Content that is open, with the blanks before its first line, and whether it has a title."""

    indent: str
    titled: bool

    def inner(self, line: str) -> str | None:
        """The line as the content has it; None if the content has ended before the line."""
        return line


@dataclass(slots=True)
class Indented(Container):
    """Content four columns deeper than the line that begins it, as in MkDocs."""

    def inner(self, line: str) -> str | None:
        if not line.strip():
            return line
        return line[4:] if line.startswith(f"{self.indent}    ") else None


@dataclass(slots=True)
class Quoted(Container):
    """A block quote that is a note."""

    def inner(self, line: str) -> str | None:
        match = _QUOTED.match(line)
        return self.indent + line[match.end() :] if match else None


@dataclass(slots=True)
class Marked(Container):
    """Content that ends with a line of marks: colons, slashes, or the backticks of MyST."""

    mark: str
    holds_code: bool = False
    """Whether the code blocks in it have titles."""

    def is_ended_by(self, line: str) -> bool:
        return line.strip() == self.mark


@dataclass(slots=True)
class Inside(Container):
    """What stands between the tags of a component; it may be indented as a whole."""

    name: str
    column: int | None = None
    """The column at which the content begins, once a line of it has been seen."""

    def inner(self, line: str) -> str | None:
        stripped = line.lstrip(" ")
        if not stripped:
            return line
        if stripped.startswith("</"):
            return self.indent + stripped
        if self.column is None:
            self.column = max(0, len(line) - len(stripped) - len(self.indent))
        return self.indent + line[min(len(self.indent) + self.column, len(line) - len(stripped)) :]
