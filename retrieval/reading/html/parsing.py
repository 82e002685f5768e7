"""The text of a web page → a tree of elements.

The parser is lxml's, which is libxml2. Its events are taken, not its tree, which drops what lies deeper than 2,048
levels. selectolax reads HTML as browsers do, but its time grows with the square of the depth; html5lib takes twenty
times as long.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from retrieval.errors import UnfitError
from retrieval.reading.tree.element import DEEPEST, NO_ATTRIBUTES, Element

# libxml2 looks for the start of what ends among all open elements.
_DEEPEST_OPEN = 2_000
_CHUNK = 1 << 20


class PageTooDeepError(UnfitError):
    """More elements are open than in any page that people write."""


class PageElement(Element):
    """An element of a page, and how much text and how many links are in it."""

    __slots__ = ("length", "linked", "steps")

    def __init__(self, tag: str, attributes: Mapping[str, str]) -> None:
        super().__init__(tag, (), attributes)
        self.length = 0
        """The number of characters in it, less spaces at the ends of texts."""
        self.linked = 0
        """The number of these characters in links."""
        self.steps = tag == "a" and (
            attributes.get("rel", "").lower() in ("next", "prev") or attributes.get("accesskey", "") in ("n", "p")
        )
        """Whether it is, or holds, a link to the next or the previous page."""


def parse_page(text: str) -> PageElement:
    """The whole page. Raises PageTooDeepError."""
    builder = _Builder()
    target: Any = builder  # the stubs say that texts can be bytes, which they never are
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True)
    raw = text.encode("utf-8")
    try:
        for start in range(0, len(raw), _CHUNK):
            parser.feed(raw[start : start + _CHUNK])
        parser.close()
    except etree.XMLSyntaxError:  # there is not even a character
        pass
    return builder.root


class _Builder:
    """Takes the parser's events."""

    def __init__(self) -> None:
        self.root = PageElement("html", NO_ATTRIBUTES)
        self._open = [self.root]

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if len(self._open) > _DEEPEST_OPEN:
            raise PageTooDeepError("too-deep")
        element = PageElement(tag.lower(), dict(attributes) if attributes else NO_ATTRIBUTES)
        if tag == "html" and len(self._open) == 1:
            self.root.attributes = element.attributes
        self._open[min(len(self._open), DEEPEST) - 1].children.append(element)
        self._open.append(element)

    def end(self, _tag: str) -> None:
        element = self._open.pop()
        parent = self._open[-1]
        parent.length += element.length
        parent.linked += element.length if element.tag == "a" else element.linked
        parent.steps = parent.steps or element.steps

    def data(self, text: str) -> None:
        self._open[-1].length += len(text.strip())
        self._open[min(len(self._open), DEEPEST) - 1].children.append(text)

    def comment(self, text: str) -> None:
        """Comments are not seen."""

    def pi(self, target: str, data: str | None = None) -> None:
        """Neither are instructions to programs."""

    def close(self) -> None:
        """The root has been built."""
