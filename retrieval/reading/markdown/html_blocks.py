"""HTML that stands between Markdown → blocks: paragraphs, headings, lists, tables, code, and what folds away.

The parser of Markdown hands HTML over in fragments, with Markdown between them: a table, list or fold may begin in one
fragment and end in another. A reader's browser sees one document, and so does the state kept here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from retrieval.reading.blocks import LABEL_LEVEL, Block, Kind
from retrieval.reading.markdown.marks import LINK, finished, one_line, target, tidied, without_marks
from retrieval.reading.markdown.tags import HIDDEN, PARTING, Tag, Tags

_HEADINGS = {f"h{level}": level for level in range(1, 7)} | {"summary": LABEL_LEVEL}
_CELLS = frozenset({"td", "th"})
_LISTS = frozenset({"ul", "ol", "dl", "blockquote", "menu"})
_ITEMS = frozenset({"li", "dt", "dd"})


@dataclass(slots=True)
class _List:
    """A list or block quote that is open."""

    name: str
    count: int = 0
    bullet: str = ""
    """What the next line begins with, if it is the first of its item."""

    def begin_item(self, name: str) -> None:
        self.count += 1
        self.bullet = {"dt": "", "dd": "  "}.get(name) or (
            "" if name == "dt" else f"{self.count}. " if self.name == "ol" else "- "
        )

    def line(self, text: str) -> str:
        line = f"{self.bullet or ('  ' if self.name in ('ul', 'ol', 'menu') else '')}{text}"
        if self.name != "dl":
            self.bullet = ""
        return line


@dataclass(slots=True)
class HtmlReader:
    """Takes fragments of HTML, and what stands between them, in order."""

    tags: Tags
    pieces: list[str] = field(default_factory=list)
    """The text since the latest tag that parts texts."""
    level: int = 0
    """The level of the heading that is open, or 0."""
    lists: list[_List] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    """The lines of the outermost open list."""
    rows: list[list[list[str]]] | None = None
    """The rows of the open table: cells, and each one's texts."""
    hidden: str = ""
    """The open element whose content is not text."""
    preformatted: bool = False
    hrefs: list[str] = field(default_factory=list)

    @property
    def takes_text(self) -> bool:
        """Whether a table or list is open, so that the next text is a part of it."""
        return self.rows is not None or bool(self.lists)

    def read(self, source: str) -> Iterator[Block]:
        """The blocks that are complete with this fragment."""
        for part in self.tags.split(source):
            if isinstance(part, Tag):
                yield from self._tag(part)
            elif not self.hidden:
                self.pieces.append(without_marks(part if self.preformatted else part.replace("\n", " ")))
        yield from self._end_text()
        self.preformatted = False  # where an empty line cuts code in a list, Markdown goes on

    def take(self, text: str) -> None:
        """Take text with marks from Markdown that stands in an open table or list."""
        for line in filter(None, text.split("\n")):
            self._take_line(line)

    def close(self) -> Iterator[Block]:
        """The blocks of what is still open, as a heading or the end of the document ends it."""
        yield from self._end_text()
        self.lists.clear()
        yield from self._end_list()
        yield from self._end_table()
        self.hidden, self.level = "", 0

    def _tag(self, tag: Tag) -> Iterator[Block]:
        if tag.name in HIDDEN:
            self._hide(tag)
        elif self.hidden:
            return
        elif tag.name == "a":
            self._link(tag)
        elif tag.name == "br":
            self.pieces.append("\n")
        elif self.preformatted and tag.name != "pre":
            return
        elif tag.name in PARTING:
            yield from self._end_text()
            yield from self._part(tag)

    def _hide(self, tag: Tag) -> None:
        if not tag.closing and not self.hidden and not tag.attributes.endswith("/"):
            self.hidden = tag.name
        elif tag.closing and tag.name == self.hidden:
            self.hidden = ""

    def _link(self, tag: Tag) -> None:
        if not tag.closing:
            self.hrefs.append(tag.attribute("href"))
            self.pieces.append(LINK)
        elif self.hrefs:
            self.pieces.append(target(self.hrefs.pop()))

    def _part(self, tag: Tag) -> Iterator[Block]:
        if tag.name == "pre":
            self.preformatted = not tag.closing
        elif tag.name in _HEADINGS:
            self.level = 0 if tag.closing else _HEADINGS[tag.name]
        elif tag.closing:
            yield from self._finish(tag.name)
        else:
            self._begin(tag.name)

    def _begin(self, name: str) -> None:
        """Begin a table, a list, or a part of one."""
        if name in _LISTS:
            self.lists.append(_List(name))
        elif name in _ITEMS and self.lists:
            self.lists[-1].begin_item(name)
        elif name == "table":
            self.rows = [] if self.rows is None else self.rows
        elif name == "tr" and self.rows is not None:
            self.rows.append([])
        elif name in _CELLS and self.rows is not None:
            self._begin_cell()

    def _finish(self, name: str) -> Iterator[Block]:
        """End a table, a list, or what folds away."""
        if name == "details":
            yield Block(Kind.HEADING, "", LABEL_LEVEL)
        elif name == "table":
            yield from self._end_table()
        elif name in _LISTS:
            if self.lists:
                self.lists.pop()
            yield from self._end_list()

    def _begin_cell(self) -> None:
        assert self.rows is not None
        if not self.rows:
            self.rows.append([])
        self.rows[-1].append([])

    def _end_text(self) -> Iterator[Block]:
        content = "".join(self.pieces)
        self.pieces.clear()
        if self.preformatted:
            code = finished(Kind.CODE, content.strip("\n")).text
            if not self.takes_text:
                yield Block(Kind.CODE, code)
            else:
                self.take(code)
            return
        text = tidied(content)
        if not text.strip():
            return
        if self.level and not self.takes_text:
            yield finished(Kind.HEADING, one_line(text), self.level)
        elif self.takes_text:
            self.take(text)
        else:
            yield finished(Kind.PROSE, text)

    def _take_line(self, line: str) -> None:
        if self.rows is not None:
            if not self.rows or not self.rows[-1]:
                self._begin_cell()
            self.rows[-1][-1].append(line)
        else:
            self.lines.append("  " * (len(self.lists) - 1) + self.lists[-1].line(line))

    def _end_list(self) -> Iterator[Block]:
        if self.lines and not self.lists:
            yield finished(Kind.LINES, "\n".join(self.lines))
            self.lines.clear()

    def _end_table(self) -> Iterator[Block]:
        rows = [[one_line(" ".join(cell)) for cell in row] for row in self.rows or () if any(row)]
        self.rows = None
        if self.lists:
            self.take("\n".join(" | ".join(row) for row in rows))
        elif len(rows) > 1 and any(len(row) > 1 for row in rows):
            yield finished(Kind.TABLE, "\n".join(" | ".join(row) for row in rows))
        else:  # it only places its content on the page
            yield from (finished(Kind.PROSE, cell) for row in rows for cell in row if cell)
