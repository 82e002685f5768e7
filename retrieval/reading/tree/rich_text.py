"""Text with links in it, and the writer that joins the pieces of a paragraph to such a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO

from retrieval.article import Link
from retrieval.characters import normalise

_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class RichText:
    """A text and its links, as offsets into it."""

    text: str
    links: tuple[Link, ...] = ()

    def prefixed(self, prefix: str) -> RichText:
        """The text behind a prefix."""
        return RichText(prefix + self.text, tuple(_shifted(self.links, len(prefix))))

    def lines(self) -> list[RichText]:
        """Its lines. A link over several lines is a link in each."""
        if "\n" not in self.text:
            return [self] if self.text else []
        start = 0
        lines = []
        links = list(reversed(self.links))
        for line in self.text.split("\n"):
            end = start + len(line)
            within = []
            while links and links[-1].start < end:
                link = links.pop()
                within.append(Link(max(link.start, start) - start, min(link.end, end) - start, link.target))
                if link.end > end:
                    links.append(Link(end + 1, link.end, link.target))
                    break
            lines.append(RichText(line, tuple(link for link in within if link.end > link.start)))
            start = end + 1
        return lines


def joined(texts: Iterable[RichText], separator: str) -> RichText:
    """The texts with a separator between them."""
    whole = StringIO()
    links: list[Link] = []
    length = 0
    for i, each in enumerate(texts):
        if i:
            length += whole.write(separator)
        links += _shifted(each.links, length)
        length += whole.write(each.text)
    return RichText(whole.getvalue(), tuple(links))


def _shifted(links: Iterable[Link], offset: int) -> Iterable[Link]:
    return (Link(link.start + offset, link.end + offset, link.target) for link in links)


class Writer:
    """Joins pieces as a browser does: spaces and line ends become a single space, or none at the ends of a line."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._space_due = False
        self._links: list[Link] = []
        self.says_something = False
        """Whether there is text beside the descriptions of images."""

    def write(self, text: str) -> None:
        """Add text. Its characters are repaired, for references can stand for any character."""
        text = _SPACES.sub(" ", normalise(text))
        if not text:
            return
        words = text.strip(" ")
        self._space_due = self._space_due or text[0] == " "
        if not words:
            return
        if self._space_due and self._pieces and self._pieces[-1] != "\n":
            words = f" {words}"
        self._add(words)
        self._space_due = text[-1] == " "

    def describe(self, image: str) -> None:
        """Add the description of an image."""
        said = self.says_something
        self.write(image)
        self.says_something = said

    def break_line(self) -> None:
        """Begin a new line."""
        if self._pieces and self._pieces[-1] != "\n":
            self._add("\n")
        self._space_due = False

    def position(self) -> int:
        """Where the next word begins: what has been written is behind it."""
        return self._length

    def link(self, start: int, target: str) -> None:
        """Make a link of what has been written since `position` was `start`. Within a link no other is made."""
        if self._links and self._links[-1].end > start:
            return
        written = "".join(self._since(start))
        lead = len(written) - len(written.lstrip())
        end = start + len(written.rstrip())
        if end > start + lead:
            self._links.append(Link(start + lead, end, target))

    def finish(self) -> RichText:
        """All that was written."""
        text = "".join(self._pieces).rstrip("\n")
        return RichText(text, tuple(link for link in self._links if link.end <= len(text)))

    def _since(self, start: int) -> list[str]:
        pieces: list[str] = []
        length = self._length
        for piece in reversed(self._pieces):
            if length <= start:
                break
            pieces.append(piece)
            length -= len(piece)
        return pieces[::-1]

    def _add(self, piece: str) -> None:
        self._pieces.append(piece)
        self._length += len(piece)
        self.says_something = self.says_something or piece != "\n"
