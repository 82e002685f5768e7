"""The lines of a document, and the place that has been reached in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MKDOCSTRINGS_OPTION = re.compile(r"[ ]*+(?::[\w-]++:|(?:options|handler|selection|rendering):[ ]*+$)")


@dataclass(slots=True)
class Cursor:
    """Goes from line to line; `at` is the number of the next line."""

    lines: list[str]
    at: int = 0

    @property
    def has_more(self) -> bool:
        """Whether there is a next line."""
        return self.at < len(self.lines)

    @property
    def next(self) -> str:
        """The next line, which is not taken; empty at the end."""
        return self.lines[self.at] if self.has_more else ""

    def take(self) -> str:
        """Go behind the next line, and return it."""
        self.at += 1
        return self.lines[self.at - 1]

    def take_deeper(self, indent: str) -> None:
        """Go behind the lines that are four columns deeper."""
        while self.has_more and self.next.startswith(f"{indent}    "):
            self.at += 1

    def options_follow(self, indent: str) -> bool:
        """Whether the next line is an option of mkdocstrings."""
        return self.next.startswith(f"{indent}    ") and bool(_MKDOCSTRINGS_OPTION.match(self.next))

    def goes_on_deeper(self, indent: str) -> bool:
        """Whether the next line with text is four columns deeper."""
        text = next((line for line in self.lines[self.at : self.at + 3] if line.strip()), "").expandtabs(4)
        return len(text) - len(text.lstrip(" ")) >= len(indent) + 4
