"""MDX: components such as `<TabItem label="Linux">`, and the lines that import and export."""

from __future__ import annotations

import re
from dataclasses import dataclass

from retrieval.reading.markdown.tags import attributes

_NAME = re.compile(r"<(?P<closing>/?)(?P<name>[A-Z][\w.]*+|(?=>))")
# The attributes that name what the component holds, the most telling first.
_TITLES = ("label", "title", "summary", "heading", "header", "name", "tab")
LONGEST_TAG = 5_000
"""The number of characters that a component's tag may have."""
_STEP = re.compile(r"[{}\"'`>]")
_IMPORT = re.compile(
    r"import\s(?:[^'\"\n]{1,500}\sfrom\s)?\s*+['\"][^'\"\n]++['\"]\s*+;?\s*+$|import\s[\w*$, ]{0,80}\{[\w\s,]*+$"
)
_EXPORT = re.compile(r"export\s++(?:(?:const|let|var|function|class|async)\s|default\b|\{|\*)")


@dataclass(frozen=True, slots=True)
class Component:
    """A tag of a component; a fragment's name is empty."""

    name: str
    closing: bool
    self_closing: bool
    attributes: str
    end: int
    """The number of characters of the tag."""

    @property
    def title(self) -> str:
        """The text that names what the component holds, or an empty text."""
        values = attributes(self.attributes)
        return next((values[key] for key in _TITLES if values.get(key)), "")


def component_at(source: str) -> Component | None:
    """The component's tag at the start of the source; None if there is none, or its end does not follow."""
    match = _NAME.match(source)
    if match is None:
        return None
    end = _tag_end(source, match.end())
    if end is None:
        return None
    inside = source[match.end() : end - 1]
    return Component(match["name"], bool(match["closing"]), inside.endswith("/"), inside, end)


def _tag_end(source: str, start: int) -> int | None:
    """The end of the tag whose name ends at `start`. Quotes and braces may hold what looks like its end."""
    depth, quote = 0, ""
    for match in _STEP.finditer(source, start, start + LONGEST_TAG):
        mark = match.group()
        if quote:
            quote = "" if mark == quote else quote
        elif mark in "\"'`":
            quote = mark
        elif mark == ">":
            if depth == 0:
                return match.end()
        else:
            depth += 1 if mark == "{" else -1
    return None


def begins_module_code(line: str) -> bool:
    """Whether the line imports or exports, as the lines of a paragraph of code in MDX do."""
    return bool(_IMPORT.match(line) or _EXPORT.match(line))


def open_brackets(line: str) -> int:
    """By how many brackets more the line opens than it closes."""
    return sum(line.count(mark) for mark in "{[(") - sum(line.count(mark) for mark in "}])")
