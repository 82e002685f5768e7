"""What marks in AsciiDoc stand for is put aside, so that nothing in it is taken for a mark again."""

from __future__ import annotations

import re

from retrieval.reading.tree.element import Element

# Around the number of what was put aside. These are noncharacters, which Unicode keeps for use inside a program:
# `without_numbers` takes them out of the source, and character references cannot write them (html.unescape).
_OPEN, _SHUT = "\ufdd0", "\ufdd1"
_NUMBERED = re.compile(f"{_OPEN}(\\d+){_SHUT}")
_SIGNS = str.maketrans("", "", _OPEN + _SHUT)
NUMBERS = _OPEN + _SHUT
"""The signs around a number, which no address goes over."""


def without_numbers(text: str) -> str:
    """A text of others, less the signs that would make a number in it stand for what was put aside."""
    return text.translate(_SIGNS)


class Aside:
    """The texts and elements of one text that are done with. Those in others have lower numbers."""

    def __init__(self) -> None:
        self._kept: list[Element | str] = []

    def put(self, what: Element | str) -> str:
        """Keep a text, or an element with nothing but text in it. What is returned stands in its place."""
        self._kept.append(what)
        return f"{_OPEN}{len(self._kept) - 1}{_SHUT}"

    def restored(self, text: str) -> list[Element | str]:
        """The text with what was put aside in its places, also in what was put aside later."""
        found: list[Element | str] = []
        end = 0
        for match in _NUMBERED.finditer(text):
            if match.start() > end:
                found.append(text[end : match.start()])
            end = match.end()
            what = self._kept[int(match[1])]
            if isinstance(what, str):
                found += self.restored(what)
            else:
                what.children = self.restored(what.text())
                found.append(what)
        if end < len(text):
            found.append(text[end:])
        return found

    def text(self, text: str) -> str:
        """The text with the texts that were put aside in it."""
        return Element("span", self.restored(text)).text()
