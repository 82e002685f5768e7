"""The source as stretches of code and of other text, and the lines that begin and end what has a title."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from retrieval.reading.markdown.marks import LABEL


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines that follow one another: all of them code, or none."""

    text: str
    is_code: bool


@dataclass(slots=True)
class Stretches:
    """Collects lines."""

    lines: list[str] = field(default_factory=list)
    is_code: bool = False
    complete: list[Stretch] = field(default_factory=list)

    def add(self, line: str, *, is_code: bool = False) -> None:
        if is_code is not self.is_code:
            self._finish()
            self.is_code = is_code
        self.lines.append(line)

    def add_label(self, indent: str, title: str) -> None:
        """Begin what has a title; without a title, end it."""
        for line in ("", f"{indent}###### {LABEL}{title}", ""):
            self.add(line)

    def all(self) -> Iterator[Stretch]:
        self._finish()
        return iter(self.complete)

    def _finish(self) -> None:
        if self.lines:
            self.complete.append(Stretch("\n".join(self.lines), self.is_code))
        self.lines = []
