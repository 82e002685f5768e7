"""The lines of AsciiDoc → a tree of elements."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.errors import UnfitError
from retrieval.reading.asciidoc.headings import heading_at
from retrieval.reading.asciidoc.inline import Inline
from retrieval.reading.asciidoc.markers import Marker, closing_of, is_block_macro, is_fence, marker_at
from retrieval.reading.asciidoc.tables import table
from retrieval.reading.tree.element import DEEPEST, LABELLED, Element

_ATTRIBUTES = re.compile(r"\[(?:\[[^\[\]]*\]|[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]")
_TITLE = re.compile(r"\.(?![.\s]).+")
_ADMONITION = re.compile(r"(?P<name>NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+(?P<text>.*)", re.DOTALL)
_NAMES = {"NOTE": "Note", "TIP": "Tip", "IMPORTANT": "Important", "WARNING": "Warning", "CAUTION": "Caution"}
_BREAK = re.compile(r"'{3,}|<{3,}|-{3}|\*{3}|- - -|\* \* \*")
_CALLOUT = re.compile(
    r"(?:(?:#|//|--|;;)[ \t]*)?(?:<!--(\d{1,3})-->|<(\d{1,3})>)(?=[ \t]*(?:<\d{1,3}>[ \t]*)*$)", re.MULTILINE
)
_VERBATIM = ("source", "listing", "literal", "verse", "stem", "latexmath", "asciimath")
# The levels that a block and the items in it take in the tree.
_LEVELS = 3


class AsciidocTooDeepError(UnfitError):
    """Blocks and lists lie too deep in one another."""


@dataclass(slots=True)
class _About:
    """What the lines above a block say of it."""

    attributes: str = ""
    title: str = ""

    @property
    def style(self) -> str:
        """The first word in the brackets, such as verse or NOTE."""
        return self.attributes.partition(",")[0].partition("%")[0].partition("#")[0].partition(".")[0].strip(' "')


class Parser:
    """Reads lines one after another; those of a block within a block are read by a parser of their own."""

    def __init__(self, lines: list[str], inline: Inline, depth: int = 0) -> None:
        if depth > DEEPEST - 2 * _LEVELS:
            raise AsciidocTooDeepError("too-deep")
        self._lines = lines
        self._inline = inline
        self._depth = depth
        self._i = 0

    def blocks(self) -> list[Element]:
        """All blocks."""
        found: list[Element] = []
        while self._skip_empty():
            found += self._block()
        return found

    @property
    def _line(self) -> str:
        return self._lines[self._i]

    def _skip_empty(self) -> bool:
        """Go to the next line that is not empty, if there is one."""
        while self._i < len(self._lines) and not self._line:
            self._i += 1
        return self._i < len(self._lines)

    def _block(self) -> list[Element]:
        """The next block. It begins in the line at hand."""
        about = self._about()
        if self._i == len(self._lines):
            return []
        line = self._line
        if heading := heading_at(self._lines, self._i):
            self._i += heading.lines
            return [Element(f"h{heading.level}", self._inline.read(heading.title))]
        if is_fence(line):
            return self._titled(about, self._fenced(about))
        if _BREAK.fullmatch(line) or is_block_macro(line) or line == "+":
            self._i += 1
            return [Element("hr")]
        if marker := marker_at(line):
            return self._titled(about, [self._list(marker)])
        if line[0] in " \t" and about.style not in ("normal", "verse", "quote"):
            return self._titled(about, [_pre(self._paragraph())])
        return self._titled(about, self._styled_paragraph(about))

    def _about(self) -> _About:
        about = _About()
        while self._skip_empty():
            line = self._line
            if line.startswith("[") and _ATTRIBUTES.fullmatch(line):
                if not line.startswith("[["):
                    about.attributes = line[1:-1]
            elif _TITLE.fullmatch(line) and not is_fence(line):
                about.title = line[1:]
            else:
                break
            self._i += 1
        return about

    def _titled(self, about: _About, blocks: list[Element]) -> list[Element]:
        if not about.title or (blocks and blocks[0].tag == LABELLED):
            return blocks
        return [Element("p", self._inline.read(about.title)), *blocks]

    def _fenced(self, about: _About) -> list[Element]:
        fence = self._line
        self._i += 1
        closing = closing_of(fence)
        start = self._i
        while self._i < len(self._lines) and self._line != closing:
            self._i += 1
        lines = self._lines[start : self._i]
        self._i += 1
        style = about.style
        if style == "comment" or fence.startswith("++++"):
            return [_pre(lines)] if style in _VERBATIM else []
        if fence.startswith(("----", "....", "```")) or (fence == "--" and style in _VERBATIM):
            return [_pre(lines)]
        if fence[1:].startswith("==="):
            return (
                [table(fence, lines, about.attributes, self._inline)]
                if fence[0] != "="
                else self._compound(about, lines)
            )
        if fence.startswith("____") and style == "verse":
            return [self._verse(lines)]
        return self._compound(about, lines, "blockquote" if fence.startswith("____") else "div")

    def _compound(self, about: _About, lines: list[str], tag: str = "div") -> list[Element]:
        blocks = Parser(lines, self._inline, self._depth + _LEVELS).blocks()
        name = _NAMES.get(about.style) or (about.title if tag == "div" and about.title else "")
        if name:
            return [Element(LABELLED, [Element("summary", self._inline.read(name)), *blocks])]
        return [Element(tag, [*blocks, *self._attribution(about)])]

    def _attribution(self, about: _About) -> list[Element]:
        by = [part.strip(' "') for part in about.attributes.split(",")[1:]] if about.style in ("quote", "verse") else []
        return [Element("p", ["— ", *self._inline.read(", ".join(filter(None, by)))])] if any(by) else []

    def _styled_paragraph(self, about: _About) -> list[Element]:
        lines = self._paragraph()
        style = about.style
        if style == "verse":
            return [self._verse(lines), *self._attribution(about)]
        if style in _VERBATIM:
            return [_pre(lines)]
        if style == "comment":
            return []
        text = "\n".join(lines)
        if style in _NAMES:
            return [self._note(style, text)]
        if match := _ADMONITION.fullmatch(text):
            return [self._note(match["name"], match["text"])]
        paragraph = Element("p", self._inline.read(text))
        return [Element("blockquote", [paragraph, *self._attribution(about)])] if style == "quote" else [paragraph]

    def _note(self, name: str, text: str) -> Element:
        paragraph = Element("p", self._inline.read(text))
        return Element(LABELLED, [Element("summary", [_NAMES[name]]), paragraph])

    def _verse(self, lines: list[str]) -> Element:
        return Element("pre", self._inline.read("\n".join(lines)))

    def _paragraph(self) -> list[str]:
        """The lines up to an empty line or the beginning of a block."""
        start = self._i
        self._i += 1
        while self._i < len(self._lines) and self._line and not self._interrupts(self._line):
            self._i += 1
        return self._lines[start : self._i]

    def _interrupts(self, line: str) -> bool:
        return is_fence(line) or line == "+" or (line[0] == "[" and bool(_ATTRIBUTES.fullmatch(line)))

    def _list(self, first: Marker) -> Element:
        """A list, and the lists in it: an item with a mark that has been met belongs to the list of that mark."""
        top = Element(first.tag, (), {"start": str(first.number)})
        open_lists = [(first.kind, top)]
        marker: Marker | None = first
        while marker is not None:
            kinds = [kind for kind, _ in open_lists]
            if marker.kind in kinds:
                del open_lists[kinds.index(marker.kind) + 1 :]
            else:
                nested = Element(marker.tag, (), {"start": str(marker.number)})
                _last_item(open_lists[-1][1]).children.append(nested)
                open_lists.append((marker.kind, nested))
            self._item(marker, open_lists[-1][1])
            self._attached([each for _, each in open_lists])
            marker = self._next_marker()
        return top

    def _item(self, marker: Marker, parent: Element) -> None:
        self._i += 1
        item = Element("dd" if marker.tag == "dl" else "li")
        if marker.tag == "dl":
            if parent.children and not _last_item(parent).children:  # another term of the same entry
                parent.children.pop()
            parent.children.append(Element("dt", self._inline.read(marker.term)))
        parent.children.append(item)
        lines = [marker.text] if marker.text else []
        if not lines and marker.tag == "dl":
            i = self._i
            if not self._skip_empty() or self._begins_something(self._line):
                self._i = i
                return
        while self._i < len(self._lines) and self._line and not self._begins_something(self._line):
            lines.append(self._line.strip())
            self._i += 1
        text = "\n".join(lines)
        note = _ADMONITION.fullmatch(text)
        item.children.append(self._note(note["name"], note["text"]) if note else Element("p", self._inline.read(text)))

    def _begins_something(self, line: str) -> bool:
        return self._interrupts(line) or marker_at(line) is not None

    def _attached(self, lists: list[Element]) -> None:
        """Blocks behind a line with a plus sign belong to the item, and so do indented lines behind an empty line."""
        while self._i < len(self._lines):
            i = self._i
            if not self._skip_empty():
                return
            if self._line == "+":
                # Behind empty lines a block belongs to the item that holds this list.
                outer = lists[max(0, len(lists) - 1 - (self._i - i))]
                self._i += 1
                if not self._skip_empty():
                    return
                if marker_at(self._line) is None or heading_at(self._lines, self._i):
                    blocks = self._within()
                    _last_item(outer).children += blocks
            elif self._i > i and self._line[0] in " \t" and marker_at(self._line) is None:
                _last_item(lists[-1]).children.append(_pre(self._paragraph()))
            else:
                self._i = i
                return

    def _within(self) -> list[Element]:
        """A block attached to an item."""
        about = self._about()
        if self._i == len(self._lines):
            return []
        if marker := marker_at(self._line):
            inner = Parser(self._lines[self._i :], self._inline, self._depth + _LEVELS)
            found = [inner._list(marker)]
            self._i += inner._i
            return self._titled(about, found)
        if is_fence(self._line):
            return self._titled(about, self._fenced(about))
        if self._line[0] in " \t":
            return self._titled(about, [_pre(self._paragraph())])
        return self._titled(about, self._styled_paragraph(about))

    def _next_marker(self) -> Marker | None:
        """The mark of the next item, if the list goes on."""
        i = self._i
        if self._skip_empty() and (marker := marker_at(self._line)) and not heading_at(self._lines, self._i):
            return marker
        self._i = i
        return None


def _last_item(parent: Element) -> Element:
    last = parent.children[-1]
    assert isinstance(last, Element)
    return last


def _pre(lines: list[str]) -> Element:
    """Lines as they are written, without the indentation that all have."""
    expanded = [line.expandtabs(8) for line in lines]
    indent = min((len(line) - len(line.lstrip()) for line in expanded if line.strip()), default=0)
    text = "\n".join(line[indent:] for line in expanded)
    return Element("pre", [_CALLOUT.sub(lambda match: f"({match[1] or match[2]})", text)])
