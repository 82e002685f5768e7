"""Blocks of Markdown's dialects → blocks of CommonMark.

Admonitions, tabs, alerts, fenced containers and components become their content, below a heading if they have a title;
what only the program that builds the pages reads (includes, imports, tables of contents to be made) is left out.

Known are those of MkDocs and its Material theme, pymdownx, Docusaurus, VitePress, MyST, GitHub, Obsidian and MDX.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.reading.markdown.components import (
    LONGEST_TAG,
    Component,
    begins_module_code,
    component_at,
    open_brackets,
)
from retrieval.reading.markdown.containers import Container, Indented, Inside, Marked, Quoted, indent_of
from retrieval.reading.markdown.cursor import Cursor
from retrieval.reading.markdown.fences import CodeLines, Fence
from retrieval.reading.markdown.left_out import is_contents, is_left_out, shown_code
from retrieval.reading.markdown.myst import directive, options
from retrieval.reading.markdown.openings import admonition, alert, colons, slashes
from retrieval.reading.markdown.stretches import Stretch, Stretches
from retrieval.reading.markdown.tags import Tags

# How many containers may lie in one another; what lies deeper is text.
_DEEPEST = 12
# The number of lines that a paragraph of imports may have.
_LONGEST = 200
# The number of components' tags in a line; what follows is text.
_MOST_TAGS = 20
_HOLDS_MARKDOWN = re.compile(r"<(?P<name>[a-z][\w-]*+)(?:[ ][^<>]*?)?[ ]markdown(?:=[^<>\s]*+)?(?:[ ][^<>]*+)?>")
_LIST_ITEM = re.compile(r"[ ]*+(?:[-*+]|\d++[.)])[ ]")


class DialectBlocks:
    """Goes through the lines of a document once."""

    def __init__(self, source: str, tags: Tags) -> None:
        self._lines = Cursor(source.split("\n"))
        self._tags = tags
        self._open: list[Container] = []
        self._code = CodeLines()
        self._out = Stretches()
        self._after_blank = True
        self._no_end_before = -1
        """Up to this line, no component's tag has an end in a later line."""

    def stretches(self) -> Iterator[Stretch]:
        """The document as CommonMark, its code apart."""
        while self._lines.has_more:
            line = self._inner(self._lines.take())
            if self._ends_marked(line):
                continue
            if self._code.is_code(line):
                self._add_code(line)
            elif not self._is_dialect(line):
                self._out.add(line)
            self._after_blank = not line.strip()
        self._end(0)
        return self._out.all()

    # Containers

    def _inner(self, line: str) -> str:
        """The line as its innermost container has it, after the end of the containers that end before it."""
        if self._open and line[:1] in " \t" and "\t" in line:
            text = line.lstrip(" \t")
            line = line[: len(line) - len(text)].expandtabs(4) + text
        for i, container in enumerate(self._open):
            inner = container.inner(line)
            if inner is None:
                self._end(i)
                break
            line = inner
        return line

    def _begin(self, container: Container, title: str) -> None:
        if title:
            self._out.add_label(container.indent, title)
        else:
            self._out.add("")
        if len(self._open) < _DEEPEST:
            self._open.append(container)

    def _end(self, count: int) -> None:
        """End all containers but the outermost `count`."""
        ended = self._open[count:]
        if not ended:
            return
        if self._code.fence is not None:
            self._out.add(self._code.fence.mark, is_code=True)
            self._code.fence = None
        titled = next((container for container in ended if container.titled), None)
        if titled is not None:
            self._out.add_label(titled.indent, "")
        else:
            self._out.add("")
        del self._open[count:]

    def _ends_marked(self, line: str) -> bool:
        """End the innermost container that a line of marks ends, if this is one."""
        if self._code.fence is not None or line.lstrip(" ")[:1] not in (":", "/", "`", "~"):
            return False
        for i in range(len(self._open) - 1, -1, -1):
            container = self._open[i]
            if isinstance(container, Marked) and container.is_ended_by(line):
                self._end(i)
                return True
        return False

    # Code

    def _add_code(self, line: str) -> None:
        fence = self._code.fence
        if fence is not None and line.lstrip(" >-*+0123456789.)").startswith(fence.mark) and fence.info:
            if self._begins_myst(fence):
                return
            self._name_code(fence)
        shown = shown_code(line)
        if shown is not None:
            self._out.add(shown, is_code=True)

    def _name_code(self, fence: Fence) -> None:
        """The title of a code block in a group, as in ```sh [npm]."""
        group = next((each for each in reversed(self._open) if isinstance(each, Marked)), None)
        if group is not None and group.holds_code and fence.info.endswith("]"):
            self._out.add_label(indent_of(fence.before), fence.info.rpartition("[")[2][:-1])

    def _begins_myst(self, fence: Fence) -> bool:
        found = directive(fence.info)
        if found is None:
            return False
        self._code.fence = None
        if found.hidden:
            while self._lines.has_more and not fence.closes(self._inner(self._lines.take())):
                pass
            return True
        indent = " " * len(fence.before)
        self._begin(Marked(indent, bool(found.title), fence.mark), found.title)
        if found.text:
            self._out.add(indent + found.text)
        self._lines.at += options(self._lines.lines, self._lines.at)
        return True

    # Other blocks

    def _is_dialect(self, line: str) -> bool:
        """Whether the line is a dialect's: then it has been replaced or left out."""
        text = line.lstrip(" ")
        indent = line[: len(line) - len(text)]
        match text[:1]:
            case "!" | "?" | "=":
                return self._indented(indent, text)
            case ":":
                return self._container(indent, text) or is_left_out(text)
            case "/":
                return self._pymdownx(indent, text)
            case ">":
                return self._alert(indent, text)
            case "<":
                return self._component(indent, text) or is_left_out(text)
            case "i" | "e":
                return self._after_blank and not indent and self._module_code(text)
            case "[" | "@" | "$":
                return is_contents(text)
            case "{":
                return self._contents(text) or is_left_out(text)
            case "*" | "-" | ";" | "(" | "+" | "#":
                return is_left_out(text)
        return False

    def _indented(self, indent: str, text: str) -> bool:
        opening = admonition(text)
        if opening is None or not (opening.title or text.endswith('""') or self._lines.goes_on_deeper(indent)):
            return False
        self._begin(Indented(indent, bool(opening.title)), opening.title)
        return True

    def _container(self, indent: str, text: str) -> bool:
        opening = colons(text)
        if opening is None:
            return False
        if opening.is_object or self._lines.options_follow(indent):
            self._lines.take_deeper(indent)
        elif opening.name:
            titled = bool(opening.title) or opening.has_titled_code
            self._begin(Marked(indent, titled, opening.mark, opening.has_titled_code), opening.title)
            self._lines.at += options(self._lines.lines, self._lines.at) if opening.is_directive else 0
        return True

    def _pymdownx(self, indent: str, text: str) -> bool:
        opening = slashes(text)
        if opening is None:
            return False
        self._begin(Marked(indent, bool(opening.title), opening.mark), opening.title)
        self._lines.take_deeper(indent)
        return True

    def _alert(self, indent: str, text: str) -> bool:
        opening = alert(text)
        if opening is None:
            return False
        self._begin(Quoted(indent, bool(opening.title)), opening.title)
        return True

    def _component(self, indent: str, text: str) -> bool:
        if html := _HOLDS_MARKDOWN.match(text):
            self._begin_html(indent, html)
            return True
        if text[1:2] == "/" and not text[2:3].isupper():
            self._end_component(text[2:].partition(">")[0].strip())  # the parser sees an element's own tags
        if not (text[1:2].isupper() or text[1:3] in (">", "/>") or (text[1:2] == "/" and text[2:3].isupper())):
            return False
        source, start = text, self._lines.at
        tag = component_at(source)
        if tag is None and start > self._no_end_before:
            source = self._with_following(text)
            tag = component_at(source)
        if tag is None or (tag.name and not self._tags.are_markup(tag.name, tag.attributes)):
            self._no_end_before = max(self._lines.at, self._no_end_before)
            self._lines.at = start
            return False
        self._enter(indent, tag)
        self._after_component(indent, source[tag.end :].strip())
        return True

    def _after_component(self, indent: str, rest: str) -> None:
        """What stands behind a component's tag, which may be more tags."""
        for _ in range(_MOST_TAGS):
            tag = component_at(rest)
            if tag is None or not (tag.closing or self._tags.are_markup(tag.name, tag.attributes)):
                break
            self._enter(indent, tag)
            rest = rest[tag.end :].strip()
        if rest:
            self._out.add(indent + rest)

    def _enter(self, indent: str, tag: Component) -> None:
        if tag.closing:
            self._end_component(tag.name)
            self._out.add("")
        elif tag.self_closing:
            self._out.add("")
        else:
            self._begin(Inside(indent, bool(tag.title), tag.name), tag.title)

    def _begin_html(self, indent: str, tag: re.Match[str]) -> None:
        """Part an element whose content is Markdown from its content."""
        for line in (f"{indent}{tag.group()}", "", indent + tag.string[tag.end() :].strip()):
            self._out.add(line)
        if len(self._open) < _DEEPEST:
            self._open.append(Inside(indent, titled=False, name=tag["name"]))

    def _with_following(self, text: str) -> str:
        """The line with the lines that a tag begun in it may go on in."""
        lines, size = [text], len(text)
        while self._lines.next.strip() and size < LONGEST_TAG:
            lines.append(self._lines.take())
            size += len(lines[-1])
            if lines[-1].lstrip().startswith(("/>", ">")):
                break
        return "\n".join(lines)

    def _end_component(self, name: str) -> None:
        for i in range(len(self._open) - 1, -1, -1):
            container = self._open[i]
            if isinstance(container, Inside) and container.name == name:
                self._end(i)
                return

    def _module_code(self, line: str) -> bool:
        if not begins_module_code(line):
            return False
        depth = open_brackets(line)
        last = self._lines.at + _LONGEST
        while self._lines.has_more and self._lines.at < last and (depth > 0 or self._lines.next.strip()):
            depth += open_brackets(self._lines.take())
        return True

    def _contents(self, text: str) -> bool:
        if not is_contents(text):
            return False
        lines = self._out.lines
        if lines and _LIST_ITEM.match(lines[-1]):  # kramdown puts its table of contents in the place of a list
            lines.pop()
        return True
