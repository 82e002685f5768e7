"""Markdown → blocks: headings, paragraphs, lists, block quotes, tables and code, without their markup.

Links keep their text, images their description (unless a paragraph is nothing but images); emphasis marks, HTML tags,
comments, scripts and styles are dropped. The parser is pulldown-cmark: its time grows in proportion to any text, and it
hands over its events one by one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from io import StringIO
from typing import Any

from pyromark import Markdown, Options

from retrieval.characters import normalise
from retrieval.errors import UnfitError
from retrieval.reading.blocks import Block, Kind

# With subscripts a single tilde can be told from the two tildes that strike out.
_PARSER = Markdown(options=Options.ENABLE_TABLES | Options.ENABLE_STRIKETHROUGH | Options.ENABLE_SUBSCRIPT)
# The number of levels of lists and block quotes within one another; a list counts as two levels.
_DEEPEST = 19
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_HIDDEN_TAG = re.compile(r"<(?P<closing>/?)(?:script|style)\b", re.IGNORECASE)
# A comment, script or style that is not closed reaches to the end, as in browsers.
_UNSEEN_HTML = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<tag>script|style)\b[^<>]*>.*?(?:</(?P=tag)\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
# The tags that part texts: br, pre, and the tags that begin an HTML block in CommonMark.
_BLOCK_NAMES = (
    "address article aside base basefont blockquote body br caption center col colgroup dd details dialog dir div dl "
    "dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li "
    "link main menu menuitem nav noframes ol optgroup option p param pre search section summary table tbody td tfoot "
    "th thead title tr track ul"
)
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCK_NAMES.replace(' ', '|')})\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>|<[!?][^<>]*>", re.IGNORECASE)
# Python refuses to make a number of thousands of digits, and no character's number has more than seven.
_LONG_REFERENCE = re.compile(r"(?<=&#)[0-9]{8,}")


class TooDeepError(UnfitError):
    """Lists or block quotes lie too deep in one another."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A list, list item, block quote, table or table row begins."""

    name: str
    number: int | None = None
    """The number of an ordered list's first item."""


@dataclass(frozen=True, slots=True)
class _Close:
    """The container that was opened last ends."""


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A piece without other blocks in it: "Heading", "Paragraph", "TableCell", "CodeBlock" or "HtmlBlock"."""

    name: str
    text: str
    only_images: bool = False
    level: int = 1
    """The level of a heading."""


_Node = _Open | _Close | _Leaf
_CLOSE = _Close()
_STEPS = frozenset({"Start", "End", "Rule"})
_CONTAINERS = frozenset({"List", "Item", "BlockQuote", "Table", "TableHead", "TableRow"})
_OPEN = {name: _Open(name) for name in _CONTAINERS}
_LEVELS = {"List": 1, "Item": 1, "BlockQuote": 1}
_STYLES = frozenset({"Emphasis", "Strong", "Strikethrough", "Subscript", "Link", "Image"})
# The only tag in a line that stands for text is br.
_BREAKS = {"SoftBreak": " ", "HardBreak": "\n", "InlineHtml": "\n"}


def parse_markdown(text: str) -> list[Block]:
    """Cut normalised Markdown (CommonMark with tables and strike-through) into blocks. Raises TooDeepError."""
    nodes = _nodes(text)
    return [block for node in nodes for block in _blocks(node, nodes) if block.text.strip()]


def _blocks(node: _Node, nodes: Iterator[_Node]) -> Iterator[Block]:
    match node:
        case _Open():
            # As strings, the lines of a long list would take as much memory as all events of the parser.
            joined = StringIO()
            joined.writelines(f"{line}\n" for line in _lines(node, nodes))
            yield Block(Kind.LINES, joined.getvalue()[:-1])
        case _Leaf("Heading", text):
            yield Block(Kind.HEADING, _one_line(text), node.level)
        case _Leaf("CodeBlock", text):
            yield Block(Kind.CODE, text)
        case _Leaf(_, text, only_images) if not only_images:
            yield Block(Kind.PROSE, text)


def _lines(node: _Node, nodes: Iterator[_Node]) -> Iterator[str]:
    """The lines of a block that is kept as lines; nested lists are indented by two spaces."""
    match node:
        case _Leaf("CodeBlock", text):
            yield from text.split("\n")
        case _Leaf(_, text):
            yield from filter(None, text.split("\n"))
        case _Open("List", number):
            for i, _ in enumerate(_inside(nodes)):
                yield from _item("-" if number is None else f"{number + i}.", nodes)
        case _Open("Table"):
            for _ in _inside(nodes):
                yield " | ".join(_one_line(cell.text) for cell in _inside(nodes) if isinstance(cell, _Leaf))
        case _Open():
            for child in _inside(nodes):
                yield from _lines(child, nodes)


def _item(bullet: str, nodes: Iterator[_Node]) -> Iterator[str]:
    bullet_due = True
    for child in _inside(nodes):
        for line in _lines(child, nodes):
            yield f"{bullet} {line}" if bullet_due else f"  {line}".rstrip()
            bullet_due = False


def _inside(nodes: Iterator[_Node]) -> Iterator[_Node]:
    """The nodes of the container that was opened last. The caller must take all nodes of each container in it."""
    for node in nodes:
        if node is _CLOSE:
            return
        yield node


@dataclass(slots=True)
class _Draft:
    """A leaf while its pieces come in."""

    pieces: list[str] = field(default_factory=list)
    images: int = 0
    """How many images are open: their descriptions come as pieces between their start and end."""
    hidden: bool = False
    """Whether the pieces stand between the tags of a script or style."""
    only_images: bool = True

    def add(self, kind: str, content: str) -> None:
        """Take text, code, a line break or a tag."""
        if kind == "InlineHtml":
            if tag := _HIDDEN_TAG.match(content):
                self.hidden = not tag["closing"]
            if not _BREAK_TAG.fullmatch(content):
                return
        piece = _BREAKS.get(kind, content)
        self.only_images = self.only_images and (self.images > 0 or not piece.strip())
        if not self.hidden:
            self.pieces.append(piece)

    def style(self, step: str, name: str) -> None:
        """Take the start or end of an image, or of text that is only drawn in another way."""
        if name == "Image":
            self.images += 1 if step == "Start" else -1
        elif name == "Subscript":
            self.add("Text", "~")

    def leaf(self, name: str) -> _Leaf:
        content = "".join(self.pieces)
        match name:
            case "CodeBlock":
                return _Leaf(name, content.strip("\n"))
            case "HtmlBlock":
                return _Leaf(name, _without_tags(content))
        return _Leaf(name, _tidied(content), self.only_images)


def _nodes(text: str) -> Iterator[_Node]:
    """The parser's events as nodes, the pieces of each leaf joined. Raises TooDeepError."""
    draft: _Draft | None = None
    depth = 0
    event: Any
    content: Any
    for event in _PARSER.events(text):
        step, content = event.popitem() if isinstance(event, dict) else (event, "")
        if step not in _STEPS:
            draft = draft or _Draft()
            draft.add(step, content)
            continue
        name = content if isinstance(content, str) else next(iter(content))
        if name in _STYLES:
            draft = draft or _Draft()
            draft.style(step, name)
            continue
        if step == "End" and name not in _CONTAINERS:
            leaf = (draft or _Draft()).leaf(name)
            # The content of a heading's end is its level, as in {"Heading": "H2"}.
            yield replace(leaf, level=int(content[name][1])) if name == "Heading" else leaf
        elif draft and draft.pieces:  # text of a tight list's item, which the parser does not call a paragraph
            yield draft.leaf("Paragraph")
        draft = None
        if name not in _CONTAINERS:
            continue
        if step == "Start":
            if depth >= _DEEPEST and name != "List":
                raise TooDeepError("too-deep")
            depth += _LEVELS.get(name, 0)
            yield _Open(name, content["List"]) if name == "List" else _OPEN[name]
        else:
            depth -= _LEVELS.get(name, 0)
            yield _CLOSE


def _tidied(content: str) -> str:
    """The content with single spaces. Its characters are repaired, for entities may stand for any character."""
    text = normalise(content)
    if "\n" not in text:
        return _one_line(text)
    return "\n".join(map(_one_line, text.split("\n"))).strip("\n")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _without_tags(source: str) -> str:
    seen = _TAG.sub("", _BLOCK_TAG.sub(" ", _UNSEEN_HTML.sub(" ", source)))
    return " ".join(normalise(html.unescape(_LONG_REFERENCE.sub(_shortened, seen))).split())


def _shortened(digits: re.Match[str]) -> str:
    """Enough digits of a character reference to show that no character has this number."""
    return digits.group().lstrip("0")[:8] or "0"
