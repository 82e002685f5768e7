"""docutils' reader of the text in a paragraph, for texts of any length."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from docutils.parsers.rst.states import Inliner

# docutils looks for the end of each emphasis up to the end of the paragraph, and where there is none goes on behind the
# start: its time grows with the square of the length. No emphasis of a text that people write is cut by this.
_LONGEST = 3_000


class BoundedInliner:
    """Reads a long paragraph in parts. In all else it is docutils' own, whose class cannot have subclasses."""

    def __init__(self) -> None:
        self._whole = Inliner()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, name)

    def parse(
        self, text: str, lineno: int, memo: Any, parent: nodes.Element
    ) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The nodes of a paragraph's text. Messages of what is wrong in it are for its writer, and left out."""
        parts = [self._whole.parse(part, lineno, memo, parent)[0] for part in _parts(text)]
        if len(parts) == 1:
            return parts[0], []
        # To replace a reference, docutils looks through all nodes that stand beside it.
        return [nodes.inline("", "", *part) for part in parts], []


def _parts(text: str) -> Iterator[str]:
    """The text, cut at spaces."""
    start = 0
    while len(text) - start > _LONGEST:
        end = text.rfind(" ", start, start + _LONGEST)
        end = end if end > start else start + _LONGEST
        yield text[start:end]
        start = end
    yield text[start:]
