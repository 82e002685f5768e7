"""A tree of elements → blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from retrieval.reading.blocks import LABEL_LEVEL, Block, Kind
from retrieval.reading.tree.code import code
from retrieval.reading.tree.element import HEADINGS, LABELLED, Element
from retrieval.reading.tree.inline import inline, one_line
from retrieval.reading.tree.lines import (
    LISTS,
    PREFORMATTED,
    definition_lines,
    definitions_in,
    lines,
    list_lines,
    term_of,
)
from retrieval.reading.tree.rich_text import RichText, joined
from retrieval.reading.tree.tables import has_one_column, table_cells, table_rows

# What stands as blocks of its own, not as lines of a list or of a definition.
_OWN_BLOCKS = frozenset({"table", LABELLED, *PREFORMATTED, *HEADINGS})
# The entries of a definition list stand together if they have no more characters in all, or in the mean.
_SHORT = 500
_SHORT_ENTRY = 100


def blocks_of(root: Element) -> list[Block]:
    """Cut a tree into blocks."""
    return [block for block in _flow(root) if block.text.strip() or block.kind is Kind.HEADING]


def _flow(element: Element) -> Iterator[Block]:
    """What lies in an element that is not itself a list, table or the like."""
    return _children(element.children)


def _children(children: Iterable[Element | str]) -> Iterator[Block]:
    for is_block, group in groupby(children, key=lambda child: isinstance(child, Element) and child.is_block):
        if not is_block:
            text = inline(group)
            yield _block(Kind.PROSE, text or RichText(""))
            continue
        for child in group:
            assert isinstance(child, Element)
            yield from _element(child)


def _element(element: Element) -> Iterator[Block]:
    tag = element.tag
    if tag in HEADINGS:
        heading = one_line(element)
        if heading.text:
            yield _block(Kind.HEADING, heading, HEADINGS[tag])
    elif tag in PREFORMATTED:
        yield Block(Kind.CODE, code(element))
    elif tag in LISTS:
        yield from _list(element)
    elif tag == "dl":
        yield from _definitions(element)
    elif tag == "table":
        yield from _table(element)
    elif tag == "blockquote" and not _has_own_blocks(element):
        yield _lines_block(lines(element))
    elif tag == LABELLED:
        yield from _details(element)
    else:
        yield from _flow(element)


def _list(element: Element) -> Iterator[Block]:
    if element.inner.blocks & HEADINGS.keys():  # the items are sections, or cards
        yield from _flow(element)
    else:
        yield _lines_block(list_lines(element))


def _definitions(element: Element) -> Iterator[Block]:
    """The entries of a definition list, together if they are short. Code and tables stand under their term."""
    together: list[RichText] = []
    entries = list(definitions_in(element))
    level = _label_level(element)
    short = element.inner.size <= max(_SHORT, _SHORT_ENTRY * len(entries))
    for terms, definitions in entries:
        if any(_has_own_blocks(each) or _is_long(each) for each in definitions):
            yield _lines_block(together)
            together = []
            children = (child for definition in definitions for child in (*definition.children, Element("hr")))
            yield from _labelled(term_of(terms), children, level)
        else:
            together += definition_lines(terms, definitions)
            if not short:
                yield _lines_block(together)
                together = []
    yield _lines_block(together)


def _labelled(label: RichText, children: Iterable[Element | str], level: int) -> Iterator[Block]:
    if label.text:
        yield _block(Kind.HEADING, label, level)
    yield from _children(children)
    if label.text:
        yield Block(Kind.HEADING, "", level)


def _details(element: Element) -> Iterator[Block]:
    summaries = [child for child in element.elements if child.tag == "summary"][:1]
    label = one_line(summaries[0]) if summaries else RichText("")
    yield from _labelled(label, (child for child in element.children if child not in summaries), _label_level(element))


def _label_level(element: Element) -> int:
    """The level of a label: above the levels of the labels that stand under it."""
    return LABEL_LEVEL - min(2, element.inner.labels)


def _table(element: Element) -> Iterator[Block]:
    captions = [child for child in element.elements if child.tag == "caption"]
    for caption in captions:
        yield from _flow(caption)
    if _arranges(element):
        for cell in table_cells(element):
            if cell.tag != "caption":
                yield from _flow(cell)
        return
    rows = list(table_rows(element))
    heads = [row.text for row in rows if row.is_head]
    others = [row.text for row in rows if not row.is_head]
    yield _block(Kind.TABLE if heads else Kind.LINES, joined([*heads, *others], "\n"))


def _arranges(table: Element) -> bool:
    """Whether the table only puts side by side what is not a table's data."""
    if table.attributes.get("role") in ("presentation", "none"):
        return True
    blocks = table.inner.blocks
    if "table" in blocks or blocks & HEADINGS.keys():
        return True
    if "th" in blocks:
        return False
    return "td" not in blocks or has_one_column(table) or any(map(_is_rich, table_cells(table)))


def _is_rich(cell: Element) -> bool:
    """Whether a cell holds more than a paragraph."""
    blocks = [each for each in cell.elements if each.is_block]
    return len(blocks) > 1 or any(each.tag not in ("p", "div") or _is_rich(each) for each in blocks)


def _has_own_blocks(element: Element) -> bool:
    return bool(element.inner.blocks & _OWN_BLOCKS)


def _is_long(definition: Element) -> bool:
    """Whether the definition defines terms of its own, as a class its methods, and is long."""
    return "dl" in definition.inner.blocks and definition.inner.size > _SHORT


def _lines_block(texts: Iterable[RichText]) -> Block:
    return _block(Kind.LINES, joined(texts, "\n"))


def _block(kind: Kind, text: RichText, level: int = 1) -> Block:
    return Block(kind, text.text, level, text.links)
