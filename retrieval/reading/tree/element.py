"""Elements, named as in HTML: what the parsers of web pages, reStructuredText and AsciiDoc turn a document into.

Elements lie at most DEEPEST levels deep in one another, so that functions may call themselves for what lies in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

DEEPEST = 100
"""The number of levels of elements. Parsers put what lies deeper beside its parent."""
NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})
BLOCK_TAGS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav ol optgroup option p "
    "plaintext pre search section summary table tbody td tfoot th thead tr ul xmp".split()
)
"""The elements that part the text before them from the text behind them."""
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}


LABELLED = "details"
"""An element whose first child, a `summary`, names what it holds: the details of a page, an admonition, a tab."""
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Inner:
    """What lies in an element, however deep."""

    blocks: frozenset[str]
    """The tags of the blocks."""
    size: int
    """The number of characters."""
    labels: int
    """The greatest number of labelled elements and definition lists within one another."""


class Element:
    """An element, what it says of itself, and the texts and elements in it."""

    __slots__ = ("_inner", "attributes", "children", "tag")

    def __init__(
        self, tag: str, children: Iterable[Element | str] = (), attributes: Mapping[str, str] = NO_ATTRIBUTES
    ) -> None:
        self.tag = tag
        self.attributes = attributes
        self.children: list[Element | str] = list(children)
        self._inner: Inner | None = None

    @property
    def classes(self) -> list[str]:
        """The words of its class."""
        return self.attributes.get("class", "").split()

    @property
    def elements(self) -> Iterator[Element]:
        """The elements that lie in it and in no other element of it."""
        return (child for child in self.children if isinstance(child, Element))

    @property
    def inner(self) -> Inner:
        """What lies in it. It is asked when the tree is complete."""
        if self._inner is None:
            blocks: set[str] = set()
            size = labels = 0
            for child in self.children:
                if isinstance(child, str):
                    size += len(child)
                    continue
                inner = child.inner
                if child.tag in BLOCK_TAGS:
                    blocks.add(child.tag)
                blocks |= inner.blocks
                size += inner.size
                labels = max(labels, inner.labels + (child.tag in (LABELLED, "dl")))
            self._inner = Inner(frozenset(blocks) if blocks else _NOTHING, size, labels)
        return self._inner

    @property
    def is_block(self) -> bool:
        """Whether it is a block or holds one."""
        return self.tag in BLOCK_TAGS or bool(self.inner.blocks)

    def text(self) -> str:
        """All text in it, as it is written."""
        return "".join(self._texts())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, Element):
                yield from child._texts()
            else:
                yield child
