"""Markdown → nodes: containers that open and close, and the pieces of text in them.

The parser is pulldown-cmark: its time grows in proportion to any text, and it hands over its events one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pyromark import Markdown, Options

from retrieval.errors import UnfitError
from retrieval.reading.markdown.marks import LINK, target, tidied, without_link_marks
from retrieval.reading.markdown.pieces import Piece
from retrieval.reading.markdown.tags import HIDDEN, PARTING, Tag, Tags

# With subscripts a single tilde can be told from the two tildes that strike out.
_OPTIONS = (
    Options.ENABLE_TABLES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_SUBSCRIPT
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_DEFINITION_LIST
)
# The number of levels of lists and block quotes within one another; a list counts as two levels.
_DEEPEST = 19
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
_SHIFTS = {"sup": _RAISED, "sub": _LOWERED}
_SHIFTABLE = re.compile(r"[0-9+-]{1,9}")
_PICTURE_FILE = re.compile(r"\S+\.(?:png|jpe?g|gif|svg|webp|avif|bmp|ico)", re.IGNORECASE)


class TooDeepError(UnfitError):
    """Lists or block quotes lie too deep in one another."""


@dataclass(frozen=True, slots=True)
class Open:
    """A list, list item, block quote, table, table row, footnote or definition begins."""

    name: str
    number: int | None = None
    """The number of an ordered list's first item, or of a footnote."""


@dataclass(frozen=True, slots=True)
class Close:
    """The container that was opened last ends."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A piece without other blocks in it: "Heading", "Paragraph", "TableCell", "CodeBlock", "HtmlBlock" or a term.

    Its text is tidied and has the marks of its links; HTML is as it stands in the source.
    """

    name: str
    text: str
    only_images: bool = False
    only_bold: bool = False
    level: int = 1
    """The level of a heading."""


Node = Open | Close | Leaf
CLOSE = Close()
_STEPS = frozenset({"Start", "End", "Rule"})
_CONTAINERS = frozenset(
    {
        "List",
        "Item",
        "BlockQuote",
        "Table",
        "TableHead",
        "TableRow",
        "FootnoteDefinition",
        "DefinitionList",
        "DefinitionListDefinition",
    }
)
_OPEN = {name: Open(name) for name in _CONTAINERS}
_LEVELS = {"List": 1, "Item": 1, "BlockQuote": 1, "FootnoteDefinition": 1, "DefinitionListDefinition": 1}
_STYLES = frozenset({"Emphasis", "Strong", "Strikethrough", "Subscript", "Link", "Image"})
_BREAKS = {"SoftBreak": " ", "HardBreak": "\n"}


class Footnotes:
    """The numbers of footnotes, in the order in which the text refers to them."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, label: str) -> int:
        return self._numbers.setdefault(label.casefold(), len(self._numbers) + 1)


@dataclass(slots=True)
class _Draft:
    """A leaf while its pieces come in."""

    tags: Tags
    footnotes: Footnotes
    pieces: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    """The targets of the links that are open."""
    images: int = 0
    """How many images are open: their descriptions come as pieces between their start and end."""
    strong: int = 0
    """How many bold texts are open."""
    hidden: bool = False
    """Whether the pieces stand in an element whose content is not text."""
    shift: str = ""
    """The open tag among sup and sub."""
    only_images: bool = True
    only_bold: bool = True

    @classmethod
    def begin(cls, tags: Tags, footnotes: Footnotes, text: str) -> _Draft:
        """A leaf that begins with a text."""
        draft = cls(tags, footnotes)
        if text:
            draft.add("Text", text)
        return draft

    def take(self, step: str, name: str, content: Any) -> None:
        """Take an event: a start or an end has a name."""
        if name:
            self.style(step, name, content)
        else:
            self.add(step, content)

    def add(self, kind: str, content: str) -> None:
        """Take text, code, a line break, a footnote's mark or a tag."""
        if kind == "InlineHtml":
            self._add_tag(content)
            return
        if kind == "FootnoteReference":
            content = f"[{self.footnotes.number(content)}]"
        elif self.shift and kind == "Text" and _SHIFTABLE.fullmatch(content):
            content = content.translate(_SHIFTS[self.shift])
        self._add(_BREAKS.get(kind, content))

    def _add(self, piece: str) -> None:
        if (self.only_images or self.only_bold) and piece.strip():
            self.only_images = self.only_images and self.images > 0
            self.only_bold = self.only_bold and self.strong > 0
        if not self.hidden:
            self.pieces.append(piece if piece.isascii() else without_link_marks(piece))

    def _add_tag(self, source: str) -> None:
        tag = self.tags.parse(source)
        match tag:
            case None:
                self._add(source)
            case Tag("br"):
                self._add("\n")
            case Tag(name, closing) if name in HIDDEN:
                self.hidden = not closing and not tag.attributes.endswith("/")
            case Tag("sup" | "sub" as name, closing):
                self.shift = "" if closing else name
            case Tag("a", closing):
                if closing:
                    self._end_link()
                else:
                    self._begin_link(tag.attribute("href"))
            case Tag(name) if name in PARTING:
                self._add(" ")

    def style(self, step: str, name: str, content: Any) -> None:
        """Take the start or end of a link or an image, or of text that is only drawn in another way."""
        starts = step == "Start"
        match name:
            case "Image":
                self._image(starts)
            case "Link" if starts:
                self._begin_link(content["Link"]["dest_url"])
            case "Link":
                self._end_link()
            case "Strong":
                self.strong += 1 if starts else -1
            case "Subscript":
                self._add("~")

    def _image(self, starts: bool) -> None:
        self.images += 1 if starts else -1
        if not starts and self.pieces and _PICTURE_FILE.fullmatch(self.pieces[-1]):
            self.pieces.pop()  # a description that is nothing but the name of the file

    def _begin_link(self, address: str) -> None:
        self.targets.append(address)
        self.pieces.append(LINK)

    def _end_link(self) -> None:
        if self.targets:
            self.pieces.append(target(self.targets.pop()))

    def leaf(self, name: str, level: int = 1) -> Leaf:
        content = "".join(self.pieces)
        self.pieces.clear()  # of a long paragraph they take as much memory as the parser
        if name == "CodeBlock":
            return Leaf(name, content.strip("\n"))
        if name == "HtmlBlock":
            return Leaf(name, content)
        return Leaf(name, tidied(content), self.only_images, self.only_bold, level)


def nodes(piece: Piece, tags: Tags, footnotes: Footnotes) -> Iterator[Node]:
    """The parser's events as nodes, the pieces of each leaf joined. Raises TooDeepError."""
    parser = Markdown(options=_OPTIONS, broken_link_callback=piece.resolve if piece.targets else None)
    plain = ""  # the text of a leaf that has nothing but text so far, as most have
    draft: _Draft | None = None
    depth = 0
    event: Any
    content: Any
    for event in parser.events(piece.text):
        step, content = event.popitem() if isinstance(event, dict) else (event, event)
        if step == "Text" and draft is None and not plain:
            plain = content
            continue
        name = "" if step not in _STEPS else content if isinstance(content, str) else next(iter(content))
        if not name or name in _STYLES:
            draft = draft or _Draft.begin(tags, footnotes, plain)
            draft.take(step, name, content)
            plain = ""
            continue
        if step == "End" and name not in _CONTAINERS:
            # The content of a heading's end is its level, as in {"Heading": "H2"}.
            level = int(content[name][1]) if name == "Heading" else 1
            yield draft.leaf(name, level) if draft else _plain_leaf(name, plain, level)
        elif plain:  # text of a tight list's item, which the parser does not call a paragraph
            yield _plain_leaf("Paragraph", plain)
        elif draft and draft.pieces:
            yield draft.leaf("Paragraph")
        plain, draft = "", None
        if name in _CONTAINERS:
            depth = _depth(depth, step, name)
            yield _opened(name, content, footnotes) if step == "Start" else CLOSE


def _depth(depth: int, step: str, name: str) -> int:
    """How deep the containers lie after one has begun or ended. Raises TooDeepError."""
    if step == "End":
        return depth - _LEVELS.get(name, 0)
    if depth >= _DEEPEST and name != "List":
        raise TooDeepError("too-deep")
    return depth + _LEVELS.get(name, 0)


def _plain_leaf(name: str, text: str, level: int = 1) -> Leaf:
    """A leaf that is nothing but text."""
    content = text if text.isascii() else without_link_marks(text)
    if name == "CodeBlock":
        return Leaf(name, content.strip("\n"))
    return Leaf(name, tidied(content), only_images=not text.strip(), level=level)


def _opened(name: str, content: Any, footnotes: Footnotes) -> Open:
    match name:
        case "List":
            return Open(name, content[name])
        case "FootnoteDefinition":
            return Open(name, footnotes.number(content[name]))
    return _OPEN[name]
