"""Nodes of Markdown → blocks: headings, paragraphs, lists, block quotes, tables and code, without their markup.

Links keep their text and, beside it, their target; images keep their description unless a paragraph or item is nothing
but images.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import chain
from typing import TypeGuard

from retrieval.reading.blocks import LABEL_LEVEL, Block, Kind
from retrieval.reading.markdown.dialects import commonmark
from retrieval.reading.markdown.html_blocks import HtmlReader
from retrieval.reading.markdown.marks import LABEL, finished, one_line, without_marks
from retrieval.reading.markdown.nodes import CLOSE, Footnotes, Leaf, Node, Open, nodes
from retrieval.reading.markdown.pieces import pieces
from retrieval.reading.markdown.tags import Tags

# A paragraph in bold letters that is no sentence names what follows.
_LONGEST_LABEL = 80
_MOST_WORDS = 10
_SENTENCE_END = re.compile(r"[.!:;,…。！：；，]$")
_QUESTION = re.compile(r"Q\d{0,3}[.:]")
_PICTURE_PATH = re.compile(r"(?:\S+[/\\])?[\w%.-]+\.(?:png|jpe?g|gif|svg|webp|avif)", re.IGNORECASE)


def parse_markdown(text: str) -> list[Block]:
    """Cut normalised Markdown, in any dialect, into blocks. Raises TooDeepError."""
    source = without_marks(text)
    tags = Tags(source)
    footnotes = Footnotes()
    stream = chain.from_iterable(nodes(piece, tags, footnotes) for piece in pieces(commonmark(source, tags)))
    return list(_Blocks(tags, stream).all())


class _Blocks:
    """Makes blocks of nodes."""

    def __init__(self, tags: Tags, stream: Iterable[Node]) -> None:
        self._nodes = iter(stream)
        self._html = HtmlReader(tags)

    def all(self) -> Iterator[Block]:
        for node in self._nodes:
            for block in self._blocks(node):
                if block.text.strip() or (block.kind is Kind.HEADING and block.level == LABEL_LEVEL):
                    yield block
        yield from self._html.close()

    def _blocks(self, node: Node) -> Iterator[Block]:
        match node:
            case Leaf("HtmlBlock", text):
                yield from self._html.read(text)
            case Leaf("Heading"):
                yield from self._html.close()
                yield _heading(node)
            case _ if self._html.takes_text:
                for line in self._lines(node):
                    self._html.take(line)
            case Open("FootnoteDefinition", number):
                yield from self._footnote(number)
            case Open(name):
                # As strings, the lines of a long list would take as much memory as all events of the parser.
                joined = StringIO()
                joined.writelines(f"{line}\n" for line in self._lines(node))
                yield finished(Kind.TABLE if name == "Table" else Kind.LINES, joined.getvalue()[:-1])
            case Leaf("CodeBlock", text):
                yield Block(Kind.CODE, text)
            case Leaf() if not node.only_images:
                yield _paragraph(node)

    def _footnote(self, number: int | None) -> Iterator[Block]:
        mark = f"[{number}] "
        for child in self._inside():
            for block in self._blocks(child):
                yield Block(block.kind, mark + block.text, block.level) if mark else block
                mark = ""

    def _lines(self, node: Node) -> Iterator[str]:
        """The lines of a block that is kept as lines, with marks; nested lists are indented by two spaces."""
        match node:
            case Open():
                yield from self._container_lines(node)
            case Leaf("CodeBlock", text):
                yield from text.split("\n")
            case Leaf("HtmlBlock", text):
                for block in self._html_lines(text):
                    yield from block.text.split("\n")
            case Leaf("Heading", text):
                yield from filter(None, [text.removeprefix(LABEL).strip()])
            case Leaf(_, text, only_images) if not only_images:
                yield from filter(None, text.split("\n"))

    def _container_lines(self, container: Open) -> Iterator[str]:
        match container:
            case Open("List", number):
                for i, _ in enumerate(self._inside()):
                    yield from self._item("-" if number is None else f"{number + i}.")
            case Open("Table"):
                for _ in self._inside():
                    yield " | ".join(one_line(cell.text) for cell in self._inside() if isinstance(cell, Leaf))
            case Open("DefinitionListDefinition"):
                for child in self._inside():
                    yield from (f"  {line}" for line in self._lines(child))
            case _:
                for child in self._inside():
                    yield from self._lines(child)

    def _html_lines(self, source: str) -> Iterator[Block]:
        html = HtmlReader(self._html.tags)
        yield from (block for block in (*html.read(source), *html.close()) if block.text)

    def _item(self, bullet: str) -> Iterator[str]:
        bullet_due = True
        for child in self._inside():
            for line in [child.text] if _is_line(child) else self._lines(child):
                yield f"{bullet} {line}" if bullet_due else f"  {line}".rstrip()
                bullet_due = False

    def _inside(self) -> Iterator[Node]:
        """The nodes of the container that was opened last. The caller must take all nodes of each container in it."""
        for node in self._nodes:
            if node is CLOSE:
                return
            yield node


def _is_line(node: Node) -> TypeGuard[Leaf]:
    """Whether the node is a single line of text, as most in lists are."""
    if not isinstance(node, Leaf) or node.name != "Paragraph":
        return False
    return bool(node.text) and not node.only_images and "\n" not in node.text


def _heading(leaf: Leaf) -> Block:
    text = one_line(leaf.text)
    if text.startswith(LABEL):
        return finished(Kind.HEADING, text.removeprefix(LABEL).strip(), LABEL_LEVEL)
    return finished(Kind.HEADING, text, leaf.level)


def _paragraph(leaf: Leaf) -> Block:
    block = finished(Kind.PROSE, leaf.text)
    if _PICTURE_PATH.fullmatch(block.text):
        return Block(Kind.PROSE, "")
    return finished(Kind.HEADING, leaf.text, LABEL_LEVEL) if leaf.only_bold and _is_label(block.text) else block


def _is_label(text: str) -> bool:
    """Whether a paragraph in bold letters names what follows, and is not a sentence."""
    if len(text) > _LONGEST_LABEL or "\n" in text or len(text.split()) > _MOST_WORDS:
        return False
    return not (_SENTENCE_END.search(text) or _QUESTION.match(text))
