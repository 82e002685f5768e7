"""The text of a code block: as it is written, without the numbers of its lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from retrieval.characters import normalise
from retrieval.reading.tree.element import Element


def code(element: Element) -> str:
    """The text in a `pre`, without empty lines around it and without spaces at line ends."""
    lines = normalise("".join(_pieces(element.children))).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def _pieces(children: Iterable[Element | str]) -> Iterator[str]:
    for child in children:
        if isinstance(child, str):
            yield child
        elif child.tag == "br":
            yield "\n"
        else:
            yield from _pieces(child.children)
