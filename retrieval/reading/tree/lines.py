"""Lists, definition lists and block quotes as lines; so are the code and the tables in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from retrieval.reading.tree.code import code
from retrieval.reading.tree.element import Element
from retrieval.reading.tree.inline import inline, one_line
from retrieval.reading.tree.rich_text import RichText, joined
from retrieval.reading.tree.tables import table_rows

LISTS = frozenset({"ul", "ol", "menu", "dir"})
PREFORMATTED = frozenset({"pre", "listing", "xmp", "plaintext"})
# Lines that begin with this are not indented further: deep lists would be mostly blanks.
_DEEPEST_INDENT = " " * 16


def lines(element: Element) -> Iterator[RichText]:
    """What lies in an element: a line for each paragraph, for each item of a list and for each row of a table."""
    for is_block, children in groupby(
        element.children, key=lambda child: isinstance(child, Element) and child.is_block
    ):
        if not is_block:
            yield from _paragraph(children)
            continue
        for child in children:
            assert isinstance(child, Element)
            yield from _block_lines(child)


def list_lines(element: Element) -> Iterator[RichText]:
    """The items of a list, nested lists indented by two spaces."""
    number = first = _number(element.attributes.get("start", ""))
    for child in element.children:
        if isinstance(child, str):  # text that is in no item
            yield from _paragraph([child])
            continue
        if child.tag in LISTS:  # a list in a list that is not in an item
            yield from list_lines(child) if number == first else _indented(list_lines(child))
            continue
        bullet = f"{number}. " if element.tag == "ol" else "- "
        due = True
        for line in lines(child):
            yield line.prefixed(bullet) if due else _indent(line)
            due = False
        number += 0 if due else 1


def definition_lines(terms: list[Element], definitions: list[Element]) -> Iterator[RichText]:
    """A line for the terms, and the lines of what they mean under it, indented by two spaces."""
    term = term_of(terms)
    if term.text:
        yield term
    for definition in definitions:
        yield from _indented(lines(definition)) if term.text else lines(definition)


def term_of(terms: Iterable[Element]) -> RichText:
    """The terms that share a definition, as one line."""
    return joined((text for term in terms if (text := one_line(term)).text), ", ")


def definitions_in(element: Element) -> Iterator[tuple[list[Element], list[Element]]]:
    """The terms and the definitions of each entry of a `dl`. An entry may be wrapped in a `div`."""
    entries = [
        part if isinstance(part, Element) else Element("dd", [part])
        for child in element.children
        for part in (child.children if isinstance(child, Element) and child.tag == "div" else (child,))
        if isinstance(part, Element) or part.strip()
    ]
    terms: list[Element] = []
    definitions: list[Element] = []
    for entry in entries:
        if entry.tag == "dt" and definitions:
            yield terms, definitions
            terms, definitions = [], []
        (terms if entry.tag == "dt" else definitions).append(entry)
    if terms or definitions:
        yield terms, definitions


def _block_lines(element: Element) -> Iterator[RichText]:
    if element.tag in LISTS:
        yield from list_lines(element)
    elif element.tag == "dl":
        for terms, definitions in definitions_in(element):
            yield from definition_lines(terms, definitions)
    elif element.tag in PREFORMATTED:
        if text := code(element):
            yield from map(RichText, text.split("\n"))
    elif element.tag == "table":
        yield from (row.text for row in table_rows(element))
    else:
        yield from lines(element)


def _paragraph(children: Iterable[Element | str]) -> list[RichText]:
    text = inline(children)
    return text.lines() if text else []


def _indented(texts: Iterable[RichText]) -> Iterator[RichText]:
    return map(_indent, texts)


def _indent(line: RichText) -> RichText:
    return line if not line.text or line.text.startswith(_DEEPEST_INDENT) else line.prefixed("  ")


def _number(start: str) -> int:
    return int(start) if start.isdecimal() and len(start) < 10 else 1
