"""The text of a paragraph, a heading or a table's cell: its elements' texts as a reader sees them, and its links."""

from __future__ import annotations

import re
from collections.abc import Iterable

from retrieval.reading.tree.element import BLOCK_TAGS, Element
from retrieval.reading.tree.rich_text import RichText, Writer

# Raised numbers are kept apart from the number that they stand at: 10 to the 6th is not 106.
_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_RAISABLE = re.compile(r"[+\-−]?(?:\d{1,10}|n)")


def inline(children: Iterable[Element | str]) -> RichText | None:
    """The text of these children, with a line end where there is a line break; None if it is nothing but images."""
    writer = Writer()
    _write(children, writer)
    return writer.finish() if writer.says_something else None


def one_line(element: Element) -> RichText:
    """All text in the element on one line; descriptions of images count as text."""
    writer = Writer()
    _write(element.children, writer, breaks=False)
    return writer.finish()


def _write(children: Iterable[Element | str], writer: Writer, *, breaks: bool = True) -> None:
    for child in children:
        if isinstance(child, str):
            writer.write(child)
            continue
        match child.tag:
            case "br" if breaks:
                writer.break_line()
            case "br" | "hr":
                writer.write(" ")
            case "img":
                writer.describe(child.attributes.get("alt", ""))
            case "a" if target := child.attributes.get("href"):
                start = writer.position()
                _write(child.children, writer, breaks=breaks)
                writer.link(start, " ".join(target.split()))
            case "sup" if _RAISABLE.fullmatch(raised := child.text().strip()):
                writer.write(raised.translate(_RAISED))
            case "q":
                writer.write("“")
                _write(child.children, writer, breaks=breaks)
                writer.write("”")
            case tag if tag in BLOCK_TAGS:
                writer.write(" ")
                _write(child.children, writer, breaks=breaks)
                writer.write(" ")
            case _:
                _write(child.children, writer, breaks=breaks)
